use super::Rule::*;
use super::{Faults, TypeRules, VALUE, quantity, syntax};
use crate::check::api::tree::Value;

const METRICS: &[(&str, &str)] = &[
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
    ("External", "external"),
    ("ContainerResource", "containerResource"),
];

pub(super) const RULES: &[TypeRules] = &[
    (
        "HorizontalPodAutoscalerSpec",
        &[
            ("minReplicas", By(least)),
            ("maxReplicas", Range(1, i64::MAX)),
            ("scaleTargetRef", By(scalable)),
            ("targetCPUUtilizationPercentage", Range(1, i64::MAX)),
        ],
    ),
    (
        "CrossVersionObjectReference",
        &[
            ("kind", Must(syntax::path_segment)),
            ("name", Must(syntax::path_segment)),
            ("apiVersion", Is(syntax::api_version)),
        ],
    ),
    ("MetricSpec", &[("", By(metric))]),
    ("MetricIdentifier", &[("name", Must(syntax::path_segment))]),
    (
        "MetricTarget",
        &[
            ("type", Required),
            ("type", OneOf(&["Utilization", "Value", "AverageValue"])),
            ("value", SomeAmount),
            ("averageValue", SomeAmount),
            ("averageUtilization", Range(1, i64::MAX)),
        ],
    ),
    ("ObjectMetricSource", &[("target", By(value_or_average))]),
    ("ExternalMetricSource", &[("target", By(value_or_average)), ("target", AtMostOne(&["value", "averageValue"]))]),
    ("PodsMetricSource", &[("target", By(average))]),
    ("ResourceMetricSource", &[("name", Required), ("target", By(utilization))]),
    (
        "ContainerResourceMetricSource",
        &[
            ("name", Required),
            ("name", By(resource)),
            ("container", Must(syntax::dns_label)),
            ("target", By(utilization)),
        ],
    ),
    (
        "HPAScalingRules",
        &[
            ("stabilizationWindowSeconds", Range(0, 3600)),
            ("selectPolicy", OneOfIfSet(&["Max", "Min", "Disabled"])),
            ("tolerance", Amount),
            ("policies", By(some)),
        ],
    ),
    (
        "HPAScalingPolicy",
        &[
            ("type", Required),
            ("type", OneOf(&["Pods", "Percent"])),
            ("value", Range(1, i64::MAX)),
            ("periodSeconds", Range(1, 1800)),
        ],
    ),
];

/// The first minor version in which the feature gate `HPAScaleToZero` is on unless someone switches it off: kubernetes'
/// pkg/features/kube_features.go.
const SCALES_TO_ZERO: u32 = 37;

/// To none at all only where something else than the pods is measured.
fn least(replicas: Value<'_>, faults: &mut Faults) {
    let is_outside = |metric: Value<'_>| matches!(metric.get("type").text(), "External" | "Object");
    if replicas.int() == Some(0) && replicas.parent().get("metrics").items().any(is_outside) {
        let help =
            format!("1 is the least before Kubernetes 1.{SCALES_TO_ZERO}, but for the feature gate HPAScaleToZero");
        return faults.add_until(SCALES_TO_ZERO, replicas, "is 0", help);
    }
    super::in_range(replicas, 1, i64::MAX, faults);
}

/// What is scaled is of a group, since the core group has nothing to scale but ReplicationControllers.
fn scalable(target: Value<'_>, faults: &mut Faults) {
    if !target.get("apiVersion").text().contains('/') {
        faults.missing(target, "apiVersion", "with a group, such as apps/v1");
    }
}

fn some(policies: Value<'_>, faults: &mut Faults) {
    if policies.is_set() && policies.len() == 0 {
        faults.add(VALUE, policies, "is empty", "write a policy, or remove the field");
    }
}

fn resource(name: Value<'_>, faults: &mut Faults) {
    if name.text().contains('/') {
        faults.malformed(name, syntax::qualified_name);
    } else {
        OneOf(quantity::CONTAINER).check(name, name.parent(), "name", faults);
    }
}

fn metric(metric: Value<'_>, faults: &mut Faults) {
    let kind = metric.get("type");
    let Some((_, field)) = METRICS.iter().find(|(name, _)| *name == kind.text()) else {
        let known: Vec<_> = METRICS.iter().map(|(name, _)| *name).collect();
        if kind.is_blank() {
            faults.missing(metric, "type", "");
        } else {
            faults.unknown(kind, &known);
        }
        return;
    };
    if !metric.get(field).is_set() {
        faults.missing(metric, field, &format!("with type: {}", kind.text()));
    }
    for (_, other) in METRICS.iter().filter(|(_, other)| other != field) {
        if metric.get(other).is_set() {
            faults.forbidden(metric.get(other), &format!("with type: {}", kind.text()));
        }
    }
}

fn value_or_average(target: Value<'_>, faults: &mut Faults) {
    if !target.get("value").is_set() && !target.get("averageValue").is_set() {
        faults.missing(target, "value or averageValue", "");
    }
}

fn average(target: Value<'_>, faults: &mut Faults) {
    if !target.get("averageValue").is_set() {
        faults.missing(target, "averageValue", "");
    }
}

fn utilization(target: Value<'_>, faults: &mut Faults) {
    let (share, amount) = (target.get("averageUtilization"), target.get("averageValue"));
    match (share.is_set(), amount.is_set()) {
        (false, false) => faults.missing(target, "averageUtilization or averageValue", ""),
        (true, true) => faults.add(VALUE, amount, "can't be set beside averageUtilization", "remove one of them"),
        _ => {}
    }
}
