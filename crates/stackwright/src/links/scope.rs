//! Whether objects of a kind are in namespaces.

use std::sync::LazyLock;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use super::GroupKind;
use crate::{HashMap, HashSet, Object, yaml};

/// Kinds of well-known operators that are in no namespace, in order: [`GroupKind`]s with where that is defined.
const CLUSTER_WIDE: &str = include_str!("../facts/cluster_wide.txt");

fn lines() -> impl Iterator<Item = &'static str> {
    CLUSTER_WIDE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Which kinds are in no namespace: what a type says counts first, then a definition among the objects, then what is known of others.
#[derive(Debug, Default)]
pub(crate) struct Scopes<'a> {
    defined: HashMap<GroupKind<'a>, bool>,
}

impl<'a> Scopes<'a> {
    /// The scopes of the kinds that these objects define, and of all that are known anyway.
    pub(crate) fn of(objects: impl IntoIterator<Item = &'a Object>) -> Self {
        let definitions = objects.into_iter().filter_map(Object::get::<CustomResourceDefinition>);
        let defined = definitions.map(|definition| {
            let spec = &definition.spec;
            (GroupKind { group: &spec.group, kind: &spec.names.kind }, spec.scope == "Cluster")
        });
        Self { defined: defined.collect() }
    }

    /// Whether an object is in no namespace.
    pub(crate) fn is_cluster_wide(&self, object: &Object) -> bool {
        object.is_cluster_wide().unwrap_or_else(|| {
            let kind = object.group_kind();
            // The key's lifetime is the map's, so that a shorter one will do.
            let defined: &HashMap<GroupKind<'_>, bool> = &self.defined;
            defined.get(&kind).copied().unwrap_or_else(|| is_cluster_wide(kind))
        })
    }
}

/// Whether objects of a kind are in no namespace, as far as that is known without a definition: others are taken to be in one.
pub fn is_cluster_wide<'k>(kind: impl Into<GroupKind<'k>>) -> bool {
    // It is asked of every custom resource.
    static KINDS: LazyLock<HashSet<GroupKind<'_>>> = LazyLock::new(|| lines().map(GroupKind::from).collect());
    let kind = kind.into();
    // The kinds' lifetime is that of the list, so that a shorter one will do.
    let kinds: &HashSet<GroupKind<'_>> = &KINDS;
    yaml::is_cluster_wide(kind).unwrap_or_else(|| kinds.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::{is_cluster_wide, lines};

    #[test]
    fn a_kind_is_known_by_its_group_too() {
        assert!(is_cluster_wide("StorageClass.storage.k8s.io"));
        assert!(is_cluster_wide("VolumeAttributesClass.storage.k8s.io"));
        assert!(is_cluster_wide("ClusterIssuer.cert-manager.io"));
        assert!(!is_cluster_wide("StorageClass.example.com"));
        assert!(!is_cluster_wide("Issuer.cert-manager.io"));
        assert!(!is_cluster_wide("Deployment.apps"));
    }

    #[test]
    fn the_table_is_in_order_and_names_groups() {
        let known: Vec<_> = lines().collect();
        let group = |known: &&str| known.split_once('.').map(|(kind, group)| (group.to_owned(), kind.to_owned()));
        assert!(known.iter().all(|known| group(known).is_some_and(|(group, _)| group.contains('.'))));
        assert!(known.is_sorted_by_key(group), "sort it by group, then by kind");
    }
}
