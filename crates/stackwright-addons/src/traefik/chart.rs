//! What Traefik's chart is told.

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use stackwright::charts::traefik::{
    CHART, Deployment, Global, IngressClass, PodDisruptionBudget, Ports, Redirection, Redirections, ServiceSpec,
    TrustedAddresses, Values, WebHttp, WebPort, WebsecurePort,
};
use stackwright::charts::{self, ExternalTrafficPolicy, ServiceType};
use stackwright::prelude::*;

use super::{Config, Exposure, container_resources};

/// The release.
pub(super) fn release(config: &Config<'_>) -> Release {
    let values = values(config);
    let pods = vec![ProvidedPods {
        name: "traefik".into(),
        containers: values.resources.clone().into_iter().collect(),
        spread: Spread::Workers(config.replicas),
    }];
    Release { pods, ..Release::new("traefik", &config.namespace, CHART, &values) }
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
        service: Some(service_values(config)),
        ports: ports(config),
        resources: Some(container_resources()),
        global: Some(Global { check_new_version: Some(false), send_anonymous_usage: Some(false) }),
        ..default()
    }
}

fn service_values(config: &Config<'_>) -> charts::traefik::Service {
    let Exposure::LoadBalancer(address) = config.exposure else {
        // Whoever is in front asks any node, and says who the visitor is.
        let spec = ServiceSpec { type_: Some(ServiceType::NodePort), ..default() };
        return charts::traefik::Service { spec: Some(spec), ..default() };
    };
    let annotation = config.platform.address_annotation.clone();
    charts::traefik::Service {
        annotations: annotation.map(|key| [(key, address.to_string())].into()),
        spec: Some(ServiceSpec {
            type_: Some(ServiceType::LoadBalancer),
            // Keeps the visitor's address, for logs and rate limits behind Traefik.
            external_traffic_policy: Some(ExternalTrafficPolicy::Local),
            ..default()
        }),
        ..default()
    }
}

fn ports(config: &Config<'_>) -> Option<Ports> {
    let [web, websecure] = config.exposure.node_ports();
    let trusted_ips = Some(config.proxies.iter().map(Subnet::to_string).collect());
    let trusted = (!config.proxies.is_empty()).then_some(TrustedAddresses { trusted_ips });
    let redirection = config.https_only.then(to_https);
    if web.is_none() && trusted.is_none() && redirection.is_none() {
        return None;
    }
    let secure = websecure.is_some() || trusted.is_some();
    let websecure = WebsecurePort { node_port: websecure, forwarded_headers: trusted.clone(), ..default() };
    Some(Ports {
        web: Some(WebPort { node_port: web, forwarded_headers: trusted, http: redirection, ..default() }),
        websecure: secure.then_some(websecure),
    })
}

fn to_https() -> WebHttp {
    let entry_point =
        Redirection { to: Some("websecure".into()), scheme: Some("https".into()), permanent: Some(true), ..default() };
    WebHttp { redirections: Some(Redirections { entry_point: Some(entry_point) }) }
}
