//! The three checks of what a load balancer's addresses must not contain: they compare the same ranges.

use crate::check::topology::{Addresses, Pool, Use, Used};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const NODE: Check = Check {
    id: "lb-pool-overlaps-node",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The pool of a load balancer contains the address of a node.",
    run: nodes,
};

pub(super) const DHCP: Check = Check {
    id: "lb-pool-overlaps-dhcp",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The pool of a load balancer and the range of a DHCP server share addresses.",
    run: dhcp,
};

pub(super) const OTHER: Check = Check {
    id: "lb-pool-overlaps-other",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The pool of a load balancer contains addresses that something else has.",
    run: others,
};

fn nodes(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let topology = index.topology();
    for (pool, range, path) in ranges(&topology.pools) {
        let nodes = topology.nodes_in(range);
        let Some(first) = nodes.first() else { continue };
        let more = match nodes.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let inside = if range.is_single() { "is".to_owned() } else { format!("contains {},", first.addresses) };
        let message = format!("{} {inside} the address of {}{more}", said(pool, range), first.by);
        let trick = range.is_single() && topology.node_count == Some(1);
        let finding = NODE
            .finding(message, "give the pool addresses of the nodes' network that nothing else has")
            .at_any(pool.item, path)
            .see_any(first.item, first.path.clone(), "the node's address")
            .rated(if trick { Severity::Warning } else { Severity::Error });
        findings.push(finding);
    }
}

fn dhcp(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let topology = index.topology();
    for (pool, range, path) in ranges(&topology.pools) {
        for used in topology.others.iter().filter(|used| used.use_ == Use::Dhcp) {
            let Some(both) = range.overlap(used.addresses) else { continue };
            let message = format!("{} shares {} with {}", said(pool, range), counted(both), with_range(used));
            findings.push(DHCP.finding(message, "end one of the two before the other begins").at_any(pool.item, path));
        }
    }
}

fn others(index: &Index<'_>, findings: &mut Vec<Finding>) {
    const HELP: &str = "give the pool addresses of the nodes' network that nothing else has";
    let topology = index.topology();
    let others = topology.others.iter().filter(|used| used.use_ != Use::Dhcp);
    let inner = topology.networks.iter().filter(|used| matches!(used.use_, Use::Pods | Use::Services));
    let used: Vec<_> = others.chain(inner).collect();
    for (pool, range, path) in ranges(&topology.pools) {
        for used in &used {
            let Some(both) = range.overlap(used.addresses) else { continue };
            let message = format!("{} shares {} with {}", said(pool, range), counted(both), with_range(used));
            findings.push(OTHER.finding(message, HELP).at_any(pool.item, path).see_any(
                used.item,
                used.path.clone(),
                "the other",
            ));
        }
    }

    let mut servers: Vec<_> = topology
        .nfs
        .iter()
        .filter_map(|nfs| Some((nfs.server.parse().ok()?, nfs)))
        .collect::<Vec<(std::net::IpAddr, _)>>();
    servers.sort_by_key(|(address, nfs)| (*address, nfs.item.index));
    servers.dedup_by_key(|(address, _)| *address);
    for (address, nfs) in servers {
        // A node that serves NFS is already said to be in the pool.
        if !topology.nodes_in(address.into()).is_empty() {
            continue;
        }
        let Some((pool, number)) = topology.pool_with(address) else { continue };
        let (range, path) = &pool.ranges[number];
        let message =
            format!("{} contains {address}, the NFS server that {} mounts", said(pool, *range), nfs.item.label());
        let finding = OTHER.finding(message, HELP).at_any(pool.item, path);
        findings.push(finding.see(nfs.item, nfs.server_path.clone(), "the NFS server"));
    }

    // Sorted by their beginning, a range overlaps one before it exactly if it begins before the furthest of those ends.
    let mut sorted: Vec<_> = ranges(&topology.pools).collect();
    sorted.sort_by_key(|(_, range, _)| *range);
    let mut furthest: Option<(&Pool, Addresses, &str)> = None;
    for (pool, range, path) in sorted {
        if let Some((other, others, other_path)) = furthest
            && let Some(both) = range.overlap(others)
            && !is_given_twice(pool, other)
        {
            let message = format!("{} shares {} with {}", said(pool, range), counted(both), said(other, others));
            let finding = OTHER.finding(message, "give every address to one pool").at_any(pool.item, path);
            findings.push(finding.see_any(other.item, other_path, "the other pool"));
        }
        if furthest.is_none_or(|(_, others, _)| range.last() > others.last()) {
            furthest = Some((pool, range, path));
        }
    }
}

fn ranges<'t, 'a>(pools: &'t [Pool<'a>]) -> impl Iterator<Item = (&'t Pool<'a>, Addresses, &'t str)> {
    pools.iter().flat_map(|pool| pool.ranges.iter().map(move |(range, path)| (pool, *range, path.as_str())))
}

/// Whether two pools are one object that stands twice among the manifests.
fn is_given_twice(pool: &Pool, other: &Pool) -> bool {
    match (pool.item, other.item) {
        (Some(item), Some(other)) => item.index != other.index && item.label() == other.label(),
        _ => false,
    }
}

/// A pool with the range that is meant.
fn said(pool: &Pool, range: Addresses) -> String {
    if pool.item.is_none() { pool.label() } else { format!("{} ({range})", pool.label()) }
}

fn with_range(used: &Used) -> String {
    if used.addresses.is_single() { used.by.clone() } else { format!("{} ({})", used.by, used.addresses) }
}

fn counted(range: Addresses) -> String {
    if range.is_single() { range.to_string() } else { format!("{} addresses, {range},", range.count()) }
}
