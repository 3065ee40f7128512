use std::net::IpAddr;

use super::ports::{host_at, internal, label};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, Opening, Source, Subnet, WayIn};

pub(super) const CHECK: Check = Check {
    id: "forward-blocked",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A forward leads to a port that the firewall of its host lets nobody in at, or not all who are to use it.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for way_in in &cluster.ways_in {
        for to in &way_in.to {
            let Some((host, node)) = host_at(index, to.ip()) else { continue };
            // That one of these is shut is as it should be.
            let internal = internal(&way_in.protocol, to.port(), node.is_some());
            if internal.is_some_and(|internal| !internal.is_for_people || way_in.from.has_strangers()) {
                continue;
            }
            let from = arriving(cluster, way_in, to.ip());
            let is_let_in = |firewall: &[Opening], source: &Source| {
                firewall.iter().any(|opening| opening.lets_in(&way_in.protocol, to.port(), source))
            };
            let Some((firewall, shut_out)) = cluster
                .firewalls(host)
                .find_map(|firewall| Some((firewall, from.iter().find(|source| !is_let_in(firewall, source))?)))
            else {
                continue;
            };
            let message = format!(
                "{} leads to {to}, where the firewall of host {} does not let {shut_out} in",
                label(way_in),
                host.name
            );
            let at_port =
                |opening: &&Opening| opening.protocol == way_in.protocol && opening.ports.contains(&to.port());
            let let_in: Vec<_> = firewall.iter().filter(at_port).map(|opening| opening.from.to_string()).collect();
            let finding =
                CHECK.finding(message, format!("give its rules an opening for {}/{}", to.port(), way_in.protocol));
            findings.push(if let_in.is_empty() {
                finding
            } else {
                finding.why(format!("it lets in {} only", let_in.join(", ")))
            });
        }
    }
}

/// Whom a host with this address sees: a router leaves the address of who came, one of the cluster's hosts may be a proxy that asks
/// under its own.
fn arriving(cluster: &Cluster, way_in: &WayIn, at: IpAddr) -> Vec<Source> {
    if let Some(host) = cluster.all_hosts().find(|host| host.name == way_in.at) {
        let is_near = |address: &IpAddr| {
            cluster.networks.iter().any(|network| network.contains(at) && network.contains(*address))
        };
        let address = host.addresses().filter(|address| address.is_ipv6() == at.is_ipv6());
        let address = address.max_by_key(is_near);
        return address.map(Subnet::from).map(one).into_iter().collect();
    }
    match &way_in.from {
        Source::Anyone => vec![Source::Anyone],
        Source::Subnets(subnets) => {
            subnets.iter().filter(|subnet| subnet.is_ipv6() == at.is_ipv6()).copied().map(one).collect()
        }
    }
}

fn one(subnet: Subnet) -> Source {
    Source::Subnets(vec![subnet])
}
