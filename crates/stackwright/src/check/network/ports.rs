//! What listens where, as far as the cluster says it.

use std::net::{IpAddr, SocketAddr};

use crate::capacity::host_ports;
use crate::check::Index;
use crate::check::topology::{Exposed, Port};
use crate::{Component, Host, Listener, Node, WayIn};

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
pub(super) fn kubernetes(node: &Node) -> Vec<(u16, &'static str)> {
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

/// A forward as a person would say it.
pub(super) fn label(way_in: &WayIn) -> String {
    format!("the forward of port {}/{} of {}", way_in.port, way_in.protocol, way_in.at)
}

/// The host that has an address, and the node that it is.
pub(super) fn host_at<'a>(index: &Index<'a>, address: IpAddr) -> Option<(&'a Host, Option<&'a Node>)> {
    let cluster = index.cluster()?;
    let has = |host: &Host| host.addresses().any(|other| other == address);
    let node = cluster.nodes.iter().find(|node| has(&node.host)).map(|node| (&node.host, Some(node)));
    node.or_else(|| cluster.hosts.iter().find(|host| has(host)).map(|host| (host, None)))
}

/// Whether anything is known to listen at an address and port.
pub(super) fn listens(index: &Index<'_>, protocol: &str, at: SocketAddr) -> bool {
    let Some(cluster) = index.cluster() else { return false };
    let port = i32::from(at.port());
    let host_ports = || index.pods.iter().flat_map(host_ports);
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
            let exposed = || {
                services(index, protocol).any(|(service, listener)| {
                    let balanced = by_node && service.is_balanced() && listener.port == port;
                    balanced || listener.node_port == Some(port)
                })
            };
            let taken = || host_ports().any(|taken| taken.port == port && taken.protocol == protocol);
            cluster.listeners(host).any(is_this) || node.is_some_and(|node| kubernetes(node) || exposed() || taken())
        }
    }
}

/// Every port of a Service of this protocol.
fn services<'i, 'a>(index: &'i Index<'a>, protocol: &str) -> impl Iterator<Item = (&'i Exposed<'a>, &'i Port<'a>)> {
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
