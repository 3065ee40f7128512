use super::selectors::selectors;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "selector-template-mismatch",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The selector of a workload does not match the labels of its own pod template.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (pods, selector) in selectors(index) {
        let labels = selector.match_labels.iter().flatten();
        let missing = labels.filter(|(key, value)| pods.labels.get(*key) != Some(value));
        let missing: Vec<_> = missing.map(|(key, value)| format!("{key}: {value}")).collect();
        if missing.is_empty() && pods.match_selector(&selector) {
            continue;
        }
        let label = pods.item.label();
        let (message, help) = if missing.is_empty() {
            let help = "let the expressions match the template's labels";
            (format!("{label} does not select its own pods"), help.to_owned())
        } else {
            let missing = missing.join(", ");
            let help = format!("give the template's metadata.labels {missing}");
            (format!("{label} does not select its own pods: their template lacks {missing}"), help)
        };
        let finding = CHECK.finding(message, help).at(pods.item, "spec.selector");
        let path = if pods.labels.is_empty() { "spec.template" } else { "spec.template.metadata.labels" };
        findings.push(finding.see(pods.item, path, "what the pods carry"));
    }
}
