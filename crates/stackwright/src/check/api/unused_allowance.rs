use crate::check::{Check, Group, Profile, Severity};

pub(in crate::check) const CHECK: Check = Check {
    id: "unused-allowance",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "An object or cluster allows what no check finds in it, names a check that there is not, or gives no \
            reason.",
    // Only when every check has run is it known what was of use: see allowance.rs.
    run: |_, _| (),
};
