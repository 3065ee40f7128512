//! The one order of a cluster: which objects are applied when, and which releases are installed between them.
//!
//! What needs no release comes first, then each release and the objects that waited for it. The kustomizations, `releases/install.sh` and the
//! steps in a cluster's README follow from it.

mod kinds;
mod needs;
mod releases;

use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

pub(crate) use kinds::{is_known, template};
pub(crate) use needs::watched_by_values;

use crate::facts::charts;
use crate::links::GroupKind;
use crate::{Cluster, Error, HashMap, HashSet, Object, Release, Stack};

/// The parts of a cluster, each of which needs only what is in those before it.
pub(crate) struct Order<'c> {
    /// The first one needs nothing; what waits for a release follows it.
    pub(crate) parts: Vec<Part<'c>>,
    /// Releases that need each other, if there are such: then no order is right.
    pub(crate) cycle: Option<Cycle<'c>>,
}

/// Objects that are applied together.
pub(crate) struct Part<'c> {
    /// What comes right before them.
    pub(crate) after: After<'c>,
    /// The objects, in the order in which they can be applied, and their stacks.
    pub(crate) objects: Vec<(&'c Stack, &'c Object)>,
}

/// What objects wait for.
#[derive(Clone, Copy)]
pub(crate) enum After<'c> {
    /// Nothing that is not among the objects of the first part.
    Nothing,
    /// The definitions of their kinds, in the first part. kubectl looks up the kinds of all objects before it applies any of them.
    Definitions,
    /// A release.
    Release(&'c Release),
}

/// Releases each of which needs the next to be installed before it, and the last the first.
#[derive(Debug)]
pub(crate) struct Cycle<'c>(pub(crate) Vec<(&'c Release, String)>);

impl<'c> Order<'c> {
    /// The order of a cluster. That of its stacks and their objects has no effect on it.
    pub(crate) fn of(cluster: &'c Cluster) -> Self {
        let (releases, cycle) = releases::sorted(cluster);
        let waits = Waits::of(cluster, &releases);
        let mut parts: Vec<_> = [After::Nothing, After::Definitions]
            .into_iter()
            .chain(releases.iter().copied().map(After::Release))
            .map(|after| Part { after, objects: Vec::new() })
            .collect();
        for (stack, object) in ranked(cluster) {
            parts[waits.part(object)].objects.push((stack, object));
        }
        // What a release is told by its own kinds of objects holds for the workloads that it changes.
        for part in &mut parts[FIRST_RELEASE..] {
            part.objects.sort_by_key(|(_, object)| is_known(object));
        }
        if parts[DEFINED].objects.is_empty() {
            parts.remove(DEFINED);
        }
        Self { parts, cycle }
    }

    /// The objects of all parts, with the folder of their part.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (String, &'c Stack, &'c Object)> {
        self.parts.iter().flat_map(|part| {
            let folder = part.after.folder();
            part.objects.iter().map(move |(stack, object)| (folder.clone(), *stack, *object))
        })
    }

    /// The releases, in the order in which they are installed, each with whether objects wait for it.
    pub(crate) fn releases(&self) -> impl Iterator<Item = (&'c Release, bool)> {
        self.parts.iter().filter_map(|part| match part.after {
            After::Release(release) => Some((release, !part.objects.is_empty())),
            After::Nothing | After::Definitions => None,
        })
    }
}

impl After<'_> {
    /// The folder of the objects, in the cluster's; empty for what waits for nothing.
    pub(crate) fn folder(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Definitions => "after-definitions".to_owned(),
            Self::Release(release) => format!("after-{}", release.name),
        }
    }
}

impl<'c> Cycle<'c> {
    /// The first among the releases of a cluster.
    pub(crate) fn of(cluster: &'c Cluster) -> Option<Self> {
        releases::sorted(cluster).1
    }

    /// What is wrong.
    pub(crate) fn fact(&self) -> String {
        let names: Vec<_> = self.0.iter().map(|(release, _)| release.name.as_str()).collect();
        match names.as_slice() {
            [one, other] => format!("releases {one} and {other} each have to be installed before the other"),
            names => format!("releases {} each have to be installed before the one named before it", names.join(", ")),
        }
    }

    /// Who needs whom, and what for.
    pub(crate) fn reasons(&self) -> String {
        self.0.iter().map(|(_, why)| why.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// What to do about it.
    pub(crate) const HELP: &'static str = "leave one of these values out, such as the one that makes a ServiceMonitor, and declare that object in a stack: \
                                           there it is applied when its kind is known";
}

impl From<Cycle<'_>> for Error {
    fn from(cycle: Cycle<'_>) -> Self {
        Self::new(format!("{}: {}", cycle.fact(), cycle.reasons()), Cycle::HELP)
    }
}

/// Whether objects of a kind are namespaces, which the secrets need.
pub(crate) fn is_namespace(object: &Object) -> bool {
    kinds::rank(object.group_kind()) == kinds::NAMESPACE
}

/// The objects of a cluster and their stacks, by the rank of their kinds.
fn ranked(cluster: &Cluster) -> Vec<(&Stack, &Object)> {
    let mut stacks: Vec<_> = cluster.stacks.iter().collect();
    stacks.sort_by_key(|stack| &stack.name);
    let mut objects = Vec::new();
    for stacks in stacks.chunk_by(|one, other| one.name == other.name) {
        let of_name = objects.len();
        for stack in stacks {
            objects.extend(stack.objects.iter().map(|object| (kinds::rank(object.group_kind()), *stack, object)));
        }
        objects[of_name..].sort_by_key(|(_, _, object)| (object.namespace(), object.kind(), object.name()));
    }
    // It keeps the order of objects of one rank.
    objects.sort_by_key(|(rank, ..)| *rank);
    objects.into_iter().map(|(_, stack, object)| (stack, object)).collect()
}

/// The numbers of the parts.
const FIRST: usize = 0;
const DEFINED: usize = 1;
const FIRST_RELEASE: usize = 2;

/// What an object may have to wait for.
struct Waits<'c> {
    /// The kinds that objects of the cluster define.
    defined: HashSet<GroupKind<'c>>,
    releases: Vec<&'c Release>,
    /// The parts after the releases that give a container more to the pods of a namespace.
    injected: HashMap<&'c str, usize>,
}

impl<'c> Waits<'c> {
    fn of(cluster: &'c Cluster, releases: &[&'c Release]) -> Self {
        let objects = || cluster.stacks.iter().flat_map(|stack| &stack.objects);
        let defined = objects().filter_map(|object| object.get::<CustomResourceDefinition>());
        let defined = defined.map(|of| GroupKind { group: &of.spec.group, kind: &of.spec.names.kind }).collect();
        let mut injected = HashMap::default();
        for (number, release) in releases.iter().enumerate() {
            let asked = objects().filter(|object| is_namespace(object) && needs::is_injected(object, release));
            injected.extend(asked.map(|namespace| (namespace.name(), FIRST_RELEASE + number)));
        }
        Self { defined, releases: releases.to_vec(), injected }
    }

    /// The part of an object.
    fn part(&self, object: &Object) -> usize {
        self.of_kind(object).max(self.of_pods(object))
    }

    fn of_kind(&self, object: &Object) -> usize {
        let kind = object.group_kind();
        if self.defined.contains(&kind) {
            return DEFINED;
        }
        // The last of several: its webhook for objects of the kind runs then, too.
        let by = self.releases.iter().rposition(|release| charts::defines(release, kind.group));
        by.map_or(FIRST, |number| FIRST_RELEASE + number)
    }

    fn of_pods(&self, object: &Object) -> usize {
        let by_itself = self.releases.iter().rposition(|release| needs::is_injected(object, release));
        let by_itself = by_itself.map(|number| FIRST_RELEASE + number);
        let by_namespace = object.namespace().and_then(|namespace| self.injected.get(namespace)).copied();
        let makes_pods = || template(object).is_some() || object.get::<Pod>().is_some();
        by_itself.max(by_namespace).filter(|_| makes_pods()).unwrap_or(FIRST)
    }
}
