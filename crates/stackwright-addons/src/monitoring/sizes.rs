//! How much CPU and memory each part of monitoring asks for, and may use.

use k8s_openapi::api::core::v1::ResourceRequirements;
use stackwright::prelude::*;

/// CPU and memory of each part, for each of its containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Prometheus.
    pub prometheus: Size,
    /// Alertmanager.
    pub alertmanager: Size,
    /// Grafana.
    pub grafana: Size,
    /// Each container beside Grafana that loads dashboards or data sources.
    pub sidecar: Size,
    /// kube-state-metrics.
    pub kube_state_metrics: Size,
    /// node-exporter, on every node.
    pub node_exporter: Size,
    /// Each container that reloads configuration.
    pub reloader: Size,
    /// Prometheus' operator; with separate charts there is none.
    pub operator: Size,
    /// The Jobs that make the certificate of the operator's webhook, likewise.
    pub webhook_job: Size,
}

/// CPU and memory of a container, in Kubernetes' notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The CPU and memory that it asks for: the scheduler finds a node that has them.
    pub requests: (&'static str, &'static str),
    /// The CPU and memory that it may use: beyond the memory it is ended. Nobody looks whether a node has them.
    pub limits: (&'static str, &'static str),
}

impl Size {
    const fn new(requests: (&'static str, &'static str), limits: (&'static str, &'static str)) -> Self {
        Self { requests, limits }
    }

    pub(super) fn resources(self) -> ResourceRequirements {
        resources(self.requests, self.limits)
    }
}

impl Sizes {
    /// For a cluster of a few small machines. Of four the requests come to 0.3 CPU and 1.2 GiB, the largest pod's to 0.5 GiB: a worker
    /// of 2.5 GB that runs a database pod, two web pods and the node's own pods has that much left.
    pub const SMALL: Self = Self {
        prometheus: Size::new(("100m", "512Mi"), ("1", "1Gi")),
        alertmanager: Size::new(("10m", "48Mi"), ("100m", "128Mi")),
        grafana: Size::new(("50m", "192Mi"), ("500m", "512Mi")),
        sidecar: Size::new(("5m", "80Mi"), ("100m", "192Mi")),
        kube_state_metrics: Size::new(("10m", "48Mi"), ("100m", "128Mi")),
        node_exporter: Size::new(("20m", "32Mi"), ("200m", "64Mi")),
        reloader: Size::new(("5m", "24Mi"), ("50m", "64Mi")),
        operator: Size::new(("20m", "64Mi"), ("200m", "192Mi")),
        webhook_job: Size::new(("5m", "32Mi"), ("100m", "64Mi")),
    };

    /// For a few nodes that are read once a minute: Prometheus and Grafana are each held to half a gibibyte.
    pub const LEAN: Self = Self {
        prometheus: Size::new(("250m", "256Mi"), ("500m", "512Mi")),
        grafana: Size::new(("100m", "256Mi"), ("250m", "512Mi")),
        ..Self::SMALL
    };

    /// For nodes of 16 GiB and more: Prometheus alone may use eight. On smaller ones `limit-overcommit` says so, or `pod-fits-no-node`.
    pub const LARGE: Self = Self {
        prometheus: Size::new(("500m", "2Gi"), ("2", "8Gi")),
        alertmanager: Size::new(("100m", "256Mi"), ("500m", "1Gi")),
        grafana: Size::new(("100m", "128Mi"), ("500m", "512Mi")),
        kube_state_metrics: Size::new(("100m", "128Mi"), ("500m", "512Mi")),
        node_exporter: Size::new(("50m", "64Mi"), ("200m", "256Mi")),
        ..Self::SMALL
    };
}
