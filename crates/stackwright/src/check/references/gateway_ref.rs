mod grants;
mod listener;

use k8s_openapi::api::core::v1::Service;

use self::grants::Grants;
pub(crate) use self::listener::has_host;
use self::listener::{Refusal, Route};
use super::missing::{list, missing, of_part, part_help};
use super::{ports, secret};
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::yaml::{Node, Value};

pub(super) const CHECK: Check = Check {
    id: "gateway-ref",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A route of the Gateway API, or a Gateway, names an object or port that is not there, or that it may not \
            use.",
    run,
};

const GROUP: &str = "gateway.networking.k8s.io";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let grants = Grants::of(index);
    for kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"] {
        for item in index.of_kind(GroupKind { group: GROUP, kind }) {
            let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { continue };
            parents(index, &Route::of(item, spec), spec, findings);
            for (number, rule) in items(spec, "rules").enumerate() {
                let path = format!("spec.rules[{number}]");
                for (place, backend) in items(rule, "backendRefs").enumerate() {
                    let path = format!("{path}.backendRefs[{place}]");
                    findings.extend(backend_finding(index, &grants, item, backend, &path));
                }
                for (place, filter) in items(rule, "filters").enumerate() {
                    let Some(backend) = filter.at("requestMirror.backendRef") else { continue };
                    let path = format!("{path}.filters[{place}].requestMirror.backendRef");
                    findings.extend(backend_finding(index, &grants, item, backend, &path));
                }
            }
        }
    }
    for item in index.of_kind(GroupKind { group: GROUP, kind: "Gateway" }) {
        certificates(index, &grants, item, findings);
    }
}

/// What is wrong with the Gateways that a route is for, and with the hosts that it has there.
fn parents(index: &Index<'_>, route: &Route<'_>, spec: &Node, findings: &mut Vec<Finding>) {
    let before = findings.len();
    // Those that the route may be attached to; none where some of them are not known.
    let mut all = Some(Vec::new());
    for (number, parent) in items(spec, "parentRefs").enumerate() {
        let path = format!("spec.parentRefs[{number}]");
        match listeners(index, route.item, parent, &path) {
            Ok((gateway, listeners)) => {
                findings.extend(attachment(index, route, (gateway, &listeners), parent, &path));
                all = all.map(|mut all| {
                    all.extend(listeners);
                    all
                });
            }
            Err(found) => {
                findings.extend(found.map(|finding| *finding));
                all = None;
            }
        }
    }
    let Some(all) = all.filter(|all| !all.is_empty() && findings.len() == before) else { return };
    for (host, path) in &route.hosts {
        if all.iter().all(|listener| !listener::has_host(listener, host)) {
            let message = format!("{} is for host {host}, which none of its listeners has", route.item.label());
            let help = format!("add a listener for it, or remove it; the listeners have {}", hosts(&all));
            let finding = CHECK.finding(message, help).rated(Severity::Warning);
            findings.push(finding.why("the route's other hosts are served").at(route.item, path));
        }
    }
}

/// The Gateway that a route is for, with the listeners that are meant.
type Meant<'a> = (Item<'a>, Vec<&'a Node>);

/// The listeners that a route is for; what is wrong where none is there, and nothing where it is for no Gateway.
fn listeners<'a>(
    index: &Index<'a>,
    item: Item<'_>,
    parent: &Node,
    path: &str,
) -> Result<Meant<'a>, Option<Box<Finding>>> {
    // In a mesh, a route is for a Service.
    let is_gateway =
        text(parent, "kind").unwrap_or("Gateway") == "Gateway" && text(parent, "group").unwrap_or(GROUP) == GROUP;
    let name = text(parent, "name").filter(|_| is_gateway).ok_or(None)?;
    let namespace = text(parent, "namespace").unwrap_or(item.namespace);
    let Some(gateway) = index.named("Gateway.gateway.networking.k8s.io", namespace, name) else {
        let message = format!("{} is for Gateway {namespace}/{name}, which is not there", item.label());
        let found = missing(&CHECK, index, ("Gateway.gateway.networking.k8s.io".into(), namespace, name), message);
        return Err(found.map(|finding| Box::new(finding.at(item, format!("{path}.name")))));
    };
    let all = gateway.object.content().and_then(|content| content.at("spec.listeners")).map(Node::items);
    let all = all.filter(|all| !all.is_empty()).ok_or(None)?;
    let section = text(parent, "sectionName");
    let named: Vec<_> = all.iter().filter(|listener| section.is_none() || text(listener, "name") == section).collect();
    if let Some(section) = section.filter(|_| named.is_empty()) {
        let known: Vec<_> = all.iter().filter_map(|listener| text(listener, "name")).collect();
        let message =
            format!("{} is for listener {section} of {}, which has no such listener", item.label(), gateway.label());
        let finding =
            CHECK.finding(message, part_help(section, &known, "add the listener")).rated(of_part(&CHECK, index));
        let finding = finding.at(item, format!("{path}.sectionName"));
        return Err(Some(Box::new(finding.see(gateway, "spec.listeners", "its listeners"))));
    }
    let Some(port) = port(parent) else { return Ok((gateway, named)) };
    let (with_port, others): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|listener| self::port(listener).is_none_or(|own| own == port));
    if with_port.is_empty() {
        let message = format!("{} is for port {port} of {}, which no listener has", item.label(), gateway.label());
        let known: Vec<_> = others.iter().filter_map(|listener| Some(self::port(listener)?.to_string())).collect();
        let known: Vec<_> = known.iter().map(String::as_str).collect();
        let help = part_help(&port.to_string(), &known, "add a listener with that port");
        let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, format!("{path}.port"));
        return Err(Some(Box::new(finding.see(gateway, "spec.listeners", "its listeners"))));
    }
    Ok((gateway, with_port))
}

/// A listener of a Gateway.
#[derive(Clone, Copy)]
pub(crate) struct Listener<'a> {
    pub gateway: Item<'a>,
    pub node: &'a Node,
}

/// The listeners that take up a route; none where one of the Gateways that it is for is not known.
pub(crate) fn taking<'a>(index: &Index<'a>, item: Item<'a>) -> Option<Vec<Listener<'a>>> {
    let spec = item.object.content()?.get("spec")?;
    let route = Route::of(item, spec);
    let mut taking = Vec::new();
    for parent in items(spec, "parentRefs") {
        let (gateway, listeners) = listeners(index, item, parent, "").ok()?;
        let own = |listener: &&Node| listener::refusal(index, gateway, listener, &route).is_none();
        taking.extend(listeners.into_iter().filter(own).map(|node| Listener { gateway, node }));
    }
    Some(taking)
}

/// Why none of the listeners that are meant takes up a route.
fn attachment(
    index: &Index<'_>,
    route: &Route<'_>,
    (gateway, listeners): (Item<'_>, &[&Node]),
    parent: &Node,
    path: &str,
) -> Option<Finding> {
    let refusals = listeners.iter().map(|listener| listener::refusal(index, gateway, listener, route));
    // The one that came nearest says what to do.
    let refusal = refusals.collect::<Option<Vec<_>>>()?.into_iter().max()?;
    let (item, kind) = (route.item, route.item.object.kind());
    let is_for = format!("{} is for {}, whose", item.label(), gateway.label());
    let which = if text(parent, "sectionName").is_some() { "listener takes" } else { "listeners take" };
    let (message, help, severity) = match refusal {
        Refusal::Kind => (
            format!("{is_for} {which} no {kind}"),
            "add a listener of another protocol, or the kind to its allowedRoutes.kinds".to_owned(),
            CHECK.severity,
        ),
        Refusal::OtherNamespace => (
            format!("{is_for} {which} only routes of {}", gateway.namespace),
            "set allowedRoutes.namespaces.from of the listener to All or Selector".to_owned(),
            CHECK.severity,
        ),
        Refusal::Unselected => (
            format!("{is_for} {which} no routes of namespace {}", item.namespace),
            "give the Namespace the labels of allowedRoutes.namespaces.selector".to_owned(),
            of_part(&CHECK, index),
        ),
        Refusal::Host => {
            let own: Vec<_> = route.hosts.iter().map(|(host, _)| *host).collect();
            let own = list(&own).unwrap_or_else(|| "its hosts".to_owned());
            let has = if text(parent, "sectionName").is_some() { "listener has" } else { "listeners have" };
            (
                format!("{is_for} {has} {} and not {own}", hosts(listeners)),
                "correct the hostname of the route or of the listener: they must meet".to_owned(),
                of_part(&CHECK, index),
            )
        }
    };
    let finding = CHECK.finding(message, help).rated(severity).at(item, format!("{path}.name"));
    Some(finding.see(gateway, "spec.listeners", "its listeners"))
}

/// The hosts of listeners, in words.
fn hosts(listeners: &[&Node]) -> String {
    let known: Vec<_> = listeners.iter().filter_map(|listener| text(listener, "hostname")).collect();
    list(&known).unwrap_or_else(|| "others".to_owned())
}

/// What is wrong with the Service that a route leads to.
fn backend_finding(
    index: &Index<'_>,
    grants: &Grants<'_>,
    item: Item<'_>,
    backend: &Node,
    path: &str,
) -> Option<Finding> {
    let is_service = text(backend, "kind").unwrap_or("Service") == "Service"
        && text(backend, "group").unwrap_or_default().is_empty();
    let name = text(backend, "name").filter(|_| is_service)?;
    let namespace = text(backend, "namespace").unwrap_or(item.namespace);
    let Some((service_item, service)) = index.get::<Service>(namespace, name) else {
        let message = format!("{} leads to Service {namespace}/{name}, which is not there", item.label());
        let finding = missing(&CHECK, index, ("Service".into(), namespace, name), message)?;
        return Some(finding.at(item, format!("{path}.name")));
    };
    if !grants.allow(item, ("Service", namespace, name)) {
        let message = format!("{} leads to {}, which no ReferenceGrant allows", item.label(), service_item.label());
        let help =
            format!("add a ReferenceGrant in {namespace} from {} of {} to Service", item.object.kind(), item.namespace);
        let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index));
        return Some(finding.at(item, format!("{path}.namespace")));
    }
    let Value::Number(port) = &backend.get("port")?.value else { return None };
    let port = i32::try_from(port.as_i64()?).ok()?;
    let help = ports::help_for_lacking(service, ports::Wanted::Number(port))?;
    let message = format!("{} leads to port {port} of {}, which has no such port", item.label(), service_item.label());
    let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, format!("{path}.port"));
    Some(finding.see(service_item, "spec.ports", ports::shown(service)))
}

/// What is wrong with the Secrets of other namespaces that a Gateway serves with.
fn certificates(index: &Index<'_>, grants: &Grants<'_>, item: Item<'_>, findings: &mut Vec<Finding>) {
    let listeners = item.object.content().and_then(|content| content.at("spec.listeners")).map(Node::items);
    for (number, listener) in listeners.unwrap_or_default().iter().enumerate() {
        let Some(tls) = listener.get("tls") else { continue };
        for (place, certificate) in items(tls, "certificateRefs").enumerate() {
            let is_secret = text(certificate, "kind").unwrap_or("Secret") == "Secret"
                && text(certificate, "group").unwrap_or_default().is_empty();
            let (Some(name), Some(namespace)) = (text(certificate, "name"), text(certificate, "namespace")) else {
                continue;
            };
            if !is_secret || namespace == item.namespace {
                continue;
            }
            let path = format!("spec.listeners[{number}].tls.certificateRefs[{place}]");
            if !secret::is_known(index, namespace, name) {
                let message = format!("{} serves TLS with Secret {namespace}/{name}, which is not there", item.label());
                let found = missing(&CHECK, index, ("Secret".into(), namespace, name), message);
                findings.extend(found.map(|finding| finding.at(item, format!("{path}.name"))));
            } else if !grants.allow(item, ("Secret", namespace, name)) {
                let label = item.label();
                let message =
                    format!("{label} serves TLS with Secret {namespace}/{name}, which no ReferenceGrant allows");
                let help = format!("add a ReferenceGrant in {namespace} from Gateway of {} to Secret", item.namespace);
                let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index));
                findings.push(finding.at(item, format!("{path}.namespace")));
            }
        }
    }
}

fn items<'a>(node: &'a Node, field: &str) -> impl Iterator<Item = &'a Node> {
    node.get(field).into_iter().flat_map(Node::items)
}

fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text)
}

/// A port; none where it is not written, or is not known yet.
fn port(node: &Node) -> Option<i64> {
    match &node.get("port")?.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}
