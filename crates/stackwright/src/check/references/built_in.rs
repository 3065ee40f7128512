//! What is in every cluster without anyone's doing.

/// Whether Kubernetes makes this namespace itself.
pub(super) fn namespace(name: &str) -> bool {
    name == "default" || is_of_kubernetes(name)
}

/// Whether Kubernetes' own parts are in this namespace: what they are is not among anyone's manifests.
pub(super) fn is_of_kubernetes(namespace: &str) -> bool {
    matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease")
}

/// The labels of the API server's own Service, `kubernetes` in namespace `default`.
pub(super) const API_SERVER_LABELS: [(&str, &str); 2] = [("component", "apiserver"), ("provider", "kubernetes")];

/// Whether Kubernetes puts this ConfigMap in every namespace.
pub(super) fn config_map(name: &str) -> bool {
    name == "kube-root-ca.crt"
}

/// Whether Kubernetes puts this ServiceAccount in every namespace.
pub(super) fn service_account(name: &str) -> bool {
    name == "default"
}

/// Whether Kubernetes makes this ClusterRole itself.
pub(super) fn cluster_role(name: &str) -> bool {
    matches!(name, "cluster-admin" | "admin" | "edit" | "view") || name.starts_with("system:")
}

/// Whether Kubernetes makes this Role itself.
pub(super) fn role(namespace: &str, name: &str) -> bool {
    is_of_kubernetes(namespace) && (name.starts_with("system:") || name == "extension-apiserver-authentication-reader")
}

/// Whether Kubernetes makes this PriorityClass itself.
pub(super) fn priority_class(name: &str) -> bool {
    matches!(name, "system-cluster-critical" | "system-node-critical")
}

/// Whether the API server serves this group without a CRD. The group of `v1` has no name.
pub(in crate::check) fn api_group(group: &str) -> bool {
    const OF_KUBERNETES: [&str; 17] = [
        "admissionregistration",
        "apiextensions",
        "apiregistration",
        "authentication",
        "authorization",
        "certificates",
        "coordination",
        "discovery",
        "events",
        "flowcontrol.apiserver",
        "internal.apiserver",
        "networking",
        "node",
        "rbac.authorization",
        "resource",
        "scheduling",
        "storage",
    ];
    let plain = !group.contains('.');
    plain
        || group.strip_suffix(".k8s.io").is_some_and(|name| OF_KUBERNETES.contains(&name) || name == "storagemigration")
}

/// Whether files of this group configure programs and are no objects of a cluster, such as a `Kustomization`.
pub(super) fn is_of_files(group: &str) -> bool {
    group.ends_with(".config.k8s.io") || matches!(group, "kubeadm.k8s.io" | "audit.k8s.io" | "kind.x-k8s.io" | "k3d.io")
}
