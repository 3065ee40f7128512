use super::{GroupKind, ObjectId, Scopes};
use crate::Object;

/// An object, its position, and the namespace that it is in.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its position among those that are checked.
    pub index: usize,
    /// The object.
    pub object: &'a Object,
    /// The namespace that it is applied to; empty where it is cluster-wide.
    pub namespace: &'a str,
}

impl<'a> Item<'a> {
    /// This object at its position. It is in `namespace` if it names none.
    pub(crate) fn new(index: usize, object: &'a Object, namespace: &'a str, scopes: &Scopes<'_>) -> Self {
        let own = object.namespace().filter(|namespace| !namespace.is_empty());
        let namespace = if scopes.is_cluster_wide(object) { "" } else { own.unwrap_or(namespace) };
        Self { index, object, namespace }
    }

    /// Its kind, with the group.
    pub fn kind(&self) -> GroupKind<'a> {
        self.object.group_kind()
    }

    /// What makes it this object and no other.
    pub fn id(&self) -> ObjectId<'a> {
        ObjectId { kind: self.kind(), namespace: self.namespace, name: self.object.name() }
    }

    /// `Service web/api`, as a person would say it.
    pub fn label(&self) -> String {
        let (kind, name) = (self.object.kind(), self.object.name());
        if self.namespace.is_empty() { format!("{kind} {name}") } else { format!("{kind} {}/{name}", self.namespace) }
    }
}
