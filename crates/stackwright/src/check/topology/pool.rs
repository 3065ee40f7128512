use std::net::IpAddr;

use k8s_openapi::api::core::v1::ConfigMap;

use super::Addresses;
use crate::check::{Item, Objects};
use crate::yaml::{self, Node, Value};

/// Addresses that a load balancer gives to Services.
pub(crate) struct Pool<'a> {
    /// Whose it is.
    pub of: Provider,
    /// The object that says so; none where the cluster does.
    pub item: Option<Item<'a>>,
    /// Its name, which Services may ask for.
    pub name: String,
    /// The addresses, each range with the path of its field.
    pub ranges: Vec<(Addresses, String)>,
    /// Whether Services that do not ask for it get its addresses too.
    pub auto: bool,
    /// Whether addresses that end in .0 or .255 are left out.
    pub avoids_ends: bool,
}

/// A load balancer that has pools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    MetalLb,
    /// MetalLB before 0.13, which read a ConfigMap.
    OldMetalLb,
    Cilium,
    KubeVip,
    /// One of the cluster's, whichever that is.
    Any,
}

impl<'a> Pool<'a> {
    /// The pools of an index: those of its objects, and the cluster's ranges that no object repeats.
    pub(super) fn all(objects: &Objects<'a>) -> Vec<Self> {
        let is_later = |item: Item<'a>| item.object.content().is_some_and(has_unknown);
        let kinds = ["IPAddressPool.metallb.io", "CiliumLoadBalancerIPPool.cilium.io"];
        if kinds.into_iter().flat_map(|kind| objects.of_kind(kind)).any(is_later) {
            // Of whatever addresses a pool gets when it is applied, nothing can be said.
            return Vec::new();
        }
        let mut pools: Vec<_> = objects.of_kind("IPAddressPool.metallb.io").filter_map(Self::of_metallb).collect();
        pools.extend(objects.of_kind("CiliumLoadBalancerIPPool.cilium.io").filter_map(Self::of_cilium));
        // The ConfigMap that MetalLB read until 0.12.
        let legacy = objects.all::<ConfigMap>().filter(|(item, _)| item.object.name() == "config");
        pools.extend(legacy.flat_map(|(item, map)| Self::of_legacy(item, map)));
        // That of kube-vip's cloud provider: kube-vip/kube-vip-cloud-provider pkg/provider/provider.go.
        let of_kube_vip = objects.get::<ConfigMap>("kube-system", "kubevip");
        pools.extend(of_kube_vip.into_iter().flat_map(|(item, map)| Self::of_kube_vip(item, map)));

        let ranges = objects.cluster().map_or(&[][..], |cluster| &cluster.load_balancers);
        for range in ranges {
            let range = Addresses::from(*range);
            if pools.iter().flat_map(|pool| &pool.ranges).all(|(other, _)| other.overlap(range).is_none()) {
                let ranges = vec![(range, String::new())];
                let (of, name) = (Provider::Any, String::new());
                pools.push(Self { of, item: None, name, ranges, auto: true, avoids_ends: false });
            }
        }
        pools
    }

    fn of_metallb(item: Item<'a>) -> Option<Self> {
        let spec = item.object.content()?.get("spec")?;
        let flag = |field, default| match spec.get(field).map(|node| &node.value) {
            Some(Value::Bool(flag)) => *flag,
            _ => default,
        };
        Some(Self {
            of: Provider::MetalLb,
            item: Some(item),
            name: item.object.name().to_owned(),
            ranges: ranges(spec.get("addresses")?, |number| format!("spec.addresses[{number}]")),
            auto: flag("autoAssign", true),
            avoids_ends: flag("avoidBuggyIPs", false),
        })
    }

    fn of_cilium(item: Item<'a>) -> Option<Self> {
        let blocks = item.object.content()?.at("spec.blocks")?;
        let blocks = blocks.items().iter().enumerate().filter_map(|(number, block)| {
            let path = format!("spec.blocks[{number}]");
            let text = |field| block.get(field).and_then(Node::text);
            if let Some(cidr) = text("cidr") {
                return Some((Addresses::parse(cidr)?, format!("{path}.cidr")));
            }
            let start = text("start")?;
            let range = format!("{start}-{}", text("stop").unwrap_or(start));
            Some((Addresses::parse(&range)?, format!("{path}.start")))
        });
        let name = item.object.name().to_owned();
        let (of, ranges) = (Provider::Cilium, blocks.collect());
        Some(Self { of, item: Some(item), name, ranges, auto: true, avoids_ends: false })
    }

    fn of_legacy(item: Item<'a>, map: &ConfigMap) -> Vec<Self> {
        let text = map.data.as_ref().and_then(|data| data.get("config")).filter(|text| text.contains("address-pools"));
        let document = text.and_then(|text| yaml::read(text).ok()?.documents.pop());
        let pools = document.as_ref().and_then(|document| document.get("address-pools")).map_or(&[][..], Node::items);
        let pools = pools.iter().filter_map(|pool| {
            let auto = pool.get("auto-assign").is_none_or(|node| node.value != Value::Bool(false));
            Some(Self {
                of: Provider::OldMetalLb,
                item: Some(item),
                name: pool.get("name")?.text()?.to_owned(),
                ranges: ranges(pool.get("addresses")?, |_| "data.config".to_owned()),
                auto,
                avoids_ends: pool.get("avoid-buggy-ips").is_some_and(|node| node.value == Value::Bool(true)),
            })
        });
        pools.collect()
    }

    /// Those of `cidr-NAMESPACE` and `range-NAMESPACE`, or of `global`; an address of all zeros asks a DHCP server.
    fn of_kube_vip(item: Item<'a>, map: &'a ConfigMap) -> impl Iterator<Item = Self> {
        map.data.iter().flatten().filter_map(move |(key, value)| {
            let name = key.strip_prefix("cidr-").or_else(|| key.strip_prefix("range-"))?;
            let ranges = value.split(',').filter_map(|range| Addresses::parse(range.trim()));
            let ranges = ranges.filter(|range| !range.first().is_unspecified());
            Some(Self {
                of: Provider::KubeVip,
                item: Some(item),
                name: name.to_owned(),
                ranges: ranges.map(|range| (range, format!("data.{key}"))).collect(),
                // A namespace's own, and an address that Services may share: no sum says what is left.
                auto: false,
                avoids_ends: false,
            })
        })
    }

    /// `IPAddressPool metallb-system/primary`, as a person would say it.
    pub(crate) fn label(&self) -> String {
        match self.item {
            Some(item) if item.object.kind() == "ConfigMap" => format!("pool {} of {}", self.name, item.label()),
            Some(item) => item.label(),
            None => {
                let ranges: Vec<_> = self.ranges.iter().map(|(range, _)| range.to_string()).collect();
                format!("the load balancers' range {}", ranges.join(", "))
            }
        }
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        self.ranges.iter().any(|(range, _)| range.contains(address))
    }

    /// How many addresses it has to give.
    pub(crate) fn count(&self) -> u128 {
        let given = self.ranges.iter().map(|(range, _)| match (self.avoids_ends, range.first(), range.last()) {
            (true, IpAddr::V4(first), IpAddr::V4(last)) => range.count() - ends(first.into(), last.into()),
            _ => range.count(),
        });
        given.fold(0, u128::saturating_add)
    }
}

/// How many of these addresses end in .0 or .255.
fn ends(first: u32, last: u32) -> u128 {
    // Those up to and with `number`, that end in `byte`.
    let up_to = |number: i64, byte: i64| (number - byte).div_euclid(256) + 1;
    let between = |byte| up_to(last.into(), byte) - up_to(i64::from(first) - 1, byte);
    u128::try_from(between(0) + between(255)).unwrap_or_default()
}

/// Whether some text of an object is put in later.
fn has_unknown(node: &Node) -> bool {
    match &node.value {
        Value::String(text) => yaml::is_unknown(text),
        Value::List(items) => items.iter().any(has_unknown),
        Value::Map(entries) => entries.iter().any(|entry| has_unknown(&entry.value)),
        _ => false,
    }
}

fn ranges(addresses: &Node, path: impl Fn(usize) -> String) -> Vec<(Addresses, String)> {
    let ranges = addresses.items().iter().enumerate();
    ranges.filter_map(|(number, range)| Some((Addresses::parse(range.text()?)?, path(number)))).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn ends_of_ranges() {
        let ends = |first: [u8; 4], last: [u8; 4]| super::ends(u32::from_be_bytes(first), u32::from_be_bytes(last));
        assert_eq!(ends([10, 0, 0, 0], [10, 0, 0, 255]), 2);
        assert_eq!(ends([10, 0, 0, 1], [10, 0, 0, 254]), 0);
        assert_eq!(ends([10, 0, 0, 255], [10, 0, 1, 0]), 2);
        assert_eq!(ends([0, 0, 0, 0], [0, 0, 0, 0]), 1);
        assert_eq!(ends([10, 0, 0, 0], [10, 0, 3, 255]), 8);
    }
}
