use std::ops::RangeInclusive;

use k8s_openapi::api::autoscaling::v2::{
    CrossVersionObjectReference, HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec, MetricSpec, MetricTarget,
    ResourceMetricSource,
};
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::App;
use crate::workload::Workload;

/// A `HorizontalPodAutoscaler` that keeps the target's replicas in a range by one metric.
pub fn autoscaler(
    app: &App,
    target: CrossVersionObjectReference,
    replicas: RangeInclusive<i32>,
    metric: MetricSpec,
) -> HorizontalPodAutoscaler {
    HorizontalPodAutoscaler {
        metadata: app.metadata(),
        spec: HorizontalPodAutoscalerSpec {
            scale_target_ref: target,
            min_replicas: Some(*replicas.start()),
            max_replicas: *replicas.end(),
            metrics: Some(vec![metric]),
            behavior: None,
        },
        ..HorizontalPodAutoscaler::default()
    }
}

/// The workload as an autoscaler refers to it.
pub fn scale_target<W: Workload>(workload: &W) -> CrossVersionObjectReference {
    CrossVersionObjectReference {
        api_version: Some(W::API_VERSION.to_owned()),
        kind: W::KIND.to_owned(),
        name: workload.metadata().name.clone().unwrap_or_default(),
    }
}

/// The CPU that the pods use, as a percentage of what they request.
pub fn cpu_utilization(percent: i32) -> MetricSpec {
    MetricSpec {
        type_: "Resource".to_owned(),
        resource: Some(ResourceMetricSource {
            name: "cpu".to_owned(),
            target: MetricTarget {
                type_: "Utilization".to_owned(),
                average_utilization: Some(percent),
                ..MetricTarget::default()
            },
        }),
        ..MetricSpec::default()
    }
}

/// A `PodDisruptionBudget` that lets at most this many of a workload's pods be away at once while nodes are drained.
pub fn disruption_budget(workload: &impl Workload, max_unavailable: i32) -> PodDisruptionBudget {
    let mut metadata = workload.metadata().clone();
    metadata.annotations = None;
    PodDisruptionBudget {
        metadata,
        spec: Some(PodDisruptionBudgetSpec {
            max_unavailable: Some(IntOrString::Int(max_unavailable)),
            selector: Some(workload.selector().clone()),
            ..PodDisruptionBudgetSpec::default()
        }),
        ..PodDisruptionBudget::default()
    }
}
