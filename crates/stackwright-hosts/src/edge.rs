//! A proxy in front of a cluster: nginx on a host of its own, by typed sites.
//!
//! A site is what visitors reach by its names. It leads to a node port of several nodes: a node that is gone is passed over. What its
//! visitors need to trust, and who may connect at all, follows from one choice, its [`Certificate`].
//!
//! ```
//! use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};
//! use stackwright::prelude::*;
//! use stackwright_hosts::edge::{self, Certificate, Http, Port, Site};
//!
//! # fn main() -> Result<(), Error> {
//! let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
//! let proxy = Host::new("edge", (2, 2048), Nic::on(&lan, 10)?);
//! let nodes = [21, 22].map(|number| Nic::on(&lan, number).map(|nic| Host::new(&format!("node{number}"), (4, 8192), nic)));
//! let nodes = nodes.into_iter().map(|host| Node::worker(host?)).collect::<Result<Vec<_>, Error>>()?;
//! let port = ServicePort { name: Some("web".into()), port: 80, node_port: Some(30080), ..default() };
//! let spec = ServiceSpec { type_: Some("NodePort".into()), ports: Some(vec![port]), ..default() };
//! let ingress = Service { metadata: App::new("traefik", "traefik").metadata(), spec: Some(spec), ..default() };
//!
//! let shop = Site {
//!     http: Http::Redirects(Port { listens: 8080, public: 80 }),
//!     ..Site::new(
//!         &["shop.example.com"],
//!         Port { listens: 8443, public: 443 },
//!         Certificate::Cloudflare,
//!         edge::upstream(&ingress, "web", &nodes)?,
//!     )
//! };
//! let config = edge::Config { host: &proxy, sites: &[shop], ipv6: false };
//! let artefacts = edge::artefacts(&config)?;
//! assert!(artefacts[0].files[0].text.contains("server 192.168.1.21:30080"));
//! assert_eq!(edge::forwards(&config, "router")?.len(), 2);
//! # Ok(())
//! # }
//! ```

mod certificates;
mod check;
mod cloudflare;
mod records;
mod written;

use std::net::SocketAddr;

use k8s_openapi::api::core::v1::Service;
use serde::Serialize;
use stackwright::prelude::*;

use crate::names::check_host_name;

pub use cloudflare::addresses as cloudflare_addresses;
pub use records::records;

/// Where nginx finds a site's certificate and key, in a folder of the site's first name.
pub const CERTIFICATES: &str = "/etc/nginx/certificates";

/// What the proxy on a host serves.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The host.
    pub host: &'a Host,
    /// Its sites. Several may share a port: visitors ask for them by their names.
    pub sites: &'a [Site],
    /// Whether it listens at IPv6, too, which its operating system then has to have.
    pub ipv6: bool,
}

/// What visitors reach by some names.
#[derive(Debug, Clone)]
pub struct Site {
    /// The DNS names that they type. A request for a name that no site has is not answered.
    pub names: Vec<String>,
    /// Where it is served by HTTPS.
    pub https: Port,
    /// What plain HTTP gets.
    pub http: Http,
    /// What visitors trust.
    pub certificate: Certificate,
    /// Where requests go on to.
    pub upstream: Upstream,
    /// How large a request may be, in MiB.
    pub largest_body: u32,
    /// How long it waits for the upstream to say something, in seconds.
    pub patience: u32,
}

/// A port of the proxy, and what visitors call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Port {
    /// Where nginx listens.
    pub listens: u16,
    /// What visitors type, where a router in front has another port.
    pub public: u16,
}

impl From<u16> for Port {
    /// The same port for both.
    fn from(port: u16) -> Self {
        Self { listens: port, public: port }
    }
}

/// What plain HTTP gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Http {
    /// Nothing listens.
    Closed,
    /// The way to HTTPS.
    Redirects(Port),
    /// The site itself, readable on the way.
    Serves(Port),
}

impl Http {
    fn port(self) -> Option<Port> {
        match self {
            Self::Closed => None,
            Self::Redirects(port) | Self::Serves(port) => Some(port),
        }
    }
}

/// Whose certificate a site shows, and so who may connect to it.
///
/// It is one choice, since the halves belong together. No browser trusts Cloudflare's origin certificate, and Let's Encrypt's is shown to
/// browsers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Certificate {
    /// Cloudflare is between visitors and the proxy. Only its addresses may connect, and it tells each visitor's own address. The
    /// certificate is its origin certificate, which a person takes from its dashboard.
    Cloudflare,
    /// Visitors connect to the proxy itself, and trust Let's Encrypt, or another authority that speaks ACME.
    Acme(Acme),
}

/// How an authority gives a certificate, and renews it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acme {
    /// The URL of its ACME directory, such as [`LETS_ENCRYPT`].
    pub directory: String,
    /// Whom it writes to.
    pub email: String,
    /// How it sees that a name is ours.
    pub challenge: Challenge,
}

/// How an authority sees that a name is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Challenge {
    /// It asks the proxy by plain HTTP at port 80, which therefore has to be open to anyone.
    Http,
    /// It looks for a record in DNS, which Cloudflare's API writes with this token. No port has to be open for it.
    CloudflareDns(Key),
}

/// The ACME directory of Let's Encrypt: <https://letsencrypt.org/docs/acme-protocol-updates/>.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

impl Certificate {
    /// Who may connect to a site.
    pub fn visitors(&self) -> Source {
        match self {
            Self::Cloudflare => Source::Subnets(cloudflare::addresses()),
            Self::Acme(_) => Source::Anyone,
        }
    }
}

/// Where requests go on to: an address and port of each node that takes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// What takes them, in a word or two.
    pub what: String,
    /// The addresses and ports.
    pub to: Vec<SocketAddr>,
}

impl Upstream {
    /// What this is, at a node port of these nodes that is known by its number alone, such as one that a chart is told.
    pub fn node_port<'n>(what: &str, port: u16, nodes: impl IntoIterator<Item = &'n Node>) -> Self {
        Self { what: what.to_owned(), to: nodes.into_iter().map(|node| (node.address, port).into()).collect() }
    }
}

/// The node port of a Service's port, on these nodes.
///
/// # Errors
/// When the Service has no port of this name, or no node port is chosen for it, or it expects TLS, which ends at the proxy.
#[track_caller]
pub fn upstream<'n>(
    service: &Service,
    port: &str,
    nodes: impl IntoIterator<Item = &'n Node>,
) -> Result<Upstream, Error> {
    let WayIn { what, to, .. } = forward(("", 0), service, port, nodes)?;
    check::check_plain(service, port)?;
    Ok(Upstream { what, to })
}

impl Site {
    /// A site that is served by HTTPS alone, with requests of at most 10 MiB that are answered within a minute.
    pub fn new(names: &[&str], https: impl Into<Port>, certificate: Certificate, upstream: Upstream) -> Self {
        Self {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            https: https.into(),
            http: Http::Closed,
            certificate,
            upstream,
            largest_body: 10,
            patience: 60,
        }
    }

    /// The first of its names, by which its certificate is kept.
    fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// Every port that it is served or redirected at.
    fn ports(&self) -> impl Iterator<Item = Port> {
        [self.https].into_iter().chain(self.http.port())
    }

    /// The ports that requests go on from.
    fn served(&self) -> impl Iterator<Item = Port> {
        let plain = if let Http::Serves(port) = self.http { Some(port) } else { None };
        [self.https].into_iter().chain(plain)
    }
}

/// nginx with these sites, on the host, and then what gets certificates for those that no person gives one.
///
/// # Errors
/// When a site has no names or no upstream, two sites answer for one name at one port, a port is for HTTP and for HTTPS, Cloudflare does not
/// pass on a port, or an authority could not see that a name is ours.
pub fn artefacts(config: &Config) -> Result<Vec<Artefact>, Error> {
    check_host_name(&config.host.name)?;
    check::check(config)?;
    Ok([nginx(config)?].into_iter().chain(certificates::acme(config)).collect())
}

/// What goes below `/etc/nginx/`, and the script that puts it there.
fn nginx(config: &Config) -> Result<Artefact, Error> {
    let mut listeners: Vec<Listener> = Vec::new();
    for port in config.sites.iter().flat_map(Site::ports) {
        let listener = Listener::tcp("nginx", port.listens);
        if !listeners.contains(&listener) {
            listeners.push(listener);
        }
    }
    let script = File::script("machines/remote/nginx.sh", include_str!("edge/remote/nginx.sh"));
    Ok(Artefact {
        arguments: listeners.iter().map(|listener| listener.port.to_string()).collect(),
        files: written::files(config)?,
        secrets: certificates::origin(config),
        listeners,
        ..Artefact::new(config.host, "nginx", script)
    })
}

/// The ways from the host's ports to the nodes.
pub fn ways_in(config: &Config) -> Vec<WayIn> {
    let of_site = |site: &Site| -> Vec<WayIn> {
        let way_in = |port: Port| WayIn {
            what: site.upstream.what.clone(),
            at: config.host.name.clone(),
            port: port.listens,
            protocol: "TCP".into(),
            to: site.upstream.to.clone(),
            from: site.certificate.visitors(),
            names: site.names.clone(),
        };
        site.served().map(way_in).collect()
    };
    config.sites.iter().flat_map(of_site).collect()
}

/// The forwards of the router in front of the host: what visitors type there, and the port that nginx has for it.
///
/// # Errors
/// When the host has no address that is known.
pub fn forwards(config: &Config, router: &str) -> Result<Vec<WayIn>, Error> {
    let mut forwards: Vec<WayIn> = Vec::new();
    for site in config.sites {
        for port in site.ports() {
            let from = site.certificate.visitors();
            match forwards.iter_mut().find(|other| other.port == port.public) {
                // Whoever may use one of them comes to the port.
                Some(other) if other.from != from => other.from = Source::Anyone,
                Some(_) => {}
                None => {
                    let listener = Listener::tcp("nginx", port.listens);
                    forwards.push(WayIn { from, ..forward_to((router, port.public), &listener, config.host)? });
                }
            }
        }
    }
    Ok(forwards)
}

/// What the host's firewall has to let in.
pub fn openings(config: &Config) -> Vec<Opening> {
    let mut openings: Vec<Opening> = Vec::new();
    for (site, port) in config.sites.iter().flat_map(|site| site.ports().map(move |port| (site, port))) {
        let opening = Opening::tcp("nginx", &[port.listens], site.certificate.visitors());
        if !openings.contains(&opening) {
            openings.push(opening);
        }
    }
    openings
}
