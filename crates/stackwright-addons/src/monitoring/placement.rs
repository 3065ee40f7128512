//! Where the pods of monitoring run.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Taint, Toleration};
use stackwright::prelude::*;

use super::Config;

/// What a part of the chart is told of nodes; nothing where any will do.
#[derive(Debug, Default)]
pub(super) struct Placement {
    pub node_selector: Option<BTreeMap<String, String>>,
    pub tolerations: Option<Vec<Toleration>>,
}

impl Placement {
    /// The one node, and that its taints are put up with.
    pub fn of(config: &Config<'_>) -> Self {
        let Some(node) = config.node else { return Self::default() };
        let tolerations: Vec<_> = node.taints.iter().map(tolerate).collect();
        Self {
            node_selector: Some([(HOST_NAME.to_owned(), node.name().to_owned())].into()),
            tolerations: (!tolerations.is_empty()).then_some(tolerations),
        }
    }

    /// The same, for the capacity of the nodes.
    pub fn spread(&self, platform: &Platform) -> Spread {
        let node = self.node_selector.as_ref().and_then(|selector| selector.get(HOST_NAME));
        if let Some(node) = node {
            return Spread::Node(node.clone());
        }
        let is_shared = platform.nodes.iter().any(|node| node.control_plane && node.runs_workloads());
        if is_shared { Spread::Anywhere(1) } else { Spread::Workers(1) }
    }
}

/// The label of a node with its name, which every kubelet sets.
const HOST_NAME: &str = "kubernetes.io/hostname";

fn tolerate(taint: &Taint) -> Toleration {
    Toleration {
        key: Some(taint.key.clone()),
        operator: Some(if taint.value.is_some() { "Equal" } else { "Exists" }.to_owned()),
        value: taint.value.clone(),
        effect: Some(taint.effect.clone()),
        ..default()
    }
}
