use std::net::IpAddr;

use crate::check::topology::{Exposed, Pool, Provider};
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "lb-ip-port-duplicate",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two Services ask their load balancer for one address, and for the same port of it or without agreeing \
            to share.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut owners = HashMap::default();
    let mut listeners = HashMap::default();
    let balanced = index.topology().services.iter().filter(|service| service.is_balanced());
    for service in balanced {
        for (address, path) in &service.pinned {
            let owner: &Exposed = owners.entry(address).or_insert(service);
            let twice = service.ports.iter().find_map(|port| {
                let first: &Exposed = listeners.entry((address, port.port, port.protocol)).or_insert(service);
                (!first.is_same(service)).then_some((first, port))
            });
            let (first, message, help) = if let Some((first, port)) = twice {
                let message = format!(
                    "{} and {} both ask for {address} and listen at port {}/{} of it",
                    first.label(),
                    service.label(),
                    port.port,
                    port.protocol
                );
                (first, message, "give one of them another address or port".to_owned())
            } else if !owner.is_same(service)
                && is_metallb(index, owner, *address)
                && is_metallb(index, service, *address)
                && !share(owner, service)
            {
                let how = match (owner.sharing, service.sharing) {
                    (Some(one), Some(other)) => format!("share it by unlike keys, {one} and {other}"),
                    _ => "do not agree to share it".to_owned(),
                };
                let message = format!("{} and {} both ask for {address}, and {how}", owner.label(), service.label());
                let help =
                    "give both the annotation metallb.io/allow-shared-ip with the same value, or one another address";
                (owner, message, help.to_owned())
            } else {
                continue;
            };
            let finding = CHECK.finding(message, help).at_any(service.item(), path.clone());
            let other = first.pinned.iter().find(|(other, _)| other == address).map_or("", |(_, path)| path);
            findings.push(finding.see_any(first.item(), other, "the first"));
        }
    }
}

/// Whether MetalLB, which shares an address only on request, is the one that is asked: by its annotation, or since it alone has pools.
fn is_metallb(index: &Index<'_>, service: &Exposed, address: IpAddr) -> bool {
    if service.pinned.iter().any(|(_, path)| path.contains("metallb")) {
        return true;
    }
    let topology = index.topology();
    let is_its = |pool: &Pool<'_>| matches!(pool.of, Provider::MetalLb | Provider::OldMetalLb);
    let is_plain = |(pinned, path): &(IpAddr, String)| *pinned == address && path.ends_with("loadBalancerIP");
    service.class.is_none()
        && service.pinned.iter().any(is_plain)
        && topology.pool_with(address).is_some()
        && topology.pools.iter().all(is_its)
}

fn share(one: &Exposed, other: &Exposed) -> bool {
    one.sharing.is_some() && one.sharing == other.sharing
}
