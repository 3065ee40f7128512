use std::sync::LazyLock;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::PodTemplateSpec;

use crate::links::GroupKind;
use crate::workload::Workload as _;
use crate::{HashMap, Object};

/// When objects of a kind are applied: the smaller first. What others need (namespaces, definitions, classes, accounts, configuration)
/// comes before the workloads that need it. Custom objects follow everything that might serve them, and what intercepts requests is last.
///
/// It is an order of ours: kustomize's own has no place for most kinds, and Helm's puts definitions behind what they define.
pub(super) fn rank(kind: GroupKind<'_>) -> usize {
    let is_last = || LAST.iter().any(|last| GroupKind::from(*last) == kind);
    position(kind).unwrap_or_else(|| ORDER.len() + usize::from(is_last()))
}

/// Whether an object is of one of Kubernetes' own kinds below.
pub(crate) fn is_known(object: &Object) -> bool {
    position(object.group_kind()).is_some()
}

/// The template of the pods that an object makes, if it makes any.
pub(crate) fn template(object: &Object) -> Option<&PodTemplateSpec> {
    if let Some(workload) = object.get::<Deployment>() {
        Some(workload.template())
    } else if let Some(workload) = object.get::<StatefulSet>() {
        Some(workload.template())
    } else if let Some(workload) = object.get::<DaemonSet>() {
        Some(workload.template())
    } else if let Some(job) = object.get::<Job>() {
        Some(&job.spec.as_ref()?.template)
    } else if let Some(job) = object.get::<CronJob>() {
        Some(&job.spec.job_template.spec.as_ref()?.template)
    } else {
        object.get::<ReplicaSet>()?.spec.template.as_ref()
    }
}

fn position(kind: GroupKind<'_>) -> Option<usize> {
    // It is asked of every object that is rendered.
    static POSITIONS: LazyLock<HashMap<GroupKind<'_>, usize>> =
        LazyLock::new(|| ORDER.iter().enumerate().map(|(position, kind)| (GroupKind::from(*kind), position)).collect());
    // The keys' lifetime is that of the list, so that a shorter one will do.
    let positions: &HashMap<GroupKind<'_>, usize> = &POSITIONS;
    positions.get(&kind).copied()
}

/// Namespaces are applied before the secrets, everything else after them.
pub(super) const NAMESPACE: usize = 0;

/// A kind is one of a group: an object of Knative's `Service` is no Service.
const ORDER: [&str; 33] = [
    "Namespace",
    "CustomResourceDefinition.apiextensions.k8s.io",
    "PriorityClass.scheduling.k8s.io",
    "RuntimeClass.node.k8s.io",
    "StorageClass.storage.k8s.io",
    "IngressClass.networking.k8s.io",
    "ResourceQuota",
    "LimitRange",
    "NetworkPolicy.networking.k8s.io",
    "ServiceAccount",
    "Role.rbac.authorization.k8s.io",
    "ClusterRole.rbac.authorization.k8s.io",
    "RoleBinding.rbac.authorization.k8s.io",
    "ClusterRoleBinding.rbac.authorization.k8s.io",
    "ConfigMap",
    "Secret",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Service",
    "PodDisruptionBudget.policy",
    "DaemonSet.apps",
    "Deployment.apps",
    "StatefulSet.apps",
    "ReplicaSet.apps",
    "ReplicationController",
    "HorizontalPodAutoscaler.autoscaling",
    "Job.batch",
    "CronJob.batch",
    "Ingress.networking.k8s.io",
    "APIService.apiregistration.k8s.io",
    "Pod",
    "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
    "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
];

/// What intercepts requests.
const LAST: [&str; 2] = [
    "MutatingWebhookConfiguration.admissionregistration.k8s.io",
    "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
];
