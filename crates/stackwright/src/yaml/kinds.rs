//! The kinds that have a struct.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use k8s_openapi::{k8s_if_ge_1_34, k8s_if_ge_1_36, k8s_if_ge_1_37, k8s_if_le_1_33, k8s_if_le_1_35, k8s_if_le_1_36};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::decode::decode_without;
use super::node::{Node, Span};
use super::problem::Problem;
use crate::links::GroupKind;
use crate::object::{Kind, Object, Scope as _};

/// A kind, and how it is decoded.
pub(super) struct KnownKind {
    pub(super) api_version: &'static str,
    pub(super) kind: &'static str,
    type_id: TypeId,
    is_cluster_wide: bool,
    /// Leaves out what stands in the wrong places.
    pub(super) decode: fn(&Node, &HashSet<Span>) -> Result<Object, Vec<Problem>>,
}

const fn known<T: Kind + for<'n> Deserialize<'n>>() -> KnownKind {
    KnownKind {
        api_version: T::API_VERSION,
        kind: T::KIND,
        type_id: TypeId::of::<T>(),
        is_cluster_wide: T::Scope::IS_CLUSTER_WIDE,
        decode: |node, wrong| decode_without::<T>(node, wrong).map(Object::from),
    }
}

/// Every kind of an apiVersion that has a struct.
pub(super) fn kinds_of(api_version: &str) -> impl Iterator<Item = &'static KnownKind> {
    all().filter(move |known| known.api_version == api_version)
}

/// The versions of a kind, the usual one last.
pub(crate) fn api_versions_of(kind: &str) -> impl Iterator<Item = &'static str> {
    all().filter(move |known| known.kind == kind).map(|known| known.api_version)
}

/// The `apiVersion`s of a group that have structs, such as `networking.k8s.io/v1`; none where the group is not one of Kubernetes' own.
pub(crate) fn api_versions_in(group: &str) -> Vec<&'static str> {
    // It is asked of every custom resource.
    static VERSIONS: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
        let mut versions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for version in all().map(|known| known.api_version) {
            versions.entry(GroupKind::new(version, "").group).or_default().insert(version);
        }
        versions
    });
    VERSIONS.get(group).into_iter().flatten().copied().collect()
}

/// Whether objects of a kind of Kubernetes' own are in no namespace.
pub(crate) fn is_cluster_wide(kind: GroupKind<'_>) -> Option<bool> {
    // It is asked of every object that names a namespace.
    static SCOPES: LazyLock<FxHashMap<GroupKind<'_>, bool>> = LazyLock::new(|| {
        let kinds = all().map(|known| (GroupKind::new(known.api_version, known.kind), known.is_cluster_wide));
        kinds.collect()
    });
    // The keys' lifetime is that of the types, so that a shorter one will do.
    let kinds: &FxHashMap<GroupKind<'_>, bool> = &SCOPES;
    kinds.get(&kind).copied()
}

/// Whether texts are decoded into this type.
pub(crate) fn is_decoded_into(type_id: TypeId) -> bool {
    // It is asked of every object that is made.
    static TYPES: LazyLock<FxHashSet<TypeId>> = LazyLock::new(|| all().map(|known| known.type_id).collect());
    TYPES.contains(&type_id)
}

fn all() -> impl Iterator<Item = &'static KnownKind> {
    [SINCE_1_37, SINCE_1_36, SINCE_1_34, KINDS].into_iter().flatten()
}

macro_rules! kinds {
    ($($module:path: $($kind:ident)*;)*) => {
        &[$($({
            use $module as group;
            known::<group::$kind>()
        }),*),*]
    };
}

/// What people write to clusters, of the versions that every supported release of Kubernetes has. Alpha versions are
/// left out: clusters don't serve them unless told to.
const KINDS: &[KnownKind] = kinds! {
    k8s_openapi::api::admissionregistration::v1:
        MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
        ValidatingWebhookConfiguration;
    k8s_openapi::api::apps::v1: ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet;
    k8s_openapi::api::authentication::v1: SelfSubjectReview TokenRequest TokenReview;
    k8s_openapi::api::authorization::v1:
        LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview;
    k8s_openapi::api::autoscaling::v1: HorizontalPodAutoscaler;
    k8s_openapi::api::autoscaling::v2: HorizontalPodAutoscaler;
    k8s_openapi::api::batch::v1: CronJob Job;
    k8s_openapi::api::certificates::v1: CertificateSigningRequest;
    k8s_openapi::api::certificates::v1beta1: ClusterTrustBundle;
    k8s_openapi::api::coordination::v1: Lease;
    k8s_openapi::api::coordination::v1beta1: LeaseCandidate;
    k8s_openapi::api::core::v1:
        Binding ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate
        ReplicationController ResourceQuota Secret Service ServiceAccount;
    k8s_openapi::api::discovery::v1: EndpointSlice;
    k8s_openapi::api::events::v1: Event;
    k8s_openapi::api::flowcontrol::v1: FlowSchema PriorityLevelConfiguration;
    k8s_openapi::api::networking::v1: IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR;
    k8s_openapi::api::node::v1: RuntimeClass;
    k8s_openapi::api::policy::v1: PodDisruptionBudget;
    k8s_openapi::api::rbac::v1: ClusterRole ClusterRoleBinding Role RoleBinding;
    k8s_openapi::api::resource::v1beta1: DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice;
    k8s_openapi::api::resource::v1beta2: DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice;
    k8s_openapi::api::scheduling::v1: PriorityClass;
    k8s_openapi::api::storage::v1: CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment;
    k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1: CustomResourceDefinition;
    k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1: APIService;
};

k8s_if_ge_1_34! {
    const SINCE_1_34: &[KnownKind] = kinds! {
        k8s_openapi::api::admissionregistration::v1beta1: MutatingAdmissionPolicy MutatingAdmissionPolicyBinding;
        k8s_openapi::api::resource::v1: DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice;
        k8s_openapi::api::storage::v1: VolumeAttributesClass;
    };
}
k8s_if_le_1_33! {
    const SINCE_1_34: &[KnownKind] = &[];
}

k8s_if_ge_1_36! {
    const SINCE_1_36: &[KnownKind] = kinds! {
        k8s_openapi::api::admissionregistration::v1: MutatingAdmissionPolicy MutatingAdmissionPolicyBinding;
        k8s_openapi::api::resource::v1beta2: DeviceTaintRule;
        k8s_openapi::api::storagemigration::v1beta1: StorageVersionMigration;
    };
}
k8s_if_le_1_35! {
    const SINCE_1_36: &[KnownKind] = &[];
}

k8s_if_ge_1_37! {
    const SINCE_1_37: &[KnownKind] = kinds! {
        k8s_openapi::api::certificates::v1: ClusterTrustBundle PodCertificateRequest;
        k8s_openapi::api::resource::v1: DeviceTaintRule;
        k8s_openapi::api::scheduling::v1beta1: PodGroup Workload;
        k8s_openapi::api::storagemigration::v1: StorageVersionMigration;
    };
}
k8s_if_le_1_36! {
    const SINCE_1_37: &[KnownKind] = &[];
}
