//! Prometheus without an operator, with Alertmanager and the exporters: the `prometheus` chart.
//!
//! It finds what to read by annotations of Services and pods, and takes rules from its values. Grafana is another chart:
//! [`grafana`](super::grafana).

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::{Affinity, ResourceRequirements, Toleration};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde_json::Value;

use super::kube_prometheus_stack::{ConfigReloader, KubeStateMetrics, NodeExporter};
use super::{ExternalTrafficPolicy, ServiceType, Switch, alertmanager, values};
use crate::release::Chart;

/// Where the chart comes from, and the version that these values belong to.
///
/// Read at prometheus-community/helm-charts, commit cf408a290aec, which has this very version, with alertmanager 1.42.0,
/// kube-state-metrics 8.4.0, prometheus-node-exporter 4.56.1 and prometheus-pushgateway 3.8.0 beside it. The chart asks for
/// `1.42.*`, `8.4.*`, `4.56.*` and `3.8.*`.
pub const CHART: Chart = Chart {
    repository: "https://prometheus-community.github.io/helm-charts",
    name: "prometheus",
    version: "29.27.0",
    digest: None,
};

/// The values that this version of the chart knows, for [`unknown_values`](super::unknown_values).
pub const KNOWN: &str = include_str!("known/prometheus-29.27.0.txt");

values! {
    rename_all = "camelCase";

    /// All values of the chart that can be set here.
    pub struct Values {
        /// Prometheus.
        pub server: Server,
        /// Prometheus' files.
        pub server_files: ServerFiles,
        /// The container that reloads configuration.
        pub configmap_reload: ConfigmapReload,
        /// Alertmanager.
        pub alertmanager: alertmanager::Values,
        /// Metrics of the state of Kubernetes' objects (`kube-state-metrics`).
        #[serde(rename = "kube-state-metrics")]
        pub kube_state_metrics: KubeStateMetrics,
        /// Metrics of each machine (`prometheus-node-exporter`).
        #[serde(rename = "prometheus-node-exporter")]
        pub prometheus_node_exporter: NodeExporter,
        /// Where jobs that end leave their metrics (`prometheus-pushgateway`). The chart installs it unless told otherwise.
        #[serde(rename = "prometheus-pushgateway")]
        pub prometheus_pushgateway: Switch,
    }

    /// Prometheus.
    pub struct Server {
        /// What holds for all that it reads.
        pub global: Global,
        /// The address that people type; links in alerts lead there (`baseURL`).
        #[serde(rename = "baseURL")]
        pub base_url: String,
        /// How long samples are kept, such as `7d`.
        pub retention: String,
        /// How much room they may take, such as `5GiB` (the unit is Prometheus' own, not Kubernetes').
        pub retention_size: String,
        /// CPU and memory of the pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run the pod.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pod puts up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours the pod prefers or refuses.
        pub affinity: Affinity,
        /// The volume of the samples. Prometheus does not support NFS.
        pub persistent_volume: PersistentVolume,
        /// Where they are kept without a volume.
        pub empty_dir: EmptyDir,
        /// The Service in front of it.
        pub service: Service,
    }

    /// The volume of the samples.
    pub struct PersistentVolume {
        /// Whether there is one. The chart's default is one of 8Gi.
        pub enabled: bool,
        /// Its size.
        pub size: Quantity,
        /// Its class.
        pub storage_class: String,
        /// How it is mounted, such as `ReadWriteOnce`.
        pub access_modes: Vec<String>,
        /// Name of a claim to use instead of the chart's own.
        pub existing_claim: String,
    }

    /// Where samples are kept without a volume: on the node's disk, until the pod leaves the node.
    pub struct EmptyDir {
        /// The most that they may take there, before the pod is evicted.
        pub size_limit: Quantity,
    }

    /// The Service in front of Prometheus. Of the chart's `externalIPs`, deprecated since Kubernetes 1.36, there is nothing here.
    pub struct Service {
        /// How it is reached (`type`).
        #[serde(rename = "type")]
        pub type_: ServiceType,
        /// Port of the Service; 80 unless set.
        pub service_port: u16,
        /// Port of every node, if the type is `NodePort`.
        pub node_port: u16,
        /// Annotations of the Service.
        pub annotations: BTreeMap<String, String>,
        /// Address that is asked of a load balancer (`loadBalancerIP`); MetalLB prefers an annotation.
        #[serde(rename = "loadBalancerIP")]
        pub load_balancer_ip: IpAddr,
        /// Which load balancer serves it, where there are several.
        pub load_balancer_class: String,
        /// Subnets from which a load balancer lets requests in.
        pub load_balancer_source_ranges: Vec<String>,
        /// Which nodes answer for it.
        pub external_traffic_policy: ExternalTrafficPolicy,
    }

    /// Prometheus' files.
    pub struct ServerFiles {
        /// Alerts, as a rule file of Prometheus.
        #[serde(rename = "alerting_rules.yml")]
        pub alerting_rules: Value,
        /// Series that are made of others, as a rule file of Prometheus.
        #[serde(rename = "recording_rules.yml")]
        pub recording_rules: Value,
    }

    /// The container that reloads configuration.
    pub struct ConfigmapReload {
        /// That of Prometheus' pod.
        pub prometheus: ConfigReloader,
    }
}

values! {
    rename_all = "snake_case";

    /// What holds for all that Prometheus reads.
    pub struct Global {
        /// Time between two readings of a target, such as `30s`; `1m` unless set.
        pub scrape_interval: String,
        /// How long a target may take, no longer than the interval; `10s` unless set.
        pub scrape_timeout: String,
        /// Time between two evaluations of a rule; `1m` unless set.
        pub evaluation_interval: String,
        /// Labels that name this Prometheus to other systems.
        pub external_labels: BTreeMap<String, String>,
    }
}
