use k8s_openapi::api::policy::v1::PodDisruptionBudget;

use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pdb-overlap",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Two PodDisruptionBudgets select the same pod.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut first = HashMap::default();
    let mut told = HashSet::default();
    for (item, budget) in index.all::<PodDisruptionBudget>() {
        let Some(selector) = budget.spec.as_ref().and_then(|spec| spec.selector.as_ref()) else { continue };
        for pods in index.matched(item.namespace, selector) {
            let other = *first.entry(pods.item.index).or_insert(item);
            // The same budget twice is a duplicate-object.
            if other.object.name() == item.object.name() || !told.insert((other.index, item.index)) {
                continue;
            }
            let both = format!("{} and {} both select the pods of {}", other.label(), item.label(), pods.item.label());
            let finding = CHECK.finding(both, "keep one, or let their selectors differ in a label that the pods carry");
            findings.push(
                finding
                    .why("the eviction API refuses a pod with more than one budget: its node cannot be drained")
                    .at(item, "spec.selector")
                    .see(other, "spec.selector", "the first"),
            );
        }
    }
}
