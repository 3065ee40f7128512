//! The jobs that a cluster has, from Prometheus itself to what apps ask for by annotations.
//!
//! Which meta labels each kind of target has is said by Prometheus: `docs/configuration/configuration.md`, `kubernetes_sd_config`. The
//! annotations are those of the chart `prometheus` (`scrapeConfigs` in the values.yaml of 29.27.0), so that an app need not know by what
//! it is read.

use stackwright::prelude::*;

use super::{Authorization, KubernetesDiscovery, Relabel, Role, Scheme, ScrapeConfig, StaticConfig, TlsConfig};

/// The token of the pod's account, and the authority that the API server's certificate is of: where every pod has them.
const TOKEN: &str = "/var/run/secrets/kubernetes.io/serviceaccount/token";
const AUTHORITY: &str = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt";
/// An address with or without a port, in whose place another one comes.
const OTHER_PORT: &str = r"(.+?)(?::\d+)?;(\d+)";

/// Prometheus itself, at the port that it listens at.
pub fn itself(port: u16) -> ScrapeConfig {
    ScrapeConfig { static_configs: at([format!("localhost:{port}")]), ..job("prometheus") }
}

/// What is at these addresses, such as `web.shop.svc:8080`.
pub fn known<const N: usize>(name: &str, addresses: [String; N]) -> ScrapeConfig {
    ScrapeConfig { static_configs: at(addresses), ..job(name) }
}

/// kube-state-metrics, at its Service's address: what it tells is about other pods, so that their labels win.
pub fn state_metrics(address: String) -> ScrapeConfig {
    ScrapeConfig { honor_labels: true, ..known("kube-state-metrics", [address]) }
}

/// Every API server.
pub fn api_servers() -> ScrapeConfig {
    ScrapeConfig {
        scheme: Scheme::Https,
        tls_config: Some(TlsConfig { ca_file: Some(AUTHORITY.into()), ..default() }),
        authorization: Some(token()),
        kubernetes_sd_configs: vec![KubernetesDiscovery::within("default", Role::EndpointSlice)],
        relabel_configs: vec![Relabel::keep(
            ["__meta_kubernetes_service_name", "__meta_kubernetes_endpointslice_port_name"],
            "kubernetes;https",
        )],
        ..job("kubernetes-apiservers")
    }
}

/// Every kubelet. It is asked itself, and not by way of the API server: `nodes/proxy` would let whoever reads run commands in pods, too
/// (<https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/>).
pub fn kubelets() -> ScrapeConfig {
    ScrapeConfig {
        scheme: Scheme::Https,
        tls_config: Some(any_certificate()),
        authorization: Some(token()),
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Node)],
        relabel_configs: vec![Relabel::copy("__meta_kubernetes_node_name", "node")],
        ..job("kubernetes-nodes")
    }
}

/// What each container takes, which every kubelet tells at another path.
pub fn containers() -> ScrapeConfig {
    ScrapeConfig {
        job_name: "kubernetes-cadvisor".into(),
        metrics_path: Some("/metrics/cadvisor".into()),
        ..kubelets()
    }
}

/// A part of the control plane, on every node that has it: at the kubelet's address, and a port of its own.
pub fn component(component: Component) -> ScrapeConfig {
    let address = format!("$1:{}", component.port());
    let mut steps = vec![Relabel::made_of(["__address__"], r"(.+):\d+", "__address__", &address)];
    if component != Component::Proxy {
        let role = "__meta_kubernetes_node_labelpresent_node_role_kubernetes_io_control_plane";
        steps.insert(0, Relabel::keep([role], "true"));
    }
    steps.push(Relabel::copy("__meta_kubernetes_node_name", "node"));
    let plain = ScrapeConfig {
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Node)],
        relabel_configs: steps,
        ..job(component.name())
    };
    if !component.is_guarded() {
        return plain;
    }
    ScrapeConfig { scheme: Scheme::Https, tls_config: Some(any_certificate()), authorization: Some(token()), ..plain }
}

/// The node exporters: the pods of this app, on the hosts' own network.
pub fn node_exporters(app: &App) -> ScrapeConfig {
    ScrapeConfig {
        kubernetes_sd_configs: vec![KubernetesDiscovery::within(&app.namespace, Role::Pod)],
        relabel_configs: vec![
            Relabel::keep(["__meta_kubernetes_pod_label_app_kubernetes_io_name"], &app.name),
            Relabel::copy("__meta_kubernetes_pod_node_name", "node"),
        ],
        ..job("node-exporter")
    }
}

/// What is behind each Service that asks for it by [`scrape_annotations`](crate::monitoring::scrape_annotations).
pub fn annotated_services() -> ScrapeConfig {
    let annotation = |name: &str| format!("__meta_kubernetes_service_annotation_prometheus_io_{name}");
    let mut steps = where_annotations_say(annotation);
    steps.push(Relabel::made_of(["__address__", &annotation("port")], OTHER_PORT, "__address__", "$1:$2"));
    steps.extend([
        Relabel::copy("__meta_kubernetes_namespace", "namespace"),
        Relabel::copy("__meta_kubernetes_service_name", "service"),
        Relabel::copy("__meta_kubernetes_pod_name", "pod"),
        // An endpoint that is no pod has none.
        Relabel::copy("__meta_kubernetes_pod_node_name", "node"),
    ]);
    ScrapeConfig {
        // As the chart has it: a label `service` of Traefik's is the one that queries ask for.
        honor_labels: true,
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::EndpointSlice)],
        relabel_configs: steps,
        ..job("kubernetes-service-endpoints")
    }
}

/// Each pod that asks for it by the same annotations.
pub fn annotated_pods() -> ScrapeConfig {
    let annotation = |name: &str| format!("__meta_kubernetes_pod_annotation_prometheus_io_{name}");
    let mut steps = where_annotations_say(annotation);
    // A container without a port is an address without one, by IPv6 without brackets.
    let sources = ["__meta_kubernetes_pod_ip", &annotation("port")];
    steps.extend([
        Relabel::made_of(sources, r"([0-9.]+);(\d+)", "__address__", "$1:$2"),
        Relabel::made_of(sources, r"(.*:.*);(\d+)", "__address__", "[$1]:$2"),
        Relabel::drop(["__meta_kubernetes_pod_phase"], "Pending|Succeeded|Failed"),
        Relabel::copy("__meta_kubernetes_namespace", "namespace"),
        Relabel::copy("__meta_kubernetes_pod_name", "pod"),
        Relabel::copy("__meta_kubernetes_pod_node_name", "node"),
    ]);
    ScrapeConfig {
        honor_labels: true,
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Pod)],
        relabel_configs: steps,
        ..job("kubernetes-pods")
    }
}

/// Whether each Service answers that asks for it by the annotation `prometheus.io/probe: "true"`: what a blackbox exporter at this address
/// finds.
pub fn probes(exporter: &str) -> ScrapeConfig {
    ScrapeConfig {
        metrics_path: Some("/probe".into()),
        params: [("module".to_owned(), vec!["http_2xx".to_owned()])].into(),
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Service)],
        relabel_configs: vec![
            Relabel::keep(["__meta_kubernetes_service_annotation_prometheus_io_probe"], "true"),
            Relabel::copy("__address__", "__param_target"),
            Relabel::copy("__param_target", "instance"),
            Relabel::set("__address__", exporter),
            Relabel::copy("__meta_kubernetes_namespace", "namespace"),
            Relabel::copy("__meta_kubernetes_service_name", "service"),
        ],
        ..job("kubernetes-services")
    }
}

/// Whether a target is read, and at which path, by its annotations.
fn where_annotations_say(annotation: impl Fn(&str) -> String) -> Vec<Relabel> {
    vec![
        Relabel::keep([&annotation("scrape")], "true"),
        Relabel::made_of([&annotation("scheme")], "(https?)", "__scheme__", "$1"),
        Relabel::made_of([&annotation("path")], "(.+)", "__metrics_path__", "$1"),
    ]
}

fn job(name: &str) -> ScrapeConfig {
    ScrapeConfig { job_name: name.to_owned(), ..default() }
}

fn at<const N: usize>(addresses: [String; N]) -> Vec<StaticConfig> {
    vec![StaticConfig { targets: addresses.into() }]
}

/// A kubelet signs its certificate itself, unless `serverTLSBootstrap` is set and somebody approves what it asks for. Scheduler and controller
/// manager do so, too.
fn any_certificate() -> TlsConfig {
    TlsConfig { insecure_skip_verify: true, ..default() }
}

fn token() -> Authorization {
    Authorization { credentials_file: TOKEN.into() }
}
