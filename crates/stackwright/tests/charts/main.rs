//! No value that can be written is one that the pinned chart ignores.
//!
//! Each module holds its chart's values with every member set: no `..Default::default()`, so that a new member does
//! not compile until it is here. The snapshots are what `e2e/charts/effects.py` gives to the charts themselves.

#![expect(clippy::unnecessary_wraps, reason = "the members that the samples are for are all an `Option`")]

mod grafana;
mod kube_prometheus_stack;
mod prometheus;
mod traefik;

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    Affinity, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, ResourceRequirements, Toleration,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde::Serialize;
use serde_json::json;
use stackwright::charts::{self, unknown_values};

fn assert_all_known(chart: &str, known: &str, values: &impl Serialize) {
    let values = serde_json::to_value(values).unwrap();
    assert_eq!(unknown_values(known, &values), [""; 0]);
    let text = serde_json::to_string_pretty(&values).unwrap();
    insta::with_settings!(
        {snapshot_path => "../../../../snapshots/charts", prepend_module_to_snapshot => false, omit_expression => true},
        { insta::assert_snapshot!(chart, text) }
    );
}

#[test]
fn traefik_knows_every_value() {
    assert_all_known("traefik", charts::traefik::KNOWN, &traefik::every_value());
}

#[test]
fn grafana_knows_every_value() {
    assert_all_known("grafana", charts::grafana::KNOWN, &grafana::every_value());
}

#[test]
fn kube_prometheus_stack_knows_every_value() {
    let known = charts::kube_prometheus_stack::KNOWN;
    assert_all_known("kube-prometheus-stack", known, &kube_prometheus_stack::every_value());
}

#[test]
fn prometheus_knows_every_value() {
    assert_all_known("prometheus", charts::prometheus::KNOWN, &prometheus::every_value());
}

/// What people have written, in good faith, for years.
#[test]
fn values_that_are_lost_in_silence_are_named() {
    let values = json!({
        "prometheus": {"resources": {"requests": {"memory": "256Mi"}}},
        "server": {"tolerations": [], "persistentVolume": {"enabled": false}},
        "global": {"nodeSelector": {"disk": "ssd"}},
    });
    let unknown = unknown_values(charts::kube_prometheus_stack::KNOWN, &values);
    assert_eq!(unknown, ["prometheus.resources", "server", "global.nodeSelector"]);
    let values = json!({"nodeExporter": {"enabled": true}, "server": {"global": {"scrape_interval": "1m"}}});
    assert_eq!(unknown_values(charts::prometheus::KNOWN, &values), ["nodeExporter"]);
}

#[test]
fn known_values_belong_to_the_pinned_versions() {
    for (chart, known) in [
        (charts::traefik::CHART, charts::traefik::KNOWN),
        (charts::grafana::CHART, charts::grafana::KNOWN),
        (charts::prometheus::CHART, charts::prometheus::KNOWN),
        (charts::kube_prometheus_stack::CHART, charts::kube_prometheus_stack::KNOWN),
    ] {
        assert!(known.starts_with(&format!("# {} {};", chart.name, chart.version)), "{}", chart.name);
    }
}

fn some<T>(value: impl Into<T>) -> Option<T> {
    Some(value.into())
}

fn text_map(key: &str) -> Option<BTreeMap<String, String>> {
    Some(BTreeMap::from([(key.into(), "sample".into())]))
}

fn resources() -> Option<ResourceRequirements> {
    Some(ResourceRequirements {
        requests: Some(BTreeMap::from([("cpu".into(), Quantity("11m".into()))])),
        limits: Some(BTreeMap::from([("memory".into(), Quantity("77Mi".into()))])),
        ..Default::default()
    })
}

fn tolerations() -> Option<Vec<Toleration>> {
    Some(vec![Toleration { key: some("sample"), operator: some("Exists"), ..Default::default() }])
}

fn affinity() -> Option<Affinity> {
    let requirement = NodeSelectorRequirement { key: "sample".into(), operator: "Exists".into(), ..Default::default() };
    let term = NodeSelectorTerm { match_expressions: Some(vec![requirement]), ..Default::default() };
    let selector = NodeSelector { node_selector_terms: vec![term] };
    let node_affinity =
        NodeAffinity { required_during_scheduling_ignored_during_execution: Some(selector), ..Default::default() };
    Some(Affinity { node_affinity: Some(node_affinity), ..Default::default() })
}
