//! Which certificate is shown for a name, and whether who asks takes it.

use super::request::Url;
use super::trail::{Trail, fault};
use super::{Hop, Stage, State, listeners, traefik};
use crate::Material;
use crate::check::references::gateway_ref::Listener;
use crate::check::tls::Certificate;
use crate::check::{Finding, Item, is_for};
use crate::links::shown::{self, Shown};
use crate::yaml::{Node, Value};

/// What speaks against the Secret that it is in.
const OF_SECRETS: [&str; 3] = ["secret-missing", "secret-key-missing", "secret-type-mismatch"];
/// The same, where it is of a Gateway.
const OF_GATEWAYS: [&str; 4] = ["secret-missing", "secret-key-missing", "secret-type-mismatch", "gateway-ref"];
/// What speaks against annotations for cert-manager.
const OF_ANNOTATIONS: [&str; 2] = ["issuer-missing", "retired-group"];
/// What speaks against a certificate itself.
const OF_CERTIFICATES: [&str; 2] = ["tls-cn-only", "tls-expiry"];

/// A certificate that an object has in a Secret.
struct Showing<'f, 'a> {
    item: Item<'a>,
    secret: (&'f str, &'f str),
    host: &'f str,
    /// The field that names the host.
    path: &'f str,
    /// The field that names the Secret.
    secrets: &'f str,
}

/// Takes the hop of the certificate that the controller shows for a URL's host, by the Ingress, or the Gateways of the route, that it comes to.
pub(super) fn shown<'a>(trail: &mut Trail<'_, 'a>, url: &Url, item: Item<'a>) -> Option<()> {
    if traefik::is_route(item) {
        return of_traefik(trail, url, item);
    }
    if item.object.kind() != "Ingress" {
        return of_gateway(trail, url, item);
    }
    let mut all = shown::of_object(item).into_iter();
    let Some(Shown { secret, host, path }) = all.find(|shown| is_for(shown.host, &url.host)) else {
        return nameless(trail, url, item);
    };
    certified(trail, url, &Showing { item, secret, host, path: &path, secrets: "spec.tls" })
}

/// Takes the hop of the listener that a route of the Gateway API is for.
fn of_gateway<'a>(trail: &mut Trail<'_, 'a>, url: &Url, route: Item<'a>) -> Option<()> {
    let meant = listeners::meant(trail.index, route, url, true);
    let Some(Listener { gateway, node }) = meant.and_then(|meant| meant.into_iter().next()) else {
        if matches!(route.object.kind(), "TLSRoute" | "TCPRoute") {
            let hop = Hop::new(Stage::Tls, format!("{} is for TLS of {}", route.label(), url.host)).at(route, "spec");
            return trail.take(hop.unknown("whether it ends at the Gateway or behind it, a listener says"));
        }
        return nameless(trail, url, route);
    };
    let all = gateway.object.content().and_then(|content| content.at("spec.listeners")).map_or(&[][..], Node::items);
    let number = all.iter().position(|listener| std::ptr::eq(listener, node)).unwrap_or_default();
    let path = format!("spec.listeners[{number}]");
    let text = |path| node.at(path).and_then(Node::text);
    if text("tls.mode") == Some("Passthrough") || text("protocol") == Some("TCP") {
        let field = if text("protocol") == Some("TCP") { "protocol" } else { "tls.mode" };
        let hop = Hop::new(Stage::Tls, format!("{} leaves TLS to what is behind it", gateway.label()));
        return trail
            .take(hop.at(gateway, format!("{path}.{field}")).unknown("which certificate is shown is decided there"));
    }
    let named: Vec<_> = named(gateway, node);
    let host = text("hostname").unwrap_or(&url.host);
    let path_of_host = if text("hostname").is_some() { format!("{path}.hostname") } else { format!("{path}.tls") };
    let secrets = format!("{path}.tls");
    let showing = |secret| Showing { item: gateway, secret, host, path: &path_of_host, secrets: &secrets };
    let certificates = trail.index.certificates();
    let of = |secret: &(&str, &str)| certificates.iter().find(|certificate| certificate.secret == *secret);
    // Of several it shows the one that is for the name.
    let covering = named.iter().copied().find(|secret| of(secret).is_some_and(|found| found.covers(&url.host)));
    match (&named[..], covering) {
        ([], _) => nameless(trail, url, gateway),
        (&[secret], _) | (_, Some(secret)) => certified(trail, url, &showing(secret)),
        (several, None) => {
            let labels: Vec<_> = several.iter().map(|(namespace, name)| format!("{namespace}/{name}")).collect();
            let labels = labels.join(", ");
            let what = format!("{} shows one of the certificates of Secrets {labels}", gateway.label());
            let hop = Hop::new(Stage::Tls, what).at(gateway, secrets.clone());
            let found = trail.first(&OF_GATEWAYS, gateway, &secrets);
            let is_known = several.iter().all(|secret| of(secret).is_some());
            let hop = match found {
                Some(found) => trail.judged(hop, Some(found)),
                None if is_known => {
                    let message = format!("none of the certificates of {} is for {}", gateway.label(), url.host);
                    hop.is(fault(message, format!("make one for {}, and add its Secret", url.host)))
                }
                None => hop.unknown("what is in those Secrets is not known"),
            };
            trail.take(hop)
        }
    }
}

/// The Secrets that a listener names.
fn named<'a>(gateway: Item<'a>, listener: &'a Node) -> Vec<(&'a str, &'a str)> {
    let listed = listener.at("tls.certificateRefs").map_or(&[][..], Node::items).iter().filter_map(|node| {
        let text = |field| node.get(field).and_then(Node::text);
        let is_secret = text("kind").unwrap_or("Secret") == "Secret" && text("group").unwrap_or_default().is_empty();
        Some((text("namespace").unwrap_or(gateway.namespace), text("name").filter(|_| is_secret)?))
    });
    listed.collect()
}

/// Takes the hop of a route of Traefik's own.
fn of_traefik<'a>(trail: &mut Trail<'_, 'a>, url: &Url, item: Item<'a>) -> Option<()> {
    let tls = item.object.content().and_then(|content| content.at("spec.tls"));
    let is_plain = tls.is_none_or(|tls| tls.value == Value::Null) && item.object.kind() == "IngressRouteTCP";
    let passes = tls.and_then(|tls| tls.get("passthrough")).is_some_and(|node| node.value == Value::Bool(true));
    if is_plain || passes {
        let field = if passes { "spec.tls.passthrough" } else { "spec" };
        let hop = Hop::new(Stage::Tls, "Traefik leaves TLS to what is behind it").at(item, field);
        return trail.take(hop.unknown("which certificate is shown is decided there"));
    }
    match tls.and_then(|tls| tls.get("secretName")?.text()).filter(|name| !name.is_empty()) {
        Some(name) => {
            let (secret, path) = ((item.namespace, name), "spec.tls.secretName");
            certified(trail, url, &Showing { item, secret, host: &url.host, path, secrets: "spec.tls" })
        }
        None => nameless(trail, url, item),
    }
}

/// Takes the hop of an object that names no certificate for a host.
fn nameless(trail: &mut Trail<'_, '_>, url: &Url, item: Item<'_>) -> Option<()> {
    let hop = Hop::new(Stage::Tls, format!("{} names no certificate for {}", item.label(), url.host));
    let why = "the controller shows one of its own, which nobody trusts unless it was given one that is for that name";
    trail.take(hop.at(item, "spec").unknown(why))
}

/// Takes the hop of a certificate that is in a Secret.
fn certified(trail: &mut Trail<'_, '_>, url: &Url, showing: &Showing<'_, '_>) -> Option<()> {
    let Showing { item, secret, host, path, secrets } = *showing;
    let (namespace, name) = secret;
    let what = format!("{} shows the certificate of Secret {namespace}/{name} for {host}", item.label());
    let hop = Hop::new(Stage::Tls, what).at(item, path);
    let index = trail.index;
    let certificate = index.certificates().iter().find(|certificate| certificate.secret == secret);
    let uncovered = trail.finding("tls-host-not-covered", item, path);
    let asked = if certificate.is_none() { asked(trail, item) } else { None };
    let of_secrets = match item.object.kind() {
        "Gateway" => &OF_GATEWAYS[..],
        _ if traefik::is_route(item) => &["traefik-ref"],
        _ => &OF_SECRETS,
    };
    let of_secret = trail.first(of_secrets, item, secrets);
    let found = [uncovered, asked, of_secret];
    if found.iter().any(Option::is_some) {
        let hop = trail.judged_by_worst(hop, found);
        return trail.take(hop);
    }
    let Some(certificate) = certificate else {
        let annotations = item.object.metadata().annotations.as_ref();
        let is_asked = annotations.is_some_and(|given| given.keys().any(|key| key.starts_with("cert-manager.io/")));
        return trail.take(hop.unknown(if is_asked {
            "cert-manager is asked for it by an annotation: whether it got one is not known"
        } else {
            "what is in that Secret, and who makes it, is not known"
        }));
    };
    let mut hop = hop;
    if let Some(item) = certificate.item {
        let issuer = trail.finding("issuer-missing", item, "spec.issuerRef");
        let own = OF_CERTIFICATES.map(|id| trail.finding(id, item, certificate.path));
        hop = trail.judged_by_worst(hop, [issuer].into_iter().chain(own));
    }
    if !matches!(hop.state, State::Broken(_)) && !certificate.covers(&url.host) {
        let message = format!("{} is not for {}", certificate.label, url.host);
        return trail.take(hop.is(fault(message, format!("make one for {}", url.host))));
    }
    let hop = match trust(trail, certificate) {
        Some(note) if !matches!(hop.state, State::Broken(_)) => hop.note(note),
        _ => hop,
    };
    trail.take(hop)
}

/// What speaks against the annotations by which an Ingress asks cert-manager for a certificate.
fn asked(trail: &mut Trail<'_, '_>, item: Item<'_>) -> Option<Finding> {
    let mut keys = item.object.metadata().annotations.iter().flatten().map(|(key, _)| key);
    keys.any(|key| key.contains("cert")).then(|| trail.first(&OF_ANNOTATIONS, item, "metadata.annotations"))?
}

/// Who trusts a certificate, as far as that is known.
fn trust(trail: &Trail<'_, '_>, certificate: &Certificate<'_>) -> Option<String> {
    let (namespace, name) = certificate.secret;
    match certificate.item {
        None => {
            let secret = trail.index.secret(namespace, name)?;
            let is_own = secret.keys.iter().any(|key| matches!(key.material, Material::Certificate { .. }));
            is_own.then(|| "it has signed itself: who asks has to be given it, or to take it unseen".to_owned())
        }
        Some(item) if item.object.kind() == "Certificate" => {
            let issuer = item.object.content()?.at("spec.issuerRef.name")?.text()?;
            Some(format!("cert-manager gets it from issuer {issuer}: who trusts that trusts it"))
        }
        Some(_) => None,
    }
}
