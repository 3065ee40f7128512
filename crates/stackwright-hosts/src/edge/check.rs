use k8s_openapi::api::core::v1::{Service, ServicePort};
use stackwright::prelude::*;

use super::{Certificate, Config, Port, Site, certificates, cloudflare};
use crate::names::is_dns_name;

/// Refuses what does not fit together.
pub(super) fn check(config: &Config) -> Result<(), Error> {
    for (number, site) in config.sites.iter().enumerate() {
        if site.names.is_empty() {
            return Err(Error::new("a site has no names", "say by which DNS names visitors ask for it: `Site::names`"));
        }
        if let Some(wrong) = site.names.iter().find(|name| !is_dns_name(name)) {
            return Err(Error::new(
                format!("`{}` is no DNS name", wrong.escape_debug()),
                "write it in small letters, without scheme, port or path: shop.example.com",
            ));
        }
        if site.upstream.to.is_empty() {
            return Err(Error::new(
                format!("site `{}` leads nowhere", site.name()),
                "give `edge::upstream` the nodes that take its requests",
            ));
        }
        check_cloudflare(site)?;
        for other in &config.sites[..number] {
            check_together(site, other)?;
        }
        if site.http.port().is_some_and(|http| http.listens == site.https.listens) {
            return Err(both(site.https.listens));
        }
    }
    config.sites.iter().try_for_each(|site| certificates::check(config, site))
}

fn both(port: u16) -> Error {
    Error::new(
        format!("port {port} would be for HTTP and for HTTPS"),
        "let nginx listen at another port for one of them: `Port::listens`",
    )
}

fn check_together(site: &Site, other: &Site) -> Result<(), Error> {
    let shared = site.names.iter().find(|name| other.names.contains(name));
    if let Some(name) = shared.filter(|_| site.certificate != other.certificate) {
        let ports = [other, site].map(|site| site.https.public);
        return Err(Error::new(
            format!("{name} would have one certificate at port {}, and another at port {}", ports[0], ports[1]),
            "DNS leads a name to Cloudflare or to the proxy: give both sites the same `Certificate`, or other names",
        ));
    }
    let listens = |site: &Site, port: u16| site.ports().any(|own| own.listens == port);
    for port in site.ports().filter(|port| listens(other, port.listens)) {
        let is_https = |site: &Site| site.https.listens == port.listens;
        if is_https(site) != is_https(other) {
            return Err(both(port.listens));
        }
        if let Some(name) = shared {
            return Err(Error::new(
                format!("two sites answer for {name} at port {}", port.listens),
                "give one of them another name, or another port",
            ));
        }
        if site.certificate.visitors() != other.certificate.visitors() {
            return Err(Error::new(
                format!(
                    "at port {} only Cloudflare may connect for one of `{}` and `{}`, and anyone for the other",
                    port.listens,
                    other.name(),
                    site.name()
                ),
                "a firewall knows ports, not names: give one of them another port",
            ));
        }
    }
    for port in site.ports() {
        if let Some(theirs) =
            other.ports().find(|theirs| (theirs.public == port.public) != (theirs.listens == port.listens))
        {
            return Err(Error::new(
                format!(
                    "visitors' port {} would be nginx' {}, and their port {} its {}",
                    theirs.public, theirs.listens, port.public, port.listens
                ),
                "a router sends each port on to one other: give both sites the same `Port`, or no number in common",
            ));
        }
    }
    Ok(())
}

fn check_cloudflare(site: &Site) -> Result<(), Error> {
    if site.certificate != Certificate::Cloudflare {
        return Ok(());
    }
    let passed_on = |port: Option<Port>, ports: Vec<u16>| match port {
        Some(Port { public, .. }) if !ports.contains(&public) => Err(Error::new(
            format!("Cloudflare does not pass port {public} on, at which visitors ask for `{}`", site.name()),
            format!(
                "take one of {}, or a certificate that visitors trust themselves: `Certificate::Acme`",
                ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
            ),
        )),
        _ => Ok(()),
    };
    passed_on(Some(site.https), cloudflare::https_ports())?;
    passed_on(site.http.port(), cloudflare::http_ports())
}

/// Refuses a port that answers plain HTTP with an error, by what it is called: `websecure` is Traefik's name for it.
pub(super) fn check_plain(service: &Service, name: &str) -> Result<(), Error> {
    let is_tls = |port: &ServicePort| {
        let says = |word: &str| word == "https" || word == "wss" || word.starts_with("https-") || word == "websecure";
        port.port == 443 || says(name) || port.app_protocol.as_deref().is_some_and(says)
    };
    let mut ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
    match ports.find(|port| port.name.as_deref() == Some(name)) {
        Some(port) if is_tls(port) => Err(Error::new(
            format!(
                "port `{}` of Service `{}` expects TLS, and the proxy asks its upstream by plain HTTP",
                name.escape_debug(),
                service.metadata.name.as_deref().unwrap_or_default().escape_debug()
            ),
            "take the Service's port for HTTP; if this is one, `Upstream::node_port` takes its number",
        )),
        _ => Ok(()),
    }
}
