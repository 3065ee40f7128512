use super::ports::label;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Artefact, Cluster, WayIn};

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
    for way_in in &cluster.ways_in {
        findings.extend(way_in.names.iter().filter_map(|name| of_name(cluster, way_in, name)));
    }
}

/// That no record leads a name to the proxy that waits for it.
pub(crate) fn of_name(cluster: &Cluster, way_in: &WayIn, name: &str) -> Option<Finding> {
    // Who keeps a host's other records is known for hosts that keep some.
    if !recorded(cluster).any(|(artefact, _)| artefact.host == way_in.at) {
        return None;
    }
    let is_known = recorded(cluster).any(|(_, recorded)| is_for(recorded, name))
        || cluster.names.iter().any(|(known, _)| known == name);
    if is_known {
        return None;
    }
    let names: Vec<_> = recorded(cluster).map(|(_, name)| name).collect();
    let message = format!("{} is for {name}, and no record leads that name to {}", label(way_in), way_in.at);
    let help = format!(
        "let a record follow the host's address, or add it to `Cluster::names`; there are records for {}",
        names.join(", ")
    );
    Some(CHECK.finding(message, help))
}

/// The names that hosts keep records of, with what keeps them.
pub(crate) fn recorded(cluster: &Cluster) -> impl Iterator<Item = (&Artefact, &str)> {
    let artefacts = cluster.stacks.iter().flat_map(|stack| &stack.artefacts);
    artefacts.flat_map(|artefact| artefact.names.iter().map(move |name| (artefact, name.as_str())))
}

/// A star of DNS stands for any number of labels: RFC 4592.
pub(crate) fn is_for(record: &str, name: &str) -> bool {
    match record.strip_prefix("*.") {
        Some(zone) => name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.')),
        None => record == name,
    }
}
