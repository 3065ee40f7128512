//! Objects that stand for a release of a chart, or for other manifests: what they bring is in no file.

use crate::check::{GroupKind, HashSet, Item};
use crate::yaml::Node;

/// Each kind, and the field of the namespace that it brings objects to; its own where the field is empty.
///
/// Flux's API reference (helm/v2, kustomize/v1) and flux-operator's ResourceSet, k3s' HelmChart
/// (k3s-io/helm-controller pkg/apis/helm.cattle.io/v1/types.go) and Argo CD's Application
/// (argoproj/argo-cd pkg/apis/application/v1alpha1/types.go), read in August 2026.
const RELEASES: [(&str, &str, &str); 5] = [
    ("helm.toolkit.fluxcd.io", "HelmRelease", "spec.targetNamespace"),
    ("helm.cattle.io", "HelmChart", "spec.targetNamespace"),
    ("argoproj.io", "Application", "spec.destination.namespace"),
    ("argoproj.io", "ApplicationSet", "spec.template.spec.destination.namespace"),
    ("fluxcd.controlplane.io", "ResourceSet", ""),
];

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
            let GroupKind { group, kind } = item.kind();
            let Some((.., field)) = RELEASES.iter().find(|(of, known, _)| *of == group && *known == kind) else {
                continue;
            };
            let given = content.at(field).and_then(Node::text).filter(|_| !field.is_empty());
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
