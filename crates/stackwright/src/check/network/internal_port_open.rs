use super::ports::{Internal, host_at, internal, label};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, Opening};

pub(super) const CHECK: Check = Check {
    id: "internal-port-open",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A forward or a firewall lets anyone reach a port that is for the cluster's own hosts.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for way_in in &cluster.ways_in {
        for to in &way_in.to {
            let node = host_at(index, to.ip()).and_then(|(_, node)| node);
            let Some(internal) = internal(&way_in.protocol, to.port(), node.is_some()) else { continue };
            if internal.is_for_people && !way_in.from.has_strangers() {
                continue;
            }
            let help = if internal.is_for_people {
                "say who administers the cluster, by the forward's `from`, or forward ssh and go through that"
            } else {
                "remove the forward"
            };
            findings.push(found(&format!("{} leads {} to {to}", label(way_in), way_in.from), internal, help));
        }
    }
    for (opening, is_node, hosts) in open_to_strangers(cluster) {
        for port in &opening.ports {
            let Some(internal) = internal(&opening.protocol, *port, is_node) else { continue };
            let more = if hosts.len() > 1 { format!(" and of {} more", hosts.len() - 1) } else { String::new() };
            let message =
                format!("the firewall of host {}{more} lets anyone in at {port}/{}", hosts[0], opening.protocol);
            findings.push(found(&message, internal, "give the opening the subnets of who needs it"));
        }
    }
}

fn found(fact: &str, internal: &Internal, help: &str) -> Finding {
    let message = format!("{fact}: {}, which is for {} only", internal.what, internal.users);
    CHECK.finding(message, help).why(internal.why)
}

/// The openings for anyone, each with the hosts that have it, all of which are nodes or none.
fn open_to_strangers(cluster: &Cluster) -> Vec<(&Opening, bool, Vec<&str>)> {
    let mut open: Vec<(&Opening, bool, Vec<&str>)> = Vec::new();
    for host in cluster.all_hosts() {
        let is_node = cluster.nodes.iter().any(|node| node.host.name == host.name);
        for opening in cluster.firewalls(host).flatten().filter(|opening| opening.from.has_strangers()) {
            match open.iter_mut().find(|(other, nodes, _)| *other == opening && *nodes == is_node) {
                Some((.., hosts)) => hosts.push(&host.name),
                None => open.push((opening, is_node, vec![&host.name])),
            }
        }
    }
    open
}
