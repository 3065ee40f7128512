//! Where a rule sends visitors instead of answering them.

use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::networking::v1::{Ingress, IngressClass};

use super::request::{Url, default_port};
use super::route::Rule;
use super::traefik::middlewares;
use super::trail::Trail;
use super::{Hop, Stage, gateway, name, traefik};
use crate::check::references::class;
use crate::check::{Index, Item, is_for};
use crate::facts::charts;
use crate::links::shown;
use crate::yaml::{Node, Value};

/// What says that a request is sent elsewhere, and where.
pub(super) struct Redirect<'a> {
    pub item: Item<'a>,
    /// The field.
    pub path: String,
    pub to: To,
    pub note: Option<&'static str>,
}

/// Where a request is sent.
pub(super) enum To {
    Url(Url),
    /// What is no URL that can be followed, in words.
    Unread(String),
}

/// ingress-nginx reads annotations with this in front:
/// <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#server-side-https-enforcement-through-redirect>.
const FOR_NGINX: &str = "nginx.ingress.kubernetes.io/";
const NGINX: &str = "k8s.io/ingress-nginx";
const MIDDLEWARES: &str = "traefik.ingress.kubernetes.io/router.middlewares";
const BY_DEFAULT: &str = "ingress-nginx does so for hosts of `tls`, unless ssl-redirect is false";

/// Takes the hop of a rule that sends a request elsewhere: the trail knows where to then, and this way ends.
pub(super) fn follow<'a>(trail: &mut Trail<'_, 'a>, url: &Url, rule: &Rule<'a>, is_secure: bool) -> Option<()> {
    let Some(Redirect { item, path, to, note }) = of_rule(trail.index, &url.seen(is_secure), rule) else {
        return Some(());
    };
    let label = item.label();
    match to {
        To::Unread(to) => {
            let hop = Hop::new(Stage::Redirect, format!("{label} sends visitors on to {to}")).at(item, path);
            trail.end(hop.unknown("where that leads is not read here"))
        }
        To::Url(to) if to.is_same(url) => {
            let hop = Hop::new(Stage::Redirect, format!("{label} sends visitors without TLS on to {to}"));
            let why = "TLS has ended before: the controller has to be told so by a header that it trusts, such as \
                       X-Forwarded-Proto, or visitors go in a circle";
            trail.take(hop.at(item, path).unknown(why))
        }
        To::Url(to) => {
            let hop = Hop::new(Stage::Redirect, format!("{label} sends visitors on to {to}")).at(item, path);
            let hop = note.into_iter().fold(hop, Hop::note);
            if to.host != url.host && !name::is_known(trail.index, &to) {
                return trail.end(hop.unknown("what answers there is outside of what is known here"));
            }
            trail.redirected = Some(to);
            trail.end(hop)
        }
    }
}

fn of_rule<'a>(index: &Index<'a>, seen: &Url, rule: &Rule<'a>) -> Option<Redirect<'a>> {
    let item = rule.item;
    match item.object.kind() {
        "Ingress" => of_ingress(index, item, item.object.get()?, seen),
        "HTTPRoute" => {
            let (to, path) = gateway::redirect(item, &rule.path, seen)?;
            (!to.is_same(seen)).then_some(Redirect { item, path, to: To::Url(to), note: None })
        }
        "IngressRoute" if traefik::is_route(item) => middlewares::redirect(index, item, &rule.path, seen),
        _ => None,
    }
}

fn of_ingress<'a>(index: &Index<'a>, item: Item<'a>, ingress: &'a Ingress, seen: &Url) -> Option<Redirect<'a>> {
    let given = |key: &str| item.object.metadata().annotations.as_ref()?.get(key).map(String::as_str);
    if !is_of_nginx(index, item, ingress) {
        return middlewares::of_several(index, &middlewares::of_annotation(index, given(MIDDLEWARES)?), seen, 0);
    }
    let of_nginx = |name: &str| given(&format!("{FOR_NGINX}{name}"));
    let path = |name: &str| format!("metadata.annotations[\"{FOR_NGINX}{name}\"]");
    if !seen.is_secure {
        let to = || To::Url(Url::new(true, &seen.host, default_port(true), &seen.path));
        if of_nginx("force-ssl-redirect") == Some("true") {
            return Some(Redirect { item, path: path("force-ssl-redirect"), to: to(), note: None });
        }
        let is_shown = || shown::of_object(item).iter().any(|shown| is_for(shown.host, &seen.host));
        match of_nginx("ssl-redirect") {
            Some("true") if is_shown() => {
                return Some(Redirect { item, path: path("ssl-redirect"), to: to(), note: None });
            }
            None if is_shown() && !is_off(index) => {
                return Some(Redirect { item, path: "spec.tls".to_owned(), to: to(), note: Some(BY_DEFAULT) });
            }
            _ => {}
        }
    }
    let (name, to) =
        ["temporal-redirect", "permanent-redirect"].into_iter().find_map(|name| Some((name, of_nginx(name)?)))?;
    let to = Url::parse(to).map_or_else(|_| To::Unread(to.to_owned()), To::Url);
    Some(Redirect { item, path: path(name), to, note: None })
}

/// Whether ingress-nginx serves an Ingress, by its class.
fn is_of_nginx(index: &Index<'_>, item: Item<'_>, ingress: &Ingress) -> bool {
    let Some((class, _)) = class(item, ingress) else { return false };
    let known = index.get::<IngressClass>("", class).and_then(|(_, class)| class.spec.as_ref()?.controller.as_deref());
    known.map_or(class == "nginx", |controller| controller == NGINX)
}

/// Whether a setting of the controller may say that it sends nobody to HTTPS unless it is told to.
fn is_off(index: &Index<'_>) -> bool {
    const SETTING: &str = "controller.config.ssl-redirect";
    let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    let mut releases = stacks.flat_map(|stack| &stack.releases);
    let mut maps = index.all::<ConfigMap>();
    let of_flux = index.of_kind("HelmRelease.helm.toolkit.fluxcd.io").filter_map(|item| item.object.content());
    let mut of_flux = of_flux.filter_map(|content| content.at("spec.values")?.at(SETTING));
    releases
        .any(|release| charts::value(&release.values, SETTING).is_some_and(|value| value != true && value != "true"))
        || maps.any(|(_, map)| {
            map.data.as_ref().and_then(|data| data.get("ssl-redirect")).is_some_and(|set| set != "true")
        })
        || of_flux.any(|node: &Node| node.value != Value::Bool(true) && node.text() != Some("true"))
}
