use super::without_node;
use crate::capacity::{Refusal, list};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pv-affinity-conflict",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The volumes that a pod claims are on nodes where it may not run, or on different nodes, so that it stays Pending \
            (\"volume node affinity conflict\"). Volumes on a node's own disk say by their node affinity where they are.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let model = &index.analysis().model;
    for (workload, pods, number) in without_node(index, Refusal::Volume) {
        let open = model.refused(number, Refusal::Volume);
        let mut finding = CHECK
            .finding(
                format!("volumes of pods of {} are on none of the nodes where these may run", pods.item.label()),
                "let the pods run where the volumes are, or move the volumes: their node affinity says where they are",
            )
            .why(format!("the pods may run on {}", list(open.iter().map(|node| node.name))))
            .at(pods.item, pods.spec_path("containers"));
        for volume in workload.claims.volumes.iter().flatten() {
            let there = list(model.nodes.iter().filter(|node| volume.is_on(node)).map(|node| node.name));
            finding = finding.see(volume.item, "spec", format!("on {there}"));
        }
        findings.push(finding);
    }
}
