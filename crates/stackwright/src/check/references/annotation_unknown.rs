use super::missing::entry_path;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::annotations::Reader;
use crate::nearest::nearest;
use crate::yaml::is_unknown;

pub(super) const CHECK: Check = Check {
    id: "annotation-unknown",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "An annotation has the prefix of a well-known controller, which reads none of that name.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for item in &index.items {
        for key in item.object.metadata().annotations.iter().flatten().map(|(key, _)| key) {
            let Some((prefix, name)) = key.split_once('/') else { continue };
            let Some(reader) = Reader::of(prefix).filter(|reader| !reader.reads(name)) else { continue };
            if is_unknown(key) {
                continue;
            }
            let message =
                format!("{} has the annotation {key}, and {} reads none of that name", item.label(), reader.who);
            let (severity, help) = match nearest(name, reader.names()) {
                Some(meant) => (Severity::Warning, format!("did you mean {prefix}/{meant}?")),
                None if reader.filters => continue,
                // A version that nobody has looked at may read it.
                None => (Severity::Information, "look for it in its documentation, or remove it".to_owned()),
            };
            let finding = CHECK.finding(message, help).why("it is ignored in silence").rated(severity);
            findings.push(finding.at(*item, entry_path("metadata.annotations", key)));
        }
    }
}
