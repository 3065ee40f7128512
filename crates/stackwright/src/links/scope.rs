//! Whether objects of a kind are in namespaces.

use std::sync::LazyLock;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use super::GroupKind;
use crate::{HashMap, HashSet, Object, yaml};

/// Kinds that are in no namespace, in order, [`GroupKind`]s each: those of Kubernetes itself and those of well-known operators. The
/// files say how they are refreshed.
const OF_KUBERNETES: &str = include_str!("../facts/kubernetes_cluster_wide.txt");
const OF_OPERATORS: &str = include_str!("../facts/cluster_wide.txt");
const KNOWN_TO_KUSTOMIZE: &str = include_str!("../facts/kustomize_cluster_wide.txt");

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
    static KNOWN: LazyLock<HashSet<GroupKind<'_>>> =
        LazyLock::new(|| [OF_KUBERNETES, OF_OPERATORS].into_iter().flat_map(kinds).collect());
    let kind = kind.into();
    // The kinds' lifetime is that of the tables, so that a shorter one will do.
    let known: &HashSet<GroupKind<'_>> = &KNOWN;
    yaml::is_cluster_wide(kind).unwrap_or_else(|| known.contains(&kind))
}

/// Kinds that kustomize knows to be in no namespace, as apiVersion and kind: into others, told a namespace, it writes that one.
pub fn is_cluster_wide_to_kustomize(api_version: &str, kind: &str) -> bool {
    static KNOWN: LazyLock<HashSet<(&str, &str)>> =
        LazyLock::new(|| KNOWN_TO_KUSTOMIZE.lines().filter_map(|line| line.split_once(' ')).collect());
    let known: &HashSet<(&str, &str)> = &KNOWN;
    known.contains(&(api_version, kind))
}

/// The kinds that a table names, a line each.
fn kinds(table: &str) -> impl Iterator<Item = GroupKind<'_>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(GroupKind::from)
}

#[cfg(test)]
mod tests {
    use super::{GroupKind, OF_KUBERNETES, OF_OPERATORS, is_cluster_wide, kinds};

    #[test]
    fn a_kind_is_known_by_its_group_too() {
        assert!(is_cluster_wide("StorageClass.storage.k8s.io"));
        assert!(is_cluster_wide("VolumeAttributesClass.storage.k8s.io"));
        // It has no type.
        assert!(is_cluster_wide("ComponentStatus"));
        assert!(is_cluster_wide("ClusterIssuer.cert-manager.io"));
        assert!(!is_cluster_wide("StorageClass.example.com"));
        assert!(!is_cluster_wide("Issuer.cert-manager.io"));
        assert!(!is_cluster_wide("Deployment.apps"));
    }

    #[test]
    fn the_tables_are_in_order_and_operators_have_groups() {
        for table in [OF_KUBERNETES, OF_OPERATORS] {
            assert!(kinds(table).is_sorted_by_key(|known| (known.group, known.kind)), "sort it by group, then by kind");
        }
        assert!(kinds(OF_OPERATORS).all(|known| known.group.contains('.')));
    }

    /// The types say so too, of the kinds that have one.
    #[test]
    fn what_the_server_says_of_kubernetes_kinds_is_what_the_types_say() {
        let known: Vec<_> = kinds(OF_KUBERNETES).collect();
        assert!(
            known.contains(&GroupKind::from("Node"))
                && known.contains(&GroupKind::from("StorageVersion.internal.apiserver.k8s.io"))
        );
        assert!(known.iter().all(|kind| crate::yaml::is_cluster_wide(*kind) != Some(false)));
    }
}
