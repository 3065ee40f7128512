use super::schema::finding;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "yaml-11-scalar",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "Text without quotes means something else to kubectl, which reads YAML 1.1, than to readers of YAML 1.2 \
            or to people.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, doubts) in index.doubts() {
        findings.extend(doubts.iter().map(|doubt| finding(&CHECK, item, doubt)));
    }
}
