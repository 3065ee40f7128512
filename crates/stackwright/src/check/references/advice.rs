//! What to do about an object that is not there: manifests are files, and a cluster's objects are code.

use crate::Cluster;
use crate::check::{GroupKind, Index};
use crate::facts::charts;
use crate::yaml::is_unknown;

const INGRESS_CLASS: GroupKind<'static> = GroupKind { group: "networking.k8s.io", kind: "IngressClass" };
const SECRET: GroupKind<'static> = GroupKind { group: "", kind: "Secret" };

/// How an object of a kind comes to be there. `it` is what it is called, such as `the Secret`.
pub(super) fn add(index: &Index<'_>, kind: GroupKind<'_>, it: &str) -> String {
    let Some(cluster) = index.cluster() else { return format!("add {it}") };
    match provided(cluster, kind) {
        _ if kind == SECRET => format!("add {it} to `Stack::secrets`"),
        Some((member, _)) if cluster.is_existing => {
            format!("add {it} to a stack, or to `{member}` if the cluster has it")
        }
        Some((member, _)) => {
            format!("add {it} to a stack, or to `{member}` if the installer or a release brings it")
        }
        None => format!("add {it} to a stack"),
    }
}

/// The names of a kind's objects that a cluster has beside those of its stacks, and the member that says so.
pub(super) fn provided<'c>(cluster: &'c Cluster, kind: GroupKind<'_>) -> Option<(&'static str, &'c [String])> {
    let provided = &cluster.provided;
    match (kind.group, kind.kind) {
        ("networking.k8s.io", "IngressClass") => Some(("Provided::ingress_classes", &provided.ingress_classes)),
        ("", "Namespace") => Some(("Provided::namespaces", &provided.namespaces)),
        ("storage.k8s.io", "StorageClass") => Some(("Provided::storage_classes", &provided.storage_classes)),
        _ => None,
    }
}

/// Whether an object of a kind is there, among the objects or by what the cluster has beside them.
pub(super) fn is_there<'k>(index: &Index<'_>, kind: impl Into<GroupKind<'k>>, namespace: &str, name: &str) -> bool {
    let kind = kind.into();
    let provided = index.cluster().and_then(|cluster| provided(cluster, kind));
    let releases = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases);
    let mut classes = releases.filter(|_| kind == INGRESS_CLASS).filter_map(charts::ingress_class);
    index.named(kind, namespace, name).is_some()
        || provided.is_some_and(|(_, names)| names.iter().any(|known| known == name))
        || classes.any(|class| class == name)
}

/// The names that objects of a kind have in a namespace, with those that the cluster has beside the objects, as far as they are known.
pub(super) fn names<'a>(index: &Index<'a>, kind: GroupKind<'_>, namespace: &str) -> Vec<&'a str> {
    let mut names = index.names(kind, namespace);
    let provided = index.cluster().and_then(|cluster| provided(cluster, kind));
    names.extend(provided.into_iter().flat_map(|(_, names)| names).map(String::as_str));
    if kind == SECRET {
        let declared = index.secrets().map(|(_, secret)| secret).filter(|secret| secret.namespace == namespace);
        names.extend(declared.map(|secret| secret.name.as_str()));
    }
    names.retain(|name| !is_unknown(name));
    names
}
