use crate::check::topology::{Addresses, Use, Used};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use k8s_openapi::api::core::v1::Node;

pub(super) const CHECK: Check = Check {
    id: "cidr-overlap",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two of the hosts' networks, the pods' and the Services' share addresses, or two nodes' pods do.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let topology = index.topology();
    let used = &topology.networks;
    for (number, one) in used.iter().enumerate() {
        for other in &used[..number] {
            // Two pools of pods that share addresses are one network, written twice.
            let Some(both) =
                one.addresses.overlap(other.addresses).filter(|_| one.use_ != other.use_ || one.use_ == Use::Hosts)
            else {
                continue;
            };
            findings.push(finding(one, other, both));
        }
    }
    for network in used.iter().filter(|used| used.use_ != Use::Hosts) {
        // Where the hosts' networks are known, they say the same of all of them.
        let node =
            topology.nodes_in(network.addresses).iter().find(|node| node.item.is_some() || index.cluster().is_none());
        if let Some(node) = node {
            findings.push(finding(node, network, node.addresses));
        }
    }

    let mut blocks: Vec<_> = index
        .all::<Node>()
        .filter_map(|(item, node)| {
            let cidr = node.spec.as_ref()?.pod_cidr.as_deref()?;
            Some((Addresses::parse(cidr)?, item))
        })
        .collect();
    blocks.sort_by_key(|(block, item)| (*block, item.index));
    for pair in blocks.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        let Some(both) = one.overlap(*other) else { continue };
        let message = format!("{} and {} both give {both} to their pods", first.label(), second.label());
        let finding = CHECK.finding(message, "every node needs a block of its own").at(*second, "spec.podCIDR");
        findings.push(finding.see(*first, "spec.podCIDR", "the same block"));
    }
    for (block, item) in &blocks {
        if let Some(node) = topology.nodes_in(*block).first() {
            let message =
                format!("the pods of {} ({block}) have the address of {}, {}", item.label(), node.by, node.addresses);
            let finding =
                CHECK.finding(message, "give pods a network that the nodes are not on").at(*item, "spec.podCIDR");
            findings.push(finding.see_any(node.item, node.path.clone(), "the node's address"));
        }
    }
}

fn finding(one: &Used, other: &Used, both: Addresses) -> Finding {
    let said = |used: &Used| {
        if used.addresses.is_single() {
            format!("{} ({})", used.by, used.addresses)
        } else {
            format!("{}, {},", used.by, used.addresses)
        }
    };
    let shared = if both.is_single() { both.to_string() } else { format!("{} addresses, {both}", both.count()) };
    let message = format!("{} and {} share {shared}", said(one), said(other));
    let help = "give the hosts, the pods and the Services networks of their own, which nothing else here uses";
    CHECK.finding(message, help).at_any(one.item, one.path.clone()).see_any(other.item, other.path.clone(), "the other")
}
