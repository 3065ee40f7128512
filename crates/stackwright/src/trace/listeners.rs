//! The listeners of Gateways that take up a route: whether one of them is for a URL.

use std::cmp::Reverse;

use super::State;
use super::request::Url;
use super::trail::{Trail, fault};
use crate::check::references::gateway_ref::{Listener, has_host, taking};
use crate::check::{Index, Item};
use crate::yaml::{Node, Value};

/// What keeps a URL from a route that listeners take up, or leaves that open; none where one is for it, or where not all are known.
pub(super) fn state<'a>(trail: &Trail<'_, 'a>, url: &Url, route: Item<'a>, is_secure: bool) -> Option<State> {
    let all = known(trail.index, route)?;
    let with_host: Vec<_> = all.iter().copied().filter(|listener| has_host(listener.node, &url.host)).collect();
    if with_host.is_empty() {
        let hosts: Vec<_> = all.iter().filter_map(|listener| text(listener.node, "hostname")).collect();
        let hosts = hosts.join(", ");
        let message = format!("{} is taken up by listeners that have {hosts}, and not {}", route.label(), url.host);
        return Some(fault(message, format!("give a listener the host {}, or ask for one that there is", url.host)));
    }
    let protocol = if is_secure { "HTTPS" } else { "HTTP" };
    let (fitting, others): (Vec<_>, Vec<_>) =
        with_host.into_iter().partition(|listener| speaks(listener.node, route, is_secure));
    if fitting.is_empty() {
        let spoken: Vec<_> = others.iter().filter_map(|listener| text(listener.node, "protocol")).collect();
        let spoken = spoken.join(", ");
        let message =
            format!("{} is taken up by listeners for {spoken} of {}, and none for {protocol}", route.label(), url.host);
        // What is before them, and nobody knows, may have ended TLS.
        let is_seen = trail.hops.iter().all(|hop| !matches!(hop.state, State::Unknown(_)));
        let help = match route.object.kind() {
            "TLSRoute" => "ask for it by https, or give an HTTPRoute a listener of protocol HTTP".to_owned(),
            _ => format!("add a listener of protocol {protocol}, or ask by another scheme"),
        };
        return Some(if is_secure && !is_seen {
            State::Unknown(format!("{message}: whatever is before them has to end TLS"))
        } else {
            fault(message, help)
        });
    }
    let ports: Vec<_> = fitting.iter().filter_map(|listener| port(listener.node)).collect();
    if ports.len() < fitting.len() || ports.contains(&i64::from(url.port)) {
        return None;
    }
    let ports: Vec<_> = ports.iter().map(ToString::to_string).collect();
    let ports = ports.join(", ");
    Some(State::Unknown(format!(
        "its listeners for {protocol} have port {ports}: whether port {} leads there, what is before the Gateway says",
        url.port
    )))
}

/// The listeners that are for a URL, the likeliest first: those of its port, and of them the one that names most of its host. None where
/// not all that may be are known.
pub(super) fn meant<'a>(index: &Index<'a>, route: Item<'a>, url: &Url, is_secure: bool) -> Option<Vec<Listener<'a>>> {
    let mut meant = known(index, route)?;
    meant.retain(|listener| has_host(listener.node, &url.host) && speaks(listener.node, route, is_secure));
    meant.sort_by_key(|listener| {
        let host = text(listener.node, "hostname").unwrap_or_default();
        let is_other = port(listener.node) != Some(i64::from(url.port));
        (is_other, Reverse((!host.is_empty() && !host.starts_with('*'), host.len())))
    });
    Some(meant)
}

fn known<'a>(index: &Index<'a>, route: Item<'a>) -> Option<Vec<Listener<'a>>> {
    taking(index, route).filter(|taking| !taking.is_empty())
}

/// Whether a listener is for a scheme; of a protocol that is a controller's own nobody knows.
fn speaks(listener: &Node, route: Item<'_>, is_secure: bool) -> bool {
    let own = text(listener, "protocol").unwrap_or_default();
    match (route.object.kind(), own) {
        // With TLS, a Gateway may end it or pass it on.
        ("TLSRoute" | "TCPRoute", "TLS") | (_, "HTTPS") => is_secure,
        ("TCPRoute", "TCP") => true,
        (_, "HTTP") => !is_secure,
        (_, "TLS" | "TCP" | "UDP") => false,
        _ => true,
    }
}

/// The port of a listener, where it is known yet.
pub(super) fn port(listener: &Node) -> Option<i64> {
    match &listener.get("port")?.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}

fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text)
}
