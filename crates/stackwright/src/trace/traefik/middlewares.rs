//! The middlewares that a request goes through before it is answered, as far as one of them sends visitors elsewhere:
//! <https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/redirectscheme/>.

use std::borrow::Cow;

use regex_lite::Regex;

use super::text;
use crate::check::references::traefik::{full_name, in_full};
use crate::check::{Index, Item};
use crate::facts::groups::{TRAEFIK, in_all};
use crate::trace::redirect::{Redirect, To};
use crate::trace::request::{Url, default_port};
use crate::yaml::{Node, Value};

/// Chains in one another deeper than this lead in a circle.
const DEEPEST: usize = 8;

/// The middlewares that a rule names.
pub(super) fn of_route<'a>(index: &Index<'a>, item: Item<'a>, path: &str) -> Vec<Item<'a>> {
    let rule = item.object.content().and_then(|content| content.at(path));
    rule.map_or_else(Vec::new, |rule| listed(index, item, rule))
}

/// The middlewares that an annotation names in full: `NAMESPACE-NAME@kubernetescrd`.
pub(in crate::trace) fn of_annotation<'a>(index: &Index<'a>, annotation: &str) -> Vec<Item<'a>> {
    let named = annotation.split(',').filter_map(|name| in_full(name.trim())).filter_map(|full| {
        let mut all = in_all(TRAEFIK, "Middleware").flat_map(|kind| index.of_kind(kind));
        all.find(|item| full_name(item.namespace, item.object.name()) == full)
    });
    named.collect()
}

/// Where the middlewares of a rule send a request.
pub(in crate::trace) fn redirect<'a>(
    index: &Index<'a>,
    item: Item<'a>,
    path: &str,
    seen: &Url,
) -> Option<Redirect<'a>> {
    of_several(index, &of_route(index, item, path), seen, 0)
}

/// Where the first of several middlewares that sends a request elsewhere sends it.
pub(in crate::trace) fn of_several<'a>(
    index: &Index<'a>,
    middlewares: &[Item<'a>],
    seen: &Url,
    depth: usize,
) -> Option<Redirect<'a>> {
    middlewares.iter().find_map(|item| {
        let spec = item.object.content()?.get("spec")?;
        if let Some(chain) = spec.get("chain").filter(|_| depth < DEEPEST) {
            return of_several(index, &listed(index, *item, chain), seen, depth + 1);
        }
        let (field, to) = match (spec.get("redirectScheme"), spec.get("redirectRegex")) {
            (Some(node), _) => ("redirectScheme", by_scheme(node, seen)?),
            (None, Some(node)) => ("redirectRegex", by_pattern(node, seen)?),
            (None, None) => return None,
        };
        Some(Redirect { item: *item, path: format!("spec.{field}"), to, note: None })
    })
}

fn listed<'a>(index: &Index<'a>, item: Item<'a>, node: &'a Node) -> Vec<Item<'a>> {
    let named = node.get("middlewares").map_or(&[][..], Node::items).iter().filter_map(|middleware| {
        let namespace = text(middleware, "namespace").unwrap_or(item.namespace);
        let name = text(middleware, "name")?;
        in_all(TRAEFIK, "Middleware").find_map(|kind| index.named(kind, namespace, name))
    });
    named.collect()
}

/// The same host and path by another scheme. The port that was asked for is forgotten.
fn by_scheme(node: &Node, seen: &Url) -> Option<To> {
    let is_secure = match text(node, "scheme")? {
        "https" => true,
        "http" => false,
        scheme => return Some(To::Unread(format!("a URL of scheme {scheme}"))),
    };
    let port = match node.get("port").map(|node| &node.value) {
        Some(Value::String(port)) if !port.is_empty() => port.parse().ok(),
        Some(Value::Number(port)) => port.as_u64().and_then(|port| u16::try_from(port).ok()),
        _ => None,
    };
    let to = Url::new(is_secure, &seen.host, port.unwrap_or(default_port(is_secure)), &seen.path);
    (!to.is_same(seen)).then_some(To::Url(to))
}

/// What the URL becomes where the pattern is found in it; none where it isn't, or where nothing changes.
fn by_pattern(node: &Node, seen: &Url) -> Option<To> {
    let (pattern, replacement) = (text(node, "regex")?, text(node, "replacement")?);
    let Ok(regex) = Regex::new(pattern) else {
        return Some(To::Unread(format!("what {pattern} makes of the URL, which is not read here")));
    };
    let before = seen.to_string();
    let Cow::Owned(after) = regex.replace_all(&before, replacement) else { return None };
    match Url::parse(&after) {
        Ok(url) => (!url.is_same(seen)).then_some(To::Url(url)),
        Err(_) => Some(To::Unread(after)),
    }
}
