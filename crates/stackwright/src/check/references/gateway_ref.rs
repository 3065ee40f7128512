use k8s_openapi::api::core::v1::Service;

use super::missing::{missing, of_part, part_help};
use super::ports;
use crate::check::{Check, Finding, Group, GroupKind, HashSet, Index, Item, Profile, Severity};
use crate::yaml::{Node, Value};

pub(super) const CHECK: Check = Check {
    id: "gateway-ref",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A route of the Gateway API names a Gateway, listener, Service or port that is not there, or may not use \
            it.",
    run,
};

const GROUP: &str = "gateway.networking.k8s.io";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let grants = grants(index);
    for kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"] {
        for item in index.of_kind(GroupKind { group: GROUP, kind }) {
            let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { continue };
            for (number, parent) in items(spec, "parentRefs").enumerate() {
                findings.extend(parent_finding(index, item, parent, &format!("spec.parentRefs[{number}]")));
            }
            for (number, rule) in items(spec, "rules").enumerate() {
                for (place, backend) in items(rule, "backendRefs").enumerate() {
                    let path = format!("spec.rules[{number}].backendRefs[{place}]");
                    findings.extend(backend_finding(index, &grants, item, backend, &path));
                }
            }
        }
    }
}

/// What is wrong with the Gateway that a route is for.
fn parent_finding(index: &Index<'_>, item: Item<'_>, parent: &Node, path: &str) -> Option<Finding> {
    // In a mesh, a route is for a Service.
    let is_gateway =
        text(parent, "kind").unwrap_or("Gateway") == "Gateway" && text(parent, "group").unwrap_or(GROUP) == GROUP;
    let name = text(parent, "name").filter(|_| is_gateway)?;
    let namespace = text(parent, "namespace").unwrap_or(item.namespace);
    let Some(gateway) = index.named("Gateway.gateway.networking.k8s.io", namespace, name) else {
        let message = format!("{} is for Gateway {namespace}/{name}, which is not there", item.label());
        let finding = missing(&CHECK, index, ("Gateway.gateway.networking.k8s.io".into(), namespace, name), message)?;
        return Some(finding.at(item, format!("{path}.name")));
    };
    let listeners: Vec<_> = items(gateway.object.content()?.get("spec")?, "listeners").collect();
    let names: Vec<_> = listeners.iter().filter_map(|listener| text(listener, "name")).collect();
    let section = text(parent, "sectionName");
    if let Some(section) = section.filter(|section| !names.contains(section)) {
        let message =
            format!("{} is for listener {section} of {}, which has no such listener", item.label(), gateway.label());
        let finding =
            CHECK.finding(message, part_help(section, &names, "add the listener")).rated(of_part(&CHECK, index));
        return Some(finding.at(item, format!("{path}.sectionName")).see(gateway, "spec.listeners", "its listeners"));
    }
    let takes = |listener: &&&Node| {
        let is_meant = section.is_none() || text(listener, "name") == section;
        let from = listener.at("allowedRoutes.namespaces.from").and_then(Node::text).unwrap_or("Same");
        is_meant && (from != "Same" || gateway.namespace == item.namespace)
    };
    // None takes it only if all that are meant keep to their own namespace.
    if listeners.is_empty() || listeners.iter().any(|listener| takes(&listener)) {
        return None;
    }
    let message =
        format!("{} is for {}, whose listeners take only routes of {namespace}", item.label(), gateway.label());
    let finding = CHECK.finding(message, "set allowedRoutes.namespaces.from of the listener to All or Selector");
    Some(finding.at(item, format!("{path}.name")).see(gateway, "spec.listeners", "its listeners"))
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
    let is_granted = |name| grants.contains(&(namespace, item.object.kind(), item.namespace, name));
    if namespace != item.namespace && !is_granted(Some(name)) && !is_granted(None) {
        let message = format!("{} leads to {}, which no ReferenceGrant allows", item.label(), service_item.label());
        let help =
            format!("add a ReferenceGrant in {namespace} from {} of {} to Service", item.object.kind(), item.namespace);
        return Some(CHECK.finding(message, help).at(item, format!("{path}.namespace")));
    }
    let Value::Number(port) = &backend.get("port")?.value else { return None };
    let port = i32::try_from(port.as_i64()?).ok()?;
    let help = ports::help_for_lacking(service, ports::Wanted::Number(port))?;
    let message = format!("{} leads to port {port} of {}, which has no such port", item.label(), service_item.label());
    let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, format!("{path}.port"));
    Some(finding.see(service_item, "spec.ports", ports::shown(service)))
}

/// What may lead to Services of other namespaces: the namespace with the Service, the kind and namespace of what leads there, and the Service's
/// name; none for all of them.
type Grants<'a> = HashSet<(&'a str, &'a str, &'a str, Option<&'a str>)>;

fn grants<'a>(index: &Index<'a>) -> Grants<'a> {
    let mut grants = HashSet::default();
    for item in index.of_kind("ReferenceGrant.gateway.networking.k8s.io") {
        let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { continue };
        for from in items(spec, "from") {
            let (Some(kind), Some(namespace)) = (text(from, "kind"), text(from, "namespace")) else { continue };
            for to in items(spec, "to").filter(|to| text(to, "kind") == Some("Service")) {
                grants.insert((item.namespace, kind, namespace, text(to, "name")));
            }
        }
    }
    grants
}

fn items<'a>(node: &'a Node, field: &str) -> impl Iterator<Item = &'a Node> {
    node.get(field).into_iter().flat_map(Node::items)
}

fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text)
}
