//! How a class says that it is the default one.

use std::collections::BTreeMap;

use super::missing::entry_path;
use crate::check::Item;

/// The annotation of the default IngressClass.
pub(super) const DEFAULT_INGRESS: &[&str] = &["ingressclass.kubernetes.io/is-default-class"];

/// Those of the default StorageClass, now and while classes were beta: the API server heeds both
/// (pkg/volume/util/storageclass.go in Kubernetes).
pub(in crate::check) const DEFAULT_STORAGE: &[&str] =
    &["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

/// The annotation by which a class is the default one.
pub(in crate::check) fn mark<'k>(item: Item<'_>, keys: &[&'k str]) -> Option<&'k str> {
    let annotations: &BTreeMap<String, String> = item.object.metadata().annotations.as_ref()?;
    keys.iter().copied().find(|key| annotations.get(*key).is_some_and(|value| value == "true"))
}

/// Its path.
pub(super) fn mark_path(item: Item<'_>, keys: &[&str]) -> Option<String> {
    mark(item, keys).map(|key| entry_path("metadata.annotations", key))
}
