//! Where the pods of monitoring run.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Taint, Toleration};
use stackwright::prelude::*;

use super::{Config, Nodes};

/// What a part of a chart is told of nodes; nothing where any untainted one will do.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub node_selector: Option<BTreeMap<String, String>>,
    pub tolerations: Option<Vec<Toleration>>,
    /// The same, for the capacity of the nodes.
    pub spread: Spread,
}

impl Placement {
    pub fn of(config: &Config<'_>) -> Self {
        let nodes = &config.platform.nodes;
        match config.nodes {
            Nodes::Untainted => {
                let is_shared = nodes.iter().any(|node| node.control_plane && node.runs_workloads());
                let spread = if is_shared { Spread::Anywhere(1) } else { Spread::Workers(1) };
                Self { node_selector: None, tolerations: None, spread }
            }
            Nodes::Any => Self {
                node_selector: None,
                tolerations: tolerate(nodes.iter().filter(|node| node.control_plane)),
                spread: Spread::Anywhere(1),
            },
            Nodes::One(node) => Self {
                node_selector: Some([(HOST_NAME.to_owned(), node.name().to_owned())].into()),
                tolerations: tolerate([node]),
                spread: Spread::Node(node.name().to_owned()),
            },
            Nodes::Labelled(key, value) => {
                let labelled = || nodes.iter().filter(|node| node.labels.get(key).is_some_and(|own| own == value));
                let spread = match &labelled().collect::<Vec<_>>()[..] {
                    [node] => Spread::Node(node.name().to_owned()),
                    _ => Spread::Anywhere(1),
                };
                let node_selector = Some([(key.to_owned(), value.to_owned())].into());
                Self { node_selector, tolerations: tolerate(labelled()), spread }
            }
        }
    }
}

/// The label of a node with its name, which every kubelet sets.
pub(super) const HOST_NAME: &str = "kubernetes.io/hostname";

/// That the taints of these nodes are put up with, each said once.
fn tolerate<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> Option<Vec<Toleration>> {
    let mut tolerations = Vec::new();
    for toleration in nodes.into_iter().flat_map(|node| &node.taints).map(toleration) {
        if !tolerations.contains(&toleration) {
            tolerations.push(toleration);
        }
    }
    (!tolerations.is_empty()).then_some(tolerations)
}

fn toleration(taint: &Taint) -> Toleration {
    Toleration {
        key: Some(taint.key.clone()),
        operator: Some(if taint.value.is_some() { "Equal" } else { "Exists" }.to_owned()),
        value: taint.value.clone(),
        effect: Some(taint.effect.clone()),
        ..default()
    }
}
