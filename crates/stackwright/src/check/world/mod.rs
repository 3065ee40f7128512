//! Whose world is closed: what it means that something isn't among the objects.
//!
//! A set of objects is the whole world only where somebody says so: a cluster of ours, with what its releases and its installer
//! provide, or whoever runs the check. Otherwise charts, operators and other repositories make what no file shows.

mod alternatives;
mod live;
mod made;
mod makers;
mod owners;
mod releases;

pub(in crate::check) use alternatives::{are_alike, are_apart, rate};
pub(in crate::check) use live::{is_decided, is_live};

use self::made::Made;
use self::releases::Releases;
use super::{Finding, GroupKind, HashSet, Index, Item};
use crate::{Object, yaml};

/// What the objects tell of what isn't among them.
#[derive(Default)]
pub(in crate::check) struct World<'a> {
    made: Made<'a>,
    releases: Releases<'a>,
    aside: HashSet<usize>,
    /// Whether Flux applies the objects.
    of_flux: bool,
}

impl<'a> World<'a> {
    /// That of these objects.
    pub(in crate::check) fn of(items: &[Item<'a>]) -> Self {
        Self {
            made: Made::of(items),
            releases: Releases::of(items),
            aside: owners::aside(items),
            of_flux: items.iter().any(releases::is_of_flux),
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

    /// Whether an object isn't judged by itself: another of the objects made it, or it is only a part of what is there.
    pub(in crate::check) fn is_aside(&self, index: usize) -> bool {
        self.aside.contains(&index)
    }
}

/// Whether a finding is about something that nobody wrote, or that nobody can know before it is applied.
pub(super) fn is_beyond(index: &Index<'_>, finding: &Finding) -> bool {
    let Some(place) = &finding.place else { return false };
    let object = index.items[place.index].object;
    index.world.is_aside(place.index)
        || live::is_of_server(object, &place.path)
        // Flux applies on the server's side, and keeps no copy.
        || index.world.of_flux && finding.id == "last-applied-too-large"
        || index.cluster().is_none() && (yaml::is_unknown(&place.path) || has_unknown(object, &place.path))
}

/// Whether the value of a field is put in later.
fn has_unknown(object: &Object, path: &str) -> bool {
    let mut text = String::new();
    let written = object.write_yaml(&mut text).is_ok() && (text.contains("${") || text.contains("ENC["));
    let read = written.then(|| yaml::read(&text).ok()).flatten();
    let value = read.as_ref().and_then(|read| read.documents.first()?.at(path)?.text());
    value.is_some_and(yaml::is_unknown)
}
