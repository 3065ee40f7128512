use super::without_node;
use crate::capacity::{Refusal, list};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "node-name-unknown",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A pod names a node (`nodeName`) that the cluster does not have: it waits for it forever. A pod that names its node \
            passes the scheduler by, so that neither resources nor taints are looked at either.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (_, pods, _) in without_node(index, Refusal::Name) {
        let name = pods.spec.node_name.as_deref().unwrap_or_default();
        let known = list(index.analysis().model.nodes.iter().map(|node| node.name));
        let message = format!("pods of {} are for node {name}, which there is not", pods.item.label());
        let finding =
            CHECK.finding(message, format!("leave the choice to the scheduler, or name a node that there is: {known}"));
        findings.push(finding.at(pods.item, pods.spec_path("nodeName")));
    }
}
