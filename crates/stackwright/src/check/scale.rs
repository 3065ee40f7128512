//! How many pods a workload has, and what scales it.

use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::autoscaling::{v1, v2};
use k8s_openapi::api::core::v1::ReplicationController;

use super::{GroupKind, HashMap, Index, Item};

/// A HorizontalPodAutoscaler of either version.
pub(super) struct Autoscaler<'a> {
    pub(super) item: Item<'a>,
    pub(super) minimum: i32,
    pub(super) maximum: i32,
    /// The group of the target's `apiVersion`; empty where it names no version.
    pub(super) group: &'a str,
    pub(super) kind: &'a str,
    pub(super) name: &'a str,
}

impl<'a> Autoscaler<'a> {
    /// The object that it scales.
    pub(super) fn target(&self, index: &Index<'a>) -> Option<Item<'a>> {
        index.named(GroupKind { group: self.group, kind: self.kind }, self.item.namespace, self.name)
    }
}

/// Every autoscaler.
pub(super) fn autoscalers<'a>(index: &Index<'a>) -> Vec<Autoscaler<'a>> {
    let group = |version: &'a Option<String>| {
        version.as_deref().and_then(|version| version.split_once('/')).map_or("", |(group, _)| group)
    };
    let second = index.all::<v2::HorizontalPodAutoscaler>().map(|(item, scaler)| {
        let spec = &scaler.spec;
        let target = &spec.scale_target_ref;
        let (minimum, maximum) = (spec.min_replicas.unwrap_or(1), spec.max_replicas);
        let group = group(&target.api_version);
        Autoscaler { item, minimum, maximum, group, kind: &target.kind, name: &target.name }
    });
    let first = index.all::<v1::HorizontalPodAutoscaler>().map(|(item, scaler)| {
        let spec = &scaler.spec;
        let target = &spec.scale_target_ref;
        let (minimum, maximum) = (spec.min_replicas.unwrap_or(1), spec.max_replicas);
        let group = group(&target.api_version);
        Autoscaler { item, minimum, maximum, group, kind: &target.kind, name: &target.name }
    });
    second.chain(first).collect()
}

/// The `replicas` that someone wrote into a workload; none where it has no such field or nobody filled it.
pub(super) fn replicas(item: Item<'_>) -> Option<i32> {
    let object = item.object;
    match object.kind() {
        "Deployment" => object.get::<Deployment>()?.spec.replicas,
        "StatefulSet" => object.get::<StatefulSet>()?.spec.replicas,
        "ReplicaSet" => object.get::<ReplicaSet>()?.spec.replicas,
        "ReplicationController" => object.get::<ReplicationController>()?.spec.as_ref()?.replicas,
        _ => None,
    }
}

/// The fewest pods that each workload has in normal times, by its position: its autoscaler's minimum, else its `replicas`, else one.
pub(super) fn fewest(index: &Index<'_>) -> HashMap<usize, i32> {
    let kinds = ["Deployment.apps", "StatefulSet.apps", "ReplicaSet.apps", "ReplicationController"];
    let workloads = kinds.into_iter().flat_map(|kind| index.of_kind(kind));
    let mut fewest: HashMap<_, _> = workloads.map(|item| (item.index, replicas(item).unwrap_or(1))).collect();
    for scaler in autoscalers(index) {
        if let Some(target) = scaler.target(index) {
            fewest.insert(target.index, scaler.minimum);
        }
    }
    fewest
}
