use k8s_openapi::api::core::v1::Service;

use super::service_selects_nothing::selector;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "service-selects-several",
    group: Group::References,
    severity: Severity::Information,
    profile: Profile::Link,
    about: "A Service selects the pods of several workloads, and spreads its connections over all of them.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, service) in index.all::<Service>() {
        let Some(selector) = selector(service) else { continue };
        let mut selected = index.selected(item.namespace, selector);
        selected.retain(|pods| !is_test(pods.item));
        let [first, second, more @ ..] = &selected[..] else { continue };
        let others = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        let message =
            format!("{} selects the pods of {}, {}{others}", item.label(), first.item.label(), second.item.label());
        findings.push(
            CHECK
                .finding(message, "if that is not meant, select by a label that only one of them has")
                .at(item, "spec.selector")
                .see(first.item, "metadata.name", "the first")
                .see(second.item, "metadata.name", "the second"),
        );
    }
}

/// Whether Helm runs an object for a moment, when somebody tests a release.
fn is_test(item: Item<'_>) -> bool {
    let hooks = item.object.metadata().annotations.as_ref().and_then(|annotations| annotations.get("helm.sh/hook"));
    hooks.is_some_and(|hooks| {
        hooks.split(',').any(|hook| matches!(hook.trim(), "test" | "test-success" | "test-failure"))
    })
}
