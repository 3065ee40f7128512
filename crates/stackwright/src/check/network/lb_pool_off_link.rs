use crate::check::topology::{Addresses, Use};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "lb-pool-off-link",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A load balancer's pool has addresses outside the machines' network. Layer 2 announcements answer for an \
            address only where others ask for it, on their own network; an address elsewhere needs BGP or a route.",
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
    let Some(machines) = topology.networks.iter().find(|used| used.use_ == Use::Machines) else { return };
    for pool in &topology.pools {
        for (range, path) in &pool.ranges {
            let inside = range.overlap(machines.addresses).map_or(0, Addresses::count);
            if inside == range.count() {
                continue;
            }
            let message = format!(
                "{} of the {} addresses {range} of {} lie outside the machines' network {}",
                range.count() - inside,
                range.count(),
                pool.label(),
                machines.addresses
            );
            let help = "take addresses of the machines' network, or announce them by BGP";
            let finding = CHECK.finding(message, help).at_any(pool.item, path.clone());
            findings.push(finding.why("nobody on that network asks its neighbours for such an address"));
        }
    }
}
