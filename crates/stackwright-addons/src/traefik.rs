//! Traefik: the controller that serves the cluster's Ingresses, on an address of its own or at ports of every node.

use std::net::IpAddr;

use k8s_openapi::api::core::v1::ServicePort;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use stackwright::charts::traefik::{
    CHART, Deployment, Global, IngressClass, PodDisruptionBudget, Ports, Redirection, Redirections, ServiceSpec,
    TrustedAddresses, Values, WebHttp, WebPort, WebsecurePort,
};
use stackwright::charts::{self, ExternalTrafficPolicy, ServiceType};
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
    /// How visitors reach it.
    pub exposure: Exposure,
    /// Proxies in front of it, whose word about who asks, and how, is believed.
    pub proxies: Vec<Subnet>,
    /// How many pods there are.
    pub replicas: u32,
    /// Whether plain HTTP is answered with the way to HTTPS.
    pub https_only: bool,
    /// Prometheus, where one reads what asks for it by annotations: the chart's pods do.
    pub scraper: Option<App>,
}

/// How visitors reach Traefik.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// At an address that the platform's load balancer gives it.
    LoadBalancer(IpAddr),
    /// At ports of every node, which something in front sends on to.
    NodePorts {
        /// The one for HTTP.
        web: u16,
        /// The one for HTTPS.
        websecure: u16,
    },
}

impl Exposure {
    fn node_ports(self) -> [Option<u16>; 2] {
        match self {
            Self::LoadBalancer(_) => [None, None],
            Self::NodePorts { web, websecure } => [Some(web), Some(websecure)],
        }
    }
}

/// The Service that the chart makes, as far as what is in front has to know it: its ports are `web` and `websecure`.
///
/// ```
/// use stackwright::prelude::*;
/// use stackwright_addons::traefik::{Exposure, service};
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let node = Node::worker(Host::new("node", (2, 4096), Nic::on(&lan, 11)?))?;
/// let traefik = service("traefik", Exposure::NodePorts { web: 30080, websecure: 30443 });
/// let way_in = forward(("router", 80), &traefik, "web", [&node])?;
/// assert_eq!(way_in.to[0].port(), 30080);
/// # Ok::<(), Error>(())
/// ```
pub fn service(namespace: &str, exposure: Exposure) -> Service {
    let [web, websecure] = exposure.node_ports();
    let port = |name: &str, port, node_port: Option<u16>| ServicePort {
        name: Some(name.into()),
        port,
        node_port: node_port.map(Into::into),
        ..default()
    };
    let spec = k8s_openapi::api::core::v1::ServiceSpec {
        type_: Some(if web.is_some() { "NodePort" } else { "LoadBalancer" }.into()),
        ports: Some(vec![port("web", 80, web), port("websecure", 443, websecure)]),
        ..default()
    };
    Service { metadata: app(namespace).metadata(), spec: Some(spec), ..default() }
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
        name: "traefik".into(),
        releases: vec![Release { pods, ..Release::new("traefik", &config.namespace, CHART, &values) }],
        // The chart's pods run as a user, without capabilities, and listen above 1024.
        objects: objects(config),
        ..default()
    }
}

fn objects(config: &Config<'_>) -> Vec<Object> {
    let app = app(&config.namespace);
    // The chart's entry points `web` and `websecure`. kubelet, which asks for health at 8080, is let in by every network plugin.
    let visitors = allow_ingress(&app, "traefik-from-visitors", config.platform.anyone(), vec![tcp(8000), tcp(8443)]);
    let mut objects = vec![
        namespace(&config.namespace, PodSecurity::Restricted).into(),
        default_deny(&config.namespace).into(),
        allow_dns(&app, config.platform.dns()).into(),
        allow_api_server(&app, &config.platform.nodes).into(),
        visitors.into(),
    ];
    // The entry point `metrics`, which the pods' annotations name: templates/_podtemplate.tpl.
    objects.extend(config.scraper.as_ref().map(|scraper| {
        allow_ingress(&app, "traefik-from-prometheus", vec![app_peer(scraper)], vec![tcp(9100)]).into()
    }));
    objects
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
        resources: Some(resources(("50m", "64Mi"), ("500m", "192Mi"))),
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
