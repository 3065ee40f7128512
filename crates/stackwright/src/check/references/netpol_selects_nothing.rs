use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1::NetworkPolicy;

use super::selectors::{of_none_selected, showing_closest};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "netpol-selects-nothing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "The podSelector of a NetworkPolicy matches no pods.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, policy) in index.all::<NetworkPolicy>() {
        let Some(selector) = policy.spec.as_ref().and_then(|spec| spec.pod_selector.as_ref()) else { continue };
        // An empty selector is for whatever pods come.
        let empty = selector.match_labels.as_ref().is_none_or(BTreeMap::is_empty)
            && selector.match_expressions.as_ref().is_none_or(Vec::is_empty);
        if empty || !index.has_all_pods(item.namespace) || !index.matched(item.namespace, selector).is_empty() {
            continue;
        }
        let message = format!("{} selects no pods of namespace {}", item.label(), item.namespace);
        let finding = CHECK.finding(message, "").at(item, "spec.podSelector");
        let finding = finding.rated(of_none_selected(&CHECK, index, item.namespace, selector));
        findings.push(showing_closest(finding, index, item.namespace, selector));
    }
}
