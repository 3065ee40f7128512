use crate::capacity::{MEMORY, amount};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "limit-overcommit",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A container may use more memory than any node that is open to its pod has.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    for (number, workload) in analysis.workloads() {
        let plan = &model.plans[number];
        let is_enough = |memory: i64| plan.nodes.iter().any(|node| model.room[*node][MEMORY] >= memory);
        // What it requests is looked at elsewhere.
        if !is_enough(plan.request[MEMORY]) {
            continue;
        }
        let largest = plan.nodes.iter().map(|node| model.room[*node][MEMORY]).max().unwrap_or(0);
        let Some(pods) = &workload.pods else {
            // A release's pods are known by what they are, and what their containers ask for.
            let limit = workload.resources.limits.get("memory").map_or(0, |limit| limit.units());
            if !is_enough(limit) {
                let message = format!(
                    "a pod of {} may use {} of memory, and its nodes have at most {}",
                    workload.name,
                    amount("memory", limit),
                    amount("memory", largest)
                );
                findings.push(CHECK.finding(message, "limit it to what a node can spare, in the release's values"));
            }
            continue;
        };
        for (path, container) in pods.containers() {
            let limits = container.resources.as_ref().and_then(|resources| resources.limits.as_ref());
            let limit =
                limits.and_then(|limits| crate::Quantity::parse(&limits.get("memory")?.0)).map(crate::Quantity::units);
            let Some(limit) = limit.filter(|limit| !is_enough(*limit)) else { continue };
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
