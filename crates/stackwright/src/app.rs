use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

/// The recommended label that says which application an object belongs to; the selector of an [`App`].
/// See <https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/>.
pub const NAME_LABEL: &str = "app.kubernetes.io/name";

/// One workload and what belongs to it: the name, namespace, labels and selector that its objects share.
///
/// Two workloads are two apps, even in one stack: the selector of one must not match the pods of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The name of its workload, Service, Ingress and so on.
    pub name: String,
    /// The namespace of all its objects.
    pub namespace: String,
    /// The labels of all its objects; `app.kubernetes.io/name` at first.
    pub labels: BTreeMap<String, String>,
}

impl App {
    /// An app with the one label that selects its pods, `app.kubernetes.io/name`.
    pub fn new(name: impl Into<String>, namespace: impl Into<String>) -> Self {
        let name = name.into();
        Self { labels: BTreeMap::from([(NAME_LABEL.to_owned(), name.clone())]), name, namespace: namespace.into() }
    }

    /// Metadata with the app's own name.
    pub fn metadata(&self) -> ObjectMeta {
        self.named(&self.name)
    }

    /// Metadata of an object of this app that has a name of its own.
    pub fn named(&self, name: &str) -> ObjectMeta {
        ObjectMeta {
            name: Some(name.to_owned()),
            namespace: Some(self.namespace.clone()),
            labels: Some(self.labels.clone()),
            ..ObjectMeta::default()
        }
    }

    /// Metadata of a cluster-wide object of this app.
    pub fn cluster_wide(&self, name: &str) -> ObjectMeta {
        ObjectMeta { namespace: None, ..self.named(name) }
    }

    /// The selector of the app's pods: its `app.kubernetes.io/name` alone, since a workload's selector can never be changed
    /// while other labels may.
    pub fn selector(&self) -> LabelSelector {
        let name = self.labels.get(NAME_LABEL).unwrap_or(&self.name);
        labels_selector([(NAME_LABEL, name.as_str())])
    }
}

/// A selector of the pods (or namespaces) that carry all of these labels.
pub fn labels_selector<const N: usize>(labels: [(&str, &str); N]) -> LabelSelector {
    let labels = labels.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    LabelSelector { match_labels: Some(labels), ..LabelSelector::default() }
}
