use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::PodTemplateSpec;

use super::group;
use crate::Object;
use crate::workload::Workload as _;

/// When objects of a kind are applied: the smaller first. What others need (namespaces, definitions, classes, accounts, configuration)
/// comes before the workloads that need it. Custom objects follow everything that might serve them, and what intercepts requests is last.
///
/// It is an order of ours: kustomize's own has no place for most kinds, and Helm's puts definitions behind what they define.
pub(super) fn rank(object: &Object) -> usize {
    let known = position(object);
    let last = matches!(object.kind(), "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration");
    known.unwrap_or(ORDER.len() + usize::from(last && group(object) == "admissionregistration.k8s.io"))
}

/// Whether an object is of one of Kubernetes' own kinds below.
pub(crate) fn is_known(object: &Object) -> bool {
    position(object).is_some()
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

/// A kind is one of a group: an object of Knative's `Service` is no Service.
fn position(object: &Object) -> Option<usize> {
    let group = group(object);
    ORDER.iter().position(|(known, kind)| *kind == object.kind() && *known == group)
}

/// Namespaces are applied before the secrets, everything else after them.
pub(super) const NAMESPACE: usize = 0;

const ORDER: [(&str, &str); 33] = [
    ("", "Namespace"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("scheduling.k8s.io", "PriorityClass"),
    ("node.k8s.io", "RuntimeClass"),
    ("storage.k8s.io", "StorageClass"),
    ("networking.k8s.io", "IngressClass"),
    ("", "ResourceQuota"),
    ("", "LimitRange"),
    ("networking.k8s.io", "NetworkPolicy"),
    ("", "ServiceAccount"),
    ("rbac.authorization.k8s.io", "Role"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("", "ConfigMap"),
    ("", "Secret"),
    ("", "PersistentVolume"),
    ("", "PersistentVolumeClaim"),
    ("", "Service"),
    ("policy", "PodDisruptionBudget"),
    ("apps", "DaemonSet"),
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "ReplicaSet"),
    ("", "ReplicationController"),
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("batch", "Job"),
    ("batch", "CronJob"),
    ("networking.k8s.io", "Ingress"),
    ("apiregistration.k8s.io", "APIService"),
    ("", "Pod"),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
];
