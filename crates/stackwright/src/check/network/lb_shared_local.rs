use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::Service;

use crate::check::topology::Exposed;
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};
use crate::facts::load_balancers;

pub(super) const CHECK: Check = Check {
    id: "lb-shared-local",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two Services are to share an address of MetalLB's, and their traffic policies or selectors forbid it.",
    run,
};

/// A Service that shares an address.
struct Sharing<'a> {
    item: Item<'a>,
    /// Where it asks for the address.
    path: String,
    /// What its pods are selected by, where only their nodes answer: `BackendKey` of MetalLB's
    /// <https://github.com/metallb/metallb/blob/7938d3f89b8b/internal/allocator/k8salloc/k8salloc.go>, read on 2026-11-29.
    backend: Option<&'a BTreeMap<String, String>>,
}

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<(&str, IpAddr), Sharing<'_>> = HashMap::default();
    for service in index.topology().services.iter().filter(|service| service.is_balanced() && service.class.is_none()) {
        let Some(key) = service.sharing.filter(|_| !service.pinned.is_empty()) else { continue };
        let Some((item, backend)) = backend(service) else { continue };
        for (address, path) in &service.pinned {
            let sharing = Sharing { item, path: path.clone(), backend };
            match first.get(&(key, *address)) {
                Some(other) if other.item.id() != item.id() => {
                    findings.extend(forbidden(other, &sharing, *address));
                }
                Some(_) => {}
                None => _ = first.insert((key, *address), sharing),
            }
        }
    }
}

/// The object of a Service that asks MetalLB to share, and what its nodes are chosen by.
fn backend<'a>(service: &Exposed<'a>) -> Option<(Item<'a>, Option<&'a BTreeMap<String, String>>)> {
    let item = service.item()?;
    let annotations = item.object.metadata().annotations.as_ref()?;
    let metallb = load_balancers::named("MetalLB")?;
    if !metallb.shares.iter().any(|key| annotations.contains_key(key)) {
        return None;
    }
    let selector = item.object.get::<Service>()?.spec.as_ref()?.selector.as_ref();
    Some((item, selector.filter(|selector| service.is_local && !selector.is_empty())))
}

fn forbidden(first: &Sharing<'_>, second: &Sharing<'_>, address: IpAddr) -> Option<Finding> {
    let (one, other) = (first.item.label(), second.item.label());
    let (message, help) = match (first.backend, second.backend) {
        (Some(selector), Some(others)) if selector != others => (
            format!(
                "{one} and {other} can't share {address}: both have the traffic policy Local, and select unlike pods"
            ),
            "set externalTrafficPolicy: Cluster on both, or give both one selector, or each an address of its own",
        ),
        (Some(_), None) | (None, Some(_)) => {
            let local = if first.backend.is_some() { &one } else { &other };
            (
                format!("{one} and {other} can't share {address}: only {local} has the traffic policy Local"),
                "give both the same externalTrafficPolicy and selector, or each an address of its own",
            )
        }
        _ => return None,
    };
    let finding = CHECK.finding(message, help).why("whichever comes second stays without an address");
    Some(finding.at(second.item, second.path.clone()).see(first.item, first.path.clone(), "the other"))
}
