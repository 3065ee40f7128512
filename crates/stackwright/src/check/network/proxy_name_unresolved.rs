use super::ports::label;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "proxy-name-unresolved",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A proxy waits for visitors who ask for a name that no record leads to it, while others do.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let recorded: Vec<_> = cluster
        .stacks
        .iter()
        .flat_map(|stack| &stack.artefacts)
        .flat_map(|artefact| artefact.names.iter().map(move |name| (artefact, name)))
        .collect();
    for way_in in &cluster.ways_in {
        // Who keeps a host's other records is known for hosts that keep some.
        if !recorded.iter().any(|(artefact, _)| artefact.host == way_in.at) {
            continue;
        }
        let is_known = |name: &str| {
            recorded.iter().any(|(_, recorded)| is_for(recorded, name))
                || cluster.names.iter().any(|(known, _)| known == name)
        };
        for name in way_in.names.iter().filter(|name| !is_known(name)) {
            let names: Vec<_> = recorded.iter().map(|(_, name)| name.as_str()).collect();
            let message = format!("{} is for {name}, and no record leads that name to {}", label(way_in), way_in.at);
            let help = format!(
                "let a record follow the host's address, or add it to `Cluster::names`; there are records for {}",
                names.join(", ")
            );
            findings.push(CHECK.finding(message, help));
        }
    }
}

/// A star of DNS stands for any number of labels: RFC 4592.
fn is_for(record: &str, name: &str) -> bool {
    match record.strip_prefix("*.") {
        Some(zone) => name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.')),
        None => record == name,
    }
}
