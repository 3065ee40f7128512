//! Whose world is closed: what it means that something isn't among the objects.
//!
//! A set of objects is the whole world only where somebody says so: a cluster of ours, with what its releases and its installer
//! provide, or whoever runs the check. Otherwise charts, operators and other repositories make what no file shows.

mod live;
mod made;
mod owners;
mod releases;

pub(in crate::check) use live::{is_decided, is_live, is_of_server};

use self::made::Made;
use self::releases::Releases;
use super::{GroupKind, HashSet, Item};

/// What the objects tell of what isn't among them.
#[derive(Default)]
pub(in crate::check) struct World<'a> {
    made: Made<'a>,
    releases: Releases<'a>,
    aside: HashSet<usize>,
    of_flux: bool,
    of_argo: bool,
}

impl<'a> World<'a> {
    /// That of these objects.
    pub(in crate::check) fn of(items: &[Item<'a>]) -> Self {
        Self {
            made: Made::of(items),
            releases: Releases::of(items),
            aside: owners::aside(items),
            of_flux: items.iter().any(releases::is_of_flux),
            of_argo: items.iter().any(releases::is_of_argo),
        }
    }

    /// Whether an operator makes this object of another that is there.
    pub(in crate::check) fn makes(&self, kind: GroupKind<'_>, namespace: &str, name: &str) -> bool {
        self.made.has(kind, namespace, name)
    }

    /// Whether a release that is among the objects may bring more to this namespace; to the cluster as a whole, where it is empty.
    pub(in crate::check) fn releases_to(&self, namespace: &str) -> bool {
        self.releases.reach(namespace)
    }

    /// Whether Flux applies the objects.
    pub(in crate::check) fn is_of_flux(&self) -> bool {
        self.of_flux
    }

    /// Whether Argo CD applies some of the objects.
    pub(in crate::check) fn is_of_argo(&self) -> bool {
        self.of_argo
    }

    /// Whether an object isn't judged by itself: another of the objects made it, or it is only a part of what is there.
    pub(in crate::check) fn is_aside(&self, index: usize) -> bool {
        self.aside.contains(&index)
    }
}
