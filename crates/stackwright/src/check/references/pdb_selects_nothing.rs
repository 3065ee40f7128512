use k8s_openapi::api::policy::v1::PodDisruptionBudget;

use super::selectors::{of_none_selected, showing_closest};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pdb-selects-nothing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "The selector of a PodDisruptionBudget matches no pods.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, budget) in index.all::<PodDisruptionBudget>() {
        let Some(selector) = budget.spec.as_ref().and_then(|spec| spec.selector.as_ref()) else { continue };
        if !index.has_all_pods(item.namespace) || !index.matched(item.namespace, selector).is_empty() {
            continue;
        }
        let message = format!("{} selects no pods of namespace {}", item.label(), item.namespace);
        let finding = CHECK.finding(message, "").at(item, "spec.selector");
        let finding = finding.rated(of_none_selected(&CHECK, index, item.namespace, selector));
        findings.push(showing_closest(finding, index, item.namespace, selector));
    }
}
