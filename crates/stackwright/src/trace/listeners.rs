//! The listeners of Gateways that take up a route: whether one of them is for a URL.

use super::State;
use super::request::Url;
use super::trail::{Trail, fault};
use crate::check::references::gateway_ref::{has_host, taking};
use crate::check::{Index, Item};
use crate::yaml::{Node, Value};

/// What keeps a URL from a route that listeners take up, or leaves that open; none where one is for it, or where not all are known.
pub(super) fn state<'a>(trail: &Trail<'_, 'a>, url: &Url, route: Item<'a>, is_secure: bool) -> Option<State> {
    let all = known(trail.index, route)?;
    let with_host: Vec<_> = all.iter().copied().filter(|listener| has_host(listener, &url.host)).collect();
    if with_host.is_empty() {
        let hosts: Vec<_> = all.iter().filter_map(|listener| text(listener, "hostname")).collect();
        let hosts = hosts.join(", ");
        let message = format!("{} is taken up by listeners that have {hosts}, and not {}", route.label(), url.host);
        return Some(fault(message, format!("give a listener the host {}, or ask for one that there is", url.host)));
    }
    let protocol = if is_secure { "HTTPS" } else { "HTTP" };
    let (fitting, others): (Vec<_>, Vec<_>) = with_host.into_iter().partition(|listener| speaks(listener, protocol));
    if fitting.is_empty() {
        let spoken: Vec<_> = others.iter().filter_map(|listener| text(listener, "protocol")).collect();
        let spoken = spoken.join(", ");
        let message =
            format!("{} is taken up by listeners for {spoken} of {}, and none for {protocol}", route.label(), url.host);
        // What is before them, and nobody knows, may have ended TLS.
        let is_seen = trail.hops.iter().all(|hop| !matches!(hop.state, State::Unknown(_)));
        return Some(if is_secure && !is_seen {
            State::Unknown(format!("{message}: whatever is before them has to end TLS"))
        } else {
            fault(message, format!("add a listener of protocol {protocol}, or ask by another scheme"))
        });
    }
    let ports: Vec<_> = fitting.iter().filter_map(|listener| port(listener)).collect();
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

fn known<'a>(index: &Index<'a>, route: Item<'a>) -> Option<Vec<&'a Node>> {
    taking(index, route).filter(|taking| !taking.is_empty())
}

/// Whether a listener is for a scheme; of a protocol that is a controller's own nobody knows.
fn speaks(listener: &Node, protocol: &str) -> bool {
    text(listener, "protocol")
        .is_none_or(|own| own == protocol || !["HTTP", "HTTPS", "TLS", "TCP", "UDP"].contains(&own))
}

fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text)
}

fn port(listener: &Node) -> Option<i64> {
    match &listener.get("port")?.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}
