//! Volumes that are on certain nodes only, and the pods that need them.

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{
    NodeSelectorTerm, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec, TopologySelectorTerm,
};
use k8s_openapi::api::storage::v1::StorageClass;

use super::binding::{Bindings, ByHand, Lack, Outlook, Seeker, Supply, are_alike};
use super::input::Input;
use super::node::Node;
use super::running::is_bound;
use crate::facts::provisioners;
use crate::links::{Item, Pods};
use crate::yaml::is_unknown;
use crate::{Cluster, HashMap, HashSet};

/// A volume that a claim is bound to, or may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Volume<'a> {
    pub(crate) item: Item<'a>,
    pub(super) volume: &'a PersistentVolume,
}

impl<'a> Volume<'a> {
    pub(super) fn terms(&self) -> Option<&'a [NodeSelectorTerm]> {
        let affinity = self.volume.spec.as_ref()?.node_affinity.as_ref()?;
        affinity.required.as_ref().map(|required| required.node_selector_terms.as_slice())
    }

    /// Whether pods on a node can use it.
    pub(crate) fn is_on(&self, node: &Node) -> bool {
        self.terms().is_none_or(|terms| terms.iter().any(|term| node.matches(term)))
    }

    /// The claim that it is kept for, by namespace and name.
    fn keeper(&self) -> Option<(&'a str, &'a str)> {
        let claim = self.volume.spec.as_ref()?.claim_ref.as_ref()?;
        Some((claim.namespace.as_deref()?, claim.name.as_deref()?))
    }

    /// Whether it is kept for another claim. One of the same name is another if both say their UID, and it differs.
    fn is_kept_from(&self, claim: Item, uid: Option<&str>) -> bool {
        let kept = self.volume.spec.as_ref().and_then(|spec| spec.claim_ref.as_ref()?.uid.as_deref());
        self.keeper().is_some_and(|keeper| keeper != (claim.namespace, claim.object.name()))
            || kept.zip(uid).is_some_and(|(kept, own)| kept != own)
    }

    fn class(&self) -> &'a str {
        self.volume.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref()).unwrap_or_default()
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
    /// A claim that never gets a volume.
    pub(crate) unbound: Option<Unbound<'a>>,
}

/// A claim that never gets a volume, so that its pods wait forever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unbound<'a> {
    /// The claim's name.
    pub(crate) claim: &'a str,
    /// Why it gets none.
    pub(crate) why: Why<'a>,
}

/// Why a claim gets no volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why<'a> {
    /// It is bound once the scheduler has placed its pod, and this one names its node.
    PassedBy,
    /// It names a volume that is kept for another claim.
    Taken(&'a str),
    /// None of the volumes of its class suits it, and nobody makes others.
    NoVolume,
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
        self.volumes.is_empty() && self.places.is_empty() && self.unbound.is_none()
    }
}

/// What a claim is bound to.
#[derive(Clone, Copy)]
enum Bound<'a> {
    To(Volume<'a>),
    /// A volume that is not among the objects.
    Elsewhere,
    /// It names a volume that is kept for another claim.
    Never(&'a str),
    /// None yet.
    Open,
}

/// Pods, with the most that there are of them, and whether there are any.
pub(crate) type Numbered<'a> = (Pods<'a>, u32, bool);

/// The volumes among the objects, and who claims them.
pub(crate) struct Volumes<'a> {
    claims: HashMap<(&'a str, &'a str), (Item<'a>, &'a PersistentVolumeClaim)>,
    by_name: HashMap<&'a str, Volume<'a>>,
    /// By the namespace and name of the claim that they are kept for.
    kept: HashMap<(&'a str, &'a str), Volume<'a>>,
    classes: HashMap<&'a str, &'a StorageClass>,
    /// The class of claims that name none.
    default_class: Option<&'a str>,
    /// How many workloads mention a claim, by its namespace and name.
    users: HashMap<(&'a str, &'a str), usize>,
    /// The claims of pods that the scheduler places.
    scheduled: HashSet<(&'a str, &'a str)>,
    bindings: Bindings<'a>,
}

impl<'a> Volumes<'a> {
    pub(crate) fn new(input: &Input<'_, 'a>, pods: &[Numbered<'a>]) -> Self {
        let mut volumes = Self {
            claims: input.all().map(|(item, claim)| ((item.namespace, item.object.name()), (item, claim))).collect(),
            by_name: HashMap::default(),
            kept: HashMap::default(),
            classes: input.all().map(|(item, class)| (item.object.name(), class)).collect(),
            default_class: None,
            users: HashMap::default(),
            scheduled: HashSet::default(),
            bindings: Bindings::default(),
        };
        let defaults = input.all::<StorageClass>().filter(|(_, class)| {
            let annotations = class.metadata.annotations.as_ref();
            annotations
                .and_then(|all| all.get("storageclass.kubernetes.io/is-default-class"))
                .is_some_and(|own| own == "true")
        });
        volumes.default_class = defaults.map(|(item, _)| item.object.name()).last();
        for (item, volume) in input.all() {
            let volume = Volume { item, volume };
            volumes.by_name.insert(item.object.name(), volume);
            let Some(claim) = volume.keeper() else { continue };
            let found = volumes.claims.get(&claim);
            if found.is_none_or(|(item, claim)| !volume.is_kept_from(*item, claim.metadata.uid.as_deref())) {
                volumes.kept.insert(claim, volume);
            }
        }
        let mut used = HashSet::default();
        for (pods, _, there_are) in pods {
            let is_placed = pods.spec.node_name.as_deref().unwrap_or_default().is_empty();
            for key in mentioned(pods).map(|name| (pods.item.namespace, name)) {
                *volumes.users.entry(key).or_default() += 1;
                volumes.scheduled.extend(is_placed.then_some(key));
                used.extend(there_are.then_some(key));
            }
        }
        volumes.bindings = volumes.bindings(input, pods, &used);
        volumes
    }

    /// What comes of the claims that have no volume yet.
    fn bindings(
        &self,
        input: &Input<'_, 'a>,
        pods: &[Numbered<'a>],
        used: &HashSet<(&'a str, &'a str)>,
    ) -> Bindings<'a> {
        let mut seekers: BTreeMap<&str, Vec<Seeker<'a>>> = BTreeMap::new();
        let mut seek = |seeker: Seeker<'a>| {
            if let Some(class) = self.class(seeker.spec).filter(|class| !self.is_on_demand(input, class)) {
                seekers.entry(class).or_default().push(seeker);
            }
        };
        let mut named = HashSet::default();
        for (item, claim) in input.all::<PersistentVolumeClaim>() {
            let Some(spec) = &claim.spec else { continue };
            named.extend(spec.volume_name.as_deref());
            if matches!(self.bound(item, claim), Bound::Open) {
                let is_used = used.contains(&(item.namespace, item.object.name()));
                seek(Seeker { item, template: "", spec, number: 1, is_used });
            }
        }
        for (pods, most, there_are) in pods {
            for (template, spec) in templates(pods) {
                let number = *most as usize - self.of_template(pods, template, *most).len();
                if number > 0 {
                    seek(Seeker { item: pods.item, template, spec, number, is_used: *there_are });
                }
            }
        }
        let mut bindings = Bindings::default();
        for (class, seekers) in seekers {
            let all = || self.by_name.values().filter(|volume| volume.class() == class);
            let is_free = |volume: &&Volume| volume.keeper().is_none() && !named.contains(volume.item.object.name());
            let mut free: Vec<_> = all().filter(is_free).copied().collect();
            free.sort_by_key(|volume| volume.item.index);
            let is_seen = all().next().is_some();
            // Whether there is a class that is not among the objects, a cluster of ours knows.
            let is_known = class.is_empty() || self.classes.contains_key(class) || is_seen && input.cluster.is_some();
            let may_be_made = || provisioners::of_class(class).is_some() || is_unknown(class);
            let by_hand = match is_known {
                true => ByHand::Yes,
                false if is_seen && !may_be_made() => ByHand::Likely,
                false => ByHand::No,
            };
            let is_delayed = self.is_delayed(class);
            bindings.add(&Supply { class, by_hand, is_seen, is_delayed, free }, &seekers);
        }
        bindings
    }

    /// Where claims ask for more volumes than there are.
    pub(crate) fn into_lacks(self) -> Vec<Lack<'a>> {
        self.bindings.lacks
    }

    /// What these pods claim, as far as it is known; `most` of them there are.
    pub(crate) fn claims(&self, pods: &Pods<'a>, most: u32) -> Claims<'a> {
        let mut claims = Claims::default();
        let names_node = pods.spec.node_name.as_deref().is_some_and(|name| !name.is_empty()) && !is_bound(pods);
        for name in mentioned(pods) {
            let key = (pods.item.namespace, name);
            let Some((item, claim)) = self.claims.get(&key) else { continue };
            let Some(spec) = &claim.spec else { continue };
            let is_alone = self.users.get(&key).is_none_or(|users| *users == 1);
            let is_shared = most > 1 || !is_alone;
            let is_known = match self.bound(*item, claim) {
                Bound::To(volume) => {
                    claims.volumes.push(vec![volume]);
                    true
                }
                Bound::Elsewhere => false,
                Bound::Never(volume) => {
                    claims.unbound = Some(Unbound { claim: name, why: Why::Taken(volume) });
                    false
                }
                Bound::Open => {
                    let annotations = claim.metadata.annotations.as_ref();
                    let has_node = annotations.is_some_and(|all| all.contains_key(SELECTED_NODE));
                    let passed_by = names_node && !has_node && !self.scheduled.contains(&key);
                    self.seek(&mut claims, (*item, "", name), spec, passed_by, is_shared)
                }
            };
            let may = |mode: &str| spec.access_modes.iter().flatten().any(|own| own == mode);
            if may("ReadWriteOncePod") {
                claims.are_exclusive = true;
                claims.are_open |= !is_alone;
            } else if !is_known && !may("ReadWriteMany") && !may("ReadOnlyMany") {
                claims.may_be_one_node = true;
                claims.are_open |= !is_alone;
            }
        }
        for (template, spec) in templates(pods) {
            let known = self.of_template(pods, template, most);
            let volumes: Vec<_> = known.iter().copied().flatten().collect();
            if known.is_empty() {
                self.seek(&mut claims, (pods.item, template, template), spec, names_node, false);
            } else if volumes.len() == most as usize {
                // Each pod has a volume of its own.
                claims.are_open |= !are_alike(&volumes);
                claims.volumes.push(volumes);
            } else {
                claims.are_open = true;
            }
        }
        claims
    }

    /// Adds what comes of a claim without a volume, with its name; says whether it is as good as bound.
    fn seek(
        &self,
        claims: &mut Claims<'a>,
        (item, template, claim): (Item<'a>, &'a str, &'a str),
        spec: &'a PersistentVolumeClaimSpec,
        passed_by: bool,
        is_shared: bool,
    ) -> bool {
        let Some(class) = self.class(spec) else { return false };
        if passed_by && (self.is_delayed(class) || self.is_known_to_wait(class)) {
            claims.unbound = Some(Unbound { claim, why: Why::PassedBy });
            return false;
        }
        match self.bindings.outlooks.get(&(item.index, template)) {
            Some(Outlook::Sure(volumes)) => {
                claims.volumes.push(volumes.clone());
                // Where the first pod is, the others have to be.
                claims.are_open |= is_shared && !are_alike(volumes);
                return are_alike(volumes);
            }
            Some(Outlook::Open(volumes)) => {
                claims.are_open = true;
                claims.volumes.extend(Some(volumes.clone()).filter(|volumes| !volumes.is_empty()));
            }
            Some(Outlook::Never) => claims.unbound = Some(Unbound { claim, why: Why::NoVolume }),
            None => {
                let class = self.classes.get(class).filter(|_| self.is_delayed(class));
                let places = class.and_then(|class| class.allowed_topologies.as_deref());
                let places = places.filter(|places| !places.is_empty());
                // Where a volume is once the first pod has it, only who makes it knows.
                claims.are_open |= is_shared && places.is_some();
                claims.places.extend(places.filter(|_| !is_shared));
            }
        }
        false
    }

    fn bound(&self, item: Item<'a>, claim: &'a PersistentVolumeClaim) -> Bound<'a> {
        let named = claim.spec.as_ref().and_then(|spec| spec.volume_name.as_deref()).filter(|name| !name.is_empty());
        match named.map(|name| (name, self.by_name.get(name))) {
            Some((_, None)) => Bound::Elsewhere,
            Some((name, Some(volume))) if volume.is_kept_from(item, claim.metadata.uid.as_deref()) => {
                Bound::Never(name)
            }
            Some((_, Some(volume))) => Bound::To(*volume),
            None => {
                self.kept.get(&(item.namespace, item.object.name())).map_or(Bound::Open, |volume| Bound::To(*volume))
            }
        }
    }

    /// Of the claims that a StatefulSet's template makes for so many pods: those that are there or have a volume kept for them, with it.
    fn of_template(&self, pods: &Pods<'a>, template: &str, most: u32) -> Vec<Option<Volume<'a>>> {
        let known = self.claims.len() + self.kept.len();
        let first =
            pods.item.object.get::<StatefulSet>().and_then(|set| set.spec.ordinals.as_ref()?.start).unwrap_or(0);
        let names = (0..most)
            .take(if known > 0 { 10_000 } else { 0 })
            .map(|number| format!("{template}-{}-{}", pods.item.object.name(), i64::from(first) + i64::from(number)));
        let found = names.filter_map(|name| {
            let key = (pods.item.namespace, name.as_str());
            match self.claims.get(&key) {
                Some((item, claim)) => Some(match self.bound(*item, claim) {
                    Bound::To(volume) => Some(volume),
                    _ => None,
                }),
                None => self.kept.get(&key).map(|volume| Some(*volume)),
            }
        });
        found.collect()
    }

    /// The class of a claim; none where it is the default one, and that is not known.
    fn class(&self, claim: &'a PersistentVolumeClaimSpec) -> Option<&'a str> {
        claim.storage_class_name.as_deref().or(self.default_class)
    }

    /// Whether volumes of a class are bound only once the scheduler has a node for the pod.
    fn is_delayed(&self, class: &str) -> bool {
        let class = self.classes.get(class);
        class.is_some_and(|class| class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer"))
    }

    /// Whether a class that is not among the objects is one which an installer always makes so that its volumes wait for the scheduler.
    fn is_known_to_wait(&self, class: &str) -> bool {
        !self.classes.contains_key(class) && provisioners::of_class(class).is_some_and(|known| known.waits)
    }

    /// Whether volumes of a class are made when they are claimed.
    fn is_on_demand(&self, input: &Input, class: &str) -> bool {
        let provided = |cluster: &Cluster| cluster.provided.storage_classes.iter().any(|provided| provided == class);
        match self.classes.get(class) {
            _ if class.is_empty() => false,
            Some(class) => class.provisioner != NO_PROVISIONER,
            None => input.cluster.is_some_and(provided),
        }
    }
}

/// What provides volumes of a class that are made by hand.
const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";
/// With this annotation the scheduler tells what makes volumes for which node.
const SELECTED_NODE: &str = "volume.kubernetes.io/selected-node";

/// The names of the claims that pods share.
fn mentioned<'a>(pods: &Pods<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let volumes = pods.spec.volumes.iter().flatten();
    volumes.filter_map(|volume| Some(volume.persistent_volume_claim.as_ref()?.claim_name.as_str()))
}

/// The claims that each pod of a StatefulSet gets, by the names of their templates.
fn templates<'a>(pods: &Pods<'a>) -> impl Iterator<Item = (&'a str, &'a PersistentVolumeClaimSpec)> + use<'a> {
    let set = pods.item.object.get::<StatefulSet>();
    let templates = set.into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten());
    templates.filter_map(|template| Some((template.metadata.name.as_deref()?, template.spec.as_ref()?)))
}
