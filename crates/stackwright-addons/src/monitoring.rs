//! Monitoring: Prometheus, Alertmanager, Grafana and the exporters, on a small cluster.

mod grafana;
mod placement;
mod policies;
mod prometheus;

use std::net::{IpAddr, SocketAddr};

use k8s_openapi::api::core::v1::ResourceRequirements;
use stackwright::charts::kube_prometheus_stack::{
    AdmissionWebhooks, AdmissionWebhooksPatch, Alertmanager, AlertmanagerSpec, CHART, ConfigReloader,
    ControlPlaneMonitor, KubeStateMetrics, NodeExporter, PrometheusOperator, Values,
};
use stackwright::prelude::*;

use crate::alerts::{self, Alert};
use placement::Placement;

/// How a cluster is watched.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// The name of the Helm release.
    pub release: String,
    /// How people reach Grafana.
    pub grafana: Exposure,
    /// Whether other pages may show Grafana's panels in frames, and people without an account may look. Those change nothing, but see
    /// all that its one organisation has, and may ask Prometheus anything.
    pub embedded: bool,
    /// The port of every node at which people reach Prometheus, such as 30100, if they do. It asks nobody for a password.
    pub prometheus_node_port: Option<u16>,
    /// The time between two readings of a target and two evaluations of a rule, such as `10s`; none for Prometheus operator's own, 30 s.
    pub interval: Option<String>,
    /// How long samples are kept at most, such as `7d`.
    pub retention: String,
    /// How much room samples may take, such as `4GiB`: the oldest go first.
    pub retention_size: String,
    /// Where samples are kept, and what people change in Grafana.
    pub storage: Storage,
    /// The node that runs all of it but the node exporter, which is on each; none where any will do.
    pub node: Option<&'a Node>,
    /// Alerts beside the chart's own.
    pub alerts: Vec<Alert>,
}

/// How people reach something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exposure {
    /// At an address that the platform's load balancer gives it.
    LoadBalancer(IpAddr),
    /// At a port of every node. The URL is what people type: a router or a proxy in front may have another port.
    NodePort {
        /// The port, such as 30090.
        port: u16,
        /// The URL, such as `http://course.example:30090/`.
        url: String,
    },
}

impl Exposure {
    /// What people type.
    pub fn url(&self) -> String {
        match self {
            Self::LoadBalancer(IpAddr::V4(address)) => format!("http://{address}/"),
            Self::LoadBalancer(IpAddr::V6(address)) => format!("http://[{address}]/"),
            Self::NodePort { url, .. } => url.clone(),
        }
    }
}

/// Where samples are kept, and what people change in Grafana.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// On the disk of each pod's node, in a folder that ends with the pod: a drained or lost node, or an upgrade of the release, begins anew.
    NodeDisk {
        /// How much of it Prometheus may take with its samples and the log of the newest, such as `6Gi`.
        samples: String,
    },
    /// On volumes that outlive the pods.
    Volumes {
        /// Their class. Prometheus does not support NFS.
        class: String,
        /// The size of Prometheus' own. Not every class holds it to that: `local-path` does not.
        samples: String,
        /// The size of Grafana's own.
        grafana: String,
    },
}

/// The pods that scrape, where monitoring is in this namespace: what a policy that lets them in names.
pub fn scraper(namespace: &str) -> App {
    App::new("prometheus", namespace)
}

/// Prometheus, Alertmanager, Grafana and the exporters, with their namespace and Grafana's administrator.
pub fn stack(config: &Config<'_>) -> Stack {
    let admin = SecretSpec {
        purpose: "Grafana's administrator".into(),
        after_rotation: grafana::after_rotation(config),
        ..SecretSpec::login(&config.namespace, "grafana-admin", "admin")
    };
    let values = values(config, &admin);
    // node-exporter shares the host's network, processes and file systems, which is what it measures.
    let mut objects = vec![namespace(&config.namespace, PodSecurity::Privileged).into()];
    objects.extend(policies::policies(config));
    if !config.alerts.is_empty() {
        objects.push(alerts::rule(&scraper(&config.namespace), "alerts", &config.alerts));
    }
    Stack {
        releases: vec![Release {
            pods: pods(config, &values),
            ..Release::new(&config.release, &config.namespace, CHART, &values)
        }],
        endpoints: endpoints(config),
        secrets: vec![admin],
        name: "monitoring".into(),
        objects,
        ..default()
    }
}

/// Where people find what they reach.
fn endpoints(config: &Config<'_>) -> Vec<Endpoint> {
    let node = config.node.or(config.platform.nodes.first());
    let prometheus = config.prometheus_node_port.zip(node).map(|(port, node)| SocketAddr::new(node.address, port));
    let prometheus = prometheus.map(|address| Endpoint::new("Prometheus", format!("http://{address}/")));
    [Endpoint::new("Grafana", config.grafana.url())].into_iter().chain(prometheus).collect()
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
    let spread = Placement::of(config).spread(config.platform);
    let pods = |name: &str, spread: &Spread, containers: &[Option<ResourceRequirements>]| ProvidedPods {
        name: format!("{}-{name}", config.release),
        containers: containers.iter().map(|resources| resources.clone().unwrap_or_default()).collect(),
        spread: spread.clone(),
    };
    vec![
        pods("prometheus", &spread, &[prometheus, reloader.clone()]),
        pods("alertmanager", &spread, &[alertmanager, reloader]),
        pods("grafana", &spread, &[grafana, sidecar.clone(), sidecar]),
        pods("operator", &spread, &[operator.and_then(|operator| operator.resources.clone())]),
        pods("kube-state-metrics", &spread, &[state_metrics]),
        pods("node-exporter", &Spread::EveryNode, &[exporter]),
    ]
}

// On four machines the requests come to 0.3 CPU and 1.2 GiB, the largest pod's to 0.5 GiB: a worker of 2.5 GB that runs
// a database pod, two web pods and the node's own pods has that much left.
fn values(config: &Config<'_>, admin: &SecretSpec) -> Values {
    // The chart has no selector for all of it: each part reads its own.
    let Placement { node_selector, tolerations } = Placement::of(config);
    Values {
        prometheus: Some(prometheus::values(config)),
        grafana: Some(grafana::values(config, admin)),
        alertmanager: Some(Alertmanager {
            alertmanager_spec: Some(AlertmanagerSpec {
                resources: Some(resources(("10m", "48Mi"), ("100m", "128Mi"))),
                node_selector: node_selector.clone(),
                tolerations: tolerations.clone(),
                ..default()
            }),
            ..default()
        }),
        prometheus_operator: Some(PrometheusOperator {
            resources: Some(resources(("20m", "64Mi"), ("200m", "192Mi"))),
            node_selector: node_selector.clone(),
            tolerations: tolerations.clone(),
            admission_webhooks: Some(AdmissionWebhooks {
                patch: Some(AdmissionWebhooksPatch {
                    resources: Some(resources(("5m", "32Mi"), ("100m", "64Mi"))),
                    node_selector: node_selector.clone(),
                    tolerations: tolerations.clone(),
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
            node_selector: node_selector.clone(),
            tolerations: tolerations.clone(),
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
