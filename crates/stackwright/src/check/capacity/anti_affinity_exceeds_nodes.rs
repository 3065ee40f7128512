use super::{count_path, number_of};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "anti-affinity-exceeds-nodes",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The pods of a workload must be apart from one another (required pod anti-affinity), and there are more of them than \
            nodes, or zones, that are open to them: the rest stays Pending.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    for refused in analysis.refused.iter().filter(|refused| refused.by_resources >= refused.pods.into()) {
        let Some(pods) = &model.workloads[refused.workload].pods else { continue };
        let relations = model.plans[refused.workload].relations.as_ref();
        let mut apart = relations.into_iter().flat_map(|relations| &relations.apart);
        let Some((topology, _)) = apart.find(|(_, other)| *other == refused.workload) else { continue };
        let message = format!(
            "{} of {} must be apart by {}, and only {} find a place",
            number_of(refused.pods, "pod"),
            pods.item.label(),
            model.topologies[*topology].key,
            refused.best
        );
        let help = "have no more pods than places, or prefer to keep them apart: preferredDuringSchedulingIgnoredDuringExecution";
        let finding = CHECK.finding(message, help).at(pods.item, count_path(pods));
        findings.push(finding.see(pods.item, pods.spec_path("affinity.podAntiAffinity"), "what keeps them apart"));
    }
}
