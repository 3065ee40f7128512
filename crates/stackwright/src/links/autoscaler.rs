use k8s_openapi::api::autoscaling::{v1, v2};

use super::{GroupKind, Item, ObjectId};

/// A `HorizontalPodAutoscaler` of either version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Autoscaler<'a> {
    pub(crate) item: Item<'a>,
    pub(crate) minimum: i32,
    pub(crate) maximum: i32,
    /// What it scales; the group is empty where it names no version.
    pub(crate) target: ObjectId<'a>,
}

impl<'a> Autoscaler<'a> {
    /// What an object says as an autoscaler; none where it is no such thing.
    pub(crate) fn of(item: Item<'a>) -> Option<Self> {
        let (minimum, maximum, version, kind, name) = if let Some(scaler) = item.object.get() {
            let v2::HorizontalPodAutoscaler { spec, .. } = scaler;
            let target = &spec.scale_target_ref;
            (spec.min_replicas, spec.max_replicas, &target.api_version, &target.kind, &target.name)
        } else {
            let v1::HorizontalPodAutoscaler { spec, .. } = item.object.get()?;
            let target = &spec.scale_target_ref;
            (spec.min_replicas, spec.max_replicas, &target.api_version, &target.kind, &target.name)
        };
        let kind = GroupKind::new(version.as_deref().unwrap_or_default(), kind);
        let target = ObjectId { kind, namespace: item.namespace, name };
        Some(Self { item, minimum: minimum.unwrap_or(1), maximum, target })
    }
}
