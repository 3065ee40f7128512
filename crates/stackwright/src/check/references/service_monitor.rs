//! What Prometheus scrapes by its operator's objects: monitors select Services or pods, and a Prometheus selects monitors. Three checks.

mod of_chart;

use std::collections::BTreeMap;

use self::of_chart::of_charts;
use super::built_in;
use super::missing::{certainty, of_none, of_part, part_help};
use crate::check::operators;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::links::selects;
use crate::yaml::{self, Node, decode};
use k8s_openapi::api::core::v1::{Namespace, Service};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

pub(super) const SELECTS_NOTHING: Check = Check {
    id: "servicemonitor-selects-nothing",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A ServiceMonitor selects no Service, or a PodMonitor no pods, by its selector and namespaces.",
    run: run_selects_nothing,
};

pub(super) const NOT_SELECTED: Check = Check {
    id: "servicemonitor-not-selected",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "No Prometheus takes up a ServiceMonitor, PodMonitor, Probe, ScrapeConfig or PrometheusRule.",
    run: run_not_selected,
};

pub(super) const PORT: Check = Check {
    id: "servicemonitor-port",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A ServiceMonitor scrapes a port that none of its Services has.",
    run: run_port,
};

fn run_selects_nothing(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let unknown_pods = operators::with_unknown_pods(index);
    for item in index.of_kind("ServiceMonitor.monitoring.coreos.com") {
        let Some(monitor) = Monitor::of(item) else { continue };
        let api_server = built_in::API_SERVER_LABELS.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let is_for_api_server = selects(&monitor.selector, &BTreeMap::from(api_server));
        if monitor.services(index).next().is_none() && !is_for_api_server {
            let how_sure = monitor.certainty(index, "Service");
            findings.extend(
                how_sure.map(|severity| monitor.finding("Service", "give the Service these labels").rated(severity)),
            );
        }
    }
    for item in index.of_kind("PodMonitor.monitoring.coreos.com") {
        let Some(monitor) = Monitor::of(item) else { continue };
        let of_namespace = |namespace: &&str| index.matched(namespace, &monitor.selector);
        let unknown = monitor.namespaces.as_ref().is_none_or(|all| all.iter().any(|one| unknown_pods.contains(one)));
        let selected = match &monitor.namespaces {
            Some(namespaces) => namespaces.iter().any(|namespace| !of_namespace(namespace).is_empty()),
            None => index.pods.iter().any(|pods| pods.match_selector(&monitor.selector)),
        };
        if !selected && !unknown {
            let how_sure = monitor.certainty(index, "Pod");
            findings
                .extend(how_sure.map(|severity| monitor.finding("pod", "give the pods these labels").rated(severity)));
        }
    }
}

fn run_port(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for item in index.of_kind("ServiceMonitor.monitoring.coreos.com") {
        let Some(monitor) = Monitor::of(item) else { continue };
        let services: Vec<_> = monitor.services(index).collect();
        let Some((first, _)) = services.first() else { continue };
        let ports: Vec<_> = services
            .iter()
            .flat_map(|(_, service)| service.spec.iter())
            .flat_map(|spec| spec.ports.iter().flatten())
            .collect();
        let names: Vec<_> = ports.iter().filter_map(|port| port.name.as_deref()).collect();
        let endpoints = item.object.content().and_then(|content| content.at("spec.endpoints"));
        let endpoints: Vec<_> = endpoints.into_iter().flat_map(Node::items).collect();
        let is_known =
            |endpoint: &&Node| endpoint.get("port").and_then(Node::text).is_some_and(|port| names.contains(&port));
        let is_any_known = endpoints.iter().copied().any(|endpoint| is_known(&endpoint));
        for (number, endpoint) in endpoints.into_iter().enumerate() {
            let Some(port) = endpoint.get("port").and_then(Node::text) else { continue };
            if names.contains(&port) {
                continue;
            }
            let message = format!("{} scrapes port {port}, which no Service that it selects has", item.label());
            let by_number = ports.iter().find(|known| known.port.to_string() == port);
            let help = match by_number.and_then(|port| port.name.as_ref()) {
                Some(name) => format!("write the port's name, {name}"),
                None => part_help(port, &names, &format!("name a port of the Service {port}")),
            };
            let is_of_another = || {
                let beside = services.iter().flat_map(|(service, _)| index.all_within::<Service>(service.namespace));
                beside.flat_map(|(_, service)| names_of_ports(service)).any(|name| name == port)
            };
            let severity = if services.iter().any(|(service, _)| index.is_open(service.namespace))
                || !index.is_closed() && is_any_known && is_of_another()
            {
                // Another Service may have it, or has: charts make monitors for what they may install.
                Severity::Information
            } else {
                of_part(&PORT, index)
            };
            let finding =
                PORT.finding(message, help).rated(severity).at(item, format!("spec.endpoints[{number}].port"));
            findings.push(finding.see(*first, "spec.ports", "a Service that it selects"));
        }
    }
}

fn names_of_ports(service: &Service) -> impl Iterator<Item = &str> {
    let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
    ports.filter_map(|port| port.name.as_deref())
}

/// What a ServiceMonitor or PodMonitor selects.
struct Monitor<'a> {
    item: Item<'a>,
    selector: LabelSelector,
    /// The namespaces in which it looks; none where it looks in all.
    namespaces: Option<Vec<&'a str>>,
}

impl<'a> Monitor<'a> {
    fn of(item: Item<'a>) -> Option<Self> {
        let spec = item.object.content()?.get("spec")?;
        let selector = decode(spec.get("selector")?).ok()?;
        let named = spec.at("namespaceSelector.matchNames").map(|names| names.items().iter().filter_map(Node::text));
        let any = spec.at("namespaceSelector.any").is_some_and(|any| any.value == yaml::Value::Bool(true));
        let namespaces = match named {
            _ if any => None,
            Some(given) => Some(given.collect()),
            None => Some(vec![item.namespace]),
        };
        Some(Self { item, selector, namespaces })
    }

    fn services<'i>(&'i self, index: &'i Index<'a>) -> impl Iterator<Item = (Item<'a>, &'a Service)> + 'i {
        let all = self.namespaces.is_none().then(|| index.all::<Service>());
        let named = self.namespaces.iter().flatten().flat_map(|namespace| index.all_within::<Service>(namespace));
        all.into_iter().flatten().chain(named).filter(|(_, service)| {
            let labels = service.metadata.labels.as_ref().unwrap_or(const { &BTreeMap::new() });
            selects(&self.selector, labels)
        })
    }

    /// How sure it is that it selects nothing, if anything is known of its namespaces.
    fn certainty(&self, index: &Index<'_>, kind: &str) -> Option<Severity> {
        let Some(namespaces) = &self.namespaces else {
            let worst = if index.is_whole() { Severity::Warning } else { Severity::Information };
            return index.of_kind(kind).next().map(|_| worst);
        };
        if namespaces.iter().any(|namespace| index.is_open(namespace) || built_in::is_of_kubernetes(namespace)) {
            return None;
        }
        let known: Option<Vec<_>> = namespaces.iter().map(|namespace| certainty(index, namespace)).collect();
        Some(known?.into_iter().max()?.max(SELECTS_NOTHING.severity))
    }

    fn finding(&self, what: &str, help: &str) -> Finding {
        let place = match self.namespaces.as_deref() {
            Some(namespaces) => format!("in {}", namespaces.join(", ")),
            None => "anywhere".to_owned(),
        };
        let label = self.item.label();
        SELECTS_NOTHING.finding(format!("{label} selects no {what} {place}"), help).at(self.item, "spec.selector")
    }
}

/// What a Prometheus takes up, by the field that selects it:
/// <https://github.com/prometheus-operator/prometheus-operator/blob/6adcebc5076c/pkg/apis/monitoring/v1/prometheus_types.go>, read on 2026-11-29.
const TAKEN: [(&str, &str); 5] = [
    ("ServiceMonitor.monitoring.coreos.com", "serviceMonitor"),
    ("PodMonitor.monitoring.coreos.com", "podMonitor"),
    ("Probe.monitoring.coreos.com", "probe"),
    ("ScrapeConfig.monitoring.coreos.com", "scrapeConfig"),
    ("PrometheusRule.monitoring.coreos.com", "rule"),
];

fn run_not_selected(index: &Index<'_>, findings: &mut Vec<Finding>) {
    if TAKEN.iter().all(|(kind, _)| index.of_kind(*kind).next().is_none()) {
        return;
    }
    let of_charts = of_charts(index);
    let operated: Vec<_> = index
        .of_kind("Prometheus.monitoring.coreos.com")
        .chain(index.of_kind("PrometheusAgent.monitoring.coreos.com"))
        .collect();
    if of_charts.is_empty() && operated.is_empty() {
        return;
    }
    // A release of another chart may make one that takes it up.
    let is_only_known = !of_charts.is_empty() && of_chart::are_all_known(index);
    for (kind, field) in TAKEN {
        for item in index.of_kind(kind) {
            let by_operated = operated.iter().any(|prometheus| takes(index, *prometheus, field, item));
            if by_operated || of_charts.iter().any(|of_chart| of_chart.takes(field, item)) {
                continue;
            }
            // Rules may be for a ThanosRuler.
            if field == "rule" && index.of_kind("ThanosRuler.monitoring.coreos.com").next().is_some() {
                continue;
            }
            let message = format!("{} is taken up by no Prometheus", item.label());
            let finding = match (of_charts.first(), operated.first()) {
                (Some(of_chart), _) => of_chart.finding(message, field),
                (None, Some(prometheus)) => {
                    let help = format!(
                        "give it the labels of spec.{field}Selector, in a namespace of spec.{field}NamespaceSelector"
                    );
                    let asked =
                        prometheus.object.content().and_then(|content| content.at(&format!("spec.{field}Selector")));
                    let (path, what) = match asked {
                        Some(_) => (format!("spec.{field}Selector"), "what a Prometheus asks for"),
                        None => ("spec".to_owned(), "a Prometheus without a selector takes none"),
                    };
                    NOT_SELECTED.finding(message, help).see(*prometheus, path, what)
                }
                (None, None) => return,
            };
            let path = if item.object.metadata().labels.is_some() { "metadata.labels" } else { "metadata.name" };
            let severity = if is_only_known { Severity::Warning } else { Severity::Information };
            findings.push(finding.rated(of_none(&NOT_SELECTED, index).min(severity)).at(item, path));
        }
    }
}

/// Whether a Prometheus takes up an object.
fn takes(index: &Index<'_>, prometheus: Item<'_>, field: &str, item: Item<'_>) -> bool {
    let Some(spec) = prometheus.object.content().and_then(|content| content.get("spec")) else { return true };
    let selector = |field: &str| spec.get(field).and_then(|node| decode::<LabelSelector>(node).ok());
    // Without a selector it takes nothing; an empty one takes all.
    let takes_labels = selector(&format!("{field}Selector")).is_some_and(|selector| matches(&selector, item));
    let takes_namespace = match selector(&format!("{field}NamespaceSelector")) {
        None => prometheus.namespace == item.namespace,
        Some(selector) => match index.get::<Namespace>("", item.namespace) {
            Some((namespace, _)) => matches(&selector, namespace) || selects_name(&selector, item.namespace),
            // Which labels it has, nobody says.
            None => true,
        },
    };
    takes_labels && takes_namespace
}

/// Every namespace has its name as a label.
fn selects_name(selector: &LabelSelector, namespace: &str) -> bool {
    let labels = BTreeMap::from([("kubernetes.io/metadata.name".to_owned(), namespace.to_owned())]);
    selects(selector, &labels)
}

fn matches(selector: &LabelSelector, item: Item<'_>) -> bool {
    selects(selector, item.object.metadata().labels.as_ref().unwrap_or(const { &BTreeMap::new() }))
}
