//! Monitoring: Prometheus, Alertmanager, Grafana and the exporters, on a small cluster.

mod grafana;
mod kube_prometheus_stack;
mod node_exporter;
mod objects;
mod placement;
mod policies;
mod receiver;
mod separate;
mod sizes;
mod targets;
mod volumes;

use std::collections::BTreeMap;
use std::net::IpAddr;

use stackwright::prelude::*;

use crate::alerts::{self, Alert};
use crate::dashboard::Dashboard;

pub use receiver::{Messages, Receiver};
pub use sizes::{Size, Sizes};
pub use targets::scrape_annotations;
pub use volumes::{Directory, Storage, directories};

/// How a cluster is watched.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// The charts that make it, or none.
    pub charts: Charts,
    /// The name of the Helm release; with separate charts that of Prometheus', and Grafana's is the same with `-grafana`. Without charts it
    /// says nothing.
    pub release: String,
    /// CPU and memory of each part.
    pub sizes: Sizes,
    /// How people reach Grafana.
    pub grafana: Exposure,
    /// Whether other pages may show Grafana's panels in frames, and people without an account may look. Those change nothing, but see
    /// all that its one organisation has, and may ask Prometheus anything.
    pub embedded: bool,
    /// How people reach Prometheus, if they do. It asks nobody for a password.
    pub prometheus: Option<Exposure>,
    /// The time between two readings of a target and two evaluations of a rule, such as `10s`; none for the charts' own: 30 s with
    /// Prometheus' operator, 1 min without.
    pub interval: Option<String>,
    /// How long samples are kept at most, such as `7d`.
    pub retention: String,
    /// How much room samples may take, such as `4GiB`: the oldest go first.
    pub retention_size: String,
    /// Where samples are kept, and what people change in Grafana.
    pub storage: Storage,
    /// Where all of it runs but the node exporter, which is on each node.
    pub nodes: Nodes<'a>,
    /// Alerts beside the charts' own: kube-prometheus-stack has many, the others have none.
    pub alerts: Vec<Alert>,
    /// Dashboards of the cluster's own. Charts also find the ConfigMaps of other stacks; without, these are all.
    pub dashboards: Vec<Dashboard>,
    /// Whom Alertmanager tells of alerts; nobody, if none: then Grafana and Alertmanager's own page show them.
    pub receiver: Option<Receiver>,
}

/// The charts that make monitoring, or none.
///
/// All make the same of a configuration, but for a few things. Only with an operator other stacks may have objects of `monitoring.coreos.com`,
/// such as a `ServiceMonitor`: without, an object of that kind is found by `crd-missing`, and [`scrape_annotations`] say what it would.
/// And only kube-prometheus-stack brings alerts and dashboards of its own. What of the control plane shows metrics is read by it, and without
/// charts. There, Services are asked whether they answer that have the annotation `prometheus.io/probe: "true"`, and let the [`prober`] in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charts {
    /// kube-prometheus-stack: everything in one release, by Prometheus' operator.
    KubePrometheusStack,
    /// The charts `prometheus` and `grafana`, a release each: no operator, no webhook, less memory.
    Separate,
    /// None: every object is here, to be seen and changed, and nothing is needed that installs charts. All pods but node-exporter's are held
    /// to the level `restricted`.
    None,
}

/// Where pods may run.
#[derive(Debug, Clone, Copy)]
pub enum Nodes<'a> {
    /// On nodes that no taint keeps others from: the workers, on most clusters.
    Untainted,
    /// On those and on control planes, whose taints they put up with.
    Any,
    /// On this one alone, whose taints they put up with.
    One(&'a Node),
    /// On those with this label, a key and its value, whose taints they put up with.
    Labelled(&'a str, &'a str),
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

/// The pods that scrape, where monitoring is in this namespace: what a policy that lets them in names.
pub fn scraper(namespace: &str) -> App {
    App::new("prometheus", namespace)
}

/// The pods that ask Services whether they answer, where monitoring without charts is in this namespace: likewise.
pub fn prober(namespace: &str) -> App {
    App::new("blackbox-exporter", namespace)
}

/// Prometheus, Alertmanager, Grafana and the exporters, with their namespace and Grafana's administrator.
pub fn stack(config: &Config<'_>) -> Stack {
    let admin = SecretSpec {
        purpose: "Grafana's administrator".into(),
        after_rotation: grafana::after_rotation(config),
        ..SecretSpec::login(&config.namespace, "grafana-admin", "admin")
    };
    let mut objects = vec![namespace(&config.namespace, level(config.charts)).into()];
    objects.extend(policies::policies(config));
    objects.extend(volumes::local(config));
    if config.charts != Charts::None {
        let app = App::new("grafana", &config.namespace);
        objects.extend(config.dashboards.iter().map(|dashboard| dashboard.config_map(&app).into()));
    }
    let releases = match config.charts {
        Charts::KubePrometheusStack => {
            if !config.alerts.is_empty() {
                objects.push(alerts::rule(&scraper(&config.namespace), "alerts", &config.alerts));
            }
            vec![kube_prometheus_stack::release(config, &admin)]
        }
        Charts::Separate => {
            objects.extend(volumes::samples_claim(config).map(Object::from));
            separate::releases(config, &admin)
        }
        Charts::None => {
            objects.extend(objects::objects(config, &admin));
            vec![]
        }
    };
    Stack {
        releases,
        endpoints: endpoints(config),
        secrets: [admin].into_iter().chain(receiver::secret(config)).collect(),
        name: "monitoring".into(),
        objects,
        ..default()
    }
}

/// What its pods may do. Charts have node-exporter beside the others, which shares the host's network, processes and file systems: that is
/// what it measures.
fn level(charts: Charts) -> PodSecurity {
    match charts {
        Charts::KubePrometheusStack | Charts::Separate => PodSecurity::Privileged,
        Charts::None => PodSecurity::Restricted,
    }
}

/// The annotations by which a Service asks the platform's load balancer for an address.
fn load_balanced(config: &Config<'_>, address: IpAddr) -> Option<BTreeMap<String, String>> {
    config.platform.address_annotation.clone().map(|key| [(key, address.to_string())].into())
}

/// Where people find what they reach.
fn endpoints(config: &Config<'_>) -> Vec<Endpoint> {
    let prometheus = config.prometheus.as_ref().map(|exposure| Endpoint::new("Prometheus", exposure.url()));
    [Endpoint::new("Grafana", config.grafana.url())].into_iter().chain(prometheus).collect()
}
