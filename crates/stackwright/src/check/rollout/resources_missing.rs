use k8s_openapi::api::core::v1::{LimitRange, ResourceRequirements};

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "resources-missing",
    group: Group::Rollout,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "A container requests no CPU or memory, or has no memory limit.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut defaults: Vec<_> = index
        .all::<LimitRange>()
        .filter(|(_, range)| {
            let mut limits = range.spec.iter().flat_map(|spec| &spec.limits);
            limits.any(|limit| limit.default.is_some() || limit.default_request.is_some())
        })
        .map(|(item, _)| item.namespace)
        .collect();
    defaults.sort_unstable();
    for pods in index.pods.iter().filter(|pods| defaults.binary_search(&pods.item.namespace).is_err()) {
        let has = |list: &str, name: &str, resources: Option<&ResourceRequirements>| {
            resources.is_some_and(|resources| {
                let limits = resources.limits.as_ref().is_some_and(|limits| limits.contains_key(name));
                // A limit without a request is the request as well.
                limits
                    || (list == "requests"
                        && resources.requests.as_ref().is_some_and(|requests| requests.contains_key(name)))
            })
        };
        for (path, container) in pods.containers() {
            let lacks = |list: &str, name: &str| {
                !has(list, name, container.resources.as_ref()) && !has(list, name, pods.spec.resources.as_ref())
            };
            let wanted = [("requests", "cpu"), ("requests", "memory"), ("limits", "memory")];
            let missing: Vec<_> = wanted.into_iter().filter(|(list, name)| lacks(list, name)).collect();
            if missing.is_empty() {
                continue;
            }
            let missing: Vec<_> = missing.into_iter().map(|(list, name)| format!("resources.{list}.{name}")).collect();
            let message =
                format!("container \"{}\" of {} has no {}", container.name, pods.item.label(), missing.join(", "));
            let at = if container.resources.is_some() { format!("{path}.resources") } else { path.into() };
            findings.push(
                CHECK.finding(message, "set what it needs; measure it, for example with kubectl top").at(pods.item, at),
            );
        }
    }
}
