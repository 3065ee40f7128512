//! kube-prometheus-stack: everything in one release, by Prometheus' operator.

use k8s_openapi::api::core::v1::EmptyDirVolumeSource;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde_json::json;
use stackwright::charts::ServiceType;
use stackwright::charts::kube_prometheus_stack::{
    self as chart, AdmissionWebhooks, AdmissionWebhooksPatch, Alertmanager, AlertmanagerSpec, CHART, ConfigReloader,
    ControlPlaneMonitor, KubeStateMetrics, NodeExporter, Prometheus, PrometheusOperator, PrometheusSpec, Values,
    VolumeClaimTemplate,
};
use stackwright::prelude::*;

use super::placement::Placement;
use super::{Config, Exposure, Size, Storage, grafana, load_balanced, receiver, volumes};

/// The folder of Alertmanager's container in which its operator puts the receiver's Secret.
const RECEIVER: &str = "/etc/alertmanager/secrets/alertmanager-receiver";

pub(super) fn release(config: &Config<'_>, admin: &SecretSpec) -> Release {
    let values = values(config, admin);
    Release { pods: pods(config), ..Release::new(&config.release, &config.namespace, CHART, &values) }
}

/// The pods of the release; beside what they are, the operator adds a container that reloads the configuration to two of them.
fn pods(config: &Config<'_>) -> Vec<ProvidedPods> {
    let (sizes, spread) = (&config.sizes, Placement::of(config).spread);
    let pods = |name: &str, spread: &Spread, containers: &[Size]| ProvidedPods {
        name: format!("{}-{name}", config.release),
        containers: containers.iter().map(|size| size.resources()).collect(),
        spread: spread.clone(),
    };
    vec![
        pods("prometheus", &spread, &[sizes.prometheus, sizes.reloader]),
        pods("alertmanager", &spread, &[sizes.alertmanager, sizes.reloader]),
        pods("grafana", &spread, &[sizes.grafana, sizes.sidecar, sizes.sidecar]),
        pods("operator", &spread, &[sizes.operator]),
        pods("kube-state-metrics", &spread, &[sizes.kube_state_metrics]),
        pods("node-exporter", &Spread::EveryNode, &[sizes.node_exporter]),
    ]
}

fn values(config: &Config<'_>, admin: &SecretSpec) -> Values {
    // The chart has no selector for all of it: each part reads its own.
    let Placement { node_selector, tolerations, .. } = Placement::of(config);
    let sizes = &config.sizes;
    Values {
        prometheus: Some(prometheus(config)),
        grafana: Some(grafana::values(config, admin)),
        alertmanager: Some(Alertmanager {
            alertmanager_spec: Some(AlertmanagerSpec {
                resources: Some(sizes.alertmanager.resources()),
                node_selector: node_selector.clone(),
                tolerations: tolerations.clone(),
                secrets: config.receiver.as_ref().map(|_| vec![receiver::SECRET.into()]),
                ..default()
            }),
            config: receiver::configuration(config, RECEIVER).map(|config| json!(config)),
            ..default()
        }),
        prometheus_operator: Some(PrometheusOperator {
            resources: Some(sizes.operator.resources()),
            node_selector: node_selector.clone(),
            tolerations: tolerations.clone(),
            admission_webhooks: Some(AdmissionWebhooks {
                patch: Some(AdmissionWebhooksPatch {
                    resources: Some(sizes.webhook_job.resources()),
                    node_selector: node_selector.clone(),
                    tolerations: tolerations.clone(),
                }),
                ..default()
            }),
            prometheus_config_reloader: Some(ConfigReloader { resources: Some(sizes.reloader.resources()) }),
            ..default()
        }),
        kube_state_metrics: Some(KubeStateMetrics {
            resources: Some(sizes.kube_state_metrics.resources()),
            node_selector: node_selector.clone(),
            tolerations: tolerations.clone(),
            // No rule or dashboard needs them, and then it may not read them.
            collectors_exclude: Some(vec!["secrets".into()]),
            ..default()
        }),
        prometheus_node_exporter: Some(NodeExporter { resources: Some(sizes.node_exporter.resources()), ..default() }),
        // A monitor of what shows nothing would be an alert that never ends.
        kube_etcd: unless_scraped(config, Component::Etcd),
        kube_proxy: unless_scraped(config, Component::Proxy),
        kube_controller_manager: unless_scraped(config, Component::ControllerManager),
        kube_scheduler: unless_scraped(config, Component::Scheduler),
        ..default()
    }
}

/// No monitor of a part of the control plane that shows no metrics.
fn unless_scraped(config: &Config<'_>, component: Component) -> Option<ControlPlaneMonitor> {
    let is_scraped = config.platform.scraped.contains(&component);
    (!is_scraped).then(|| ControlPlaneMonitor { enabled: Some(false), ..default() })
}

fn prometheus(config: &Config<'_>) -> Prometheus {
    let Placement { node_selector, tolerations, .. } = Placement::of(config);
    Prometheus {
        // Never without a number: the chart's own is 30090, which people like for Grafana.
        service: config.prometheus.as_ref().map(|exposure| match exposure {
            Exposure::LoadBalancer(address) => chart::Service {
                type_: Some(ServiceType::LoadBalancer),
                port: Some(80),
                annotations: load_balanced(config, *address),
                ..default()
            },
            Exposure::NodePort { port, .. } => {
                chart::Service { type_: Some(ServiceType::NodePort), node_port: Some(*port), ..default() }
            }
        }),
        prometheus_spec: Some(PrometheusSpec {
            retention: Some(config.retention.clone()),
            retention_size: Some(config.retention_size.clone()),
            scrape_interval: config.interval.clone(),
            evaluation_interval: config.interval.clone(),
            storage_spec: Some(storage(config)),
            resources: Some(config.sizes.prometheus.resources()),
            node_selector,
            tolerations,
            // Monitors and rules of other stacks count without knowing this release's name.
            service_monitor_selector_nil_uses_helm_values: Some(false),
            pod_monitor_selector_nil_uses_helm_values: Some(false),
            rule_selector_nil_uses_helm_values: Some(false),
            ..default()
        }),
    }
}

fn storage(config: &Config<'_>) -> chart::Storage {
    // Samples outlive the container, but not the pod.
    if let Storage::NodeDisk { samples } = &config.storage {
        let disk = EmptyDirVolumeSource { size_limit: Some(Quantity(samples.clone())), ..default() };
        return chart::Storage { empty_dir: Some(disk), ..default() };
    }
    let claim = volumes::samples_claim(config).and_then(|claim| claim.spec);
    chart::Storage { volume_claim_template: Some(VolumeClaimTemplate { spec: claim }), ..default() }
}
