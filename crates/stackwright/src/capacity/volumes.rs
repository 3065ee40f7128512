//! Volumes that are on certain nodes only, and the pods that need them.

use std::collections::HashMap;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{
    NodeSelectorTerm, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec,
};
use k8s_openapi::api::storage::v1::StorageClass;

use super::node::Node;
use super::request::amounts;
use crate::Cluster;
use crate::check::{Index, Item, Pods};

/// A volume that a claim is bound to, or may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Volume<'a> {
    pub(crate) item: Item<'a>,
    volume: &'a PersistentVolume,
}

impl<'a> Volume<'a> {
    fn terms(&self) -> Option<&'a [NodeSelectorTerm]> {
        let affinity = self.volume.spec.as_ref()?.node_affinity.as_ref()?;
        affinity.required.as_ref().map(|required| required.node_selector_terms.as_slice())
    }

    /// Whether pods on a node can use it.
    pub(crate) fn is_on(&self, node: &Node) -> bool {
        self.terms().is_none_or(|terms| terms.iter().any(|term| node.matches(term)))
    }
}

/// The volumes among the objects.
pub(crate) struct Volumes<'i, 'a> {
    index: &'i Index<'a>,
    /// By the namespace and name of the claim that they are kept for.
    kept: HashMap<(&'a str, &'a str), Volume<'a>>,
    /// By class, where no provisioner makes volumes of it.
    free: HashMap<&'a str, Vec<Volume<'a>>>,
}

impl<'i, 'a> Volumes<'i, 'a> {
    pub(crate) fn new(index: &'i Index<'a>) -> Self {
        let mut volumes = Self { index, kept: HashMap::new(), free: HashMap::new() };
        for (item, volume) in index.all::<PersistentVolume>() {
            let Some(spec) = &volume.spec else { continue };
            let found = Volume { item, volume };
            let claim = spec.claim_ref.as_ref();
            let claim = claim.and_then(|claim| Some((claim.namespace.as_deref()?, claim.name.as_deref()?)));
            let class = spec.storage_class_name.as_deref().unwrap_or_default();
            if let Some(claim) = claim {
                volumes.kept.insert(claim, found);
            } else if !is_provisioned(index, class) {
                volumes.free.entry(class).or_default().push(found);
            }
        }
        volumes
    }

    /// For each claim of these pods whose volumes are known, those that it may be bound to.
    pub(crate) fn of(&self, pods: &Pods<'a>) -> Vec<Vec<Volume<'a>>> {
        if self.kept.is_empty() && self.free.is_empty() {
            return Vec::new();
        }
        let namespace = pods.item.namespace;
        let mentioned = pods.spec.volumes.iter().flatten().filter_map(|volume| volume.persistent_volume_claim.as_ref());
        let claims = mentioned.filter_map(|claim| {
            let (_, object) = self.index.get::<PersistentVolumeClaim>(namespace, &claim.claim_name)?;
            self.of_claim(Some((namespace, &claim.claim_name)), object.spec.as_ref()?)
        });
        let set = pods.item.object.get::<StatefulSet>();
        let templates = set.into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten());
        let templates = templates.filter_map(|template| self.of_claim(None, template.spec.as_ref()?));
        claims.chain(templates).collect()
    }

    fn of_claim(&self, name: Option<(&str, &str)>, claim: &PersistentVolumeClaimSpec) -> Option<Vec<Volume<'a>>> {
        if let Some(volume) = claim.volume_name.as_deref().filter(|volume| !volume.is_empty()) {
            let (item, volume) = self.index.get::<PersistentVolume>("", volume)?;
            return Some(vec![Volume { item, volume }]);
        }
        if let Some(volume) = name.and_then(|name| self.kept.get(&name)) {
            return Some(vec![*volume]);
        }
        let free = self.free.get(claim.storage_class_name.as_deref()?)?;
        let matching: Vec<_> = free.iter().filter(|volume| suits(volume.volume, claim)).copied().collect();
        (!matching.is_empty()).then_some(matching)
    }
}

/// Whether volumes of a class are made when they are claimed.
fn is_provisioned(index: &Index, class: &str) -> bool {
    if class.is_empty() {
        return false;
    }
    let provided = |cluster: &Cluster| cluster.provided.storage_classes.iter().any(|provided| provided == class);
    match index.get::<StorageClass>("", class) {
        Some((_, class)) => class.provisioner != "kubernetes.io/no-provisioner",
        None => index.cluster.is_some_and(provided),
    }
}

/// Whether a volume can be bound to a claim.
fn suits(volume: &PersistentVolume, claim: &PersistentVolumeClaimSpec) -> bool {
    let Some(spec) = &volume.spec else { return false };
    let has = amounts(spec.capacity.as_ref()).get("storage").copied().unwrap_or_default();
    let asked = amounts(claim.resources.as_ref().and_then(|resources| resources.requests.as_ref()));
    let modes = claim.access_modes.iter().flatten();
    let labels = claim.selector.as_ref().and_then(|selector| selector.match_labels.as_ref());
    let carried = volume.metadata.labels.as_ref();
    has >= asked.get("storage").copied().unwrap_or_default()
        && modes.into_iter().all(|mode| spec.access_modes.iter().flatten().any(|own| own == mode))
        && labels.into_iter().flatten().all(|(key, value)| carried.and_then(|labels| labels.get(key)) == Some(value))
}
