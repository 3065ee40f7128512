use crate::Cluster;
use crate::check::topology::{Advertisement, Provider};
use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Item, Profile, Severity};
use crate::nearest::nearest;
use crate::yaml::{Node, Value, is_unknown};

pub(super) const CHECK: Check = Check {
    id: "lb-pool-unannounced",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Nothing announces the addresses of a load balancer's pool to the network.",
    run,
};

const WHY: &str = "Services get its addresses, and nobody outside the cluster learns where they are";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let pools = &index.topology().pools;
    let of = |provider| pools.iter().filter(move |pool| pool.of == provider).filter_map(|pool| pool.item);
    let mut of_metallb = of(Provider::MetalLb).peekable();
    if of_metallb.peek().is_some() {
        let announced = Announced::of(&index.topology().advertisements);
        findings.extend(of_metallb.filter(|pool| !announced.has(*pool)).map(|pool| metallb(index, &announced, pool)));
    }
    if let Some(pool) = of(Provider::Cilium).next() {
        findings.extend(cilium(index, pool));
    }
}

/// What advertisements are for, so that each pool is looked up.
struct Announced<'t, 'a> {
    /// The namespaces whose pools are all announced.
    all: HashSet<&'a str>,
    /// Those who name a pool, by its namespace and name.
    named: HashSet<(&'a str, &'a str)>,
    /// The namespaces in which a pool of this name is announced.
    by_name: HashMap<&'a str, Item<'a>>,
    /// Those with selectors, by their namespace.
    selecting: HashMap<&'a str, Vec<&'t Advertisement<'a>>>,
}

impl<'t, 'a> Announced<'t, 'a> {
    fn of(advertisements: &'t [Advertisement<'a>]) -> Self {
        let mut announced = Self {
            all: HashSet::default(),
            named: HashSet::default(),
            by_name: HashMap::default(),
            selecting: HashMap::default(),
        };
        for advertisement in advertisements {
            let item = advertisement.item;
            if advertisement.takes_all() || is_unknown(item.namespace) {
                announced.all.insert(item.namespace);
            }
            if !advertisement.selectors.is_empty() {
                announced.selecting.entry(item.namespace).or_default().push(advertisement);
            }
            for (name, _) in &advertisement.pools {
                announced.named.insert((item.namespace, name));
                announced.by_name.entry(name).or_insert(item);
            }
        }
        announced
    }

    fn has(&self, pool: Item<'_>) -> bool {
        let selecting = self.selecting.get(pool.namespace).into_iter().flatten();
        self.all.contains(pool.namespace)
            || self.named.contains(&(pool.namespace, pool.object.name()))
            || selecting.into_iter().any(|advertisement| advertisement.selects(pool))
    }
}

fn metallb(index: &Index<'_>, announced: &Announced<'_, '_>, pool: Item<'_>) -> Finding {
    let name = pool.object.name();
    let message = format!("{} is announced by no L2Advertisement or BGPAdvertisement", pool.label());
    let elsewhere = announced.by_name.get(name).filter(|other| other.namespace != pool.namespace);
    let others = announced.named.iter().filter(|(namespace, _)| *namespace == pool.namespace);
    let help = match (elsewhere, nearest(name, others.map(|(_, other)| *other))) {
        (Some(other), _) => format!("put it and {} into MetalLB's own namespace", other.label()),
        (None, Some(slip)) => format!("write {name} where an advertisement names {slip}"),
        (None, None) => format!("add an L2Advertisement to {} with spec.ipAddressPools: [{name}]", pool.namespace),
    };
    // Another file may have one, or who installed MetalLB.
    let is_installed = |cluster: &Cluster| cluster.provided.namespaces.iter().any(|own| own == pool.namespace);
    let is_whole = index.is_whole() && !index.cluster().is_some_and(is_installed);
    let severity = if is_whole { CHECK.severity } else { Severity::Warning };
    let finding = CHECK.finding(message, help).why(WHY).rated(severity).at(pool, "metadata.name");
    match elsewhere {
        Some(other) => finding.see(*other, "metadata.name", "names it, in another namespace"),
        None => finding,
    }
}

/// Cilium's policies select Services, not pools: where there are none, no pool is announced.
fn cilium(index: &Index<'_>, pool: Item<'_>) -> Option<Finding> {
    let by_bgp = ["CiliumBGPAdvertisement.cilium.io", "CiliumBGPPeeringPolicy.cilium.io"];
    if by_bgp.into_iter().any(|kind| index.of_kind(kind).next().is_some()) {
        return None;
    }
    let Some(first) = index.of_kind("CiliumL2AnnouncementPolicy.cilium.io").next() else {
        let message = format!("{} is announced by no policy of Cilium's", pool.label());
        let help = "add a CiliumL2AnnouncementPolicy with loadBalancerIPs: true, or a CiliumBGPAdvertisement";
        // A router may have been told the way by hand.
        let severity = if index.is_whole() { Severity::Warning } else { Severity::Information };
        return Some(CHECK.finding(message, help).why(WHY).rated(severity).at(pool, "metadata.name"));
    };
    let announces = |policy: Item<'_>| {
        let spec = policy.object.content().and_then(|content| content.get("spec"));
        let flag = spec.and_then(|spec| spec.get("loadBalancerIPs")).map(|node: &Node| &node.value);
        !matches!(flag, None | Some(Value::Bool(false) | Value::Null))
    };
    if index.of_kind("CiliumL2AnnouncementPolicy.cilium.io").any(announces) {
        return None;
    }
    let message = format!("{} announces no addresses of load balancers: loadBalancerIPs is not true", first.label());
    let finding = CHECK.finding(message, "set spec.loadBalancerIPs to true").why(WHY).rated(Severity::Warning);
    Some(finding.at(first, "spec").see(pool, "metadata.name", "whose addresses nobody announces"))
}
