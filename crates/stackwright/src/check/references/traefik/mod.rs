//! What objects name of Traefik's own kinds, and what those name of others: two checks.
//!
//! Rules: traefik/traefik pkg/provider/kubernetes/crd/kubernetes.go, `kubernetes_http.go` and `kubernetes_tcp.go`, read in November 2026.

mod cross_namespace;
pub(super) mod traefik_annotation;
pub(super) mod traefik_ref;

use crate::check::{GroupKind, Index, Item};
use crate::facts::groups::{TRAEFIK, in_all};
use crate::yaml::Node;

/// What follows the full name of one of Traefik's objects.
const PROVIDER: &str = "kubernetescrd";

/// One of Traefik's kinds.
fn own(kind: &str) -> GroupKind<'_> {
    GroupKind { group: TRAEFIK, kind }
}

/// The objects of one of Traefik's kinds.
fn all<'a>(index: &Index<'a>, kind: &str) -> impl Iterator<Item = Item<'a>> {
    in_all(TRAEFIK, kind).flat_map(|kind| index.of_kind(kind))
}

/// The object of one of Traefik's kinds with this name.
fn named<'a>(index: &Index<'a>, kind: &str, namespace: &str, name: &str) -> Option<Item<'a>> {
    in_all(TRAEFIK, kind).find_map(|kind| index.named(kind, namespace, name))
}

/// The name by which Traefik knows an object of its kinds, without its provider: namespace and name, with `-` for all but letters and digits.
pub(crate) fn full_name(namespace: &str, name: &str) -> String {
    let words = [namespace, name].into_iter().flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The name of an object that is named in full, `NAMESPACE-NAME@kubernetescrd`.
pub(crate) fn in_full(name: &str) -> Option<&str> {
    name.strip_suffix(PROVIDER)?.strip_suffix('@')
}

fn items<'a>(node: &'a Node, field: &str) -> impl Iterator<Item = (usize, &'a Node)> {
    node.get(field).map(Node::items).unwrap_or_default().iter().enumerate()
}

/// A field's text; none where it is empty, which Traefik takes for not written.
fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text).filter(|text| !text.is_empty())
}
