use super::ports::{label, leads_to};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, Host, Opening, Source, WayIn};

pub(super) const CHECK: Check = Check {
    id: "forward-too-open",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A forward of a host is for some only, and that host's firewall lets others in at its port.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for (number, way_in) in cluster.ways_in.iter().enumerate() {
        let Some(host) = cluster.all_hosts().find(|host| host.name == way_in.at) else { continue };
        let is_same =
            |other: &&WayIn| (&other.at, other.port, &other.protocol) == (&way_in.at, way_in.port, &way_in.protocol);
        // A firewall knows ports: whoever may use one of the forwards there is let in.
        let Some(meant) = together(cluster.ways_in.iter().filter(is_same)) else { continue };
        if cluster.ways_in[..number].iter().any(|other| is_same(&other)) || is_kept_by_itself(cluster, way_in) {
            continue;
        }
        let others = |firewall: &[Opening]| {
            let is_there =
                |opening: &&Opening| opening.protocol == way_in.protocol && opening.ports.contains(&way_in.port);
            firewall
                .iter()
                .filter(is_there)
                .find(|opening| !meant.covers(&opening.from))
                .map(|opening| opening.from.clone())
        };
        let mut firewalls = cluster.firewalls(host).map(others).peekable();
        if firewalls.peek().is_some() {
            // What one of them keeps out, the others may let in.
            let Some(Some(let_in)) = firewalls.min_by_key(Option::is_some) else { continue };
            let message =
                format!("{} is for {meant} only, and the firewall of that host lets {let_in} in", label(way_in));
            let help = format!("give its opening for {}/{} these subnets", way_in.port, way_in.protocol);
            findings.push(CHECK.finding(message, help));
        } else if !is_kept_by_router(cluster, host, way_in, &meant) {
            let message = format!("{} is for {meant} only, and no firewall of that host says so", label(way_in));
            let help = "give the host a firewall, whose opening has these subnets";
            findings.push(CHECK.finding(message, help).rated(Severity::Warning));
        }
    }
}

/// All that may use one of these; none where anyone may.
fn together<'w>(ways_in: impl Iterator<Item = &'w WayIn>) -> Option<Source> {
    let mut all = Vec::new();
    for way_in in ways_in {
        match &way_in.from {
            Source::Subnets(subnets) if !way_in.from.has_strangers() => all.extend(subnets),
            _ => return None,
        }
    }
    Some(Source::Subnets(all))
}

/// Whether what makes the forward looks at who comes: packet filter rules do, a proxy does not.
fn is_kept_by_itself(cluster: &Cluster, way_in: &WayIn) -> bool {
    let artefacts = cluster.stacks.iter().flat_map(|stack| &stack.artefacts);
    artefacts.filter(|artefact| artefact.host == way_in.at).any(|artefact| artefact.ways_in.contains(way_in))
}

/// Whether a router in front sends on there what these say, and nothing else.
fn is_kept_by_router(cluster: &Cluster, host: &Host, way_in: &WayIn, meant: &Source) -> bool {
    let port = (way_in.protocol.as_str(), way_in.port);
    let mut before = cluster.ways_in.iter().filter(|other| leads_to(other, host, port)).peekable();
    before.peek().is_some() && before.all(|other| meant.covers(&other.from))
}
