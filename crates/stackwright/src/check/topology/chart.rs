use serde_json::Value;

use super::service::{Asked, Exposed, Listener, Maker};
use crate::Release;

/// A Service that a chart makes, by the paths of the values that shape it.
struct ChartService {
    chart: &'static str,
    /// The path of the values that people know it by.
    values: &'static str,
    /// Where the fields of its `spec` stand, as far as the chart passes them on.
    spec: &'static str,
    /// The value that switches the part of the chart off with `false`.
    switch: &'static str,
    /// Its type, unless the values say otherwise.
    type_: &'static str,
    ports: &'static [ChartPort],
}

/// A port of it.
struct ChartPort {
    /// The number, unless the value says otherwise.
    port: i32,
    port_value: &'static str,
    /// The node port, unless the value says otherwise: only charts for people in a hurry choose one.
    node_port: Option<i32>,
    node_port_value: &'static str,
}

const fn port(port: i32, port_value: &'static str, node_port: Option<i32>, node_port_value: &'static str) -> ChartPort {
    ChartPort { port, port_value, node_port, node_port_value }
}

/// What the values of charts mean, read from their templates and default values.
const SERVICES: &[ChartService] = &[
    ChartService {
        chart: "kube-prometheus-stack",
        values: "prometheus.service",
        spec: "prometheus.service",
        switch: "prometheus.enabled",
        type_: "ClusterIP",
        ports: &[port(9090, "prometheus.service.port", Some(30090), "prometheus.service.nodePort")],
    },
    ChartService {
        chart: "kube-prometheus-stack",
        values: "alertmanager.service",
        spec: "alertmanager.service",
        switch: "alertmanager.enabled",
        type_: "ClusterIP",
        ports: &[port(9093, "alertmanager.service.port", Some(30903), "alertmanager.service.nodePort")],
    },
    ChartService {
        chart: "kube-prometheus-stack",
        values: "prometheusOperator.service",
        spec: "prometheusOperator.service",
        switch: "prometheusOperator.enabled",
        type_: "ClusterIP",
        ports: &[port(443, "", Some(30443), "prometheusOperator.service.nodePortTls")],
    },
    ChartService {
        chart: "kube-prometheus-stack",
        values: "grafana.service",
        spec: "grafana.service",
        switch: "grafana.enabled",
        type_: "ClusterIP",
        ports: &[port(80, "grafana.service.port", None, "grafana.service.nodePort")],
    },
    ChartService {
        chart: "grafana",
        values: "service",
        spec: "service",
        switch: "service.enabled",
        type_: "ClusterIP",
        ports: &[port(80, "service.port", None, "service.nodePort")],
    },
    ChartService {
        chart: "prometheus",
        values: "server.service",
        spec: "server.service",
        switch: "server.service.enabled",
        type_: "ClusterIP",
        ports: &[port(80, "server.service.servicePort", None, "server.service.nodePort")],
    },
    ChartService {
        chart: "traefik",
        values: "service",
        spec: "service.spec",
        switch: "service.enabled",
        type_: "LoadBalancer",
        ports: &[
            port(80, "ports.web.exposedPort", None, "ports.web.nodePort"),
            port(443, "ports.websecure.exposedPort", None, "ports.websecure.nodePort"),
        ],
    },
    ChartService {
        chart: "ingress-nginx",
        values: "controller.service",
        spec: "controller.service",
        switch: "controller.service.enabled",
        type_: "LoadBalancer",
        ports: &[
            port(80, "controller.service.ports.http", None, "controller.service.nodePorts.http"),
            port(443, "controller.service.ports.https", None, "controller.service.nodePorts.https"),
        ],
    },
];

/// The Services that a release makes, where its chart is known.
pub(super) fn services(release: &Release) -> impl Iterator<Item = Exposed<'_>> {
    let of_chart = SERVICES.iter().filter(|service| service.chart == release.chart.name);
    of_chart.filter_map(|service| service.exposed(release))
}

impl ChartService {
    fn exposed<'a>(&'static self, release: &'a Release) -> Option<Exposed<'a>> {
        let value = |path: &str| at(&release.values, path);
        let field = |name: &str| value(&format!("{}.{name}", self.spec));
        if value(self.switch) == Some(&Value::Bool(false)) {
            return None;
        }
        let type_ = field("type").and_then(Value::as_str).unwrap_or(self.type_);
        let annotations = value(&format!("{}.annotations", self.values));
        let Asked { mut pinned, pool, sharing } = Asked::by(self.values, |key| annotations?.get(key)?.as_str());
        let address = field("loadBalancerIP").and_then(Value::as_str).and_then(|text| text.parse().ok());
        pinned.extend(address.map(|address| (address, format!("{}.loadBalancerIP", self.spec))));

        let external = field("externalIPs").and_then(Value::as_array).into_iter().flatten();
        let external = external.filter_map(|text| text.as_str()?.parse().ok());
        Some(Exposed {
            maker: Maker::Chart(release, self.values),
            type_,
            class: field("loadBalancerClass").and_then(Value::as_str),
            ports: self.ports.iter().map(|port| port.exposed(release, type_)).collect(),
            pinned,
            external: external.map(|address| (address, format!("{}.externalIPs", self.spec))).collect(),
            pool,
            sharing,
        })
    }
}

impl ChartPort {
    fn exposed<'a>(&self, release: &'a Release, type_: &str) -> Listener<'a> {
        let number =
            |path: &str| at(&release.values, path).and_then(Value::as_i64).and_then(|port| i32::try_from(port).ok());
        let chosen = number(self.node_port_value).filter(|port| *port != 0);
        Listener {
            port: number(self.port_value).unwrap_or(self.port),
            protocol: "TCP",
            // Charts leave the node port out where the type has none to choose.
            node_port: chosen
                .or(self.node_port)
                .filter(|_| type_ == "NodePort" || (type_ == "LoadBalancer" && chosen.is_some())),
            path: self.node_port_value.to_owned(),
            by_default: chosen.is_none(),
        }
    }
}

/// The value at a dotted path.
fn at<'a>(values: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(values, |value, key| value.get(key))
}
