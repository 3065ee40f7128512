//! What makes two objects the same one, as text of one's own.

use std::fmt;

use serde_json::Value;
use stackwright::check::{GroupKind, Item};

/// An object's kind, namespace and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    pub group: String,
    pub kind: String,
    /// Empty where the kind has none.
    pub namespace: String,
    pub name: String,
}

impl Id {
    /// That of an object as JSON.
    pub fn of(object: &Value) -> Self {
        let text = |path| object.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let kind = GroupKind::new(text("/apiVersion"), text("/kind"));
        Self {
            group: kind.group.to_owned(),
            kind: kind.kind.to_owned(),
            namespace: text("/metadata/namespace").to_owned(),
            name: text("/metadata/name").to_owned(),
        }
    }

    /// That of an object of an index.
    pub fn of_item(item: &Item<'_>) -> Self {
        let kind = item.object.group_kind();
        Self {
            group: kind.group.to_owned(),
            kind: kind.kind.to_owned(),
            namespace: item.namespace.to_owned(),
            name: item.object.name().to_owned(),
        }
    }

    pub fn group_kind(&self) -> GroupKind<'_> {
        GroupKind { group: &self.group, kind: &self.kind }
    }

    /// As a person types it: `PersistentVolumeClaim/shop/data`.
    pub fn typed(&self) -> String {
        self.label().replacen(' ', "/", 1)
    }

    /// As it is told: `Deployment shop/web`.
    pub fn label(&self) -> String {
        if self.namespace.is_empty() {
            format!("{} {}", self.kind, self.name)
        } else {
            format!("{} {}/{}", self.kind, self.namespace, self.name)
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.label())
    }
}
