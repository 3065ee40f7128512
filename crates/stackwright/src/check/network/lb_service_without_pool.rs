use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::check::topology::{Exposed, Provider};
use crate::check::{Check, Finding, Group, HashSet, Index, Item, Profile, Severity};
use crate::links::selects;
use crate::yaml::{Node, Value, decode, is_unknown};

pub(super) const CHECK: Check = Check {
    id: "lb-service-without-pool",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Service of type LoadBalancer gets no address: no pool of the load balancer is for it.",
    run,
};

/// The classes of Services that Cilium gives addresses to, beside none: its `Documentation/network/lb-ipam.rst`.
const OF_CILIUM: [&str; 2] = ["io.cilium/bgp-control-plane", "io.cilium/l2-announcer"];

/// By these Cilium's pools select a Service by its namespace and name.
const NAMESPACE: &str = "io.kubernetes.service.namespace";
const NAME: &str = "io.kubernetes.service.name";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    if let Some(pools) = Pools::of(index) {
        findings.extend(index.topology().services.iter().filter_map(|service| pools.finding(index, service)));
    }
}

/// That one Service gets no address.
pub(crate) fn of_service(index: &Index<'_>, service: &Exposed<'_>) -> Option<Finding> {
    Pools::of(index)?.finding(index, service)
}

/// The pools of the only load balancer, where none of them is for every Service.
enum Pools<'a> {
    Cilium(Vec<CiliumPool<'a>>),
    MetalLb(Vec<MetalLbPool<'a>>),
    /// The ConfigMap of kube-vip's cloud provider, and the namespaces that it has ranges for: `discoverPool` in its
    /// `pkg/provider/loadBalancer.go`.
    KubeVip(Item<'a>, HashSet<&'a str>),
}

/// A pool and the Services that it is for; none while it is disabled.
struct CiliumPool<'a> {
    item: Item<'a>,
    selector: Option<LabelSelector>,
}

/// A pool, with what its `serviceAllocation` says: `isPoolCompatibleWithService` in MetalLB's `internal/allocator/allocator.go`.
struct MetalLbPool<'a> {
    item: Item<'a>,
    /// Whether a Service has to ask for it.
    is_asked: bool,
    namespaces: Vec<&'a str>,
    namespace_selectors: Vec<LabelSelector>,
    selectors: Vec<LabelSelector>,
}

impl<'a> Pools<'a> {
    fn of(index: &Index<'a>) -> Option<Self> {
        // Those whose text is put in later are not there.
        let mut known = index.topology().pools.iter().map(|pool| pool.of);
        let first = known.next()?;
        if known.any(|other| other != first) {
            return None;
        }
        let kind = |kind: &'static str| index.of_kind(kind);
        match first {
            Provider::Cilium => {
                let pools: Vec<_> = kind("CiliumLoadBalancerIPPool.cilium.io").map(CiliumPool::of).collect();
                (!pools.iter().any(CiliumPool::takes_all)).then_some(Self::Cilium(pools))
            }
            Provider::MetalLb => {
                let pools: Vec<_> = kind("IPAddressPool.metallb.io").map(MetalLbPool::of).collect();
                (!pools.iter().any(MetalLbPool::takes_all)).then_some(Self::MetalLb(pools))
            }
            Provider::KubeVip => {
                let maps = index.all::<ConfigMap>().filter(|(item, _)| item.object.name() == "kubevip");
                let maps: Vec<_> = maps.collect();
                let keys = maps.iter().flat_map(|(_, map)| map.data.iter().flatten()).map(|(key, _)| key.as_str());
                let of_range = |key: &'a str| key.strip_prefix("cidr-").or_else(|| key.strip_prefix("range-"));
                let namespaces: HashSet<_> = keys.filter_map(of_range).collect();
                let item = maps.first().map(|(item, _)| *item)?;
                (!namespaces.contains("global")).then_some(Self::KubeVip(item, namespaces))
            }
            Provider::OldMetalLb | Provider::Any => None,
        }
    }

    fn finding(&self, index: &Index<'_>, service: &Exposed<'_>) -> Option<Finding> {
        let is_of_cilium = matches!(self, Self::Cilium(_));
        let is_read = service.class.is_none_or(|class| is_of_cilium && OF_CILIUM.contains(&class));
        if !service.is_balanced() || !is_read {
            return None;
        }
        let (fact, help, seen, path) = match self {
            Self::Cilium(pools) => of_cilium(index, pools, service.item()?)?,
            // Who asks for an address or a pool is for another check.
            _ if !service.pinned.is_empty() || service.pool.is_some() => return None,
            Self::MetalLb(pools) => of_metallb(index, pools, service.item()?)?,
            Self::KubeVip(map, namespaces) => of_kube_vip(index, *map, namespaces, service)?,
        };
        let message = format!("{} gets no address: {fact}", service.label());
        // Another file may have one.
        let severity = if index.is_whole() { CHECK.severity } else { Severity::Warning };
        let finding = CHECK.finding(message, help).why("it would stay Pending").rated(severity);
        Some(finding.at_any(service.item(), "spec.type").see(seen, path, "a pool that is not for it"))
    }
}

/// What is said of a Service, what to do, and a pool that shows it with its path.
type Said<'a> = (String, String, Item<'a>, &'static str);

fn of_cilium<'a>(index: &Index<'_>, pools: &[CiliumPool<'a>], item: Item<'_>) -> Option<Said<'a>> {
    let labels = item.object.metadata().labels.clone().unwrap_or_default();
    let is_later = is_later(index, item) && pools.iter().any(CiliumPool::names_namespaces);
    if is_later || is_unknown(item.namespace) || labels.values().any(|value| is_unknown(value)) {
        return None;
    }
    let own = [(NAMESPACE, item.namespace), (NAME, item.object.name())];
    let mut labels: BTreeMap<String, String> = labels;
    labels.extend(own.map(|(key, value)| (key.to_owned(), value.to_owned())));
    let enabled = pools.iter().find(|pool| pool.selector.is_some());
    let Some(pool) = enabled else {
        let fact = "every CiliumLoadBalancerIPPool is disabled".to_owned();
        return Some((fact, "take spec.disabled out of one".to_owned(), pools.first()?.item, "spec.disabled"));
    };
    let is_taken = pools.iter().filter_map(|pool| pool.selector.as_ref()).any(|selector| selects(selector, &labels));
    let wanted = pool.selector.iter().flat_map(|selector| selector.match_labels.iter().flatten());
    let wanted: Vec<_> = wanted.map(|(key, value)| format!("{key}: {value}")).collect();
    let help = match &wanted[..] {
        [] => format!("give it labels that {} selects", pool.item.label()),
        _ => format!("give it the labels that {} selects: {}", pool.item.label(), wanted.join(", ")),
    };
    let fact = "no CiliumLoadBalancerIPPool selects it".to_owned();
    (!is_taken).then_some((fact, help, pool.item, "spec.serviceSelector"))
}

fn of_metallb<'a>(index: &Index<'_>, pools: &[MetalLbPool<'a>], item: Item<'_>) -> Option<Said<'a>> {
    let later = is_later(index, item) || is_unknown(item.namespace);
    let labels = item.object.metadata().labels.clone().unwrap_or_default();
    let has_unknown = labels.values().any(|value| is_unknown(value));
    let takes = |pool: &MetalLbPool<'_>| {
        let is_selected = || pool.selectors.iter().any(|selector| selects(selector, &labels));
        let is_labelled = pool.selectors.is_empty() || has_unknown || is_selected();
        !pool.is_asked && is_labelled && (later || pool.takes_namespace(index, item.namespace))
    };
    if pools.iter().any(takes) {
        return None;
    }
    let fact = "no IPAddressPool is for it".to_owned();
    let Some(pool) = pools.iter().find(|pool| !pool.is_asked) else {
        let pool = pools.first()?.item;
        let fact = format!("{fact} unless it asks");
        let help = format!("give it the annotation metallb.io/address-pool: {}", pool.object.name());
        return Some((fact, help, pool, "spec.autoAssign"));
    };
    let help = format!("have spec.serviceAllocation of {} take it, or give it a pool of its own", pool.item.label());
    Some((fact, help, pool.item, "spec.serviceAllocation"))
}

fn of_kube_vip<'a>(
    index: &Index<'_>,
    map: Item<'a>,
    namespaces: &HashSet<&str>,
    service: &Exposed<'_>,
) -> Option<Said<'a>> {
    let namespace = service.namespace();
    let is_later = service.item().is_some_and(|item| is_later(index, item));
    if namespaces.contains(namespace) || is_later || is_unknown(namespace) {
        return None;
    }
    let fact = format!("{} has no range for namespace {namespace}, and none for all", map.label());
    Some((fact, format!("add range-{namespace} or range-global to it"), map, "data"))
}

/// Whether an object is applied to a namespace that is given then.
fn is_later(index: &Index<'_>, item: Item<'_>) -> bool {
    item.object.namespace().is_none() && !index.is_closed()
}

impl<'a> CiliumPool<'a> {
    fn of(item: Item<'a>) -> Self {
        let spec = item.object.content().and_then(|content| content.get("spec"));
        let is_disabled =
            spec.and_then(|spec| spec.get("disabled")).is_some_and(|flag| flag.value == Value::Bool(true));
        let selector = spec.and_then(|spec| spec.get("serviceSelector"));
        // One that can't be read may select anything.
        let selector = selector.and_then(|node| decode(node).ok()).unwrap_or_default();
        Self { item, selector: (!is_disabled).then_some(selector) }
    }

    fn takes_all(&self) -> bool {
        self.selector.as_ref().is_some_and(is_empty)
    }

    fn names_namespaces(&self) -> bool {
        let keys = self.selector.iter().flat_map(|selector| {
            let expressions = selector.match_expressions.iter().flatten().map(|wanted| &wanted.key);
            selector.match_labels.iter().flatten().map(|(key, _)| key).chain(expressions)
        });
        keys.into_iter().any(|key| key == NAMESPACE)
    }
}

impl<'a> MetalLbPool<'a> {
    fn of(item: Item<'a>) -> Self {
        let spec = item.object.content().and_then(|content| content.get("spec"));
        let list = |field: &str| {
            let allocation = spec.and_then(|spec| spec.get("serviceAllocation"));
            allocation.and_then(|allocation| allocation.get(field)).map_or(&[][..], Node::items)
        };
        let selectors = |field| list(field).iter().map(|node| decode(node).unwrap_or_default()).collect();
        Self {
            item,
            is_asked: spec.and_then(|spec| spec.get("autoAssign")).is_some_and(|flag| flag.value == Value::Bool(false)),
            namespaces: list("namespaces").iter().filter_map(Node::text).collect(),
            namespace_selectors: selectors("namespaceSelectors"),
            selectors: selectors("serviceSelectors"),
        }
    }

    fn takes_all(&self) -> bool {
        let is_narrow =
            !(self.namespaces.is_empty() && self.namespace_selectors.is_empty() && self.selectors.is_empty());
        !self.is_asked && !is_narrow
    }

    fn takes_namespace(&self, index: &Index<'_>, namespace: &str) -> bool {
        if self.namespaces.is_empty() && self.namespace_selectors.is_empty() {
            return true;
        }
        let labels = || Some(index.get::<Namespace>("", namespace)?.1.metadata.labels.clone().unwrap_or_default());
        // Of one that is made elsewhere the labels are not known.
        let is_selected = || {
            let labels = labels();
            let selects = |selector| labels.as_ref().is_none_or(|labels| selects(selector, labels));
            self.namespace_selectors.iter().any(selects)
        };
        self.namespaces.contains(&namespace) || is_selected()
    }
}

fn is_empty(selector: &LabelSelector) -> bool {
    let has_labels = selector.match_labels.as_ref().is_some_and(|labels| !labels.is_empty());
    let has_expressions = selector.match_expressions.as_ref().is_some_and(|expressions| !expressions.is_empty());
    !has_labels && !has_expressions
}
