//! Which certificate is shown for a name, and whether who asks takes it.

use super::request::Url;
use super::trail::{Trail, fault};
use super::{Hop, Stage};
use crate::Material;
use crate::check::tls::Certificate;
use crate::check::{Item, is_for};
use crate::links::shown::{self, Shown};
use crate::yaml::Node;

/// What speaks against the Secret that it is in.
const OF_SECRETS: [&str; 3] = ["secret-missing", "secret-key-missing", "secret-type-mismatch"];
/// What speaks against a certificate itself.
const OF_CERTIFICATES: [&str; 2] = ["tls-cn-only", "tls-expiry"];

/// Takes the hop of the certificate that the controller shows for a URL's host, by the Ingress, or the Gateways of the route, that it comes to.
pub(super) fn shown<'a>(trail: &mut Trail<'_, 'a>, url: &Url, item: Item<'a>) -> Option<()> {
    let showing: Vec<_> = if item.object.kind() == "Ingress" { vec![item] } else { gateways(trail, item) };
    let found = showing.iter().find_map(|item| {
        let mut all = shown::of_object(*item).into_iter();
        all.find(|shown| is_for(shown.host, &url.host)).map(|shown| (*item, shown))
    });
    let Some((item, Shown { secret, host, path })) = found else {
        let hop = Hop::new(Stage::Tls, format!("{} names no certificate for {}", item.label(), url.host));
        let why =
            "the controller shows one of its own, which nobody trusts unless it was given one that is for that name";
        return trail.take(hop.at(item, "spec").unknown(why));
    };
    let (namespace, name) = secret;
    let what = format!("{} shows the certificate of Secret {namespace}/{name} for {host}", item.label());
    let hop = Hop::new(Stage::Tls, what).at(item, &*path);
    let uncovered = trail.finding("tls-host-not-covered", item, &path);
    let finding = uncovered.or_else(|| trail.first(&OF_SECRETS, item, "spec.tls"));
    if finding.is_some() {
        let hop = trail.judged(hop, finding);
        return trail.take(hop);
    }
    let index = trail.index;
    let Some(certificate) = index.certificates().iter().find(|certificate| certificate.secret == secret) else {
        return trail.take(hop.unknown("what is in that Secret, and who makes it, is not known"));
    };
    let own = certificate.item.and_then(|item| trail.first(&OF_CERTIFICATES, item, certificate.path));
    if let Some(own) = own {
        let hop = trail.judged(hop, Some(own));
        return trail.take(hop);
    }
    if !certificate.covers(&url.host) {
        let message = format!("{} is not for {}", certificate.label, url.host);
        return trail.take(hop.is(fault(message, format!("make one for {}", url.host))));
    }
    let hop = match trust(trail, certificate) {
        Some(note) => hop.note(note),
        None => hop,
    };
    trail.take(hop)
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
