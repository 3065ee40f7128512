//! Which certificate is shown for a name, and whether who asks takes it.

use super::request::Url;
use super::trail::{Trail, fault};
use super::{Hop, Stage, State, traefik};
use crate::Material;
use crate::check::tls::Certificate;
use crate::check::{Finding, Item, is_for};
use crate::links::shown::{self, Shown};
use crate::yaml::{Node, Value};

/// What speaks against the Secret that it is in.
const OF_SECRETS: [&str; 3] = ["secret-missing", "secret-key-missing", "secret-type-mismatch"];
/// What speaks against annotations for cert-manager.
const OF_ANNOTATIONS: [&str; 2] = ["issuer-missing", "retired-group"];
/// What speaks against a certificate itself.
const OF_CERTIFICATES: [&str; 2] = ["tls-cn-only", "tls-expiry"];

/// Takes the hop of the certificate that the controller shows for a URL's host, by the Ingress, or the Gateways of the route, that it comes to.
pub(super) fn shown<'a>(trail: &mut Trail<'_, 'a>, url: &Url, item: Item<'a>) -> Option<()> {
    let showing: Vec<_> = match item.object.kind() {
        "Ingress" => vec![item],
        _ if traefik::is_route(item) => return of_traefik(trail, url, item),
        _ => gateways(trail, item),
    };
    let found = showing.iter().find_map(|item| {
        let mut all = shown::of_object(*item).into_iter();
        all.find(|shown| is_for(shown.host, &url.host)).map(|shown| (*item, shown))
    });
    let Some((item, Shown { secret, host, path })) = found else {
        return nameless(trail, url, item);
    };
    certified(trail, url, item, secret, host, &path)
}

/// Takes the hop of a route of Traefik's own.
fn of_traefik<'a>(trail: &mut Trail<'_, 'a>, url: &Url, item: Item<'a>) -> Option<()> {
    let tls = item.object.content().and_then(|content| content.at("spec.tls"));
    if tls.and_then(|tls| tls.get("passthrough")).is_some_and(|node| node.value == Value::Bool(true)) {
        let hop = Hop::new(Stage::Tls, "Traefik leaves TLS to what is behind it").at(item, "spec.tls.passthrough");
        return trail.take(hop.unknown("which certificate is shown is decided there"));
    }
    match tls.and_then(|tls| tls.get("secretName")?.text()).filter(|name| !name.is_empty()) {
        Some(name) => certified(trail, url, item, (item.namespace, name), &url.host, "spec.tls.secretName"),
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
fn certified(
    trail: &mut Trail<'_, '_>,
    url: &Url,
    item: Item<'_>,
    secret: (&str, &str),
    host: &str,
    path: &str,
) -> Option<()> {
    let (namespace, name) = secret;
    let what = format!("{} shows the certificate of Secret {namespace}/{name} for {host}", item.label());
    let hop = Hop::new(Stage::Tls, what).at(item, path);
    let index = trail.index;
    let certificate = index.certificates().iter().find(|certificate| certificate.secret == secret);
    let uncovered = trail.finding("tls-host-not-covered", item, path);
    let asked = if certificate.is_none() { asked(trail, item) } else { None };
    let of_secrets = if traefik::is_route(item) { &["traefik-ref"][..] } else { &OF_SECRETS };
    let of_secret = trail.first(of_secrets, item, "spec.tls");
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

/// The Gateways that a route is for.
fn gateways<'a>(trail: &Trail<'_, 'a>, route: Item<'a>) -> Vec<Item<'a>> {
    let parents = route.object.content().and_then(|content| content.at("spec.parentRefs")).map_or(&[][..], Node::items);
    let named = parents.iter().filter_map(|parent| {
        let text = |field| parent.get(field).and_then(Node::text);
        let namespace = text("namespace").unwrap_or(route.namespace);
        trail.index.named("Gateway.gateway.networking.k8s.io", namespace, text("name")?)
    });
    named.collect()
}
