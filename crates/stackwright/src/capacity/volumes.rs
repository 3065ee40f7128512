//! Volumes that are on certain nodes only, and the pods that need them.

use std::collections::HashMap;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{
    NodeSelectorTerm, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec, TopologySelectorTerm,
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

/// What the claims of pods ask of nodes, and of one another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims<'a> {
    /// For each claim whose volumes are known, those that it may be bound to.
    pub(crate) volumes: Vec<Vec<Volume<'a>>>,
    /// For each claim whose volume is still to be made in certain places, these.
    places: Vec<&'a [TopologySelectorTerm]>,
    /// Whether one pod at a time can have what they claim.
    pub(crate) are_exclusive: bool,
    /// Whether pods that share a volume may all have to be on one node.
    pub(crate) may_be_one_node: bool,
    /// Whether it is open which volumes they get, or whether they get any.
    pub(crate) are_open: bool,
}

impl Claims<'_> {
    /// Whether pods on a node can have what they claim.
    pub(crate) fn are_met_on(&self, node: &Node) -> bool {
        let is_in = |place: &TopologySelectorTerm| {
            place.match_label_expressions.iter().flatten().all(|label| {
                node.labels.get(&label.key).is_some_and(|own| label.values.iter().any(|value| value == own))
            })
        };
        self.volumes.iter().all(|volumes| volumes.iter().any(|volume| volume.is_on(node)))
            && self.places.iter().all(|places| places.iter().any(is_in))
    }

    /// Whether they ask nothing of nodes.
    pub(crate) fn are_met_anywhere(&self) -> bool {
        self.volumes.is_empty() && self.places.is_empty()
    }
}

/// The volumes among the objects.
pub(crate) struct Volumes<'i, 'a> {
    index: &'i Index<'a>,
    /// By the namespace and name of the claim that they are kept for.
    kept: HashMap<(&'a str, &'a str), Volume<'a>>,
    /// By class, where no provisioner makes volumes of it.
    free: HashMap<&'a str, Vec<Volume<'a>>>,
    /// How many workloads mention a claim, by its namespace and name.
    users: HashMap<(&'a str, &'a str), usize>,
}

impl<'i, 'a> Volumes<'i, 'a> {
    pub(crate) fn new(index: &'i Index<'a>) -> Self {
        let mut volumes = Self { index, kept: HashMap::new(), free: HashMap::new(), users: HashMap::new() };
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
        for pods in &index.pods {
            for name in mentioned(pods) {
                *volumes.users.entry((pods.item.namespace, name)).or_default() += 1;
            }
        }
        volumes
    }

    /// What these pods claim, as far as it is known.
    pub(crate) fn claims(&self, pods: &Pods<'a>) -> Claims<'a> {
        let mut claims = Claims::default();
        for name in mentioned(pods) {
            let key = (pods.item.namespace, name);
            let Some((_, claim)) = self.index.get::<PersistentVolumeClaim>(key.0, key.1) else { continue };
            let Some(claim) = &claim.spec else { continue };
            let is_bound = self.add(&mut claims, Some(key), claim);
            let may = |mode: &str| claim.access_modes.iter().flatten().any(|own| own == mode);
            let is_alone = self.users.get(&key).is_none_or(|users| *users == 1);
            if may("ReadWriteOncePod") {
                claims.are_exclusive = true;
                claims.are_open |= !is_alone;
            } else if !is_bound && !may("ReadWriteMany") && !may("ReadOnlyMany") {
                claims.may_be_one_node = true;
                claims.are_open |= !is_alone;
            }
        }
        let set = pods.item.object.get::<StatefulSet>();
        for template in set.into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten()) {
            if let Some(claim) = &template.spec {
                self.add(&mut claims, None, claim);
            }
        }
        claims
    }

    /// Adds a claim, with its namespace and name if it is an object; says whether its volume is known.
    fn add(
        &self,
        claims: &mut Claims<'a>,
        name: Option<(&'a str, &'a str)>,
        claim: &'a PersistentVolumeClaimSpec,
    ) -> bool {
        let bound = match claim.volume_name.as_deref().filter(|volume| !volume.is_empty()) {
            Some(volume) => match self.index.get::<PersistentVolume>("", volume) {
                Some((item, volume)) => Some(Volume { item, volume }),
                None => return false,
            },
            None => name.and_then(|name| self.kept.get(&name)).copied(),
        };
        if let Some(volume) = bound {
            claims.volumes.push(vec![volume]);
            return true;
        }
        let Some(name) = claim.storage_class_name.as_deref() else { return false };
        let class = self.index.get::<StorageClass>("", name).map(|(_, class)| class);
        let free = self.free.get(name).map_or(&[][..], Vec::as_slice);
        let matching: Vec<_> = free.iter().filter(|volume| suits(volume.volume, claim)).copied().collect();
        claims.are_open |= !matching.is_empty() || class.is_some_and(|class| class.provisioner == NO_PROVISIONER);
        if !matching.is_empty() {
            claims.volumes.push(matching);
        } else if let Some(class) = class
            && class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer")
            && let Some(places) = class.allowed_topologies.as_deref().filter(|places| !places.is_empty())
        {
            claims.places.push(places);
        }
        false
    }
}

/// What provides volumes of a class that are made by hand.
const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";

/// The names of the claims that pods share.
fn mentioned<'a>(pods: &Pods<'a>) -> impl Iterator<Item = &'a str> {
    let volumes = pods.spec.volumes.iter().flatten();
    volumes.filter_map(|volume| Some(volume.persistent_volume_claim.as_ref()?.claim_name.as_str()))
}

/// Whether volumes of a class are made when they are claimed.
fn is_provisioned(index: &Index, class: &str) -> bool {
    if class.is_empty() {
        return false;
    }
    let provided = |cluster: &Cluster| cluster.provided.storage_classes.iter().any(|provided| provided == class);
    match index.get::<StorageClass>("", class) {
        Some((_, class)) => class.provisioner != NO_PROVISIONER,
        None => index.cluster().is_some_and(provided),
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
