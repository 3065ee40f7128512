use crate::check::topology::{Exposed, Pool, Provider};
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};
use crate::nearest::nearest;

pub(super) const CHECK: Check = Check {
    id: "lb-ip-not-in-pool",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Service asks for an address that no pool of the load balancer has, or for a pool that is not there.",
    run,
};

/// What is in a provider's annotations, and whose pools are its.
const PROVIDERS: [(&str, &[Provider]); 2] =
    [("metallb", &[Provider::MetalLb, Provider::OldMetalLb]), ("cilium", &[Provider::Cilium])];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let by_name = by_name(index);
    for service in &index.topology().services {
        findings.extend(asked_in_vain(index, &by_name, service));
    }
}

/// What one Service asks for in vain.
pub(crate) fn of_service(index: &Index<'_>, service: &Exposed<'_>) -> Vec<Finding> {
    asked_in_vain(index, &by_name(index), service)
}

type ByName<'i, 'a> = HashMap<&'i str, &'i Pool<'a>>;

fn by_name<'i, 'a>(index: &'i Index<'a>) -> ByName<'i, 'a> {
    index.topology().pools.iter().map(|pool| (pool.name.as_str(), pool)).collect()
}

fn asked_in_vain(index: &Index<'_>, by_name: &ByName<'_, '_>, service: &Exposed<'_>) -> Vec<Finding> {
    let topology = index.topology();
    let pools = &topology.pools;
    if pools.is_empty() || !service.is_balanced() || service.class.is_some() {
        return Vec::new();
    }
    // Another pool may be elsewhere.
    let severity = if index.is_whole() { CHECK.severity } else { Severity::Warning };
    let all =
        || pools.iter().flat_map(|pool| &pool.ranges).take(4).map(|(range, _)| range.to_string()).collect::<Vec<_>>();
    // kube-vip takes whatever address it is asked for.
    let takes_any = pools.iter().any(|pool| pool.of == Provider::KubeVip);
    // Who has no pools here doesn't read what it is asked for.
    let is_read = |path: &str| {
        let mut named = PROVIDERS.iter().filter(|(key, _)| path.contains(key)).peekable();
        if named.peek().is_none() { !takes_any } else { named.all(|(_, providers)| has_pools(pools, providers)) }
    };
    let asked = service.pool.as_ref().filter(|(_, path)| is_read(path));
    let pool = asked.and_then(|(name, _)| by_name.get(name));
    // The cluster's own ranges have no names that could be compared.
    if let (Some((name, path)), None) = (asked, pool)
        && pools.iter().all(|pool| pool.item.is_some())
    {
        let names = || pools.iter().map(|pool| pool.name.as_str());
        let help = match nearest(name, names()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("name one that there is: {}", names().take(4).collect::<Vec<_>>().join(", ")),
        };
        let message = format!("{} asks for an address of pool {name}, which is not there", service.label());
        return vec![CHECK.finding(message, help).rated(severity).at_any(service.item(), path.clone())];
    }
    let mut findings = Vec::new();
    for (address, path) in service.pinned.iter().filter(|(_, path)| is_read(path)) {
        let (found, whose) = match pool {
            Some(pool) => (pool.contains(*address), format!("pool {} does not have", pool.name)),
            None => (topology.pool_with(*address).is_some(), "no pool has".to_owned()),
        };
        if found {
            continue;
        }
        let message = format!("{} asks for {address}, which {whose}", service.label());
        let help = format!("choose an address of {}", all().join(", "));
        findings.push(CHECK.finding(message, help).rated(severity).at_any(service.item(), path.clone()));
    }
    findings
}

/// Whether one of these has pools; a cluster's own ranges may be anyone's.
fn has_pools(pools: &[Pool<'_>], providers: &[Provider]) -> bool {
    pools.iter().any(|pool| pool.of == Provider::Any || providers.contains(&pool.of))
}
