use std::collections::BTreeMap;

use serde::Serialize;
use stackwright::prelude::*;

use super::{CERTIFICATES, Certificate, Challenge, Config, Http, Port, Site, cloudflare};

/// What goes below `/etc/nginx/`, as it lies below `machines/nginx/`.
pub(super) fn files(config: &Config) -> Result<Vec<File>, Error> {
    Ok(vec![
        sites(config)?,
        File::new("machines/nginx/stackwright/proxy.conf", include_str!("nginx/proxy.conf")),
        File::new("machines/nginx/stackwright/tls.conf", include_str!("nginx/tls.conf")),
    ])
}

fn sites(config: &Config) -> Result<File, Error> {
    let mut strangers = BTreeMap::new();
    let mut ports = BTreeMap::new();
    let mut servers = Vec::new();
    for site in config.sites {
        for (port, tls) in [(Some(site.https), true), (site.http.port(), false)] {
            let Some(port) = port else { continue };
            strangers.insert(port.listens, Strangers { number: port.listens, tls });
            if port.public != port.listens {
                ports.insert(port.listens, port);
            }
            servers.push(Server::new(config, site, port, tls));
        }
    }
    let is_proxied = config.sites.iter().any(|site| site.certificate == Certificate::Cloudflare);
    let proxies = if is_proxied { cloudflare::addresses() } else { Vec::new() };
    let values = Values {
        ipv6: config.ipv6,
        ports: ports.into_values().collect(),
        proxies: proxies.iter().map(Subnet::to_string).collect(),
        upstreams: config.sites.iter().map(Upstream::new).collect(),
        strangers: strangers.into_values().collect(),
        servers,
    };
    template("machines/nginx/conf.d/stackwright.conf", include_str!("nginx/sites.conf.j2"), values)
}

#[derive(Serialize)]
struct Values<'a> {
    ipv6: bool,
    ports: Vec<Port>,
    proxies: Vec<String>,
    upstreams: Vec<Upstream>,
    strangers: Vec<Strangers>,
    servers: Vec<Server<'a>>,
}

/// Each site has an upstream of its own.
#[derive(Serialize)]
struct Upstream {
    what: String,
    name: String,
    servers: Vec<String>,
}

impl Upstream {
    fn new(site: &Site) -> Self {
        Self {
            // A comment ends with its line, and what is reached is named by people.
            what: site.upstream.what.replace(|char: char| !char.is_ascii_alphanumeric(), "-"),
            name: upstream_name(site),
            servers: site.upstream.to.iter().map(ToString::to_string).collect(),
        }
    }
}

fn upstream_name(site: &Site) -> String {
    format!("{}-{}", site.name(), site.https.listens)
}

/// What a port has for whoever asks for none of its sites.
#[derive(Serialize)]
struct Strangers {
    number: u16,
    tls: bool,
}

/// A site at one of its ports.
#[derive(Serialize)]
struct Server<'a> {
    port: u16,
    tls: bool,
    names: &'a [String],
    certificate: String,
    key: String,
    /// Whether browsers are told to ask for nothing but HTTPS.
    strict: bool,
    /// Whether an authority may look here whether a name leads to this proxy.
    challenges: bool,
    /// The port that visitors are sent to, if they are sent on.
    redirects_to: Option<u16>,
    upstream: String,
    largest_body: u32,
    patience: u32,
}

impl<'a> Server<'a> {
    fn new(config: &Config, site: &'a Site, port: Port, tls: bool) -> Self {
        let folder = format!("{CERTIFICATES}/{}", site.name());
        let redirects = !tls && matches!(site.http, Http::Redirects(_));
        Self {
            port: port.listens,
            tls,
            names: &site.names,
            certificate: format!("{folder}/fullchain.pem"),
            key: format!("{folder}/privkey.pem"),
            strict: tls && !is_readable_elsewhere(config, site),
            challenges: !tls
                && matches!(&site.certificate, Certificate::Acme(acme) if acme.challenge == Challenge::Http),
            redirects_to: redirects.then_some(site.https.public),
            upstream: upstream_name(site),
            largest_body: site.largest_body,
            patience: site.patience,
        }
    }
}

/// Whether one of a site's names is served by plain HTTP somewhere: browsers that ask for nothing but HTTPS would do so at every port.
fn is_readable_elsewhere(config: &Config, site: &Site) -> bool {
    let is_plain = |other: &&Site| matches!(other.http, Http::Serves(_));
    config.sites.iter().filter(is_plain).any(|other| other.names.iter().any(|name| site.names.contains(name)))
}
