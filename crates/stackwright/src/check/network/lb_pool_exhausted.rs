use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "lb-pool-exhausted",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "More Services of type LoadBalancer ask for an address than the pools have.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let topology = index.topology();
    let balanced = || topology.services.iter().filter(|service| service.is_balanced() && service.class.is_none());
    let pinned: HashSet<_> = balanced().flat_map(|service| &service.pinned).map(|(address, _)| *address).collect();
    let pools: Vec<_> = topology.pools.iter().filter(|pool| pool.auto).collect();
    let Some(first) = pools.first() else { return };

    let addresses = pools.iter().fold(0, |sum: u128, pool| sum.saturating_add(pool.count()));
    let taken =
        pinned.iter().filter(|address| topology.pool_with(**address).is_some_and(|(pool, _)| pool.auto)).count();
    let mut keys = HashSet::default();
    let asking: Vec<_> = balanced()
        .filter(|service| service.pinned.is_empty() && service.pool.is_none())
        .filter(|service| service.sharing.is_none_or(|key| keys.insert((service.namespace(), key))))
        .collect();
    let free = addresses.saturating_sub(taken as u128);
    if asking.len() as u128 <= free {
        return;
    }
    let (pool, has) =
        if pools.len() == 1 { (first.label(), "has") } else { (format!("{} pools", pools.len()), "have") };
    let sum = match taken {
        0 => addresses.to_string(),
        _ => format!("{addresses} - {taken} asked for by name = {free}"),
    };
    let message = format!("{} Services need an address of {pool}, which {has} {sum}", asking.len());
    let (item, path) = first.ranges.first().map_or((None, ""), |(_, path)| (first.item, path));
    let mut finding = CHECK
        .finding(message, "give the pool more addresses, or put what speaks HTTP behind one Ingress")
        .at_any(item, path);
    for service in asking.iter().skip(usize::try_from(free).unwrap_or(usize::MAX)).take(3) {
        finding = finding.see_any(service.item(), "spec.type", "would stay without an address");
    }
    findings.push(finding);
}
