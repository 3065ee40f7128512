//! The ways in from outside: hosts and paths of Ingresses and HTTPRoutes, ports of Services and of nodes.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Service, ServicePort};
use k8s_openapi::api::networking::v1::{Ingress, IngressBackend};

use super::{Direction, Matter, Shift, Sides};
use crate::capacity::{host_ports, list};
use crate::check::{Index, Item};
use crate::yaml::Node;

/// Where a way in begins, and whose it is, if others may have one that is called so.
type Place = (String, Option<String>);

/// Where ways in lead to, and the objects that say so.
type Ways<'a> = BTreeMap<Place, (String, Item<'a>)>;

/// The ways in that open, close or lead elsewhere, object by object.
pub(super) fn shifts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    let (old, new) = (ways(sides.before, sides.after), ways(sides.after, sides.before));
    let opened = new.iter().filter(|(at, _)| !old.contains_key(*at));
    let closed = old.iter().filter(|(at, _)| !new.contains_key(*at));
    let mut found = told(opened, Direction::Weaker, "opens a way in at");
    found.extend(told(closed, Direction::Stronger, "no longer opens a way in at"));
    let led = new.iter().filter_map(|(at, (to, item))| Some((&at.0, &old.get(at)?.0, to, item)));
    found.extend(led.filter(|(_, was, is, _)| was != is).map(|(at, was, is, item)| Shift {
        matter: Matter::Reachability,
        direction: Direction::Neither,
        fact: format!("{} leads {at} to {is}, and no longer to {was}", item.label()),
        objects: vec![*item],
    }));
    found
}

fn told<'w, 'a: 'w>(
    ways: impl Iterator<Item = (&'w Place, &'w (String, Item<'a>))>,
    direction: Direction,
    what: &str,
) -> Vec<Shift<'a>> {
    let mut by_item: BTreeMap<usize, (Item<'a>, Vec<&str>)> = BTreeMap::new();
    for ((at, _), (_, item)) in ways {
        by_item.entry(item.index).or_insert((*item, Vec::new())).1.push(at);
    }
    let shift = |(item, places): (Item<'a>, Vec<&str>)| Shift {
        matter: Matter::Reachability,
        direction,
        fact: format!("{} {what} {}", item.label(), list(places)),
        objects: vec![item],
    };
    by_item.into_values().map(shift).collect()
}

/// The ways in of one state; a node port that the other state leaves to Kubernetes is nobody's choice.
fn ways<'a>(index: &Index<'a>, other: &Index<'a>) -> Ways<'a> {
    let mut ways = Ways::new();
    index.all::<Ingress>().for_each(|(item, ingress)| of_ingress(item, ingress, &mut ways));
    index.of_kind("HTTPRoute.gateway.networking.k8s.io").for_each(|item| of_route(item, &mut ways));
    for (item, service) in index.all::<Service>() {
        let theirs = other.get::<Service>(item.namespace, item.object.name()).map(|(_, service)| service);
        let left = ports(theirs).filter(|port| port.node_port.is_none()).map(|port| port.port).collect::<Vec<_>>();
        of_service(item, service, &left, &mut ways);
    }
    for pods in &index.pods {
        for port in host_ports(pods) {
            let label = pods.item.label();
            let at = format!("port {}/{} of", port.port, port.protocol);
            let place = if port.address.is_empty() {
                (format!("{at} each node that it is on"), Some(label.clone()))
            } else {
                (format!("{at} {}", port.address), None)
            };
            ways.insert(place, (label, pods.item));
        }
    }
    ways
}

fn of_ingress<'a>(item: Item<'a>, ingress: &'a Ingress, ways: &mut Ways<'a>) {
    let Some(spec) = &ingress.spec else { return };
    let service = |backend: &IngressBackend| {
        let name = backend.service.as_ref().map(|service| service.name.as_str());
        name.map_or_else(|| "a resource".to_owned(), |name| format!("Service {}/{name}", item.namespace))
    };
    if let Some(backend) = &spec.default_backend {
        ways.insert(("every host that none of its rules has".to_owned(), Some(item.label())), (service(backend), item));
    }
    for rule in spec.rules.iter().flatten() {
        let host = rule.host.as_deref().filter(|host| !host.is_empty()).unwrap_or("*");
        for path in rule.http.iter().flat_map(|http| &http.paths) {
            let at = format!("{host}{}", path.path.as_deref().unwrap_or("/"));
            ways.entry((at, None)).or_insert_with(|| (service(&path.backend), item));
        }
    }
}

fn of_route<'a>(item: Item<'a>, ways: &mut Ways<'a>) {
    let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { return };
    let items = |node: &'a Node, key: &str| node.get(key).map(Node::items).unwrap_or_default();
    let mut hosts: Vec<_> = items(spec, "hostnames").iter().filter_map(Node::text).collect();
    if hosts.is_empty() {
        hosts.push("*");
    }
    for rule in items(spec, "rules") {
        let backends = items(rule, "backendRefs").iter().filter_map(|backend| {
            let namespace = backend.get("namespace").and_then(Node::text).unwrap_or(item.namespace);
            Some(format!("Service {namespace}/{}", backend.get("name")?.text()?))
        });
        let backends: Vec<_> = backends.collect();
        let to = list(backends.iter().map(String::as_str));
        let matches = items(rule, "matches").iter();
        let mut paths: Vec<_> = matches.filter_map(|found| found.at("path.value")?.text()).collect();
        if paths.is_empty() {
            paths.push("/");
        }
        for (host, path) in hosts.iter().flat_map(|host| paths.iter().map(move |path| (host, path))) {
            ways.entry((format!("{host}{path}"), None)).or_insert_with(|| (to.clone(), item));
        }
    }
}

fn ports(service: Option<&Service>) -> impl Iterator<Item = &ServicePort> {
    service.and_then(|service| service.spec.as_ref()).into_iter().flat_map(|spec| spec.ports.iter().flatten())
}

/// The ways in to a Service, of whose ports these have node ports that Kubernetes chooses.
fn of_service<'a>(item: Item<'a>, service: &'a Service, left: &[i32], ways: &mut Ways<'a>) {
    let Some(spec) = &service.spec else { return };
    let type_ = spec.type_.as_deref().unwrap_or("ClusterIP");
    for port in ports(Some(service)) {
        let protocol = port.protocol.as_deref().unwrap_or("TCP");
        let mut open = |at: String, is_own: bool| {
            ways.insert((at, is_own.then(|| item.label())), (item.label(), item));
        };
        if type_ == "LoadBalancer" {
            open(format!("port {}/{protocol} of an address of its own", port.port), true);
        }
        match port.node_port.filter(|number| *number != 0 && !left.contains(&port.port)) {
            Some(number) if type_ != "ClusterIP" => open(format!("port {number}/{protocol} of every node"), false),
            None if type_ == "NodePort" => {
                open(format!("a port of every node, for its port {}/{protocol}", port.port), true);
            }
            _ => {}
        }
        for address in spec.external_ips.iter().flatten() {
            open(format!("port {}/{protocol} of {address}", port.port), false);
        }
    }
}
