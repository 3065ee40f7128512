//! Whether a Service gets its address of a load balancer, and whether the network learns where that is.

use super::Hop;
use super::trail::Trail;
use crate::check::network::{lb_ip_not_in_pool, lb_provider, lb_service_without_pool};
use crate::check::topology::{Exposed, Pool, Port, Provider};
use crate::check::{Finding, Index, Item};

/// The hop of a Service's address as what checks say of it leaves it.
pub(super) fn judged<'a>(trail: &mut Trail<'_, 'a>, hop: Hop, service: &Exposed<'a>, port: &Port<'_>) -> Hop {
    let index = trail.index;
    let lacking = lb_provider::of_service(index, service)
        .or_else(|| lb_ip_not_in_pool::of_service(index, service).into_iter().next());
    if lacking.is_some() {
        return trail.judged(hop, lacking);
    }
    let without_pool = lb_service_without_pool::of_service(index, service);
    if without_pool.is_some() {
        // Another file may have a pool.
        return trail.doubted(hop, without_pool);
    }
    if let Some(item) = service.item() {
        if let Some(shared) = trail.finding("lb-shared-local", item, "") {
            return trail.judged(hop, Some(shared));
        }
        let is_other = |finding: &Finding| finding.related.iter().any(|(place, _)| place.index == item.index);
        if let Some(shared) = trail.finding_where("lb-shared-local", is_other) {
            return hop.unknown(format!("{}: {}", shared.message, shared.help));
        }
        let taken = of_node(trail, item, port);
        if taken.is_some() {
            return trail.doubted(hop, taken);
        }
    }
    let pools = pools(index, service);
    let silent: Option<Vec<_>> = pools.into_iter().map(|pool| silence(trail, pool)).collect();
    match silent.and_then(|silent| silent.into_iter().next()) {
        Some(finding) => told(trail, hop, finding),
        None => hop,
    }
}

/// The same where an address is one of a pool.
pub(super) fn judged_by_pool(trail: &mut Trail<'_, '_>, hop: Hop, pool: &Pool<'_>) -> Hop {
    match silence(trail, pool) {
        Some(finding) => told(trail, hop, finding),
        None => hop,
    }
}

/// What K3s' ServiceLB can't give a Service, since another has it of every node.
pub(super) fn of_node(trail: &mut Trail<'_, '_>, item: Item<'_>, port: &Port<'_>) -> Option<Finding> {
    trail.finding("servicelb-port-conflict", item, &format!("{}.port", port.path))
}

/// A pool that nothing here announces may be announced by another file; one whose announcers are all without a node is not.
fn told(trail: &Trail<'_, '_>, hop: Hop, finding: Finding) -> Hop {
    if finding.id == "lb-pool-unannounced" {
        return trail.doubted(hop, Some(finding));
    }
    trail.judged(hop, Some(finding))
}

/// The pools that a Service may get its address of.
fn pools<'i, 'a>(index: &'i Index<'a>, service: &Exposed<'a>) -> Vec<&'i Pool<'a>> {
    let topology = index.topology();
    if !service.is_balanced() || service.class.is_some() {
        return Vec::new();
    }
    if !service.pinned.is_empty() {
        let with = service.pinned.iter().filter_map(|(address, _)| topology.pool_with(*address));
        return with.map(|(pool, _)| pool).collect();
    }
    let asked = service.pool.as_ref().map(|(name, _)| *name);
    topology.pools.iter().filter(|pool| asked.map_or(pool.auto, |name| pool.name == name)).collect()
}

/// Why nobody outside learns where the addresses of a pool are.
fn silence(trail: &mut Trail<'_, '_>, pool: &Pool<'_>) -> Option<Finding> {
    let item = pool.item?;
    match pool.of {
        // Its policies select Services: one finding is about all pools.
        Provider::Cilium => trail.finding_where("lb-pool-unannounced", |finding| {
            finding.place.as_ref().is_some_and(|place| place.api_version.starts_with("cilium.io/"))
        }),
        Provider::MetalLb => {
            let unannounced = trail.finding("lb-pool-unannounced", item, "metadata.name");
            unannounced.or_else(|| without_node(trail, pool, item))
        }
        _ => None,
    }
}

/// That every advertisement of a pool is one which no node makes.
fn without_node(trail: &mut Trail<'_, '_>, pool: &Pool<'_>, item: Item<'_>) -> Option<Finding> {
    let all = trail.index.topology().advertisements.iter().filter(|known| known.item.namespace == item.namespace);
    let announcing = all.filter(|known| {
        known.takes_all() || known.pools.iter().any(|(name, _)| *name == pool.name) || known.selects(item)
    });
    let announcing: Vec<_> = announcing.map(|known| known.item).collect();
    if announcing.iter().any(|known| known.object.kind() == "L2Advertisement") {
        // All nodes are left out.
        let is_of_nodes = |finding: &Finding| {
            finding.place.as_ref().is_some_and(|place| place.kind == "L2Advertisement" && place.path == "metadata.name")
        };
        let excluded = trail.finding_where("lb-advertisement-empty", is_of_nodes);
        if excluded.is_some() {
            return excluded;
        }
    }
    let empty =
        announcing.into_iter().map(|known| trail.finding("lb-advertisement-empty", known, "spec.nodeSelectors"));
    empty.collect::<Option<Vec<_>>>()?.into_iter().next()
}
