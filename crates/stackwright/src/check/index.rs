use std::ops::Deref;
use std::sync::OnceLock;

use super::HashSet;
use super::api::Fault;
use super::input::Input;
use super::objects::Objects;
use super::operators::with_unknown_pods;
use super::tls::{Certificate, certificates};
use super::topology::Topology;
use crate::Cluster;
use crate::capacity::{self, Analysis, Capacity};
use crate::links::{Find, GroupKind, Installed, Item, installed};

/// What every check reads: the [`Objects`], and what is found out about them all once, when it is first asked for.
pub struct Index<'a> {
    objects: Objects<'a>,
    operated: HashSet<&'a str>,
    topology: OnceLock<Topology<'a>>,
    faults: OnceLock<Vec<(usize, Fault)>>,
    certificates: OnceLock<Vec<Certificate<'a>>>,
    analysis: OnceLock<Box<Analysis<'a>>>,
    installed: OnceLock<Vec<Installed<'a>>>,
}

impl<'a> Deref for Index<'a> {
    type Target = Objects<'a>;

    fn deref(&self) -> &Objects<'a> {
        &self.objects
    }
}

impl<'a> Index<'a> {
    /// The index of a cluster's objects.
    pub fn of(cluster: &'a Cluster) -> Self {
        Self::new(Input::of(cluster))
    }

    /// The index of what is checked.
    pub fn new(input: Input<'a>) -> Self {
        let objects = Objects::new(input);
        Self {
            operated: with_unknown_pods(&objects),
            topology: OnceLock::new(),
            faults: OnceLock::new(),
            certificates: OnceLock::new(),
            analysis: OnceLock::new(),
            installed: OnceLock::new(),
            objects,
        }
    }

    /// Every address and port that the cluster and its objects use.
    pub(crate) fn topology(&self) -> &Topology<'a> {
        self.topology.get_or_init(|| Topology::of(self))
    }

    /// The values that break a rule of the API, with the positions of their objects, as they are found when they are first asked for.
    pub(super) fn faults(&self, find: impl FnOnce() -> Vec<(usize, Fault)>) -> &[(usize, Fault)] {
        self.faults.get_or_init(find)
    }

    /// Every certificate: read when it is first asked for.
    pub(crate) fn certificates(&self) -> &[Certificate<'a>] {
        self.certificates.get_or_init(|| certificates(self))
    }

    /// The charts that objects install: read when they are first asked for.
    pub(super) fn installed(&self) -> &[Installed<'a>] {
        self.installed.get_or_init(|| installed(&self.objects))
    }

    /// Whether an operator may make pods in a namespace, and what else it needs.
    pub(crate) fn is_operated(&self, namespace: &str) -> bool {
        self.operated.contains(namespace)
    }

    /// Whether the pods fit on the nodes.
    pub fn capacity(&self) -> Capacity {
        Capacity::of(self.analysis())
    }

    /// Where the pods fit: found out when it is first asked for.
    pub(crate) fn analysis(&self) -> &Analysis<'a> {
        self.analysis.get_or_init(|| {
            let is_open = |namespace: &str| self.is_open(namespace);
            Box::new(Analysis::new(&capacity::Input::new(self.cluster(), &self.items, &is_open)))
        })
    }

    /// Whether all pods of a namespace are among the objects. They are not where a release, the installer or an operator makes
    /// some, nor in a namespace of which someone else's manifests hold none.
    pub fn has_all_pods(&self, namespace: &str) -> bool {
        let provided = |cluster: &Cluster| cluster.provided.namespaces.iter().any(|known| known == namespace);
        let elsewhere = match self.cluster() {
            Some(cluster) => namespace.starts_with("kube-") || provided(cluster),
            None => self.pods.within(namespace).next().is_none(),
        };
        !elsewhere && !self.is_open(namespace) && !self.operated.contains(namespace)
    }
}

impl<'a> Find<'a> for Objects<'a> {
    fn all(&self, kind: &str) -> Vec<Item<'a>> {
        self.of_kind(kind).collect()
    }

    fn one(&self, kind: GroupKind<'_>, namespace: &str, name: &str) -> Option<Item<'a>> {
        self.named(kind, namespace, name).or_else(|| self.anywhere(kind, name))
    }
}
