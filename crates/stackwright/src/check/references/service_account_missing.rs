use super::built_in;
use super::missing::missing;
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
    for reference in index.references.iter().filter(|reference| reference.kind == "ServiceAccount") {
        let (from, name) = (reference.from, reference.name);
        let is_default = name.is_empty() || built_in::service_account(name);
        if is_default || index.named("ServiceAccount", from.namespace, name).is_some() {
            continue;
        }
        let message = format!("{} runs as ServiceAccount {name}, which is not in {}", from.label(), from.namespace);
        let found = missing(&CHECK, index, ("ServiceAccount", from.namespace, name), message);
        findings.extend(found.map(|finding| finding.at(from, &reference.path)));
    }
}
