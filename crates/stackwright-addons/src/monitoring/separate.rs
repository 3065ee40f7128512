//! The charts `prometheus` and `grafana`, a release each: what Prometheus' operator would make is said in their values.

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use stackwright::charts::grafana::{self as grafana_chart, DashboardsSidecar, DataSources, Sidecar};
use stackwright::charts::kube_prometheus_stack::{ConfigReloader, KubeStateMetrics, NodeExporter};
use stackwright::charts::prometheus::{
    CHART, ConfigmapReload, EmptyDir, Global, PersistentVolume, Server, ServerFiles, Service, Values,
};
use stackwright::charts::{OFF, ServiceType, alertmanager};
use stackwright::prelude::*;

use super::node_exporter::WITHOUT_PODS_VOLUMES;
use super::placement::Placement;
use super::volumes::SAMPLES;
use super::{Config, Exposure, Size, Storage, grafana, load_balanced, receiver, scrape_annotations};
use crate::{alerts, prometheus};

/// The folder of Alertmanager's container with the receiver's Secret: not below that of its configuration, where nothing can be mounted.
const RECEIVER: &str = "/etc/alertmanager-receiver";

pub(super) fn releases(config: &Config<'_>, admin: &SecretSpec) -> Vec<Release> {
    let Config { release, namespace, sizes, .. } = config;
    let spread = Placement::of(config).spread;
    let pods = |name: &str, spread: &Spread, containers: &[Size]| ProvidedPods {
        name: format!("{release}-{name}"),
        containers: containers.iter().map(|size| size.resources()).collect(),
        spread: spread.clone(),
    };
    let prometheus = Release::new(release, namespace, CHART, &prometheus_values(config));
    let name = format!("{release}-grafana");
    let grafana = Release::new(&name, namespace, grafana_chart::CHART, &grafana_values(config, admin));
    vec![
        Release {
            pods: vec![
                pods("server", &spread, &[sizes.prometheus, sizes.reloader]),
                pods("alertmanager", &spread, &[sizes.alertmanager]),
                pods("kube-state-metrics", &spread, &[sizes.kube_state_metrics]),
                pods("node-exporter", &Spread::EveryNode, &[sizes.node_exporter]),
            ],
            ..prometheus
        },
        Release { pods: vec![pods("grafana", &spread, &[sizes.grafana, sizes.sidecar])], ..grafana },
    ]
}

fn prometheus_values(config: &Config<'_>) -> Values {
    let Placement { node_selector, tolerations, .. } = Placement::of(config);
    let sizes = &config.sizes;
    Values {
        server: Some(server(config)),
        server_files: (!config.alerts.is_empty())
            .then(|| ServerFiles { alerting_rules: Some(alerts::rules("alerts", &config.alerts)), ..default() }),
        configmap_reload: Some(ConfigmapReload {
            prometheus: Some(ConfigReloader { resources: Some(sizes.reloader.resources()) }),
        }),
        alertmanager: Some(alertmanager::Values {
            config: receiver::configuration(config, RECEIVER),
            service: Some(alertmanager::Service {
                annotations: Some(scrape_annotations(9093, "/metrics")),
                ..default()
            }),
            resources: Some(sizes.alertmanager.resources()),
            node_selector: node_selector.clone(),
            tolerations: tolerations.clone(),
            // Silences and what it told end with the pod, as the operator has it too: then what lasts is told once more.
            persistence: Some(alertmanager::Persistence { enabled: Some(false), ..default() }),
            extra_secret_mounts: config.receiver.as_ref().map(|_| {
                vec![alertmanager::SecretMount {
                    name: Some("receiver".into()),
                    secret_name: Some(receiver::SECRET.into()),
                    mount_path: Some(RECEIVER.into()),
                    read_only: Some(true),
                }]
            }),
            ..default()
        }),
        kube_state_metrics: Some(KubeStateMetrics {
            resources: Some(sizes.kube_state_metrics.resources()),
            node_selector,
            tolerations,
            // No rule or dashboard needs them, and then it may not read them.
            collectors_exclude: Some(vec!["secrets".into()]),
            ..default()
        }),
        prometheus_node_exporter: Some(NodeExporter {
            resources: Some(sizes.node_exporter.resources()),
            extra_args: Some(vec![WITHOUT_PODS_VOLUMES.into()]),
            ..default()
        }),
        // Nothing here is a job whose metrics would have to outlive it.
        prometheus_pushgateway: Some(OFF),
    }
}

fn server(config: &Config<'_>) -> Server {
    let Placement { node_selector, tolerations, .. } = Placement::of(config);
    let (persistent_volume, empty_dir) = match &config.storage {
        Storage::NodeDisk { samples } => (
            PersistentVolume { enabled: Some(false), ..default() },
            Some(EmptyDir { size_limit: Some(Quantity(samples.clone())) }),
        ),
        Storage::Volumes { .. } | Storage::Directories { .. } => {
            (PersistentVolume { existing_claim: Some(SAMPLES.into()), ..default() }, None)
        }
    };
    Server {
        global: config.interval.as_deref().map(global),
        retention: Some(config.retention.clone()),
        retention_size: Some(config.retention_size.clone()),
        resources: Some(config.sizes.prometheus.resources()),
        node_selector,
        tolerations,
        persistent_volume: Some(persistent_volume),
        empty_dir,
        service: config.prometheus.as_ref().map(|exposure| match exposure {
            Exposure::LoadBalancer(address) => Service {
                type_: Some(ServiceType::LoadBalancer),
                annotations: load_balanced(config, *address),
                ..default()
            },
            Exposure::NodePort { port, .. } => {
                Service { type_: Some(ServiceType::NodePort), node_port: Some(*port), ..default() }
            }
        }),
        ..default()
    }
}

fn global(interval: &str) -> Global {
    let all = prometheus::Global::every(interval);
    Global {
        scrape_interval: all.scrape_interval,
        scrape_timeout: all.scrape_timeout,
        evaluation_interval: all.evaluation_interval,
        ..default()
    }
}

fn grafana_values(config: &Config<'_>, admin: &SecretSpec) -> grafana_chart::Values {
    let mut values = grafana::values(config, admin);
    let annotations = values.service.get_or_insert_default().annotations.get_or_insert_default();
    annotations.extend(scrape_annotations(3000, "/metrics"));
    grafana_chart::Values {
        sidecar: values.sidecar.map(|sidecar| Sidecar {
            dashboards: Some(DashboardsSidecar {
                enabled: Some(true),
                search_namespace: Some("ALL".into()),
                ..default()
            }),
            ..sidecar
        }),
        datasources: Some([("datasources.yaml".to_owned(), data_sources(config))].into()),
        ..values
    }
}

/// What kube-prometheus-stack gives its Grafana by a `ConfigMap`.
fn data_sources(config: &Config<'_>) -> DataSources {
    let url = |service: &str, port: u16| {
        format!("http://{service}.{}.svc.{}:{port}", config.namespace, config.platform.domain)
    };
    grafana::data_sources(
        config,
        url(&service(config, "prometheus", "-server"), 80),
        url(&service(config, "alertmanager", ""), 9093),
    )
}

/// The name of a Service of the release, by the charts' `fullname` templates: a release that has the part in its name is not given it again.
fn service(config: &Config<'_>, part: &str, end: &str) -> String {
    let release = &config.release;
    if release.contains(part) { format!("{release}{end}") } else { format!("{release}-{part}{end}") }
}
