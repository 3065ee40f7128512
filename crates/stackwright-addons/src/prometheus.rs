//! Prometheus' own configuration, as code: `prometheus.yml` by types that hold what is used of it. What is left at Prometheus' default is
//! not written.

pub mod jobs;
mod relabel;

use std::collections::BTreeMap;

use serde::Serialize;

pub use relabel::{Action, Relabel};

/// `prometheus.yml`.
///
/// ```
/// use stackwright::yaml;
/// use stackwright_addons::prometheus::{Configuration, Global, jobs};
///
/// let configuration = Configuration {
///     global: Global { scrape_interval: Some("10s".into()), ..Default::default() },
///     scrape_configs: vec![jobs::itself(9090), jobs::kubelets()],
///     ..Default::default()
/// };
/// let text = yaml::to_string(&configuration)?;
/// assert!(text.starts_with("global:\n  scrape_interval: 10s\nscrape_configs:\n- job_name: prometheus\n"), "{text}");
/// # Ok::<(), yaml::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Configuration {
    /// What holds for all of it.
    #[serde(skip_serializing_if = "is_default")]
    pub global: Global,
    /// Where the files of rules are; the names may have stars.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rule_files: Vec<String>,
    /// Who is told of alerts.
    #[serde(skip_serializing_if = "is_default")]
    pub alerting: Alerting,
    /// What is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scrape_configs: Vec<ScrapeConfig>,
}

/// What holds for every job, unless it says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Global {
    /// The time between two readings of a target, such as `10s`; Prometheus' own is 1 min.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scrape_interval: Option<String>,
    /// How long a target may take, 10 s unless said otherwise: no longer than the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scrape_timeout: Option<String>,
    /// The time between two evaluations of a rule; Prometheus' own is 1 min.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_interval: Option<String>,
}

impl Global {
    /// One interval for readings and rules, such as `10s`. The time-out follows, where Prometheus would refuse its own as longer.
    pub fn every(interval: &str) -> Self {
        let seconds = interval.strip_suffix('s').and_then(|seconds| seconds.parse::<u32>().ok());
        let is_short = interval.ends_with("ms") || seconds.is_some_and(|seconds| seconds < 10);
        Self {
            scrape_interval: Some(interval.to_owned()),
            scrape_timeout: is_short.then(|| interval.to_owned()),
            evaluation_interval: Some(interval.to_owned()),
        }
    }
}

/// Who is told of alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Alerting {
    /// Alertmanagers.
    pub alertmanagers: Vec<Alertmanagers>,
}

/// Some Alertmanagers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Alertmanagers {
    /// Those that are known by their addresses.
    pub static_configs: Vec<StaticConfig>,
}

/// A job: targets that are found and read in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ScrapeConfig {
    /// The label `job` of all that is read: each job has another.
    pub job_name: String,
    /// Whether a label of the target's own wins over one that is given to it here: for what tells of others, such as kube-state-metrics.
    #[serde(skip_serializing_if = "is_default")]
    pub honor_labels: bool,
    /// Where the metrics are; Prometheus' own is `/metrics`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_path: Option<String>,
    /// How it is asked.
    #[serde(skip_serializing_if = "is_default")]
    pub scheme: Scheme,
    /// What is asked in the URL's query.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Vec<String>>,
    /// Who Prometheus says it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Authorization>,
    /// Whose certificates are believed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_config: Option<TlsConfig>,
    /// Targets that are known by their addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub static_configs: Vec<StaticConfig>,
    /// Targets that the API server names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kubernetes_sd_configs: Vec<KubernetesDiscovery>,
    /// Which of the targets are read, where, and with which labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relabel_configs: Vec<Relabel>,
    /// Which of the samples are kept, and with which labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metric_relabel_configs: Vec<Relabel>,
}

/// How a target is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// In the clear.
    #[default]
    Http,
    /// By TLS.
    Https,
}

/// Who Prometheus says it is, by a bearer token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authorization {
    /// The file with the token, which is read again when it changes.
    pub credentials_file: String,
}

/// Whose certificates are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TlsConfig {
    /// The file with the authority's certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
    /// Whether any certificate is believed.
    #[serde(skip_serializing_if = "is_default")]
    pub insecure_skip_verify: bool,
}

/// Targets that are known by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StaticConfig {
    /// Addresses with ports.
    pub targets: Vec<String>,
}

/// Targets that the API server names, to the account of Prometheus' pod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KubernetesDiscovery {
    /// Of which kind.
    pub role: Role,
    /// Only in these namespaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<Namespaces>,
}

/// The namespaces that are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Namespaces {
    /// Their names.
    pub names: Vec<String>,
}

impl KubernetesDiscovery {
    /// All of a kind, in every namespace.
    pub const fn of(role: Role) -> Self {
        Self { role, namespaces: None }
    }

    /// All of a kind in a namespace.
    pub fn within(namespace: &str, role: Role) -> Self {
        Self { role, namespaces: Some(Namespaces { names: vec![namespace.to_owned()] }) }
    }
}

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Role {
    /// A node, at its kubelet's port.
    Node,
    /// A port of a Service.
    Service,
    /// A port of a pod, each of its containers'.
    Pod,
    /// A port of what is behind a Service.
    EndpointSlice,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
