use crate::capacity::{Analysis, Refused, Unbound, Why, by_reason, is_extended, subtraction, unbound as unbound_text};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pod-fits-no-node",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A pod asks for more than any node that is open to it has, or for pods or volumes near it that will never be.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    for (_, workload) in analysis.workloads() {
        if let (Some(pods), Some(unbound @ Unbound { why: Why::PassedBy, .. })) =
            (workload.pods, workload.claims.unbound)
        {
            let help = "choose the node by nodeSelector with kubernetes.io/hostname: then the scheduler places the pod";
            let message = format!("pods of {} wait forever: {}", pods.item.label(), unbound_text(unbound));
            findings.push(CHECK.finding(message, help).at(pods.item, pods.spec_path("nodeName")));
        }
    }
    for refused in &analysis.refused {
        if refused.best > 0 || refused.rooms.is_empty() {
            continue;
        }
        let Some(pods) = &model.workloads[refused.workload].pods else {
            let reasons = reasons(analysis, refused);
            if !reasons.is_empty() && refused.by_resources == 0 {
                let message = format!("a pod of {} fits on no node", model.workloads[refused.workload].name);
                let finding = CHECK.finding(message, "ask for less in the release's values, or give a node more");
                findings.push(finding.why(by_reason(&reasons)));
            }
            continue;
        };
        let label = pods.item.label();
        let near = model.plans[refused.workload].relations.as_ref().is_some_and(|relations| relations.near.is_some());
        if refused.by_resources > 0 {
            if near {
                let message = format!("pods of {label} have to be near to pods that there are not");
                let finding = CHECK
                    .finding(message, "correct the selector of its pod affinity, or run the pods that it asks for");
                findings.push(finding.at(pods.item, pods.spec_path("affinity.podAffinity")));
            }
            continue;
        }
        let reasons = reasons(analysis, refused);
        if !reasons.is_empty() {
            let message = format!("a pod of {label} fits on no node");
            let finding = CHECK.finding(message, "ask for less, or give a node more").why(by_reason(&reasons));
            findings.push(finding.at(pods.item, pods.spec_path("containers")));
        }
    }
}

/// For each node what it is short of; none where that is a device, which another check says.
fn reasons<'i>(analysis: &'i Analysis, refused: &Refused) -> Vec<(&'i str, String)> {
    let model = &analysis.model;
    let request = &model.plans[refused.workload].request;
    let reason = |(node, room): &(usize, Vec<i64>)| {
        let short = (0..request.len()).find(|resource| request[*resource] > room[*resource])?;
        let name = model.resources[short];
        let reason = || subtraction(name, model.room[*node][short], room[short], request[short]);
        (!is_extended(name)).then(|| (model.nodes[*node].name, reason()))
    };
    refused.rooms.iter().filter_map(reason).collect()
}
