//! Which classes a cluster has: those among the objects, and those that its installer and releases bring.

use super::missing::entry_path;
use crate::check::{Index, Item};

pub(super) fn has_storage_class(index: &Index<'_>, name: &str) -> bool {
    let provided =
        index.cluster().is_some_and(|cluster| cluster.provided.storage_classes.iter().any(|class| class == name));
    provided || index.named("StorageClass.storage.k8s.io", "", name).is_some()
}

pub(super) fn has_ingress_class(index: &Index<'_>, name: &str) -> bool {
    let provided =
        index.cluster().is_some_and(|cluster| cluster.provided.ingress_classes.iter().any(|class| class == name));
    provided || index.named("IngressClass.networking.k8s.io", "", name).is_some()
}

/// The path of an annotation that is "true", such as the one of the default class.
pub(super) fn marked(item: Item<'_>, annotation: &str) -> Option<String> {
    let annotations = item.object.metadata().annotations.as_ref()?;
    (annotations.get(annotation)? == "true").then(|| entry_path("metadata.annotations", annotation))
}
