use super::{count_path, number_of};
use crate::capacity::PODS;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "max-pods",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "There are more pods than the nodes run, however small the pods are: a kubelet runs 110 unless it is told otherwise \
            (maxPods).",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    let help = "have fewer pods, more nodes, or a larger maxPods of the kubelet";
    for refused in
        analysis.refused.iter().filter(|refused| !refused.rooms.is_empty() && refused.by_number < refused.pods.into())
    {
        let Some(pods) = &model.workloads[refused.workload].pods else { continue };
        let message = format!(
            "{} has {}; the nodes that are open to it run {}",
            pods.item.label(),
            number_of(refused.pods, "pod"),
            refused.by_number
        );
        findings.push(CHECK.finding(message, help).at(pods.item, count_path(pods)));
    }
    if let Some(shortfall) = analysis.shortfalls.iter().find(|shortfall| shortfall.resource == PODS) {
        let nodes = number_of(shortfall.nodes.len() as u64, "node");
        findings.push(
            CHECK.finding(format!("there are {} pods for {nodes} that run {}", shortfall.asked, shortfall.room), help),
        );
    }
}
