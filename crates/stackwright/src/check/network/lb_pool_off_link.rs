use crate::check::topology::{Addresses, Provider, Use};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "lb-pool-off-link",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "The pool of a load balancer has addresses outside the nodes' networks.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let topology = index.topology();
    // A router that learns addresses by BGP knows the way to any.
    let routed = [
        "BGPPeer.metallb.io",
        "BGPAdvertisement.metallb.io",
        "CiliumBGPClusterConfig.cilium.io",
        "CiliumBGPPeeringPolicy.cilium.io",
    ];
    if routed.into_iter().any(|kind| index.of_kind(kind).next().is_some()) {
        return;
    }
    let links: Vec<_> =
        topology.networks.iter().filter(|used| used.use_ == Use::Hosts).map(|used| used.addresses).collect();
    let [first, ..] = links[..] else { return };
    // kube-vip may speak BGP, too: its pods say so, wherever they are.
    for pool in topology.pools.iter().filter(|pool| pool.of != Provider::KubeVip) {
        for (range, path) in &pool.ranges {
            // No two of them share an address, or that is a finding of its own.
            let inside: u128 = links.iter().filter_map(|link| range.overlap(*link)).map(Addresses::count).sum();
            if inside >= range.count() {
                continue;
            }
            let message = format!(
                "{} of the {} addresses {range} of {} lie outside the nodes' network{}",
                range.count() - inside,
                range.count(),
                pool.label(),
                if links.len() == 1 { format!(" {first}") } else { "s".to_owned() }
            );
            let help = "take addresses of the nodes' network, or announce them by BGP";
            let finding = CHECK.finding(message, help).at_any(pool.item, path.clone());
            findings.push(finding.why("nobody on that network asks its neighbours for such an address"));
        }
    }
}
