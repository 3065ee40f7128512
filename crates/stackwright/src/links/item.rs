use crate::Object;

/// An object, its position, and the namespace that it is in.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its position among those that are checked.
    pub index: usize,
    /// The object.
    pub object: &'a Object,
    /// The namespace that it is applied to; empty where it is cluster-wide.
    pub namespace: &'a str,
}

impl<'a> Item<'a> {
    /// This object at its position. It is in `namespace` if it names none.
    pub(crate) fn new(index: usize, object: &'a Object, namespace: &'a str) -> Self {
        let own = object.namespace().filter(|namespace| !namespace.is_empty());
        let namespace = if is_cluster_wide(object.kind()) { "" } else { own.unwrap_or(namespace) };
        Self { index, object, namespace }
    }

    /// `Service web/api`, as a person would say it.
    pub fn label(&self) -> String {
        let (kind, name) = (self.object.kind(), self.object.name());
        if self.namespace.is_empty() { format!("{kind} {name}") } else { format!("{kind} {}/{name}", self.namespace) }
    }
}

/// Whether objects of a kind are in no namespace.
pub fn is_cluster_wide(kind: &str) -> bool {
    const KINDS: [&str; 24] = [
        "APIService",
        "CSIDriver",
        "CSINode",
        "CertificateSigningRequest",
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "FlowSchema",
        "GatewayClass",
        "IPAddress",
        "IngressClass",
        "MutatingWebhookConfiguration",
        "Namespace",
        "Node",
        "PersistentVolume",
        "PriorityClass",
        "PriorityLevelConfiguration",
        "RuntimeClass",
        "ServiceCIDR",
        "StorageClass",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
    ];
    KINDS.binary_search(&kind).is_ok()
}
