//! What has an address: a host, a node with its ports, or a Service that a load balancer gave it.

use std::net::{IpAddr, SocketAddr};

use super::edge::Arrived;
use super::trail::{Trail, fault};
use super::{Hop, Stage, State, announced};
use crate::capacity::host_ports;
use crate::check::Index;
use crate::check::network::forward_blocked::shut_out;
use crate::check::network::forward_target_missing::ways_out;
use crate::check::network::ports::{host_at, kubernetes, services, silence};
use crate::check::network::{listener_blocked, servicelb_port_conflict};
use crate::check::topology::{Exposed, Port, Use};
use crate::{Cluster, Host, Node, Source};

const TCP: &str = "TCP";

/// What a request comes to at an address and port.
pub(super) fn at<'i, 'a>(trail: &mut Trail<'i, 'a>, at: SocketAddr, is_secure: bool) -> Option<Arrived<'i, 'a>> {
    let index = trail.index;
    if let Some((cluster, (host, node))) = index.cluster().zip(host_at(index, at.ip())) {
        return on_host(trail, cluster, (host, node), at, is_secure);
    }
    if let Some(node) = index.topology().nodes_in(at.ip().into()).first() {
        if let Some((hop, arrived)) = on_node(index, &node.by, at, is_secure) {
            let hop = of_node(trail, hop, &arrived);
            trail.take(hop)?;
            return Some(arrived);
        }
        let message = format!("nothing listens at {}/TCP of {}", at.port(), node.by);
        let hop = Hop::new(Stage::NodePort, format!("port {}/TCP of {}", at.port(), node.by));
        return trail.end(hop.is(fault(message, ways_out(index, TCP))));
    }
    balanced(trail, at, is_secure)
}

fn on_host<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    cluster: &Cluster,
    (host, node): (&Host, Option<&Node>),
    at: SocketAddr,
    is_secure: bool,
) -> Option<Arrived<'i, 'a>> {
    let index = trail.index;
    // What comes by a forward was asked about at the forward.
    let by_forward = trail.hops.iter().any(|hop| matches!(hop.stage, Stage::Forward | Stage::Proxy));
    if !by_forward && cluster.firewalls(host).next().is_some() {
        let hop = firewall(trail, cluster, host, at.port());
        trail.take(hop)?;
    }
    if let Some((hop, arrived)) = node.and_then(|node| on_node(index, node.name(), at, is_secure)) {
        let hop = of_node(trail, hop, &arrived);
        trail.take(hop)?;
        return Some(arrived);
    }
    let place = format!("{}/TCP of host {}", at.port(), host.name);
    if let Some(listener) = cluster.listeners(host).find(|known| known.port == at.port() && known.protocol == TCP) {
        return trail.end(Hop::new(Stage::Host, format!("{} listens at {place}", listener.name)));
    }
    let own = node.map(kubernetes).unwrap_or_default();
    if let Some((_, what)) = own.iter().find(|(port, _)| *port == at.port()) {
        return trail.end(Hop::new(Stage::Host, format!("{what} listens at {place}")));
    }
    let message = match silence(index, TCP, at) {
        Some(why) => format!("nothing answers at {place}: {why}"),
        None => format!("nothing listens at {place}"),
    };
    trail.end(Hop::new(Stage::Host, place).is(fault(message, ways_out(index, TCP))))
}

/// Whether a host's firewall lets anybody in at a port.
fn firewall(trail: &Trail<'_, '_>, cluster: &Cluster, host: &Host, port: u16) -> Hop {
    let hop = Hop::new(Stage::Firewall, format!("the rules of host {} for port {port}/TCP", host.name));
    let mut given = cluster.stacks.iter().flat_map(|stack| &stack.artefacts).filter(|given| given.host == host.name);
    let wanted = given
        .find_map(|artefact| artefact.listeners.iter().find(|known| (known.port, &*known.protocol) == (port, TCP)));
    if let Some(finding) = wanted.and_then(|listener| listener_blocked::of_listener(cluster, host, listener)) {
        return trail.judged(hop, Some(finding));
    }
    match shut_out(cluster, host, (TCP, port), &[Source::Anyone]) {
        None => hop,
        Some((_, let_in)) if let_in.is_empty() => {
            hop.is(State::Blocked(format!("the rules of host {} have no opening for {port}/TCP", host.name)))
        }
        Some((_, let_in)) => hop.note(format!("nobody but {}", let_in.join(", "))),
    }
}

/// What takes a port of a node.
fn on_node<'i, 'a>(
    index: &'i Index<'a>,
    node: &str,
    at: SocketAddr,
    is_secure: bool,
) -> Option<(Hop, Arrived<'i, 'a>)> {
    let number = i32::from(at.port());
    let found = services(index, TCP).find(|(_, port)| port.node_port == Some(number));
    if let Some((service, port)) = found {
        let what = format!("port {number}/TCP of {node}, and of every node, is of {}", service.node_port_label(port));
        let hop = Hop::new(Stage::NodePort, what).at_any(service.item(), format!("{}.nodePort", port.path));
        return Some((hop, Arrived::Service { service, port, is_secure }));
    }
    let by_node = servicelb_port_conflict::severity(index).is_some();
    let balanced = services(index, TCP).find(|(service, port)| service.is_balanced() && port.port == number);
    if let Some((service, port)) = balanced.filter(|_| by_node) {
        let what = format!("port {number}/TCP of {node} is of {}, by K3s' ServiceLB", service.label());
        let hop = Hop::new(Stage::Address, what).at_any(service.item(), format!("{}.port", port.path));
        return Some((hop, Arrived::Service { service, port, is_secure }));
    }
    index.pods.iter().find_map(|pods| {
        let taken = host_ports(pods).into_iter().find(|taken| taken.port == number && taken.protocol == TCP)?;
        let what = format!("port {number}/TCP of {node} is taken by {}", pods.item.label());
        let declared = |port: &&k8s_openapi::api::core::v1::ContainerPort| port.host_port == Some(number);
        let mut ports = pods.containers().flat_map(|(_, container)| container.ports.iter().flatten());
        let port = ports.find(declared).map_or(number, |port| port.container_port);
        Some((Hop::new(Stage::NodePort, what).at(pods.item, taken.path), Arrived::Pods { pods, port, is_secure }))
    })
}

/// The hop of a node's port as what is said of K3s' ServiceLB leaves it.
fn of_node(trail: &mut Trail<'_, '_>, hop: Hop, arrived: &Arrived<'_, '_>) -> Hop {
    let found = match arrived {
        Arrived::Service { service, port, .. } if hop.stage == Stage::Address => {
            service.item().and_then(|item| announced::of_node(trail, item, port))
        }
        Arrived::Pods { pods, .. } => trail.finding("servicelb-port-conflict", pods.item, ""),
        _ => None,
    };
    trail.doubted(hop, found)
}

/// The Service that a load balancer gave an address.
fn balanced<'i, 'a>(trail: &mut Trail<'i, 'a>, at: SocketAddr, is_secure: bool) -> Option<Arrived<'i, 'a>> {
    let index = trail.index;
    let (address, number) = (at.ip(), i32::from(at.port()));
    let has = |service: &Exposed<'_>| service.pinned.iter().chain(&service.external).any(|(own, _)| *own == address);
    let own: Vec<_> = services(index, TCP).filter(|(service, _)| has(service)).collect();
    if let Some((service, port)) = own.iter().copied().find(|(_, port)| port.port == number) {
        given(trail, service, port, &format!("{address} is what {} asks for", service.label()))?;
        return Some(Arrived::Service { service, port, is_secure });
    }
    if let Some((service, _)) = own.first() {
        let known: Vec<_> = own.iter().map(|(_, port)| port.port.to_string()).collect();
        let message = format!("{} has {address}, and no port {number}", service.label());
        let hop = Hop::new(Stage::Address, format!("{address} is what {} asks for", service.label()));
        let hop = hop.at_any(service.item(), "spec.ports");
        return trail.end(hop.is(fault(message, format!("ask for one that it has: {}", known.join(", ")))));
    }
    if let Some((pool, _)) = index.topology().pool_with(address) {
        let may_have = |service: &Exposed<'_>| service.is_balanced() && service.pinned.is_empty();
        let some: Vec<_> =
            services(index, TCP).filter(|(service, port)| may_have(service) && port.port == number).collect();
        let hop = Hop::new(Stage::Address, format!("{address} is one of {}", pool.label())).at_any(pool.item, "");
        return match some[..] {
            [(service, port)] => {
                let why = format!("{} may have it: which address it gets, the load balancer says", service.label());
                let hop = announced::judged_by_pool(trail, hop.unknown(why), pool);
                trail.take(hop)?;
                Some(Arrived::Service { service, port, is_secure })
            }
            [] => {
                let message = format!("{address} is one of {}, and no Service there has port {number}", pool.label());
                trail.end(hop.is(fault(message, "let a Service of type LoadBalancer ask for it")))
            }
            _ => trail.end(hop.unknown("several Services may have it: the load balancer says which")),
        };
    }
    nobody(trail, address)
}

/// Takes the hop of a Service's address, which something has to give it.
pub(super) fn given<'a>(trail: &mut Trail<'_, 'a>, service: &Exposed<'a>, port: &Port<'_>, what: &str) -> Option<()> {
    let hop = Hop::new(Stage::Address, what).at_any(service.item(), format!("{}.port", port.path));
    let hop = announced::judged(trail, hop, service, port);
    trail.take(hop)
}

/// What is to be said of an address that nothing is known to have.
fn nobody<'i, 'a>(trail: &mut Trail<'i, 'a>, address: IpAddr) -> Option<Arrived<'i, 'a>> {
    let index = trail.index;
    let network = index.topology().networks.iter().find(|network| network.addresses.contains(address));
    let hop = Hop::new(Stage::Address, address.to_string());
    match network.map(|network| (network.use_, &network.by)) {
        Some((Use::Pods | Use::Services, by)) => {
            let message = format!("{address} is an address inside of the cluster ({by}), which nobody outside reaches");
            trail.end(hop.is(fault(message, "ask from a pod, or for an address that a node or load balancer has")))
        }
        Some((_, by)) if index.is_closed() => {
            let message = format!("{address} is in {by}, and no host, Service or pool has it");
            trail.end(hop.is(fault(message, "ask for an address that one has, or let a Service ask for it")))
        }
        _ => {
            trail.take(hop.unknown("what has that address, nothing here says"))?;
            Some(Arrived::Somewhere)
        }
    }
}
