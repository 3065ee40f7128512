use super::schema::report;
use crate::check::{Check, Group, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "yaml-duplicate-key",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A key stands twice in one map. kubectl keeps the last one without a word, other tools refuse the file: what the first one says is \
            lost.",
    run: |index, findings| report(&CHECK, index, findings),
};
