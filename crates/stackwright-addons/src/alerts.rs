//! Alerts, as code, and some that a small cluster can have. kube-prometheus-stack's own alerts wait a quarter of an hour or more.

use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use serde::Serialize;
use serde_json::{Value, json};
use stackwright::prelude::*;

use crate::dashboard::promql_string;

/// An alert: it fires while its query finds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its name, in one word such as `NodeGone`.
    pub name: String,
    /// The query, in PromQL: each series that it finds is one alert.
    pub expr: String,
    /// For how long that has to be so, such as `5m`.
    pub lasting: String,
    /// How bad that is.
    pub severity: Severity,
    /// What is wrong, in a few words, with labels such as `{{ $labels.node }}`.
    pub summary: String,
    /// What to do.
    pub action: String,
}

/// How bad it is, by the words of kube-prometheus-stack's own alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Somebody has to act now.
    Critical,
    /// Somebody has to act some time.
    Warning,
    /// Nobody has to act.
    Info,
}

/// The `PrometheusRule` of this name that holds an app's alerts.
#[track_caller]
pub fn rule(app: &App, name: &str, alerts: &[Alert]) -> Object {
    Object::custom("monitoring.coreos.com/v1", "PrometheusRule", app.named(name), [("spec", rules(name, alerts))])
}

/// Alerts as a rule file of Prometheus, in one group of this name: what the `prometheus` chart takes in its values.
pub fn rules(name: &str, alerts: &[Alert]) -> Value {
    let rules: Vec<_> = alerts.iter().map(Alert::json).collect();
    json!({"groups": [{"name": name, "rules": rules}]})
}

impl Alert {
    fn json(&self) -> Value {
        json!({
            "alert": self.name,
            "expr": self.expr,
            "for": self.lasting,
            "labels": {"severity": self.severity},
            "annotations": {"summary": self.summary, "description": self.action},
        })
    }
}

/// An autoscaler runs as many pods as it may: more load would find no more.
pub fn autoscaler_at_maximum(autoscaler: &HorizontalPodAutoscaler, lasting: &str) -> Alert {
    let metadata = &autoscaler.metadata;
    let (name, namespace) = (metadata.name.as_deref(), metadata.namespace.as_deref());
    let labels = format!(
        "namespace={},horizontalpodautoscaler={}",
        promql_string(namespace.unwrap_or("default")),
        promql_string(name.unwrap_or_default())
    );
    Alert {
        name: "AutoscalerAtMaximum".into(),
        expr: format!(
            "kube_horizontalpodautoscaler_status_current_replicas{{{labels}}} >= kube_horizontalpodautoscaler_spec_max_replicas{{{labels}}}"
        ),
        lasting: lasting.to_owned(),
        severity: Severity::Warning,
        summary: "{{ $labels.horizontalpodautoscaler }} runs as many pods as it may".into(),
        action: "End the load, or let it have more pods: maxReplicas, where the nodes have room.".into(),
    }
}

/// A node is not ready: its kubelet says so, or says nothing any more.
pub fn node_gone(lasting: &str) -> Alert {
    Alert {
        name: "NodeGone".into(),
        // What a lost node last said becomes `unknown`, so that it is true no longer.
        expr: r#"kube_node_status_condition{condition="Ready",status="true"} == 0"#.into(),
        lasting: lasting.to_owned(),
        severity: Severity::Critical,
        summary: "Node {{ $labels.node }} is not ready".into(),
        action: "See whether it runs and can be reached, then what its kubelet logs.".into(),
    }
}

/// A disk that Prometheus may write to has less than 15 % left: its volume's where the kubelet measures that, and each node's root.
///
/// Kubelets evict pods from a node whose disk has less than 10 % left, K3s' from 5 %: Prometheus could be one of them.
pub fn prometheus_disk_filling(namespace: &str, lasting: &str) -> Alert {
    let volume = format!("namespace={},persistentvolumeclaim=~\"prometheus-.+\"", promql_string(namespace));
    // node-exporter's targets have no label with the node's name, only its address.
    let root = r#"mountpoint="/""#;
    Alert {
        name: "PrometheusDiskFilling".into(),
        expr: format!(
            "kubelet_volume_stats_available_bytes{{{volume}}} / kubelet_volume_stats_capacity_bytes{{{volume}}} < 0.15 \
             or node_filesystem_avail_bytes{{{root}}} / node_filesystem_size_bytes{{{root}}} < 0.15"
        ),
        lasting: lasting.to_owned(),
        severity: Severity::Critical,
        summary:
            "A disk that Prometheus may write to has {{ $value | humanizePercentage }} left ({{ $labels.instance }})"
                .into(),
        action: "Keep samples for less time or in less room (retention, retentionSize), or free the disk.".into(),
    }
}
