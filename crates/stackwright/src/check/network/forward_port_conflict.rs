use std::net::SocketAddr;

use super::ports::label;
use crate::WayIn;
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "forward-port-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two forwards listen at one port of one host, and no proxy tells them apart by the names that visitors ask for.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let mut taken: HashMap<_, Vec<&WayIn>> = HashMap::default();
    for way_in in &cluster.ways_in {
        let others = taken.entry((&way_in.at, way_in.port, &way_in.protocol)).or_default();
        let first = others.iter().find(|other| !are_told_apart(other, way_in)).copied();
        others.push(way_in);
        if let Some(first) = first {
            let to = |way_in: &WayIn| {
                let to: Vec<_> = way_in.to.iter().map(SocketAddr::to_string).collect();
                format!("{} ({})", way_in.what, to.join(", "))
            };
            let message = format!("{} leads to {}, and to {} as well", label(way_in), to(first), to(way_in));
            findings.push(CHECK.finding(message, "give one of them another port").why("one of them gets nothing"));
        }
    }
}

fn are_told_apart(one: &WayIn, other: &WayIn) -> bool {
    !one.names.is_empty() && !other.names.is_empty() && !one.names.iter().any(|name| other.names.contains(name))
}
