//! Who may connect to whom in the monitoring namespace. The labels are those of kube-prometheus-stack 88.5.3, its Grafana 12.11.1 and its
//! kube-state-metrics 8.4.0, and those that the operator gives the pods of Prometheus and Alertmanager. node-exporter is on the host's
//! network, which no policy of pods is about.

use k8s_openapi::api::networking::v1::NetworkPolicyPort;
use stackwright::prelude::*;

use super::Config;

/// What every pod of the release needs, and nothing else.
pub(super) fn policies(config: &Config<'_>) -> Vec<Object> {
    let app = |name: &str| App::new(name, &config.namespace);
    let (prometheus, alertmanager, grafana) = (app("prometheus"), app("alertmanager"), app("grafana"));
    let state_metrics = app("kube-state-metrics");
    // The label of the operator and of the Jobs that make its webhook's certificate.
    let operator = app("kube-prometheus-stack-prometheus-operator");

    let everyone = [&prometheus, &alertmanager, &grafana, &state_metrics, &operator];
    let dns = everyone.map(|app| allow_dns(app, config.dns.clone()));
    let api_server =
        [&prometheus, &grafana, &state_metrics, &operator].map(|app| allow_api_server(app, config.machines));

    // What is scraped of them: their own metrics, and those of the containers that reload configuration.
    let scraped = [
        (&prometheus, vec![tcp(9090), tcp(8080)]),
        (&alertmanager, vec![tcp(9093), tcp(8080)]),
        (&grafana, vec![tcp(3000)]),
        (&state_metrics, vec![tcp(8080)]),
        (&operator, vec![tcp(10250)]),
    ]
    .map(|(app, ports)| allow_ingress(app, &format!("{}-from-prometheus", app.name), vec![peer(&prometheus)], ports));

    // The API server calls from its node. Where the network is an overlay, from the node's address in the pods' network.
    let callers = vec![network_peer(config.nodes), network_peer(config.pods)];
    // Of a node: the API server, node-exporter, kubelet, the controller manager, the scheduler.
    let of_nodes = [6443, 9100, 10250, 10257, 10259].map(tcp).into();
    let any_port = NetworkPolicyPort { end_port: Some(65535), ..tcp(1) };
    let edges = [
        allow_ingress(&operator, "operator-from-api-server", callers, vec![tcp(10250)]),
        allow_egress(&prometheus, "prometheus-to-nodes", vec![network_peer(config.nodes)], of_nodes),
        // Any stack may have a monitor, at any port.
        allow_egress(&prometheus, "prometheus-to-pods", vec![any_pod()], vec![any_port]),
        allow_ingress(&grafana, "grafana-from-visitors", vec![anyone()], vec![tcp(3000)]),
        allow_egress(&grafana, "grafana-to-prometheus", vec![peer(&prometheus)], vec![tcp(9090)]),
        allow_ingress(&prometheus, "prometheus-from-grafana", vec![peer(&grafana)], vec![tcp(9090)]),
        allow_egress(&grafana, "grafana-to-alertmanager", vec![peer(&alertmanager)], vec![tcp(9093)]),
        allow_ingress(&alertmanager, "alertmanager-from-grafana", vec![peer(&grafana)], vec![tcp(9093)]),
    ];
    let all = [default_deny(&config.namespace)].into_iter().chain(dns).chain(api_server).chain(scraped).chain(edges);
    all.map(Object::from).collect()
}
