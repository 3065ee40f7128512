//! Prometheus with its operator, Alertmanager, Grafana and the exporters: the kube-prometheus-stack chart.

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::{
    Affinity, EmptyDirVolumeSource, PersistentVolumeClaimSpec, PodSecurityContext, ResourceRequirements, Toleration,
};
use serde_json::Value;

use super::{ExternalTrafficPolicy, ServiceType, Switch, grafana, values};
use crate::release::Chart;

/// Where the chart comes from, and the version that these values belong to.
pub const CHART: Chart = Chart {
    repository: "https://prometheus-community.github.io/helm-charts",
    name: "kube-prometheus-stack",
    version: "88.5.3",
    digest: None,
};

/// The values that this version of the chart knows, for [`unknown_values`](super::unknown_values).
pub const KNOWN: &str = include_str!("known/kube-prometheus-stack-88.5.3.txt");

values! {
    rename_all = "camelCase";

    /// All values of the chart that can be set here.
    pub struct Values {
        /// The operator's kinds, such as `ServiceMonitor` and `PrometheusRule`.
        pub crds: Switch,
        /// The alerts and recording rules that come with the chart.
        pub default_rules: DefaultRules,
        /// Grafana.
        pub grafana: grafana::Values,
        /// Prometheus.
        pub prometheus: Prometheus,
        /// Alertmanager.
        pub alertmanager: Alertmanager,
        /// The operator that runs Prometheus and Alertmanager.
        pub prometheus_operator: PrometheusOperator,
        /// Metrics of the state of Kubernetes' objects (`kube-state-metrics`).
        #[serde(rename = "kube-state-metrics")]
        pub kube_state_metrics: KubeStateMetrics,
        /// Metrics of each machine (`prometheus-node-exporter`).
        #[serde(rename = "prometheus-node-exporter")]
        pub prometheus_node_exporter: NodeExporter,
        /// Metrics of the API server.
        pub kube_api_server: Switch,
        /// Metrics of the kubelets and their containers.
        pub kubelet: Switch,
        /// Metrics of the cluster's name server.
        pub core_dns: Switch,
        /// Metrics of etcd, with the alerts on them.
        pub kube_etcd: ControlPlaneMonitor,
        /// Metrics of the controller manager, with the alerts on them.
        pub kube_controller_manager: ControlPlaneMonitor,
        /// Metrics of the scheduler, with the alerts on them.
        pub kube_scheduler: ControlPlaneMonitor,
        /// Metrics of kube-proxy, with the alerts on them.
        pub kube_proxy: ControlPlaneMonitor,
    }

    /// The alerts and recording rules that come with the chart.
    pub struct DefaultRules {
        /// Whether they are installed.
        pub create: bool,
        /// Alerts that are left out: `true` by the alert's name.
        pub disabled: BTreeMap<String, bool>,
    }

    /// Metrics of a part of the control plane. Switched on where they can't be read, its alerts fire for ever.
    pub struct ControlPlaneMonitor {
        /// Whether they are read.
        pub enabled: bool,
        /// Addresses of the machines it runs on, if it does not run in pods.
        pub endpoints: Vec<IpAddr>,
    }

    /// Prometheus.
    pub struct Prometheus {
        /// The Service in front of it.
        pub service: Service,
        /// How it runs, what it reads and how long it keeps it.
        pub prometheus_spec: PrometheusSpec,
    }

    /// How Prometheus runs, what it reads and how long it keeps it.
    pub struct PrometheusSpec {
        /// Number of copies; each reads and keeps everything.
        pub replicas: u32,
        /// How long samples are kept, such as `7d`.
        pub retention: String,
        /// How much room they may take, such as `5GiB` (the unit is Prometheus' own, not Kubernetes').
        pub retention_size: String,
        /// Time between two readings of a target, such as `30s`.
        pub scrape_interval: String,
        /// Time between two evaluations of a rule.
        pub evaluation_interval: String,
        /// The address that people type; links in alerts lead there.
        pub external_url: String,
        /// Labels that name this Prometheus to other systems.
        pub external_labels: BTreeMap<String, String>,
        /// CPU and memory of each pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run the pods.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pods put up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours the pods prefer or refuse.
        pub affinity: Affinity,
        /// Where samples are kept. Prometheus does not support NFS.
        pub storage_spec: Storage,
        /// User, group and further limits of the pods.
        pub security_context: PodSecurityContext,
        /// `false`: every `ServiceMonitor` of the cluster counts, not only those with the release's label.
        pub service_monitor_selector_nil_uses_helm_values: bool,
        /// The same for each `PodMonitor`.
        pub pod_monitor_selector_nil_uses_helm_values: bool,
        /// The same for each `PrometheusRule`.
        pub rule_selector_nil_uses_helm_values: bool,
        /// The same for each `Probe`.
        pub probe_selector_nil_uses_helm_values: bool,
        /// The same for each `ScrapeConfig`.
        pub scrape_config_selector_nil_uses_helm_values: bool,
        /// Targets that no object of the cluster describes, as Prometheus' `scrape_configs`.
        pub additional_scrape_configs: Vec<Value>,
    }

    /// Where Prometheus or Alertmanager keeps its data: one of the two.
    pub struct Storage {
        /// On a volume of its own.
        pub volume_claim_template: VolumeClaimTemplate,
        /// On the node's disk (or in its memory), until the pod leaves the node.
        pub empty_dir: EmptyDirVolumeSource,
    }

    /// The claim for a volume.
    pub struct VolumeClaimTemplate {
        /// Size, class and access modes.
        pub spec: PersistentVolumeClaimSpec,
    }

    /// The Service in front of Prometheus or Alertmanager.
    pub struct Service {
        /// How it is reached (`type`).
        #[serde(rename = "type")]
        pub type_: ServiceType,
        /// Port of the Service.
        pub port: u16,
        /// Port of every node, if the type is `NodePort`. The chart's default for Prometheus is 30090.
        pub node_port: u16,
        /// Annotations of the Service.
        pub annotations: BTreeMap<String, String>,
        /// Address that is asked of a load balancer (`loadBalancerIP`); MetalLB prefers an annotation.
        #[serde(rename = "loadBalancerIP")]
        pub load_balancer_ip: IpAddr,
        /// Subnets from which a load balancer lets requests in.
        pub load_balancer_source_ranges: Vec<String>,
        /// Which nodes answer for it.
        pub external_traffic_policy: ExternalTrafficPolicy,
    }

    /// Alertmanager.
    pub struct Alertmanager {
        /// Whether it is installed.
        pub enabled: bool,
        /// Whom it tells what, as Alertmanager's own configuration file, such as an [`alertmanager::Config`](super::alertmanager::Config).
        /// Never put a password here: it would be read in the tree.
        pub config: Value,
        /// The Service in front of it.
        pub service: Service,
        /// How it runs.
        pub alertmanager_spec: AlertmanagerSpec,
    }

    /// How Alertmanager runs.
    pub struct AlertmanagerSpec {
        /// Number of copies.
        pub replicas: u32,
        /// How long it remembers what it told, such as `120h`.
        pub retention: String,
        /// The address that people type; links in messages lead there.
        pub external_url: String,
        /// CPU and memory of each pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run the pods.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pods put up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours the pods prefer or refuse.
        pub affinity: Affinity,
        /// Where it keeps silences and what it told.
        pub storage: Storage,
        /// Names of Secrets whose keys are its files, below `/etc/alertmanager/secrets/NAME/`.
        pub secrets: Vec<String>,
        /// User, group and further limits of the pods.
        pub security_context: PodSecurityContext,
    }

    /// The operator that runs Prometheus and Alertmanager.
    pub struct PrometheusOperator {
        /// CPU and memory of the operator.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run it.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that it puts up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours it prefers or refuses.
        pub affinity: Affinity,
        /// The webhooks that refuse rules with mistakes.
        pub admission_webhooks: AdmissionWebhooks,
        /// The container that reloads configuration, one in each pod of Prometheus and Alertmanager.
        pub prometheus_config_reloader: ConfigReloader,
    }

    /// The webhooks that refuse rules with mistakes.
    pub struct AdmissionWebhooks {
        /// Whether they are installed.
        pub enabled: bool,
        /// The Jobs that make their certificate at each installation.
        pub patch: AdmissionWebhooksPatch,
    }

    /// The Jobs that make the webhooks' certificate at each installation.
    pub struct AdmissionWebhooksPatch {
        /// CPU and memory of each.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run them.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that they put up with.
        pub tolerations: Vec<Toleration>,
    }

    /// The container that reloads configuration.
    pub struct ConfigReloader {
        /// Its CPU and memory.
        pub resources: ResourceRequirements,
    }

    /// Metrics of the state of Kubernetes' objects.
    pub struct KubeStateMetrics {
        /// CPU and memory of the pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run it.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that it puts up with.
        pub tolerations: Vec<Toleration>,
        /// Kinds of objects that it neither shows nor may read, such as `secrets`.
        pub collectors_exclude: Vec<String>,
        /// Labels of objects to show, such as `nodes=[*]`.
        pub metric_labels_allowlist: Vec<String>,
    }

    /// Metrics of each machine.
    pub struct NodeExporter {
        /// CPU and memory of each pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run one.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pods put up with; the chart's default is every `NoSchedule`.
        pub tolerations: Vec<Toleration>,
        /// Its Service, which says the machines' port too.
        pub service: NodeExporterService,
        /// Flags of the program instead of the chart's.
        pub extra_args: Vec<String>,
    }

    /// The Service in front of the machines' metrics.
    pub struct NodeExporterService {
        /// Port of the Service, and of each machine.
        pub port: u16,
        /// Port that the Service leads to.
        pub target_port: u16,
    }
}
