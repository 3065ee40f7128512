//! Traefik: the controller that serves the cluster's Ingresses, on an address of its own or at ports of every node. By its chart, or as objects.

mod chart;
mod objects;

use std::net::IpAddr;

use k8s_openapi::api::core::v1::{ResourceRequirements, ServicePort};
use stackwright::prelude::*;

use crate::gateway::Gateway;

/// How Traefik serves a cluster.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// The chart that makes it, or none.
    pub charts: Charts,
    /// The class that it serves: an Ingress without one is served too.
    pub class: String,
    /// How visitors reach it.
    pub exposure: Exposure,
    /// Proxies in front of it, whose word about who asks, and how, is believed.
    pub proxies: Vec<Subnet>,
    /// How many pods there are.
    pub replicas: u32,
    /// Whether plain HTTP is answered with the way to HTTPS.
    pub https_only: bool,
    /// Prometheus, where one reads what asks for it by annotations: these pods do.
    pub scraper: Option<App>,
}

/// The chart that makes Traefik, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charts {
    /// Its own, as a release. It serves Ingresses.
    Traefik,
    /// None: every object is here, to be seen and changed, and nothing is needed that installs charts.
    None(Routes),
}

/// What leads visitors on from Traefik.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routes {
    /// Ingresses.
    Ingresses,
    /// Routes of the Gateway API, for its [`gateway`]. The kinds of that have to be there: kubespray brings them.
    Gateway,
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

/// Its Service, as far as what is in front has to know it: its ports are `web` and `websecure`.
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

/// Its pods: an app that it leads to is connected to from these.
pub fn app(namespace: &str) -> App {
    App::new("traefik", namespace)
}

/// The Gateway that routes of other stacks are for, where it has this class and the [`Routes`] are those of a Gateway.
pub fn gateway(namespace: &str, class: &str) -> Gateway {
    Gateway { app: app(namespace), class: class.to_owned(), port: WEB }
}

/// The ports that its pods listen at: its chart's own.
const WEB: u16 = 8000;
const WEBSECURE: u16 = 8443;
const METRICS: u16 = 9100;

/// Traefik, with its namespace, which is open to visitors. The way on to an app comes with the app's Ingress or route.
pub fn stack(config: &Config<'_>) -> Stack {
    let mut objects = around(config);
    let releases = match config.charts {
        Charts::Traefik => vec![chart::release(config)],
        Charts::None(routes) => {
            objects.extend(objects::objects(config, routes));
            vec![]
        }
    };
    Stack { name: "traefik".into(), releases, objects, ..default() }
}

/// Its namespace, and who may connect to whom in it. The pods run as a user, without capabilities, and listen above 1024.
fn around(config: &Config<'_>) -> Vec<Object> {
    let app = app(&config.namespace);
    // kubelet, which asks for health at 8080, is let in by every network plugin.
    let visitors =
        allow_ingress(&app, "traefik-from-visitors", config.platform.anyone(), vec![tcp(WEB), tcp(WEBSECURE)]);
    let mut objects = vec![
        namespace(&config.namespace, PodSecurity::Restricted).into(),
        default_deny(&config.namespace).into(),
        allow_dns(&app, config.platform.dns()).into(),
        allow_api_server(&app, &config.platform.nodes).into(),
        visitors.into(),
    ];
    // The entry point `metrics`, which the pods' annotations name.
    objects.extend(config.scraper.as_ref().map(|scraper| {
        allow_ingress(&app, "traefik-from-prometheus", vec![app_peer(scraper)], vec![tcp(METRICS)]).into()
    }));
    objects
}

fn container_resources() -> ResourceRequirements {
    resources(("50m", "64Mi"), ("500m", "192Mi"))
}
