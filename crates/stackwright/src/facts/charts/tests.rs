use serde_json::json;

use super::*;

const fn chart(name: &'static str, version: &'static str) -> Chart {
    Chart { repository: "https://charts.example", name, version, digest: None }
}

#[test]
fn every_fact_has_its_source_and_day() {
    for facts in CHARTS.iter() {
        crate::facts::assert_sourced(&facts.chart, &facts.source, &facts.read);
    }
}

#[test]
fn charts_are_in_order_and_said_once() {
    let names: Vec<_> = CHARTS.iter().map(|facts| facts.chart.as_str()).collect();
    assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
}

#[test]
fn a_release_brings_the_kinds_of_its_charts_version() {
    assert!(brings(&chart("metallb", "0.15.2"), "metallb.io"));
    assert!(!brings(&chart("metallb", "0.15.2"), "traefik.io"));
    assert!(!brings(&chart("nothing-known", "1.0.0"), "metallb.io"));
    let gateways = |version| brings(&chart("traefik", version), "gateway.networking.k8s.io");
    assert_eq!(
        [gateways("39.0.0"), gateways("40.1.9"), gateways("40.2.0"), gateways("41.3.0")],
        [true, true, false, false]
    );
}

#[test]
fn a_release_makes_the_class_that_its_values_name() {
    let class = |chart_name, release, values| {
        ingress_class(&Release { values, ..Release::new(release, "web", chart(chart_name, "1.0.0"), &json!({})) })
    };
    let class = |chart_name, release, values| class(chart_name, release, values).unwrap_or_default();
    assert_eq!(class("traefik", "traefik", json!({})), "traefik");
    assert_eq!(class("traefik", "edge", json!({})), "edge-traefik");
    assert_eq!(class("traefik", "edge", json!({"ingressClass": {"name": "public"}})), "public");
    assert_eq!(class("traefik", "edge", json!({"ingressClass": {"enabled": false}})), "");
    assert_eq!(class("ingress-nginx", "edge", json!({})), "nginx");
    assert_eq!(class("metallb", "metallb", json!({})), "");
}

#[test]
fn an_image_is_known_by_the_end_of_its_name() {
    for image in
        ["traefik", "docker.io/traefik:v3.6", "registry.example:5000/library/traefik@sha256:0", "traefik:v3@sha256:0"]
    {
        assert!(is_image_of(image, Runs::IngressController), "{image}");
    }
    assert!(is_image_of("registry.k8s.io/ingress-nginx/controller:v1.14.0", Runs::IngressController));
    for image in
        ["haproxy:3.2", "example.org/traefik/errors", "quay.io/prometheus/node-exporter", "quay.io/metallb/controller"]
    {
        assert!(!is_image_of(image, Runs::IngressController) && !is_image_of(image, Runs::Prometheus), "{image}");
    }
    assert!(is_image_of("quay.io/prometheus/prometheus:v3.8.0", Runs::Prometheus));
}
