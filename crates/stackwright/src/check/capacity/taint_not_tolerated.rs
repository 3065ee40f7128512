use super::without_node;
use crate::capacity::{Count, Refusal, list, taint_text};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "taint-not-tolerated",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Every node that a pod's labels choose has a taint that the pod does not tolerate, so that it stays Pending. \
            A control plane keeps workloads off by the taint node-role.kubernetes.io/control-plane:NoSchedule.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let model = &index.analysis().model;
    for (workload, pods, number) in without_node(index, Refusal::Taint) {
        let nodes = model.refused(number, Refusal::Taint);
        let Some(taint) = nodes.first().and_then(|node| node.taint_against(&workload.tolerations)) else { continue };
        let message = format!(
            "pods of {} do not tolerate the taint {} of {}, and no other node is for them",
            pods.item.label(),
            taint_text(taint),
            list(nodes.iter().map(|node| node.name))
        );
        let help = format!("tolerate it (key {}, effect {}), or choose nodes without it", taint.key, taint.effect);
        let path = if pods.spec.tolerations.is_some() {
            "tolerations"
        } else if pods.spec.node_selector.is_some() {
            "nodeSelector"
        } else {
            "containers"
        };
        let finding = CHECK.finding(message, help).at(pods.item, pods.spec_path(path));
        findings.push(if workload.count == Count::EveryNode {
            finding.rated(Severity::Warning).why("the DaemonSet has no pods")
        } else {
            finding
        });
    }
}
