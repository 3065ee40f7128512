use super::built_in;
use super::missing::{at_all, by_target, missing};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "service-account-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Pods run as a ServiceAccount that is not in their namespace. The API server refuses each of them, so the workload has \
            no pods at all. The account `default` is in every namespace.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let missing_ones = index.references.iter().filter(|reference| {
        let is_default = reference.name.is_empty() || built_in::service_account(reference.name);
        let is_there = || index.named("ServiceAccount", reference.from.namespace, reference.name).is_some();
        reference.kind == "ServiceAccount" && !is_default && !is_there()
    });
    for references in by_target(missing_ones) {
        let (from, name) = (references[0].from, references[0].name);
        let message = format!("{} runs as ServiceAccount {name}, which is not in {}", from.label(), from.namespace);
        let found = missing(&CHECK, index, ("ServiceAccount".into(), from.namespace, name), message);
        findings.extend(found.map(|finding| at_all(finding, &references)));
    }
}
