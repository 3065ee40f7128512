//! Traefik, a controller for Ingress and the Gateway API: its own chart.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Affinity, ResourceRequirements, Toleration, TopologySpreadConstraint};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;

use super::{ExternalTrafficPolicy, ServiceType, Switch, values};
use crate::release::Chart;

/// Where the chart comes from, and the version that these values belong to.
pub const CHART: Chart =
    Chart { repository: "https://traefik.github.io/charts", name: "traefik", version: "41.3.0", digest: None };

/// The values that this version of the chart knows, for [`unknown_values`](super::unknown_values).
pub const KNOWN: &str = include_str!("known/traefik-41.3.0.txt");

values! {
    rename_all = "camelCase";

    /// All values of the chart that can be set here.
    pub struct Values {
        /// How many pods, as which kind of workload.
        pub deployment: Deployment,
        /// How many pods may be down at once during maintenance.
        pub pod_disruption_budget: PodDisruptionBudget,
        /// The `IngressClass` that the chart makes.
        pub ingress_class: IngressClass,
        /// Which objects Traefik takes its routes from.
        pub providers: Providers,
        /// The Gateway that the chart makes when the Gateway API is read.
        pub gateway: Switch,
        /// Routes to Traefik's own pages.
        pub ingress_route: IngressRoutes,
        /// What Traefik says about itself.
        pub log: Log,
        /// What Traefik says about each request.
        pub access_log: AccessLog,
        /// Metrics of requests.
        pub metrics: Metrics,
        /// What Traefik tells its makers.
        pub global: Global,
        /// Further flags of the `traefik` program, each with its leading dashes.
        pub additional_arguments: Vec<String>,
        /// The ports that Traefik listens on.
        pub ports: Ports,
        /// TLS settings by name; those named `default` hold where nothing else is asked for.
        pub tls_options: BTreeMap<String, TlsOptions>,
        /// Certificates for hosts that have none of their own; the only name that Traefik reads is `default`.
        pub tls_store: BTreeMap<String, TlsStore>,
        /// The Service in front of the pods.
        pub service: Service,
        /// CPU and memory of each pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run the pods.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pods put up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours the pods prefer or refuse.
        pub affinity: Affinity,
        /// How the pods spread over nodes.
        pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
        /// The pods' priority when nodes run out of room.
        pub priority_class_name: String,
    }

    /// How many pods, as which kind of workload.
    pub struct Deployment {
        /// The kind of workload.
        pub kind: WorkloadKind,
        /// Number of pods of a Deployment.
        pub replicas: u32,
        /// Annotations of the pods.
        pub pod_annotations: BTreeMap<String, String>,
    }

    /// How many pods may be down at once during maintenance: one of the two limits.
    pub struct PodDisruptionBudget {
        /// Whether there is a budget.
        pub enabled: bool,
        /// At least so many pods stay up.
        pub min_available: IntOrString,
        /// At most so many pods are down.
        pub max_unavailable: IntOrString,
    }

    /// The `IngressClass` that the chart makes.
    pub struct IngressClass {
        /// Whether the chart makes it.
        pub enabled: bool,
        /// Whether an Ingress without a class belongs to it.
        pub is_default_class: bool,
        /// Its name; without one, the release's.
        pub name: String,
    }

    /// Which objects Traefik takes its routes from.
    pub struct Providers {
        /// Ingress.
        pub kubernetes_ingress: KubernetesIngress,
        /// Traefik's own kinds, such as `IngressRoute` and `Middleware` (`kubernetesCRD`).
        #[serde(rename = "kubernetesCRD")]
        pub kubernetes_crd: KubernetesCrd,
        /// The Gateway API.
        pub kubernetes_gateway: KubernetesGateway,
    }

    /// Routes from Ingress objects.
    pub struct KubernetesIngress {
        /// Whether they are read.
        pub enabled: bool,
        /// Whether an Ingress may lead to a Service of type `ExternalName`.
        pub allow_external_name_services: bool,
        /// Where the address comes from that Traefik writes into each Ingress' status.
        pub published_service: PublishedService,
    }

    /// Where the address comes from that Traefik writes into each Ingress' status.
    pub struct PublishedService {
        /// Whether it is taken from a Service.
        pub enabled: bool,
        /// `NAMESPACE/NAME` of a Service other than the chart's own.
        pub path_override: String,
    }

    /// Routes from Traefik's own kinds.
    pub struct KubernetesCrd {
        /// Whether they are read.
        pub enabled: bool,
        /// Whether a route may lead to another namespace.
        pub allow_cross_namespace: bool,
        /// Whether a route may lead to a Service of type `ExternalName`.
        pub allow_external_name_services: bool,
    }

    /// Routes from the Gateway API.
    pub struct KubernetesGateway {
        /// Whether they are read.
        pub enabled: bool,
        /// Whether the API's experimental kinds are read too.
        pub experimental_channel: bool,
    }

    /// Routes to Traefik's own pages.
    pub struct IngressRoutes {
        /// The dashboard.
        pub dashboard: IngressRoute,
    }

    /// A route to one of Traefik's own pages.
    pub struct IngressRoute {
        /// Whether there is a route.
        pub enabled: bool,
        /// Which requests it takes, in Traefik's rule language.
        pub match_rule: String,
        /// Names of the ports that it listens on.
        pub entry_points: Vec<String>,
    }

    /// What Traefik says about itself.
    pub struct Log {
        /// From which severity on.
        pub level: LogLevel,
        /// In which form.
        pub format: LogFormat,
    }

    /// What Traefik says about each request.
    pub struct AccessLog {
        /// Whether it says anything.
        pub enabled: bool,
        /// In which form.
        pub format: LogFormat,
    }

    /// Metrics of requests.
    pub struct Metrics {
        /// Metrics for Prometheus.
        pub prometheus: PrometheusMetrics,
    }

    /// Metrics for Prometheus.
    pub struct PrometheusMetrics {
        /// A Service of their own, which `service_monitor` needs.
        pub service: Switch,
        /// The `ServiceMonitor` that makes Prometheus read them.
        pub service_monitor: ServiceMonitor,
        /// Skips the test that the cluster has the `ServiceMonitor` kind yet (`disableAPICheck`).
        #[serde(rename = "disableAPICheck")]
        pub disable_api_check: bool,
        /// Whether there are metrics by router.
        pub add_routers_labels: bool,
    }

    /// The `ServiceMonitor` that makes Prometheus read Traefik's metrics.
    pub struct ServiceMonitor {
        /// Whether there is one.
        pub enabled: bool,
        /// Its namespace, if it is not the release's.
        pub namespace: String,
        /// Labels by which a Prometheus selects it.
        pub additional_labels: BTreeMap<String, String>,
        /// Time between two readings, such as `30s`.
        pub interval: String,
    }

    /// What Traefik tells its makers.
    pub struct Global {
        /// Whether it asks them for new versions.
        pub check_new_version: bool,
        /// Whether it sends them statistics of use.
        pub send_anonymous_usage: bool,
    }

    /// The ports that Traefik listens on.
    pub struct Ports {
        /// HTTP.
        pub web: WebPort,
        /// HTTPS.
        pub websecure: WebsecurePort,
    }

    /// The port for HTTP.
    pub struct WebPort {
        /// Port of the pod.
        pub port: u16,
        /// Port of the Service.
        pub exposed_port: u16,
        /// Port of every node.
        pub node_port: u16,
        /// Which Services have the port.
        pub expose: Expose,
        /// What happens to requests on it.
        pub http: WebHttp,
        /// Whose `X-Forwarded-*` headers are believed.
        pub forwarded_headers: TrustedAddresses,
        /// Whose PROXY protocol headers are believed.
        pub proxy_protocol: TrustedAddresses,
    }

    /// The port for HTTPS.
    pub struct WebsecurePort {
        /// Port of the pod.
        pub port: u16,
        /// Port of the Service.
        pub exposed_port: u16,
        /// Port of every node.
        pub node_port: u16,
        /// Which Services have the port.
        pub expose: Expose,
        /// What happens to requests on it.
        pub http: WebsecureHttp,
        /// Whose `X-Forwarded-*` headers are believed.
        pub forwarded_headers: TrustedAddresses,
        /// Whose PROXY protocol headers are believed.
        pub proxy_protocol: TrustedAddresses,
    }

    /// Which Services have a port.
    pub struct Expose {
        /// The chart's Service.
        pub default: bool,
    }

    /// What happens to requests on the port for HTTP.
    pub struct WebHttp {
        /// Where they are sent instead.
        pub redirections: Redirections,
    }

    /// Where requests are sent instead.
    pub struct Redirections {
        /// To another port.
        pub entry_point: Redirection,
    }

    /// To which port requests are sent.
    pub struct Redirection {
        /// Name of the port: `websecure`.
        pub to: String,
        /// Scheme of the new address: `https`.
        pub scheme: String,
        /// Whether browsers remember it: 301 or 308 instead of 302 or 307.
        pub permanent: bool,
        /// Priority over other routes.
        pub priority: i64,
    }

    /// What happens to requests on the port for HTTPS.
    pub struct WebsecureHttp {
        /// How they are decrypted.
        pub tls: EntryPointTls,
        /// Middlewares for all of them, each as `NAMESPACE-NAME@kubernetescrd`.
        pub middlewares: Vec<String>,
    }

    /// How requests on a port are decrypted.
    pub struct EntryPointTls {
        /// Whether they are encrypted at all.
        pub enabled: bool,
        /// Name of the TLS settings, as `NAMESPACE-NAME@kubernetescrd`.
        pub options: String,
    }

    /// Proxies in front of Traefik that are believed.
    pub struct TrustedAddresses {
        /// Their addresses or subnets (`trustedIPs`).
        #[serde(rename = "trustedIPs")]
        pub trusted_ips: Vec<String>,
    }

    /// The settings of a `TLSOption`.
    pub struct TlsOptions {
        /// The oldest version that is accepted: `VersionTLS12` or `VersionTLS13`.
        pub min_version: String,
        /// The ciphers that are accepted, for TLS 1.2.
        pub cipher_suites: Vec<String>,
        /// Whether a request for a host without a certificate is refused.
        pub sni_strict: bool,
    }

    /// A `TLSStore`.
    pub struct TlsStore {
        /// The certificate for hosts that have none of their own.
        pub default_certificate: CertificateSecret,
    }

    /// A certificate in a Secret.
    pub struct CertificateSecret {
        /// Name of a Secret of type `kubernetes.io/tls` in the release's namespace.
        pub secret_name: String,
    }

    /// The Service in front of the pods.
    pub struct Service {
        /// Whether there is one.
        pub enabled: bool,
        /// Its annotations.
        pub annotations: BTreeMap<String, String>,
        /// How it is reached.
        pub spec: ServiceSpec,
    }

    /// How the Service in front of the pods is reached.
    pub struct ServiceSpec {
        /// Its type (`type`).
        #[serde(rename = "type")]
        pub type_: ServiceType,
        /// Which load balancer serves it, where there are several.
        pub load_balancer_class: String,
        /// Subnets from which a load balancer lets requests in.
        pub load_balancer_source_ranges: Vec<String>,
        /// Which nodes answer for it.
        pub external_traffic_policy: ExternalTrafficPolicy,
    }
}

/// The kind of workload that runs Traefik's pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum WorkloadKind {
    /// A number of pods.
    Deployment,
    /// One pod on each node.
    DaemonSet,
}

/// Severities of Traefik's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum LogLevel {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
    Panic,
}

/// Forms of Traefik's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LogFormat {
    /// Text for people.
    Common,
    /// One JSON object a line.
    Json,
}
