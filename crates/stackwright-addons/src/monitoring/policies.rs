//! Who may connect to whom in the monitoring namespace. node-exporter is on the host's network, which no policy of pods is about.

use k8s_openapi::api::networking::v1::NetworkPolicyPort;
use stackwright::charts::{grafana, kube_prometheus_stack, pods, prometheus};
use stackwright::prelude::*;

use super::{Charts, Config, objects, prober, scraper};

/// What every pod of monitoring needs, and nothing else.
pub(super) fn policies(config: &Config<'_>) -> Vec<Object> {
    let app = |name: &str| App::new(name, &config.namespace);
    let (prometheus, alertmanager, grafana) = (scraper(&config.namespace), app("alertmanager"), app("grafana"));
    let operator = app("kube-prometheus-stack-prometheus-operator");

    let everyone = everyone(config);
    let dns = everyone.iter().filter(|pods| pods.asks.dns).map(|pods| allow_dns(&pods.app, config.platform.dns()));
    let askers = everyone.iter().filter(|pods| pods.asks.api_server);
    let api_server = askers.map(|pods| allow_api_server(&pods.app, &config.platform.nodes));

    // What is scraped of them: their own metrics, and those of the containers that reload configuration.
    let scraped = everyone.iter().map(|Pods { app, ports, .. }| {
        let ports = ports.iter().copied().map(tcp).collect();
        allow_ingress(app, &format!("{}-from-prometheus", app.name), vec![app_peer(&prometheus)], ports)
    });

    // The API server calls from its node. Where the network is an overlay, from the node's address in the pods' network.
    let callers = config.platform.node_and_pod_peers();
    let nodes = config.platform.node_subnets.iter().copied().map(subnet_peer).collect();
    // Of a node: the API server, node-exporter, the kubelet, and what of the control plane shows metrics.
    let parts = config.platform.scraped.iter().map(|component| component.port());
    // The operator's Prometheus heeds no annotations.
    let annotated: &[u16] = if config.charts == Charts::KubePrometheusStack { &[] } else { &config.platform.annotated };
    let of_nodes = [6443, 9100, 10250].into_iter().chain(annotated.iter().copied()).chain(parts).map(tcp).collect();
    let any_port = NetworkPolicyPort { end_port: Some(65535), ..tcp(1) };
    let webhook = (config.charts == Charts::KubePrometheusStack)
        .then(|| allow_ingress(&operator, "operator-from-api-server", callers, vec![tcp(10250)]));
    let edges = [
        allow_egress(&prometheus, "prometheus-to-nodes", nodes, of_nodes),
        // Any stack may ask to be read, at any port.
        allow_egress(&prometheus, "prometheus-to-pods", vec![any_pod()], vec![any_port.clone()]),
        allow_ingress(&grafana, "grafana-from-visitors", config.platform.anyone(), vec![tcp(3000)]),
        allow_egress(&grafana, "grafana-to-prometheus", vec![app_peer(&prometheus)], vec![tcp(9090)]),
        allow_ingress(&prometheus, "prometheus-from-grafana", vec![app_peer(&grafana)], vec![tcp(9090)]),
        allow_egress(&grafana, "grafana-to-alertmanager", vec![app_peer(&alertmanager)], vec![tcp(9093)]),
        allow_ingress(&alertmanager, "alertmanager-from-grafana", vec![app_peer(&grafana)], vec![tcp(9093)]),
    ];
    let visitors = config
        .prometheus
        .as_ref()
        .map(|_| allow_ingress(&prometheus, "prometheus-from-visitors", config.platform.anyone(), vec![tcp(9090)]));
    let probes = (config.charts == Charts::None).then(|| {
        let prober = prober(&config.namespace);
        allow_egress(&prober, &format!("{}-to-services", prober.name), vec![any_pod()], vec![any_port])
    });
    let receiver = config.receiver.as_ref().map(|receiver| {
        allow_egress(&alertmanager, "alertmanager-to-receiver", receiver.at.clone(), vec![tcp(receiver.port)])
    });
    let all = [default_deny(&config.namespace)]
        .into_iter()
        .chain(dns)
        .chain(api_server)
        .chain(scraped)
        .chain(webhook)
        .chain(edges)
        .chain(visitors)
        .chain(probes)
        .chain(receiver);
    all.map(Object::from).collect()
}

/// Pods in the network of pods, by their app.
struct Pods {
    app: App,
    /// The ports that show metrics.
    ports: Vec<u16>,
    asks: Asks,
}

/// Whom pods ask beside each other.
#[derive(Clone, Copy)]
struct Asks {
    dns: bool,
    api_server: bool,
}

/// Those of the releases, or of the objects.
fn everyone(config: &Config<'_>) -> Vec<Pods> {
    let charts: &[_] = match config.charts {
        Charts::KubePrometheusStack => &[kube_prometheus_stack::CHART],
        Charts::Separate => &[prometheus::CHART, grafana::CHART],
        Charts::None => return of_objects(config),
    };
    let pods = charts.iter().flat_map(pods).map(|pods| Pods {
        app: App::new(&pods.name, &config.namespace),
        ports: pods.ports.clone(),
        asks: Asks { dns: true, api_server: pods.name != "alertmanager" },
    });
    pods.collect()
}

fn of_objects(config: &Config<'_>) -> Vec<Pods> {
    let pods = |name: &str, ports: &[u16], dns, api_server| Pods {
        app: App::new(name, &config.namespace),
        ports: ports.to_vec(),
        asks: Asks { dns, api_server },
    };
    vec![
        pods("prometheus", &[9090], true, true),
        pods("alertmanager", &[9093], config.receiver.is_some(), false),
        // No container beside it looks for ConfigMaps.
        pods("grafana", &[3000], true, false),
        // It is told the API server's address by its environment.
        pods("kube-state-metrics", &[8080], false, true),
        pods(&prober(&config.namespace).name, &[objects::PROBER_PORT], true, false),
    ]
}
