use crate::check::topology::Exposed;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::facts::charts;

pub(super) const CHECK: Check = Check {
    id: "lb-provider",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Service of type LoadBalancer has nothing in the cluster that gives it an address, or two that do.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let providers = providers(index);
    if let [(first, ..), (second, item), ..] = &providers[..] {
        let message = format!("two load balancers give addresses to Services: {first} and {second}");
        let help =
            "switch one of them off (K3s' with --disable=servicelb), or give each its Services by loadBalancerClass";
        findings.push(CHECK.finding(message, help).at_any(*item, ""));
    }
    if is_without(index, &providers) {
        findings.extend(index.topology().services.iter().filter_map(pending));
    }
}

/// That nothing gives one Service an address.
pub(crate) fn of_service(index: &Index<'_>, service: &Exposed<'_>) -> Option<Finding> {
    is_without(index, &providers(index)).then(|| pending(service)).flatten()
}

/// A cloud's own gives addresses without a word.
fn is_without(index: &Index<'_>, providers: &[(&str, Option<Item<'_>>)]) -> bool {
    index.cluster().is_some() && index.existing().is_none() && providers.is_empty()
}

fn pending(service: &Exposed<'_>) -> Option<Finding> {
    if !service.is_balanced() || service.class.is_some() {
        return None;
    }
    let message = format!("{} is of type LoadBalancer, and the cluster has no load balancer", service.label());
    let help = "install MetalLB, name what there is in `Provided::load_balancer`, or make it a NodePort";
    Some(CHECK.finding(message, help).why("it would stay Pending").at_any(service.item(), "spec.type"))
}

/// The names of what gives addresses to Services, each once, with an object that shows it.
fn providers<'a>(index: &Index<'a>) -> Vec<(&'a str, Option<Item<'a>>)> {
    let provided = index.cluster().and_then(|cluster| cluster.provided.load_balancer.as_deref());
    let mut providers: Vec<_> = provided.map(|name| (name, None)).into_iter().collect();
    let mut seen = |name, item| {
        if providers.iter().all(|(other, _)| *other != name) {
            providers.push((name, item));
        }
    };
    for (kind, name) in [("IPAddressPool.metallb.io", "metallb"), ("CiliumLoadBalancerIPPool.cilium.io", "cilium")] {
        if let Some(item) = index.of_kind(kind).next() {
            seen(name, Some(item));
        }
    }
    for release in index.cluster().into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases) {
        if let Some(name) = charts::of(release.chart.name).and_then(|facts| facts.load_balancer.as_deref()) {
            seen(name, None);
        }
    }
    providers
}
