//! The rules of HTTPRoutes: <https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch>.

use super::request::Url;
use super::route::{Backend, Rank, Rule, is_below};
use super::service::Wanted;
use super::trail::Trail;
use super::{Hop, State, listeners};
use crate::check::{Finding, Index, Item};
use crate::yaml::{Node, Value};

const KIND: &str = "HTTPRoute.gateway.networking.k8s.io";

/// The rules that match.
pub(super) fn rules<'a>(index: &Index<'a>, url: &Url) -> Vec<Rule<'a>> {
    index.of_kind(KIND).flat_map(|item| of_route(item, url)).collect()
}

/// The hosts that routes name.
pub(super) fn hosts<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a str> {
    let specs = index.of_kind(KIND).filter_map(|item| item.object.content()?.get("spec"));
    specs.flat_map(|spec| items(spec, "hostnames")).filter_map(Node::text)
}

/// The paths that routes have for a URL's host.
pub(super) fn paths<'a>(index: &Index<'a>, url: &Url) -> Vec<&'a str> {
    let specs = index.of_kind(KIND).filter_map(|item| item.object.content()?.get("spec"));
    let meant = specs
        .filter(|spec| items(spec, "hostnames").iter().filter_map(Node::text).any(|host| is_host(host, &url.host)));
    let matches = meant.flat_map(|spec| items(spec, "rules")).flat_map(|rule| items(rule, "matches"));
    matches.filter_map(|found| found.at("path.value")?.text()).collect()
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

fn of_route<'a>(item: Item<'a>, url: &Url) -> Vec<Rule<'a>> {
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
    for (number, rule) in items(spec, "rules").iter().enumerate() {
        let path = format!("spec.rules[{number}]");
        let length = if rank == 1 { 0 } else { host.len() };
        let all = items(rule, "matches");
        let matched = if all.is_empty() {
            Some((false, "/", None))
        } else {
            all.iter().filter_map(|one| met_by(one, url)).max_by_key(|(is_whole, text, _)| (*is_whole, text.len()))
        };
        let Some((is_whole, text, doubt)) = matched else { continue };
        let rank: Rank = (rank, length, is_whole, text.len());
        let backend = backend(item, rule, &path);
        let host_path = met.map(|(number, _)| format!("spec.hostnames[{number}]"));
        rules.push(Rule { item, path, rank, shown: format!("{text} of {host}"), host: host_path, backend, doubt });
    }
    rules
}

/// Whether a match is met, whether it names the whole path, the path, and why it is not sure.
fn met_by<'a>(node: &'a Node, url: &Url) -> Option<(bool, &'a str, Option<&'static str>)> {
    let text = |path| node.at(path).and_then(Node::text);
    let asks_more = ["headers", "method", "queryParams"].iter().any(|field| node.get(field).is_some());
    let doubt = asks_more
        .then_some("it asks for more than host and path, such as a header: whether the request has that is not known");
    let path = text("path.value").unwrap_or("/");
    match text("path.type").unwrap_or("PathPrefix") {
        "Exact" => (path == url.path).then_some((true, path, doubt)),
        "PathPrefix" => is_below(path, &url.path).then_some((false, path, doubt)),
        _ => {
            Some((false, path, Some("its path is a regular expression: how that is read is for the controller to say")))
        }
    }
}

fn backend<'a>(item: Item<'a>, rule: &'a Node, path: &str) -> Backend<'a> {
    let Some(first) = items(rule, "backendRefs").first() else {
        return Backend::Other("a rule without a backend, such as one that sends visitors elsewhere");
    };
    let text = |field| first.get(field).and_then(Node::text);
    let is_service = text("kind").unwrap_or("Service") == "Service" && text("group").unwrap_or_default().is_empty();
    let Some(name) = text("name").filter(|_| is_service) else { return Backend::Other("a backend that is no Service") };
    let port = match first.get("port").map(|port| &port.value) {
        Some(Value::Number(port)) => port.as_i64().and_then(|port| i32::try_from(port).ok()),
        _ => None,
    };
    Backend::Service {
        namespace: text("namespace").unwrap_or(item.namespace),
        name,
        port: port.map_or(Wanted::Any, Wanted::Number),
        path: format!("{path}.backendRefs[0]"),
    }
}

fn items<'a>(node: &'a Node, field: &str) -> &'a [Node] {
    node.get(field).map(Node::items).unwrap_or_default()
}
