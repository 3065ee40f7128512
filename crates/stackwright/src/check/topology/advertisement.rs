use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::check::{Item, Objects};
use crate::links::selects;
use crate::yaml::{Node, decode, is_unknown};

/// What announces MetalLB's pools to the network, by the rules of its `internal/config/config.go`.
pub(crate) struct Advertisement<'a> {
    /// The `L2Advertisement` or `BGPAdvertisement`.
    pub item: Item<'a>,
    /// The pools that it names, each with the path of its name.
    pub pools: Vec<(&'a str, String)>,
    /// What selects pools beside those, by their labels.
    pub selectors: Vec<LabelSelector>,
    /// What selects the nodes that announce them; where it is empty, all do.
    pub nodes: Vec<LabelSelector>,
}

impl<'a> Advertisement<'a> {
    /// Every one of them.
    pub(super) fn all(objects: &Objects<'a>) -> Vec<Self> {
        let kinds = ["L2Advertisement.metallb.io", "BGPAdvertisement.metallb.io"];
        kinds.into_iter().flat_map(|kind| objects.of_kind(kind)).map(Self::of).collect()
    }

    fn of(item: Item<'a>) -> Self {
        let spec = item.object.content().and_then(|content| content.get("spec"));
        let list = |field: &str| spec.and_then(|spec| spec.get(field)).map_or(&[][..], Node::items);
        // One that can't be read may select anything.
        let selectors = |field| list(field).iter().map(|node| decode(node).unwrap_or_default()).collect();
        let pools = list("ipAddressPools").iter().enumerate();
        Self {
            item,
            pools: pools
                .filter_map(|(number, name)| Some((name.text()?, format!("spec.ipAddressPools[{number}]"))))
                .collect(),
            selectors: selectors("ipAddressPoolSelectors"),
            nodes: selectors("nodeSelectors"),
        }
    }

    /// Whether it is for all pools of its namespace, or may be.
    pub(crate) fn takes_all(&self) -> bool {
        self.pools.is_empty() && self.selectors.is_empty() || self.pools.iter().any(|(name, _)| is_unknown(name))
    }

    /// Whether it selects a pool of its namespace by its labels.
    pub(crate) fn selects(&self, pool: Item<'_>) -> bool {
        let labels = pool.object.metadata().labels.clone().unwrap_or_default();
        self.selectors.iter().any(|selector| selects(selector, &labels))
    }
}
