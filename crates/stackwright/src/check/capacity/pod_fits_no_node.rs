use crate::capacity::{Analysis, Refused, is_extended, subtraction};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pod-fits-no-node",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A pod asks for more than any node that is open to it has, even when nothing runs there but what every node runs, \
            or has to be near to pods that there are not. It stays Pending. What a node has is its size less what the kubelet \
            keeps for the system.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.capacity();
    let model = &analysis.model;
    for refused in &analysis.refused {
        let Some(pods) = &model.workloads[refused.workload].pods else { continue };
        if refused.best > 0 || refused.rooms.is_empty() {
            continue;
        }
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
            let finding = CHECK.finding(message, "ask for less, or give a machine more").why(reasons.join("; "));
            findings.push(finding.at(pods.item, pods.spec_path("containers")));
        }
    }
}

/// For each node what it is short of, those of the same size together; none where it is short of a device, which another check says.
fn reasons(analysis: &Analysis, refused: &Refused) -> Vec<String> {
    let model = &analysis.model;
    let request = &model.plans[refused.workload].request;
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (node, room) in &refused.rooms {
        let short = (0..request.len()).find(|resource| request[*resource] > room[*resource]);
        let Some(short) = short.filter(|short| !is_extended(model.resources[*short])) else { continue };
        let reason = subtraction(model.resources[short], model.room[*node][short], room[short], request[short]);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, nodes)) => nodes.push(model.nodes[*node].name),
            None => reasons.push((reason, vec![model.nodes[*node].name])),
        }
    }
    reasons.into_iter().map(|(reason, nodes)| format!("{}: {reason}", crate::capacity::list(nodes))).collect()
}
