//! Monitoring: Prometheus, Alertmanager, Grafana and the exporters, on a small cluster.

mod policies;

use std::net::IpAddr;

use k8s_openapi::api::core::v1::{EmptyDirVolumeSource, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use stackwright::charts::ServiceType;
use stackwright::charts::grafana::{self, Admin, Ini, IniAnalytics, IniServer, Sidecar};
use stackwright::charts::kube_prometheus_stack::{
    AdmissionWebhooks, AdmissionWebhooksPatch, Alertmanager, AlertmanagerSpec, CHART, ConfigReloader,
    ControlPlaneMonitor, KubeStateMetrics, NodeExporter, Prometheus, PrometheusOperator, PrometheusSpec, Storage,
    Values,
};
use stackwright::prelude::*;

/// How a cluster is watched.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// The name of the Helm release.
    pub release: String,
    /// The address that people reach Grafana at.
    pub grafana_address: IpAddr,
    /// How long samples are kept at most, such as `7d`. They lie on the disk of the node that Prometheus runs on, in a folder that ends with
    /// the pod: a drained or lost node, or an upgrade of the release, begins anew.
    pub retention: String,
    /// How much room samples may take, such as `4GiB`: the oldest go first.
    pub retention_size: String,
    /// How much of a node's disk Prometheus may take with its samples and the log of the newest, such as `6Gi`.
    pub storage: String,
}

/// Prometheus, Alertmanager, Grafana and the exporters, with their namespace and Grafana's administrator.
pub fn stack(config: &Config<'_>) -> Stack {
    let admin = SecretSpec {
        purpose: "Grafana's administrator".into(),
        after_rotation: vec![restart_grafana(config)],
        ..SecretSpec::login(&config.namespace, "grafana-admin", "admin")
    };
    let values = values(config, &admin);
    // node-exporter shares the host's network, processes and file systems, which is what it measures.
    let mut objects = vec![namespace(&config.namespace, PodSecurity::Privileged).into()];
    objects.extend(policies::policies(config));
    Stack {
        releases: vec![Release {
            pods: pods(config, &values),
            ..Release::new(&config.release, &config.namespace, CHART, &values)
        }],
        endpoints: vec![Endpoint::new("Grafana", grafana_url(config))],
        secrets: vec![admin],
        name: "monitoring".into(),
        objects,
        ..default()
    }
}

/// Grafana takes the password when it makes its database, and that is on an emptyDir here: a new pod has a new one (the volume
/// `storage` in the chart's `templates/_pod.tpl`).
fn restart_grafana(config: &Config) -> Step {
    let kubectl = format!("kubectl --namespace {} rollout", config.namespace);
    let grafana = format!("deployment/{}-grafana", config.release);
    Step::new(
        "restart Grafana, which forgets what was changed in it by hand",
        &format!("{kubectl} restart {grafana} && {kubectl} status --timeout=10m {grafana}"),
    )
}

/// The pods of the release; beside what they are, the operator adds a container that reloads the configuration to two of them.
fn pods(config: &Config<'_>, values: &Values) -> Vec<ProvidedPods> {
    let operator = values.prometheus_operator.as_ref();
    let reloader = operator.and_then(|operator| operator.prometheus_config_reloader.as_ref()?.resources.clone());
    let prometheus = values.prometheus.as_ref().and_then(|chart| chart.prometheus_spec.as_ref()?.resources.clone());
    let alertmanager =
        values.alertmanager.as_ref().and_then(|chart| chart.alertmanager_spec.as_ref()?.resources.clone());
    let grafana = values.grafana.as_ref().and_then(|chart| chart.resources.clone());
    let sidecar = values.grafana.as_ref().and_then(|chart| chart.sidecar.as_ref()?.resources.clone());
    let state_metrics = values.kube_state_metrics.as_ref().and_then(|chart| chart.resources.clone());
    let exporter = values.prometheus_node_exporter.as_ref().and_then(|chart| chart.resources.clone());
    let pods = |name: &str, spread, containers: &[Option<ResourceRequirements>]| ProvidedPods {
        name: format!("{}-{name}", config.release),
        containers: containers.iter().map(|resources| resources.clone().unwrap_or_default()).collect(),
        spread,
    };
    vec![
        pods("prometheus", Spread::Workers(1), &[prometheus, reloader.clone()]),
        pods("alertmanager", Spread::Workers(1), &[alertmanager, reloader]),
        pods("grafana", Spread::Workers(1), &[grafana, sidecar.clone(), sidecar]),
        pods("operator", Spread::Workers(1), &[operator.and_then(|operator| operator.resources.clone())]),
        pods("kube-state-metrics", Spread::Workers(1), &[state_metrics]),
        pods("node-exporter", Spread::EveryNode, &[exporter]),
    ]
}

// On four machines the requests come to 0.3 CPU and 1.2 GiB, the largest pod's to 0.5 GiB: a worker of 2.5 GB that runs
// a database pod, two web pods and the node's own pods has that much left.
fn values(config: &Config<'_>, admin: &SecretSpec) -> Values {
    Values {
        prometheus: Some(prometheus(config)),
        grafana: Some(grafana(config, admin)),
        alertmanager: Some(Alertmanager {
            alertmanager_spec: Some(AlertmanagerSpec {
                resources: Some(resources(("10m", "48Mi"), ("100m", "128Mi"))),
                ..default()
            }),
            ..default()
        }),
        prometheus_operator: Some(PrometheusOperator {
            resources: Some(resources(("20m", "64Mi"), ("200m", "192Mi"))),
            admission_webhooks: Some(AdmissionWebhooks {
                patch: Some(AdmissionWebhooksPatch {
                    resources: Some(resources(("5m", "32Mi"), ("100m", "64Mi"))),
                    ..default()
                }),
                ..default()
            }),
            prometheus_config_reloader: Some(ConfigReloader {
                resources: Some(resources(("5m", "24Mi"), ("50m", "64Mi"))),
            }),
            ..default()
        }),
        kube_state_metrics: Some(KubeStateMetrics {
            resources: Some(resources(("10m", "48Mi"), ("100m", "128Mi"))),
            // No rule or dashboard needs them, and then it may not read them.
            collectors_exclude: Some(vec!["secrets".into()]),
            ..default()
        }),
        prometheus_node_exporter: Some(NodeExporter {
            resources: Some(resources(("20m", "32Mi"), ("200m", "64Mi"))),
            ..default()
        }),
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
    // On the node's disk: Prometheus does not support NFS, which is the only class here. Samples outlive the container, but not the pod.
    let disk = EmptyDirVolumeSource { size_limit: Some(Quantity(config.storage.clone())), ..default() };
    Prometheus {
        prometheus_spec: Some(PrometheusSpec {
            retention: Some(config.retention.clone()),
            retention_size: Some(config.retention_size.clone()),
            storage_spec: Some(Storage { empty_dir: Some(disk), ..default() }),
            resources: Some(resources(("100m", "512Mi"), ("1", "1Gi"))),
            // Monitors and rules of other stacks count without knowing this release's name.
            service_monitor_selector_nil_uses_helm_values: Some(false),
            pod_monitor_selector_nil_uses_helm_values: Some(false),
            rule_selector_nil_uses_helm_values: Some(false),
            ..default()
        }),
        ..default()
    }
}

fn grafana(config: &Config<'_>, admin: &SecretSpec) -> grafana::Values {
    grafana::Values {
        admin: Some(Admin {
            existing_secret: Some(admin.name.clone()),
            user_key: Some("username".into()),
            password_key: Some("password".into()),
        }),
        service: Some(grafana::Service {
            type_: Some(ServiceType::LoadBalancer),
            annotations: config
                .platform
                .address_annotation
                .clone()
                .map(|key| [(key, config.grafana_address.to_string())].into()),
            ..default()
        }),
        resources: Some(resources(("50m", "192Mi"), ("500m", "512Mi"))),
        // One container each for dashboards and data sources.
        sidecar: Some(Sidecar { resources: Some(resources(("5m", "80Mi"), ("100m", "192Mi"))), ..default() }),
        grafana_ini: Some(Ini {
            server: Some(IniServer { root_url: Some(grafana_url(config)), ..default() }),
            analytics: Some(IniAnalytics {
                check_for_updates: Some(false),
                check_for_plugin_updates: Some(false),
                reporting_enabled: Some(false),
            }),
            ..default()
        }),
        ..default()
    }
}

fn grafana_url(config: &Config<'_>) -> String {
    format!("http://{}/", config.grafana_address)
}
