//! What listens where, as far as the cluster says it.

use std::net::{IpAddr, SocketAddr};

use crate::capacity::{HostPort, host_ports};
use crate::check::topology::{Exposed, Port};
use crate::check::{Index, Pods};
use crate::{Cluster, Component, Host, Listener, Node, WayIn};

/// What Kubernetes listens at on every node.
const NODE: [(u16, &str); 4] =
    [(10248, "the kubelet"), (Component::Proxy.port(), "kube-proxy"), (10250, "the kubelet"), (10256, "kube-proxy")];
/// What it listens at on a control plane too.
/// See <https://kubernetes.io/docs/reference/networking/ports-and-protocols/>.
const CONTROL_PLANE: [(u16, &str); 6] = [
    (2379, "etcd"),
    (2380, "etcd"),
    (Component::Etcd.port(), "etcd"),
    (6443, "the API server"),
    (Component::ControllerManager.port(), "the controller manager"),
    (Component::Scheduler.port(), "the scheduler"),
];

/// The ports of TCP that Kubernetes takes on a node, and what listens there.
pub(crate) fn kubernetes(node: &Node) -> Vec<(u16, &'static str)> {
    let control_plane = if node.control_plane { &CONTROL_PLANE[..] } else { &[] };
    [&NODE, control_plane].concat()
}

/// Ports that nobody outside may reach, whatever reason there seems to be.
pub(super) struct Internal {
    pub protocols: &'static [&'static str],
    pub ports: &'static [u16],
    /// What listens there.
    pub what: &'static str,
    /// Who that is for.
    pub users: &'static str,
    /// What becomes of it otherwise.
    pub why: &'static str,
    /// Whether these ports mean this on nodes only, and something else may have them on other hosts.
    pub on_nodes: bool,
    /// Whether some people need it, who can be told from others by their address.
    pub is_for_people: bool,
}

/// See <https://docs.k3s.io/installation/requirements#networking> and
/// <https://kubernetes.io/docs/reference/networking/ports-and-protocols/>. 4789 is Calico's and Cilium's: IANA's port of VXLAN.
const INTERNAL: [Internal; 5] = [
    Internal {
        protocols: &["UDP"],
        ports: &[8472, 4789],
        what: "the pods' network (VXLAN)",
        users: "nodes",
        why: "VXLAN asks nobody who they are: whoever sends to it is among the pods",
        on_nodes: true,
        is_for_people: false,
    },
    Internal {
        protocols: &["TCP"],
        ports: &[2379, 2380],
        what: "etcd",
        users: "control planes",
        why: "etcd has the whole cluster, Secrets included",
        on_nodes: true,
        is_for_people: false,
    },
    Internal {
        protocols: &["TCP"],
        ports: &[10250],
        what: "the kubelet",
        users: "nodes and pods",
        why: "the kubelet runs commands in every pod of its node",
        on_nodes: true,
        is_for_people: false,
    },
    Internal {
        protocols: &["TCP", "UDP"],
        ports: &[111, 2049],
        what: "NFS",
        users: "the hosts that mount it",
        why: "NFS knows its clients by their address alone, and encrypts nothing",
        on_nodes: false,
        is_for_people: false,
    },
    Internal {
        protocols: &["TCP"],
        ports: &[6443],
        what: "the API server",
        users: "administrators, nodes and pods",
        why: "strangers may try credentials and unmended faults on it",
        on_nodes: true,
        is_for_people: true,
    },
];

/// What is at a port of a host that nobody outside may reach.
pub(super) fn internal(protocol: &str, port: u16, is_node: bool) -> Option<&'static Internal> {
    INTERNAL.iter().find(|internal| {
        internal.protocols.contains(&protocol) && internal.ports.contains(&port) && (is_node || !internal.on_nodes)
    })
}

/// Whether a forward leads to a port of a host.
pub(crate) fn leads_to(way_in: &WayIn, host: &Host, (protocol, port): (&str, u16)) -> bool {
    let mut to = way_in.to.iter().filter(|to| to.port() == port && way_in.protocol == protocol);
    to.any(|to| host.addresses().any(|address| address == to.ip()))
}

/// A forward as a person would say it.
pub(crate) fn label(way_in: &WayIn) -> String {
    format!("the forward of port {}/{} of {}", way_in.port, way_in.protocol, way_in.at)
}

/// The host that has an address, and the node that it is.
pub(crate) fn host_at<'a>(index: &Index<'a>, address: IpAddr) -> Option<(&'a Host, Option<&'a Node>)> {
    let cluster = index.cluster()?;
    let has = |host: &Host| host.addresses().any(|other| other == address);
    let node = cluster.nodes.iter().find(|node| has(&node.host)).map(|node| (&node.host, Some(node)));
    node.or_else(|| cluster.hosts.iter().find(|host| has(host)).map(|host| (host, None)))
}

/// The address under which a host asks one at another: that on the same network, if it has one there.
pub(super) fn asking(cluster: &Cluster, host: &Host, other: IpAddr) -> Option<IpAddr> {
    let is_near =
        |address: &IpAddr| cluster.networks.iter().any(|network| network.contains(other) && network.contains(*address));
    host.addresses().filter(|address| address.is_ipv6() == other.is_ipv6()).max_by_key(is_near)
}

/// Whether anything is known to listen at an address and port.
pub(crate) fn listens(index: &Index<'_>, protocol: &str, at: SocketAddr) -> bool {
    let Some(cluster) = index.cluster() else { return false };
    let port = i32::from(at.port());
    match host_at(index, at.ip()) {
        // An address that a load balancer gives, or one that something else brings here.
        None => services(index, protocol).any(|(service, listener)| {
            let mut own = service.pinned.iter().chain(&service.external).map(|(address, _)| *address);
            let is_given = service.is_balanced() && service.pinned.is_empty();
            let is_in_pool = is_given && index.topology().pool_with(at.ip()).is_some();
            listener.port == port && (is_in_pool || own.any(|address| address == at.ip()))
        }),
        Some((host, node)) => {
            let by_node = matches!(cluster.provided.load_balancer.as_deref(), Some("servicelb" | "klipper"));
            let is_this = |listener: &Listener| listener.port == at.port() && listener.protocol == protocol;
            let kubernetes = |node| protocol == "TCP" && kubernetes(node).iter().any(|(port, _)| *port == at.port());
            let balanced = || {
                services(index, protocol)
                    .any(|(service, listener)| by_node && service.is_balanced() && listener.port == port)
            };
            let by_pods = |node| takers(index, protocol, at).any(|taker| taker.answers_on(index, node));
            let on_node = |node| kubernetes(node) || balanced() || by_pods(node);
            cluster.listeners(host).any(is_this) || node.is_some_and(on_node)
        }
    }
}

/// Why nothing answers at a port of a node that something has on others.
pub(crate) fn silence(index: &Index<'_>, protocol: &str, at: SocketAddr) -> Option<String> {
    let (_, node) = host_at(index, at.ip())?;
    let taker = takers(index, protocol, at).next()?;
    let name = node?.name();
    Some(match taker {
        Taker::Service(service) => {
            format!("externalTrafficPolicy of {} is Local, and none of its pods can be on {name}", service.label())
        }
        Taker::Pods(pods) => {
            format!("{} takes that port of a node, and its pods cannot be on {name}", pods.item.label())
        }
    })
}

/// Whether what asks at an address and port comes to these pods, and nothing reads it on the way.
pub(super) fn reached(index: &Index<'_>, protocol: &str, at: SocketAddr, pods: &Pods<'_>) -> bool {
    let is_own = |other: &Pods<'_>| other.item.index == pods.item.index;
    if host_at(index, at.ip()).is_some() {
        return takers(index, protocol, at).any(|taker| match taker {
            Taker::Service(service) => service.pods(index).into_iter().any(is_own),
            Taker::Pods(other) => is_own(other),
        });
    }
    services(index, protocol).any(|(service, listener)| {
        let has_address = service.pinned.iter().chain(&service.external).any(|(address, _)| *address == at.ip());
        has_address && listener.port == i32::from(at.port()) && service.pods(index).into_iter().any(is_own)
    })
}

/// What takes a port of nodes.
enum Taker<'i, 'a> {
    /// By a node port.
    Service(&'i Exposed<'a>),
    /// By a port of the node that a pod is on.
    Pods(&'i Pods<'a>),
}

impl<'a> Taker<'_, 'a> {
    /// Whether it answers on this node: a node port does on each, unless the Service's own pods have to be there.
    fn answers_on(&self, index: &Index<'a>, node: &Node) -> bool {
        match self {
            Self::Pods(pods) => may_be_on(index, pods, node),
            Self::Service(service) => {
                // Where a release's pods are is not known for each of its Services, and one without pods is another check's.
                let pods = service.pods(index);
                !service.is_local || pods.is_empty() || pods.iter().any(|pods| may_be_on(index, pods, node))
            }
        }
    }
}

/// What takes the port of an address, on some node at least.
fn takers<'i, 'a>(index: &'i Index<'a>, protocol: &str, at: SocketAddr) -> impl Iterator<Item = Taker<'i, 'a>> {
    let port = i32::from(at.port());
    let services = services(index, protocol).filter(move |(_, listener)| listener.node_port == Some(port));
    let is_taken = move |taken: HostPort| {
        let is_there = taken.address.is_empty() || taken.address.parse() == Ok(at.ip());
        taken.port == port && taken.protocol == protocol && is_there
    };
    let pods = index.pods.iter().filter(move |pods| host_ports(pods).into_iter().any(is_taken));
    services.map(|(service, _)| Taker::Service(service)).chain(pods.map(Taker::Pods))
}

/// Whether a node is open to pods. Where none is, another check says so.
fn may_be_on(index: &Index<'_>, pods: &Pods<'_>, node: &Node) -> bool {
    let analysis = index.analysis();
    let is_own = |own: Option<Pods<'_>>| own.is_some_and(|own| own.item.index == pods.item.index);
    analysis.workloads().find(|(_, workload)| is_own(workload.pods)).is_none_or(|(number, _)| {
        let open = &analysis.model.plans[number].nodes;
        open.is_empty() || open.iter().any(|open| analysis.model.nodes[*open].name == node.name())
    })
}

/// Every port of a Service of this protocol.
pub(crate) fn services<'i, 'a>(
    index: &'i Index<'a>,
    protocol: &str,
) -> impl Iterator<Item = (&'i Exposed<'a>, &'i Port<'a>)> {
    let ports =
        index.topology().services.iter().flat_map(|service| service.ports.iter().map(move |port| (service, port)));
    ports.filter(move |(_, port)| port.protocol == protocol)
}

/// The node ports that are chosen, as a way out: `30080 of Service web/web`.
pub(super) fn node_ports(index: &Index<'_>, protocol: &str) -> Vec<String> {
    let chosen = services(index, protocol)
        .filter_map(|(service, port)| Some(format!("{} of {}", port.node_port?, service.node_port_label(port))));
    chosen.collect()
}
