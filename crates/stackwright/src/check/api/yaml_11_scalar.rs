use super::schema::finding;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "yaml-11-scalar",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "Text without quotes means something else to kubectl, which reads YAML 1.1, than to readers of YAML 1.2 or to people: `on` and `yes` \
            are true, `012` is 10, and as keys they become \"true\" and \"10\". It is only reported where the API has no type that tells what was \
            meant. Tags of other programs (`!vault`), which kubectl drops, line breaks that only YAML 1.1 knows and byte order marks that begin a \
            text always are.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, doubts) in index.doubts() {
        findings.extend(doubts.iter().map(|doubt| finding(&CHECK, item, doubt)));
    }
}
