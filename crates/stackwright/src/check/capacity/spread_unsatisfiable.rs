use super::number_of;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "spread-unsatisfiable",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The pods of a workload must be spread evenly (`topologySpreadConstraints` with `DoNotSchedule`), and a domain that \
            counts takes none of them, or fewer than its share, so that the others may not take more either; or no node has the \
            label. Tainted nodes count unless `nodeTaintsPolicy` is `Honor`.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    for refused in &analysis.refused {
        let Some(pods) = &model.workloads[refused.workload].pods else { continue };
        let Some(relations) = &model.plans[refused.workload].relations else { continue };
        let constraints = pods.spec.topology_spread_constraints.iter().flatten().enumerate();
        let required = constraints.filter(|(_, constraint)| constraint.when_unsatisfiable == "DoNotSchedule");
        let is_open = model.nodes.iter().any(|node| model.workloads[refused.workload].refusal(node).is_none());
        let apart = relations.apart.iter().any(|(_, other)| *other == refused.workload);
        let by_spread = refused.by_resources >= refused.pods.into() && !apart && relations.near.is_none();
        let by_label = refused.rooms.is_empty() && is_open;
        let found = required.zip(&relations.spread).find(|(_, spread)| {
            let labelled = model.topologies[spread.topology].number > 0;
            if by_label { !labelled } else { by_spread && spread.others == [refused.workload] }
        });
        let Some(((number, constraint), spread)) = found else { continue };
        let path = pods.spec_path(&format!("topologySpreadConstraints[{number}].topologyKey"));
        let (label, key) = (pods.item.label(), &constraint.topology_key);
        let finding = if by_label {
            CHECK.finding(
                format!("pods of {label} must be spread by {key}, a label that no node has"),
                "spread them by kubernetes.io/hostname, or put the label on every node",
            )
        } else {
            let finding = CHECK.finding(
                format!("only {} of {} of {label} find a place when spread by {key}", refused.best, number_of(refused.pods, "pod")),
                "count only nodes that take the pods (nodeTaintsPolicy: Honor), allow a larger maxSkew, or prefer an even spread \
                 (ScheduleAnyway)",
            );
            let closed: Vec<_> = (0..model.nodes.len())
                .filter(|node| spread.counted[*node] && !model.plans[refused.workload].nodes.contains(node))
                .collect();
            if closed.is_empty() {
                finding
            } else {
                finding.why(format!(
                    "{} counts and takes none of them",
                    crate::capacity::list(super::names(model, &closed))
                ))
            }
        };
        findings.push(finding.at(pods.item, path));
    }
}
