//! Who may connect to whom in the monitoring namespace. node-exporter is on the host's network, which no policy of pods is about.

use k8s_openapi::api::networking::v1::NetworkPolicyPort;
use stackwright::charts::{grafana, kube_prometheus_stack, pods, prometheus};
use stackwright::prelude::*;

use super::{Charts, Config, scraper};

/// What every pod of the releases needs, and nothing else.
pub(super) fn policies(config: &Config<'_>) -> Vec<Object> {
    let app = |name: &str| App::new(name, &config.namespace);
    let (prometheus, alertmanager, grafana) = (scraper(&config.namespace), app("alertmanager"), app("grafana"));
    let operator = app("kube-prometheus-stack-prometheus-operator");

    let charts: &[_] = match config.charts {
        Charts::KubePrometheusStack => &[kube_prometheus_stack::CHART],
        Charts::Separate => &[prometheus::CHART, grafana::CHART],
    };
    let everyone: Vec<_> = charts.iter().flat_map(pods).map(|pods| (app(&pods.name), &pods.ports)).collect();
    let dns = everyone.iter().map(|(app, _)| allow_dns(app, config.platform.dns()));
    let askers = everyone.iter().filter(|(app, _)| app.name != alertmanager.name);
    let api_server = askers.map(|(app, _)| allow_api_server(app, &config.platform.nodes));

    // What is scraped of them: their own metrics, and those of the containers that reload configuration.
    let scraped = everyone.iter().map(|(app, ports)| {
        let ports = ports.iter().copied().map(tcp).collect();
        allow_ingress(app, &format!("{}-from-prometheus", app.name), vec![app_peer(&prometheus)], ports)
    });

    // The API server calls from its node. Where the network is an overlay, from the node's address in the pods' network.
    let callers = config.platform.node_and_pod_peers();
    let nodes = config.platform.node_subnets.iter().copied().map(subnet_peer).collect();
    // Of a node: the API server, node-exporter, the kubelet, and what of the control plane shows metrics.
    let parts = config.platform.scraped.iter().map(|component| component.port());
    // The nodes' own DNS caches, which ask for it by annotations: kubespray's nodelocaldns_prometheus_port.
    let caches = (config.charts == Charts::Separate).then_some(config.platform.node_dns).flatten().map(|_| 9253);
    let of_nodes = [6443, 9100, 10250].into_iter().chain(caches).chain(parts).map(tcp).collect();
    let any_port = NetworkPolicyPort { end_port: Some(65535), ..tcp(1) };
    let webhook = (config.charts == Charts::KubePrometheusStack)
        .then(|| allow_ingress(&operator, "operator-from-api-server", callers, vec![tcp(10250)]));
    let edges = [
        allow_egress(&prometheus, "prometheus-to-nodes", nodes, of_nodes),
        // Any stack may ask to be read, at any port.
        allow_egress(&prometheus, "prometheus-to-pods", vec![any_pod()], vec![any_port]),
        allow_ingress(&grafana, "grafana-from-visitors", config.platform.anyone(), vec![tcp(3000)]),
        allow_egress(&grafana, "grafana-to-prometheus", vec![app_peer(&prometheus)], vec![tcp(9090)]),
        allow_ingress(&prometheus, "prometheus-from-grafana", vec![app_peer(&grafana)], vec![tcp(9090)]),
        allow_egress(&grafana, "grafana-to-alertmanager", vec![app_peer(&alertmanager)], vec![tcp(9093)]),
        allow_ingress(&alertmanager, "alertmanager-from-grafana", vec![app_peer(&grafana)], vec![tcp(9093)]),
    ];
    let visitors = config
        .prometheus_node_port
        .map(|_| allow_ingress(&prometheus, "prometheus-from-visitors", config.platform.anyone(), vec![tcp(9090)]));
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
        .chain(receiver);
    all.map(Object::from).collect()
}
