//! Which routes a listener takes up: <https://gateway-api.sigs.k8s.io/reference/spec/#listener>, with kubernetes-sigs/gateway-api
//! `apis/v1/gateway_types.go` and `httproute_types.go`, read in November 2026.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::{items, text};
use crate::check::references::selects_namespace;
use crate::check::{Index, Item};
use crate::yaml::{Node, decode, is_unknown};

/// A route with its hosts, and where it says them.
pub(super) struct Route<'a> {
    pub(super) item: Item<'a>,
    pub(super) hosts: Vec<(&'a str, String)>,
}

impl<'a> Route<'a> {
    pub(super) fn of(item: Item<'a>, spec: &'a Node) -> Self {
        let hosts = items(spec, "hostnames").enumerate();
        let hosts = hosts.filter_map(|(number, host)| Some((host.text()?, format!("spec.hostnames[{number}]"))));
        Self { item, hosts: hosts.collect() }
    }
}

/// Why a listener doesn't take up a route, in the order in which it is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    /// It takes other kinds.
    Kind,
    /// It takes those of its own namespace.
    OtherNamespace,
    /// It takes those of namespaces with other labels.
    Unselected,
    /// They have no host in common.
    Host,
}

/// Why a listener doesn't take up a route; none where it does, or where that is not known.
pub(super) fn refusal(index: &Index<'_>, gateway: Item<'_>, listener: &Node, route: &Route<'_>) -> Option<Refusal> {
    if !takes_kind(listener, route.item.object.kind()) {
        return Some(Refusal::Kind);
    }
    let namespaces = listener.at("allowedRoutes.namespaces");
    let from = namespaces.and_then(|namespaces| text(namespaces, "from")).unwrap_or("Same");
    if from == "Same" && gateway.namespace != route.item.namespace {
        return Some(Refusal::OtherNamespace);
    }
    let selector = || decode::<LabelSelector>(namespaces?.get("selector")?).ok();
    if from == "Selector"
        && let Some(selector) = selector()
        && selects_namespace(index, &selector, route.item.namespace) == Some(false)
    {
        return Some(Refusal::Unselected);
    }
    let meets = route.hosts.is_empty() || route.hosts.iter().any(|(host, _)| has_host(listener, host));
    (!meets).then_some(Refusal::Host)
}

/// Whether a listener takes a kind of route: those that it lists, or those of its protocol.
fn takes_kind(listener: &Node, kind: &str) -> bool {
    let listed = listener.at("allowedRoutes.kinds").map(Node::items).unwrap_or_default();
    if !listed.is_empty() {
        return listed.iter().any(|listed| text(listed, "kind").is_none_or(|listed| listed == kind));
    }
    match text(listener, "protocol") {
        Some("HTTP" | "HTTPS") => matches!(kind, "HTTPRoute" | "GRPCRoute"),
        Some("TLS") => matches!(kind, "TLSRoute" | "TCPRoute"),
        Some("TCP") => kind == "TCPRoute",
        Some("UDP") => kind == "UDPRoute",
        // A controller's own.
        _ => true,
    }
}

/// Whether a listener serves a host of a route, or some that it stands for.
pub(crate) fn has_host(listener: &Node, host: &str) -> bool {
    let is_named = matches!(text(listener, "protocol"), Some("HTTP" | "HTTPS" | "TLS"));
    let own = text(listener, "hostname").filter(|own| is_named && !own.is_empty());
    own.is_none_or(|own| is_unknown(own) || is_unknown(host) || meet(own, host))
}

/// Whether two hosts have one in common; `*.` stands for one label or more.
fn meet(one: &str, other: &str) -> bool {
    let is_below = |host: &str, domain: &str| {
        let before = host.len().checked_sub(domain.len() + 1);
        before.is_some_and(|before| {
            before > 0 && host.as_bytes()[before] == b'.' && host[before + 1..].eq_ignore_ascii_case(domain)
        })
    };
    match (one.strip_prefix("*."), other.strip_prefix("*.")) {
        (None, None) => one.eq_ignore_ascii_case(other),
        (Some(domain), None) => is_below(other, domain),
        (None, Some(domain)) => is_below(one, domain),
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other) || is_below(one, other) || is_below(other, one),
    }
}

#[cfg(test)]
mod tests {
    use super::meet;

    #[test]
    fn hosts_that_meet() {
        for (one, other) in [
            ("a.example.org", "A.example.org"),
            ("*.example.org", "a.example.org"),
            ("*.example.org", "b.a.example.org"),
            ("a.example.org", "*.example.org"),
            ("*.example.org", "*.example.org"),
            ("*.a.example.org", "*.example.org"),
        ] {
            assert!(meet(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("a.example.org", "b.example.org"),
            ("*.example.org", "example.org"),
            ("*.example.org", "aexample.org"),
            ("*.example.org", "*.example.com"),
            ("example.org", "*.a.example.org"),
            ("*.ö.org", "aä.org"),
        ] {
            assert!(!meet(one, other), "{one} {other}");
        }
    }
}
