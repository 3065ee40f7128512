use crate::capacity::{MEMORY, amount};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "limit-overcommit",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A container may use more memory than any node that is open to its pod has: the node runs out before the limit \
            holds, and then the kubelet evicts pods, or the node stops answering. That limits together exceed a node is common and \
            no finding; `capacity` shows by how much.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    for (number, workload) in analysis.workloads() {
        let Some(pods) = &workload.pods else { continue };
        let plan = &model.plans[number];
        let is_enough = |memory: i64| plan.nodes.iter().any(|node| model.room[*node][MEMORY] >= memory);
        // What it requests is looked at elsewhere.
        if !is_enough(plan.request[MEMORY]) {
            continue;
        }
        for (path, container) in pods.containers() {
            let limits = container.resources.as_ref().and_then(|resources| resources.limits.as_ref());
            let limit =
                limits.and_then(|limits| crate::Quantity::parse(&limits.get("memory")?.0)).map(crate::Quantity::units);
            let Some(limit) = limit.filter(|limit| !is_enough(*limit)) else { continue };
            let largest = plan.nodes.iter().map(|node| model.room[*node][MEMORY]).max().unwrap_or(0);
            let message = format!(
                "container {} of {} may use {} of memory, and its nodes have at most {}",
                container.name,
                pods.item.label(),
                amount("memory", limit),
                amount("memory", largest)
            );
            let finding = CHECK.finding(message, "limit it to what a node can spare");
            findings.push(finding.at(pods.item, format!("{path}.resources.limits.memory")));
        }
    }
}
