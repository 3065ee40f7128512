use super::missing::of_rivals;
use super::selectors::selectors;
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "selector-overlap",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Two workloads select each other's pods.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let selectors: HashMap<_, _> = selectors(index).map(|(pods, selector)| (pods.item.index, selector)).collect();
    for pods in &index.pods {
        let Some(selector) = selectors.get(&pods.item.index) else { continue };
        // Of many with the same labels each is told once, beside the first.
        let matched = index.matched(pods.item.namespace, selector);
        let other = matched.into_iter().take_while(|other| other.item.index < pods.item.index).find(|other| {
            let same = other.item.object.kind() == pods.item.object.kind()
                && other.item.object.name() == pods.item.object.name();
            // The same object twice is a duplicate-object.
            !same && selectors.get(&other.item.index).is_some_and(|selector| pods.match_selector(selector))
        });
        let Some(other) = other else { continue };
        let daemons = [pods, other].iter().all(|pods| pods.item.object.kind() == "DaemonSet");
        let severity = if daemons { Severity::Warning } else { of_rivals(&CHECK, index, other.item, pods.item) };
        let message = format!("{} and {} select each other's pods", other.item.label(), pods.item.label());
        let finding = CHECK.finding(message, "give each a label of its own, in its selector and in its template");
        findings.push(
            finding
                .rated(severity)
                .why("what goes by the selector, such as an autoscaler, takes the pods of both for one workload's")
                .at(pods.item, "spec.selector")
                .see(other.item, "spec.selector", "the first"),
        );
    }
}
