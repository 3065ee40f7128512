//! The rules of the Gateway API's routes: <https://gateway-api.sigs.k8s.io/reference/spec/>.

mod matches;

use super::backend::{Share, To, port, weight};
use super::request::{Url, default_port};
use super::route::Rule;
use super::trail::Trail;
use super::{Hop, State, listeners};
use crate::check::{Finding, Index, Item};
use crate::yaml::{Node, Value};

/// The kinds of routes that name hosts.
const NAMING: [&str; 3] = [
    "HTTPRoute.gateway.networking.k8s.io",
    "GRPCRoute.gateway.networking.k8s.io",
    "TLSRoute.gateway.networking.k8s.io",
];
const OF_TCP: &str = "TCPRoute.gateway.networking.k8s.io";

/// The ports at which other controllers answer, too.
const SHARED: [u16; 2] = [80, 443];

/// The rules that match: those of the listeners that a request comes to, where that is known.
pub(super) fn rules<'a>(trail: &Trail<'_, 'a>, url: &Url, is_secure: bool) -> Vec<Rule<'a>> {
    let index = trail.index;
    let mut rules = Vec::new();
    for item in NAMING.into_iter().flat_map(|kind| index.of_kind(kind)) {
        rules.extend(of_route(item, url, is_secure));
    }
    for item in index.of_kind(OF_TCP) {
        rules.extend(of_port(index, item, url, is_secure));
    }
    let fitting: Vec<_> = rules.iter().map(|rule| fit(trail, url, rule, is_secure)).collect();
    let best = fitting.iter().copied().max();
    let of_best = rules.into_iter().zip(fitting).filter(|(_, fit)| Some(*fit) == best);
    of_best.map(|(rule, _)| rule).collect()
}

/// How well the listeners of a rule's route are those that a request comes to.
fn fit<'a>(trail: &Trail<'_, 'a>, url: &Url, rule: &Rule<'a>, is_secure: bool) -> u8 {
    match listeners::state(trail, url, rule.item, is_secure) {
        None => 2,
        Some(State::Unknown(_)) => 1,
        Some(_) => 0,
    }
}

/// The hosts that routes name.
pub(super) fn hosts<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a str> {
    specs(index).flat_map(|spec| items(spec, "hostnames")).filter_map(Node::text)
}

/// The paths that routes have for a URL's host.
pub(super) fn paths<'a>(index: &Index<'a>, url: &Url) -> impl Iterator<Item = String> + use<'a> {
    let host = url.host.clone();
    let meant = specs(index)
        .filter(move |spec| items(spec, "hostnames").iter().filter_map(Node::text).any(|own| is_host(own, &host)));
    let matches = meant.flat_map(|spec| items(spec, "rules")).flat_map(|rule| items(rule, "matches"));
    matches.filter_map(matches::path)
}

fn specs<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Node> + use<'a> {
    let all: Vec<_> = NAMING.into_iter().flat_map(|kind| index.of_kind(kind)).collect();
    all.into_iter().filter_map(|item| item.object.content()?.get("spec"))
}

/// Whether a route's name for hosts is that of one. A star stands for any number of labels.
pub(super) fn is_host(known: &str, host: &str) -> bool {
    match known.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.')),
        None => known.eq_ignore_ascii_case(host),
    }
}

/// A hop to a rule as what checks say of it, and what its Gateways listen for, leave it.
pub(super) fn judged<'a>(
    trail: &mut Trail<'_, 'a>,
    hop: Hop,
    url: &Url,
    rule: (Item<'a>, Option<&str>),
    is_secure: bool,
) -> Hop {
    let (item, host) = rule;
    let found = refused(trail, item, host);
    if found.is_some() {
        return trail.judged(hop, found);
    }
    match listeners::state(trail, url, item, is_secure) {
        Some(State::Unknown(_)) if matches!(hop.state, State::Unknown(_)) => hop,
        Some(state) => hop.is(state),
        None => hop,
    }
}

/// Why no Gateway takes up a route, or none the host of a rule: one that does is enough.
fn refused(trail: &mut Trail<'_, '_>, item: Item<'_>, host: Option<&str>) -> Option<Finding> {
    let parents = item.object.content().and_then(|content| content.at("spec.parentRefs")).map_or(&[][..], Node::items);
    let numbers = 0..parents.len();
    let found = numbers.map(|number| trail.finding("gateway-ref", item, &format!("spec.parentRefs[{number}]")));
    let all: Option<Vec<_>> = found.collect();
    all.and_then(|all| all.into_iter().next()).or_else(|| trail.finding("gateway-ref", item, host?))
}

/// The rules of a route that names hosts.
fn of_route<'a>(item: Item<'a>, url: &Url, is_secure: bool) -> Vec<Rule<'a>> {
    let mut rules = Vec::new();
    let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { return rules };
    let hosts = items(spec, "hostnames").iter().enumerate().filter_map(|(number, host)| Some((number, host.text()?)));
    let met = hosts.filter(|(_, host)| is_host(host, &url.host));
    let met = met.max_by_key(|(_, host)| (!host.starts_with('*'), host.len()));
    let (rank, host) = match met {
        Some((_, host)) if host.starts_with('*') => (2, host),
        Some((_, host)) => (3, host),
        None if items(spec, "hostnames").is_empty() => (1, "every host"),
        None => return rules,
    };
    let kind = item.object.kind();
    // Without TLS there is no name to choose by: whatever else there is comes first.
    let rank = if kind == "TLSRoute" && !is_secure { 0 } else { rank };
    for (number, rule) in items(spec, "rules").iter().enumerate() {
        let path = format!("spec.rules[{number}]");
        let length = if rank < 2 { 0 } else { host.len() };
        let Some(matched) = matches::best(kind, rule, url) else { continue };
        let shown = match (kind, matched.path.as_str()) {
            ("TLSRoute", _) => format!("TLS of {host}"),
            ("GRPCRoute", "") => format!("calls of {host}"),
            (_, "") => format!("/ of {host}"),
            (_, path) => format!("{path} of {host}"),
        };
        rules.push(Rule {
            item,
            rank: (rank, length, matched.is_whole, matched.path.len().max(1)),
            shown,
            host: met.map(|(number, _)| format!("spec.hostnames[{number}]")),
            backends: backends(item, rule, &path),
            doubt: matched.doubt,
            path,
        });
    }
    rules
}

/// The rules of a route for all that comes to a port.
fn of_port<'a>(index: &Index<'a>, item: Item<'a>, url: &Url, is_secure: bool) -> Vec<Rule<'a>> {
    let at_port = |node: &Node| listeners::port(node) == Some(i64::from(url.port));
    let taking = listeners::meant(index, item, url, is_secure).unwrap_or_default();
    let rules = item.object.content().and_then(|content| content.at("spec.rules")).map_or(&[][..], Node::items);
    if !taking.iter().any(|listener| at_port(listener.node)) {
        return Vec::new();
    }
    // Where nobody else is known to listen there, it is this one, whatever host is asked for.
    let gateways = index.of_kind("Gateway.gateway.networking.k8s.io");
    let listeners = gateways.filter_map(|item| item.object.content()?.at("spec.listeners")).flat_map(Node::items);
    let is_named = |node: &&Node| node.get("protocol").and_then(Node::text) != Some("TCP") && at_port(node);
    let is_alone = !SHARED.contains(&url.port) && !listeners.into_iter().any(|node| is_named(&node));
    let rank = if is_alone { 4 } else { 0 };
    let rules = rules.iter().enumerate().map(|(number, rule)| {
        let path = format!("spec.rules[{number}]");
        let shown = format!("all that comes to port {}", url.port);
        let backends = backends(item, rule, &path);
        Rule { item, path, rank: (rank, 0, false, 0), shown, host: None, backends, doubt: None }
    });
    rules.collect()
}

/// Where a rule sends visitors instead of answering them, as its filter has it, and the field.
pub(super) fn redirect(item: Item<'_>, path: &str, seen: &Url) -> Option<(Url, String)> {
    let rule = item.object.content()?.at(path)?;
    let (number, to) = items(rule, "filters").iter().enumerate().find_map(|(number, filter)| {
        let is_one = filter.get("type").and_then(Node::text) == Some("RequestRedirect");
        is_one.then(|| filter.get("requestRedirect")).flatten().map(|to| (number, to))
    })?;
    let text = |field| to.at(field).and_then(Node::text);
    let is_secure = text("scheme").map_or(seen.is_secure, |scheme| scheme == "https");
    let written = match to.get("port").map(|node| &node.value) {
        Some(Value::Number(port)) => port.as_u64().and_then(|port| u16::try_from(port).ok()),
        _ => None,
    };
    let port = written.unwrap_or_else(|| if text("scheme").is_some() { default_port(is_secure) } else { seen.port });
    let matched = matches::best(item.object.kind(), rule, seen).map(|matched| matched.path).unwrap_or_default();
    let new_path = match text("path.type") {
        Some("ReplaceFullPath") => text("path.replaceFullPath").unwrap_or("/").to_owned(),
        Some("ReplacePrefixMatch") => {
            let rest = seen.path.strip_prefix(matched.trim_end_matches('/')).unwrap_or_default();
            let prefix = text("path.replacePrefixMatch").unwrap_or("/").trim_end_matches('/');
            if rest.is_empty() && prefix.is_empty() { "/".to_owned() } else { format!("{prefix}{rest}") }
        }
        _ => seen.path.clone(),
    };
    let url = Url::new(is_secure, text("hostname").unwrap_or(&seen.host), port, &new_path);
    Some((url, format!("{path}.filters[{number}].requestRedirect")))
}

fn backends<'a>(item: Item<'a>, rule: &'a Node, path: &str) -> Vec<Share<'a>> {
    let backends = items(rule, "backendRefs").iter().enumerate().map(|(number, node)| {
        let text = |field| node.get(field).and_then(Node::text);
        let is_service = text("kind").unwrap_or("Service") == "Service" && text("group").unwrap_or_default().is_empty();
        let to = match text("name").filter(|_| is_service) {
            Some(name) => {
                To::Service { namespace: text("namespace").unwrap_or(item.namespace), name, port: port(node) }
            }
            None => To::Other("a backend that is no Service"),
        };
        Share { by: item, path: format!("{path}.backendRefs[{number}]"), weight: weight(node), to }
    });
    backends.collect()
}

fn items<'a>(node: &'a Node, field: &str) -> &'a [Node] {
    node.get(field).map(Node::items).unwrap_or_default()
}
