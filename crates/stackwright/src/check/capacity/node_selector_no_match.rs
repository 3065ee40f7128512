use std::collections::BTreeSet;

use super::without_node;
use crate::capacity::{Count, Refusal, list};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "node-selector-no-match",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "No node carries the labels that a pod's `nodeSelector` and required node affinity ask for, so that the pod stays \
            Pending. For a DaemonSet, which then has no pods, that may be meant.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let model = &index.analysis().model;
    for (workload, pods, _) in without_node(index, Refusal::Selector) {
        let selector = pods.spec.node_selector.iter().flatten();
        // The first label that no node carries; each may be carried, but not all by one node.
        let lacking = selector.clone().find(|(key, value)| !model.nodes.iter().any(|node| node.carries(key, value)));
        let label = pods.item.label();
        let (message, help, path) = match lacking {
            Some((key, value)) => {
                let values: BTreeSet<_> =
                    model.nodes.iter().filter_map(|node| node.labels.get(key)).map(String::as_str).collect();
                let help = if values.is_empty() {
                    format!("put the label on a node, or leave it out: no node has a label {key}")
                } else {
                    format!("put the label on a node, or ask for one that there is: {key} is {}", list(values))
                };
                (
                    format!("no node carries the label {key}={value} that pods of {label} ask for"),
                    help,
                    format!("nodeSelector[\"{key}\"]"),
                )
            }
            None if pods.spec.affinity.is_none() => (
                format!("no node carries all labels that pods of {label} ask for"),
                "ask for labels that one node carries together".to_owned(),
                "nodeSelector".to_owned(),
            ),
            None => (
                format!("no node has the labels that the node affinity of pods of {label} asks for"),
                "put the labels on a node, or ask for those that there are".to_owned(),
                "affinity".to_owned(),
            ),
        };
        let finding = CHECK.finding(message, help).at(pods.item, pods.spec_path(&path));
        findings.push(if workload.count == Count::EveryNode {
            finding.rated(Severity::Information).why("the DaemonSet has no pods")
        } else {
            finding
        });
    }
}
