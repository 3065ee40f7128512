use std::net::IpAddr;

use super::ports::{asking, host_at, internal, label, leads_to};
use crate::check::topology::Target;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::{Cluster, Host, Opening, Source, Subnet, WayIn};

pub(super) const CHECK: Check = Check {
    id: "forward-blocked",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A forward or an EndpointSlice leads to a port, or a forward listens at one, where a firewall shuts out some who are to \
            use it.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for way_in in &cluster.ways_in {
        findings.extend(of_way_in(index, cluster, way_in));
    }
    for outside in &index.topology().outside {
        findings.extend(outside.targets().iter().filter_map(|to| kept_from_nodes(index, cluster, &outside.item, to)));
    }
}

/// Where firewalls shut out some who are to use a forward: at where it listens, and at where it leads.
pub(crate) fn of_way_in(index: &Index<'_>, cluster: &Cluster, way_in: &WayIn) -> Vec<Finding> {
    let mut findings: Vec<_> = where_it_listens(cluster, way_in).into_iter().collect();
    for to in &way_in.to {
        let Some((host, node)) = host_at(index, to.ip()) else { continue };
        // That one of these is shut is as it should be.
        let internal = internal(&way_in.protocol, to.port(), node.is_some());
        if internal.is_some_and(|internal| !internal.is_for_people || way_in.from.has_strangers()) {
            continue;
        }
        let from = arriving(cluster, way_in, to.ip());
        let Some((shut_out, let_in)) = shut_out(cluster, host, (&way_in.protocol, to.port()), &from) else {
            continue;
        };
        let message = format!(
            "{} leads to {to}, where the firewall of host {} does not let {shut_out} in",
            label(way_in),
            host.name
        );
        findings.push(found(message, (&way_in.protocol, to.port()), &let_in));
    }
    findings
}

/// The same of where a Service leads: what pods ask outside their network comes from the address of their node.
fn kept_from_nodes(index: &Index<'_>, cluster: &Cluster, service: &Item<'_>, to: &Target<'_>) -> Option<Finding> {
    let Target { item, protocol, at, path, .. } = to;
    let (host, _) = host_at(index, at.ip())?;
    let others = cluster.nodes.iter().filter(|node| node.runs_workloads() && node.host.name != host.name);
    let from: Vec<_> =
        others.filter_map(|node| asking(cluster, &node.host, at.ip())).map(Subnet::from).map(one).collect();
    let (shut_out, let_in) = shut_out(cluster, host, (protocol, at.port()), &from)?;
    let message = format!(
        "{} leads {} to {at}, where the firewall of host {} does not let {shut_out} in",
        item.label(),
        service.label(),
        host.name
    );
    Some(found(message, (protocol, at.port()), &let_in).at(*item, path.clone()))
}

/// The same of the host that it listens on, unless another forward leads there and is found.
fn where_it_listens(cluster: &Cluster, way_in: &WayIn) -> Option<Finding> {
    let host = cluster.all_hosts().find(|host| host.name == way_in.at)?;
    let port = (way_in.protocol.as_str(), way_in.port);
    if cluster.ways_in.iter().any(|other| leads_to(other, host, port)) {
        return None;
    }
    let from = match &way_in.from {
        Source::Anyone => vec![Source::Anyone],
        Source::Subnets(subnets) => {
            let is_of_host = |subnet: &&Subnet| host.addresses().any(|address| address.is_ipv6() == subnet.is_ipv6());
            subnets.iter().filter(is_of_host).copied().map(one).collect()
        }
    };
    let (shut_out, let_in) = shut_out(cluster, host, port, &from)?;
    let message = format!("{} is shut: the firewall of that host does not let {shut_out} in", label(way_in));
    Some(found(message, port, &let_in))
}

/// Whom of these a firewall of a host keeps from a port, and whom else it lets in there.
pub(crate) fn shut_out<'f>(
    cluster: &Cluster,
    host: &Host,
    (protocol, port): (&str, u16),
    from: &'f [Source],
) -> Option<(&'f Source, Vec<String>)> {
    let is_let_in =
        |firewall: &[Opening], source: &Source| firewall.iter().any(|opening| opening.lets_in(protocol, port, source));
    let (firewall, shut_out) = cluster
        .firewalls(host)
        .find_map(|firewall| Some((firewall, from.iter().find(|source| !is_let_in(firewall, source))?)))?;
    let at_port = |opening: &&Opening| opening.protocol == protocol && opening.ports.contains(&port);
    Some((shut_out, firewall.iter().filter(at_port).map(|opening| opening.from.to_string()).collect()))
}

fn found(message: String, (protocol, port): (&str, u16), let_in: &[String]) -> Finding {
    let finding = CHECK.finding(message, format!("give its rules an opening for {port}/{protocol}"));
    if let_in.is_empty() { finding } else { finding.why(format!("it lets in {} only", let_in.join(", "))) }
}

/// Whom a host with this address sees: a router leaves the address of who came, one of the cluster's hosts may be a proxy that asks
/// under its own.
fn arriving(cluster: &Cluster, way_in: &WayIn, at: IpAddr) -> Vec<Source> {
    if let Some(host) = cluster.all_hosts().find(|host| host.name == way_in.at) {
        return asking(cluster, host, at).map(Subnet::from).map(one).into_iter().collect();
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
