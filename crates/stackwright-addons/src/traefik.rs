//! Traefik: the controller that serves the cluster's Ingresses, on an address of its own.

use std::net::IpAddr;

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use stackwright::charts::traefik::{
    CHART, Deployment, Global, IngressClass, PodDisruptionBudget, Ports, Redirection, Redirections, Service,
    ServiceSpec, Values, WebHttp, WebPort,
};
use stackwright::charts::{ExternalTrafficPolicy, ServiceType};
use stackwright::prelude::*;

/// How Traefik serves a cluster.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// The ingress class that it serves; an Ingress without a class is served too.
    pub class: String,
    /// The address that visitors reach it at.
    pub address: IpAddr,
    /// How many pods there are.
    pub replicas: u32,
    /// Whether plain HTTP is answered with the way to HTTPS.
    pub https_only: bool,
}

/// Its pods, by the label that the chart gives them: an app behind an Ingress is connected to from these.
pub fn app(namespace: &str) -> App {
    App::new("traefik", namespace)
}

/// Traefik, with its namespace, which is open to visitors. The way on to an app comes with the app's Ingress.
pub fn stack(config: &Config<'_>) -> Stack {
    let values = values(config);
    let pods = vec![ProvidedPods {
        name: "traefik".into(),
        containers: values.resources.clone().into_iter().collect(),
        spread: Spread::Workers(config.replicas),
    }];
    Stack {
        releases: vec![Release { pods, ..Release::new("traefik", &config.namespace, CHART, &values) }],
        // The chart's pods run as a user, without capabilities, and listen above 1024.
        ..Stack::new("traefik", objects(config))
    }
}

fn objects(config: &Config<'_>) -> [Object; 5] {
    let app = app(&config.namespace);
    // The chart's entry points `web` and `websecure`. kubelet, which asks for health at 8080, is let in by every network plugin.
    let visitors = allow_ingress(&app, "traefik-from-visitors", config.platform.anyone(), vec![tcp(8000), tcp(8443)]);
    [
        namespace(&config.namespace, PodSecurity::Restricted).into(),
        default_deny(&config.namespace).into(),
        allow_dns(&app, config.platform.dns()).into(),
        allow_api_server(&app, &config.platform.nodes).into(),
        visitors.into(),
    ]
}

fn values(config: &Config<'_>) -> Values {
    Values {
        deployment: Some(Deployment { replicas: Some(config.replicas), ..default() }),
        pod_disruption_budget: Some(PodDisruptionBudget {
            enabled: Some(true),
            max_unavailable: Some(IntOrString::Int(1)),
            ..default()
        }),
        topology_spread_constraints: Some(vec![spread_over_nodes(labels_selector([(NAME_LABEL, "traefik")]))]),
        ingress_class: Some(IngressClass {
            enabled: Some(true),
            is_default_class: Some(true),
            name: Some(config.class.clone()),
        }),
        service: Some(Service {
            annotations: config
                .platform
                .address_annotation
                .clone()
                .map(|key| [(key, config.address.to_string())].into()),
            spec: Some(ServiceSpec {
                type_: Some(ServiceType::LoadBalancer),
                // Keeps the visitor's address, for logs and rate limits behind Traefik.
                external_traffic_policy: Some(ExternalTrafficPolicy::Local),
                ..default()
            }),
            ..default()
        }),
        ports: config.https_only.then(ports_https_only),
        resources: Some(resources(("50m", "64Mi"), ("500m", "192Mi"))),
        global: Some(Global { check_new_version: Some(false), send_anonymous_usage: Some(false) }),
        ..default()
    }
}

fn ports_https_only() -> Ports {
    let entry_point =
        Redirection { to: Some("websecure".into()), scheme: Some("https".into()), permanent: Some(true), ..default() };
    let redirections = Redirections { entry_point: Some(entry_point) };
    Ports { web: Some(WebPort { http: Some(WebHttp { redirections: Some(redirections) }), ..default() }), ..default() }
}
