use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec};
use k8s_openapi::api::storage::v1::StorageClass;

use crate::check::references::{DEFAULT_STORAGE, mark};
use crate::check::{HashMap, Index, Item, Pods};
use crate::facts::provisioners::{self, Provisioner};

/// Claims, the volumes that they get, and the pods that mount them.
pub(super) struct Claims<'a> {
    /// Every claim that is an object.
    pub all: Vec<Claim<'a>>,
    default_class: Option<&'a str>,
    /// What provisions the volumes of each class; empty where the class is known, and that is not.
    provisioners: HashMap<&'a str, &'a str>,
    volumes_by_class: HashMap<&'a str, Vec<(Item<'a>, &'a PersistentVolume)>>,
}

/// A claim.
pub(super) struct Claim<'a> {
    /// The object.
    pub item: Item<'a>,
    /// What it asks for.
    pub spec: &'a PersistentVolumeClaimSpec,
    /// The pods that mount it, with the index of the volume, and only those that stay: Jobs come one after the other.
    pub mounts: Vec<(Pods<'a>, usize)>,
    /// The volume that names it or that it names.
    pub volume: Option<(Item<'a>, &'a PersistentVolume)>,
}

/// What volumes lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Backing {
    /// An NFS server: any node mounts it at any time, whatever the access mode.
    Nfs,
    /// The disk of a node: all pods go there.
    Node,
    /// Something that is attached to one node at a time, as far as one can tell.
    Other,
}

impl<'a> Claims<'a> {
    pub(super) fn of(index: &Index<'a>) -> Self {
        let mut mounts: HashMap<_, Vec<_>> = HashMap::default();
        for pods in &index.pods {
            if ["Job", "CronJob"].contains(&pods.item.object.kind()) {
                continue;
            }
            for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
                if let Some(claim) = &volume.persistent_volume_claim {
                    let key = (pods.item.namespace, claim.claim_name.as_str());
                    mounts.entry(key).or_default().push((*pods, number));
                }
            }
        }
        let mut claimed = HashMap::default();
        let mut volumes_by_class: HashMap<_, Vec<_>> = HashMap::default();
        for (item, volume) in index.all::<PersistentVolume>() {
            let Some(spec) = &volume.spec else { continue };
            let class = spec.storage_class_name.as_deref().unwrap_or_default();
            volumes_by_class.entry(class).or_default().push((item, volume));
            if let Some(claim) = &spec.claim_ref {
                let name = claim.name.as_deref().unwrap_or_default();
                claimed.insert((claim.namespace.as_deref().unwrap_or("default"), name), (item, volume));
            }
        }
        let all = index.all::<PersistentVolumeClaim>().filter_map(|(item, claim)| {
            let spec = claim.spec.as_ref()?;
            let key = (item.namespace, item.object.name());
            let named = spec.volume_name.as_deref().and_then(|name| index.get::<PersistentVolume>("", name));
            let volume = named.or_else(|| claimed.get(&key).copied());
            Some(Claim { item, spec, mounts: mounts.remove(&key).unwrap_or_default(), volume })
        });

        let mut provisioners: HashMap<_, _> =
            index.all::<StorageClass>().map(|(item, class)| (item.object.name(), class.provisioner.as_str())).collect();
        let provided = index.cluster().map_or(&[][..], |cluster| &cluster.provided.storage_classes);
        for class in provided {
            provisioners.entry(class).or_insert(class);
        }
        let default = index.all::<StorageClass>().find(|(item, _)| mark(*item, DEFAULT_STORAGE).is_some());
        let default_class =
            default.map(|(item, _)| item.object.name()).or_else(|| provided.first().map(String::as_str));
        Self { all: all.collect(), default_class, provisioners, volumes_by_class }
    }

    /// The class of a claim, the default one where it names none; none where that is not known.
    pub(super) fn class(&self, spec: &'a PersistentVolumeClaimSpec) -> Option<&'a str> {
        spec.storage_class_name.as_deref().or(self.default_class)
    }

    /// The same of a claim that is a part of something else.
    pub(super) fn class_name<'s>(&'s self, spec: &'s PersistentVolumeClaimSpec) -> Option<&'s str> {
        spec.storage_class_name.as_deref().or(self.default_class)
    }

    /// Whether a class is known to be there; of others nothing is known but their names.
    pub(super) fn is_class(&self, class: &str) -> bool {
        self.provisioners.contains_key(class)
    }

    /// What is known of the program that makes the volumes of a class.
    pub(super) fn known_provisioner(&self, class: &str) -> Option<&'static Provisioner> {
        match self.provisioners.get(class) {
            Some(&provisioner) if provisioner != class => provisioners::named(provisioner),
            // The installer makes it, or someone else.
            _ => provisioners::of_class(class),
        }
    }

    /// Whether someone made volumes of a class by hand.
    pub(super) fn has_volumes(&self, class: &str) -> bool {
        self.volumes_by_class.contains_key(class)
    }

    /// The volumes that a claim of this class has to be one of: there are some, and nothing makes more.
    pub(super) fn candidates(&self, class: &str) -> &[(Item<'a>, &'a PersistentVolume)] {
        match self.provisioners.get(class) {
            None | Some(&"kubernetes.io/no-provisioner") => self.volumes_by_class.get(class).map_or(&[], Vec::as_slice),
            Some(_) => &[],
        }
    }

    /// What a claim's volume lies on.
    pub(super) fn backing(&self, spec: &'a PersistentVolumeClaimSpec, volume: Option<&PersistentVolume>) -> Backing {
        let class = self.class(spec).unwrap_or_default();
        let volume = volume.or_else(|| self.candidates(class).first().map(|(_, volume)| *volume));
        if let Some(spec) = volume.and_then(|volume| volume.spec.as_ref()) {
            let driver = spec.csi.as_ref().map_or("", |csi| &csi.driver);
            return match () {
                () if spec.nfs.is_some() || driver.contains("nfs") => Backing::Nfs,
                () if spec.host_path.is_some() || spec.local.is_some() => Backing::Node,
                () => Backing::Other,
            };
        }
        // Of a class that is made elsewhere, its name may tell.
        let provisioner = self.provisioners.get(class).copied().unwrap_or(class);
        match () {
            () if provisioner.contains("nfs") => Backing::Nfs,
            () if ["local", "hostpath", "no-provisioner"].iter().any(|word| provisioner.contains(word)) => {
                Backing::Node
            }
            () => Backing::Other,
        }
    }
}

impl Claim<'_> {
    /// Whether only the pods of one node may mount it.
    pub(super) fn is_of_one_node(&self) -> bool {
        let modes = self.spec.access_modes.as_deref().unwrap_or_default();
        !modes.is_empty() && modes.iter().all(|mode| mode.starts_with("ReadWriteOnce"))
    }

    /// Whether only one pod may.
    pub(super) fn is_of_one_pod(&self) -> bool {
        self.spec.access_modes.iter().flatten().any(|mode| mode == "ReadWriteOncePod")
    }
}

/// How many pods a workload may come to have; of a DaemonSet, as many as there are nodes, or two where that is not known.
pub(super) fn count(index: &Index<'_>, pods: &Pods, most: &HashMap<usize, i32>) -> i32 {
    let nodes = || index.topology().node_count.and_then(|nodes| i32::try_from(nodes).ok()).unwrap_or(2);
    let each = (pods.item.object.kind() == "DaemonSet").then(nodes);
    each.or_else(|| most.get(&pods.item.index).copied()).unwrap_or(1)
}

/// Whether a rule about nodes or other pods keeps them where their volume is: which node that is, is not for these checks.
pub(super) fn are_pinned(pods: &Pods) -> bool {
    let affinity = pods.spec.affinity.as_ref();
    let node = affinity.and_then(|affinity| affinity.node_affinity.as_ref());
    let pod = affinity.and_then(|affinity| affinity.pod_affinity.as_ref());
    pods.spec.node_name.is_some()
        || pods.spec.node_selector.as_ref().is_some_and(|labels| !labels.is_empty())
        || node.is_some_and(|node| node.required_during_scheduling_ignored_during_execution.is_some())
        || pod.is_some_and(|pod| pod.required_during_scheduling_ignored_during_execution.is_some())
}

/// The claims that a StatefulSet makes for each of its pods.
pub(super) fn templates<'a>(pods: &Pods<'a>) -> impl Iterator<Item = &'a PersistentVolumeClaim> + use<'a> {
    let set = pods.item.object.get::<StatefulSet>();
    set.into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten())
}
