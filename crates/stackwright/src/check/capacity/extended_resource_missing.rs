use crate::capacity::is_extended;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "extended-resource-missing",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A pod asks for a resource that no node has, such as nvidia.com/gpu or huge pages, so that it stays Pending. Devices \
            are offered by a device plugin on the node; where one is among the objects, nothing is said.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    if model.nodes.is_empty() {
        return;
    }
    for (number, workload) in analysis.workloads() {
        let Some(pods) = &workload.pods else { continue };
        for (resource, name) in model.resources.iter().enumerate() {
            let missing = (is_extended(name) || name.starts_with("hugepages-"))
                && model.plans[number].request[resource] > 0
                && model.room.iter().all(|room| room[resource] == 0);
            if missing {
                let message = format!("pods of {} ask for {name}, which no node has", pods.item.label());
                let help = if is_extended(name) {
                    "run what offers it on a node (a device plugin), or do not ask for it"
                } else {
                    "set huge pages aside on a node, or do not ask for them"
                };
                let asks = |resources: &k8s_openapi::api::core::v1::ResourceRequirements| {
                    [&resources.limits, &resources.requests].into_iter().flatten().any(|list| list.contains_key(*name))
                };
                let mut containers = pods.containers();
                let found = containers.find(|(_, container)| container.resources.as_ref().is_some_and(asks));
                let path = found.map_or_else(|| pods.spec_path("containers"), |(path, _)| format!("{path}.resources"));
                findings.push(CHECK.finding(message, help).at(pods.item, path));
            }
        }
    }
}
