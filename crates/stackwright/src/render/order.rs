/// When objects of a kind are applied: the smaller first. What others need (namespaces, definitions, classes, accounts, configuration)
/// comes before the workloads that need it, and what intercepts requests comes last. Custom objects follow everything
/// that might define or serve them.
///
/// The order is the one in which Helm and kustomize install kinds.
pub(super) fn rank(kind: &str) -> usize {
    ORDER.iter().position(|known| *known == kind).unwrap_or(ORDER.len())
}

/// Namespaces are applied before the secrets, everything else after them.
pub(super) const NAMESPACE: usize = 0;

const ORDER: [&str; 29] = [
    "Namespace",
    "CustomResourceDefinition",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "IngressClass",
    "ResourceQuota",
    "LimitRange",
    "NetworkPolicy",
    "ServiceAccount",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Service",
    "PodDisruptionBudget",
    "DaemonSet",
    "Deployment",
    "StatefulSet",
    "HorizontalPodAutoscaler",
    "Job",
    "CronJob",
    "Ingress",
    "APIService",
    "Pod",
];

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn namespaces_are_first_and_custom_objects_last() {
        assert!(rank("Namespace") < rank("ConfigMap"));
        assert!(rank("ConfigMap") < rank("Deployment"));
        assert!(rank("Pod") < rank("IPAddressPool"));
    }
}
