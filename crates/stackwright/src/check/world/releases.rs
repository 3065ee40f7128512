//! Objects that stand for a release of a chart, or for other manifests: what they bring is in no file.

use crate::check::{HashSet, Item};
use crate::facts::release_kinds;

/// Where releases bring objects.
#[derive(Default)]
pub(super) struct Releases<'a> {
    namespaces: HashSet<&'a str>,
    /// Whether the namespace of some release is made up only when it is applied.
    anywhere: bool,
}

impl<'a> Releases<'a> {
    /// Those of these objects.
    pub(super) fn of(items: &[Item<'a>]) -> Self {
        let mut releases = Self::default();
        for item in items {
            let Some(content) = item.object.content() else { continue };
            let Some(kind) = release_kinds::of(item.kind()) else { continue };
            let given = kind.namespace.as_ref().and_then(|field| content.at(field)?.text());
            releases.anywhere |= given.is_some_and(|given| given.contains("{{"));
            releases.namespaces.insert(given.unwrap_or(item.namespace));
        }
        releases
    }

    /// Whether one brings objects to this namespace; those of a cluster as a whole, where it is empty, any may bring.
    pub(super) fn reach(&self, namespace: &str) -> bool {
        self.anywhere || self.namespaces.contains(namespace) || (namespace.is_empty() && !self.namespaces.is_empty())
    }
}

/// Whether an object tells Flux what to apply.
pub(super) fn is_of_flux(item: &Item<'_>) -> bool {
    matches!(item.kind().group, "kustomize.toolkit.fluxcd.io" | "helm.toolkit.fluxcd.io")
}

/// Whether an object tells Argo CD what to apply.
pub(super) fn is_of_argo(item: &Item<'_>) -> bool {
    item.kind().group == "argoproj.io" && matches!(item.kind().kind, "Application" | "ApplicationSet")
}
