//! How the application is watched: what Prometheus reads of it, what Grafana shows, and when somebody is told.

use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use serde_json::json;
use stackwright::prelude::*;
use stackwright_addons::alerts::{autoscaler_at_maximum, rule};
use stackwright_addons::dashboard::{Dashboard, Panel, Query, Shown, Threshold, Unit, promql_string};

use super::{HTTP, NAME};

/// The autoscaler, by the course's own name.
pub(super) const AUTOSCALER: &str = "test-hpa";

/// What the application shows of itself.
pub(super) fn monitor(app: &App, service: &Service) -> Object {
    let spec = json!({
        "selector": {"matchLabels": service.metadata.labels},
        "endpoints": [{"port": HTTP, "path": "/metrics"}],
    });
    Object::custom("monitoring.coreos.com/v1", "ServiceMonitor", app.metadata(), [("spec", spec)])
}

/// The load has more pods than the autoscaler may add.
pub(super) fn alerts(app: &App, autoscaler: &HorizontalPodAutoscaler) -> Object {
    rule(app, NAME, &[autoscaler_at_maximum(autoscaler, "5m")])
}

/// What Grafana shows of the application in this namespace; its page shows the first panel.
pub fn dashboard(namespace: &str) -> Dashboard {
    let namespace = format!("namespace={}", promql_string(namespace));
    let autoscaler = format!("{namespace},horizontalpodautoscaler={}", promql_string(AUTOSCALER));
    let of_autoscaler = |metric: &str| format!("kube_horizontalpodautoscaler_{metric}{{{autoscaler}}}");
    let utilization = |metric: &str| {
        format!(
            r#"kube_horizontalpodautoscaler_{metric}{{{autoscaler},metric_name="cpu",metric_target_type="utilization"}}"#
        )
    };
    let panel = |id, title: &str, unit, queries| Panel {
        id,
        title: title.into(),
        shown: Shown::TimeSeries,
        unit,
        queries,
        thresholds: vec![],
    };
    let container = format!("{namespace},container={}", promql_string(NAME));
    let cpu = format!("sum by (pod) (rate(container_cpu_usage_seconds_total{{{container}}}[1m]))");
    // Probes and Prometheus itself are no visitors.
    let visits = format!(r#"{namespace},path!~"/healthz|/readyz|/metrics""#);
    let requests = format!("sum by (pod) (rate(http_requests_total{{{visits}}}[1m]))");
    Dashboard {
        uid: "course".into(),
        title: "Course".into(),
        refresh: "10s".into(),
        panels: vec![
            Panel {
                // The container may take two.
                thresholds: vec![Threshold { from: 2.0, color: "red".into() }],
                ..panel(1, "CPU cores per pod", Unit::Number, vec![Query::new(cpu, "{{pod}}")])
            },
            panel(
                2,
                "Pods",
                Unit::Number,
                vec![
                    Query::new(of_autoscaler("status_current_replicas"), "there are"),
                    Query::new(of_autoscaler("status_desired_replicas"), "wanted"),
                    Query::new(of_autoscaler("spec_max_replicas"), "at most"),
                ],
            ),
            panel(
                3,
                "CPU use of the request, as the autoscaler sees it",
                Unit::Percent,
                vec![
                    Query::new(utilization("status_target_metric"), "actual"),
                    Query::new(utilization("spec_target_metric"), "target"),
                ],
            ),
            panel(4, "Requests", Unit::RequestsPerSecond, vec![Query::new(requests, "{{pod}}")]),
        ],
    }
}
