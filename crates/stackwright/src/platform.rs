use std::net::IpAddr;

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;

use crate::network_policy::{address_peer, anyone, cluster_dns, subnet_peer};
use crate::{Node, Provided, Stack, Subnet};

/// Kubernetes as an installer makes it of nodes: what stacks have to know of it, whoever installed it.
#[derive(Debug)]
pub struct Platform {
    /// The installer's files and steps.
    pub stack: Stack,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The subnets that the nodes are on.
    pub node_subnets: Vec<Subnet>,
    /// The subnets of pods.
    pub pods: Vec<Subnet>,
    /// The subnets of Services.
    pub services: Vec<Subnet>,
    /// What it brings along.
    pub provided: Provided,
    /// The domain of the cluster's own DNS, such as `cluster.local`.
    pub domain: String,
    /// The address of each node's own DNS cache, where it has one: the one that pods ask.
    pub node_dns: Option<IpAddr>,
    /// The annotation by which a Service asks its load balancer for an address, where there is one to ask.
    pub address_annotation: Option<String>,
    /// The parts of the control plane that show their metrics to pods.
    pub scraped: Vec<Component>,
    /// The ports of nodes at which other things of the installer's show theirs, and ask by the annotation `prometheus.io/scrape` to be read.
    pub annotated: Vec<u16>,
}

/// A part of Kubernetes that has metrics of its own, beside the API server and the kubelet, which always show theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Component {
    /// The controller manager, at 10257.
    ControllerManager,
    /// The scheduler, at 10259.
    Scheduler,
    /// kube-proxy, at 10249.
    Proxy,
    /// etcd, at 2381.
    Etcd,
}

impl Component {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::ControllerManager, Self::Scheduler, Self::Proxy, Self::Etcd];

    /// The name of its program.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ControllerManager => "kube-controller-manager",
            Self::Scheduler => "kube-scheduler",
            Self::Proxy => "kube-proxy",
            Self::Etcd => "etcd",
        }
    }

    /// Whether it shows its metrics by TLS, and only to who may read them.
    pub const fn is_guarded(self) -> bool {
        matches!(self, Self::ControllerManager | Self::Scheduler)
    }

    /// The port of its metrics.
    pub const fn port(self) -> u16 {
        match self {
            Self::ControllerManager => 10257,
            Self::Scheduler => 10259,
            Self::Proxy => 10249,
            Self::Etcd => 2381,
        }
    }
}

impl Platform {
    /// Whom pods ask for names.
    pub fn dns(&self) -> Vec<NetworkPolicyPeer> {
        [cluster_dns()].into_iter().chain(self.node_dns.map(address_peer)).collect()
    }

    /// Everyone, by each family of addresses that pods have.
    pub fn anyone(&self) -> Vec<NetworkPolicyPeer> {
        let ipv6 = NetworkPolicyPeer {
            ip_block: Some(k8s_openapi::api::networking::v1::IPBlock { cidr: "::/0".to_owned(), except: None }),
            ..NetworkPolicyPeer::default()
        };
        let has = |is_ipv6| self.pods.iter().any(|subnet| subnet.is_ipv6() == is_ipv6);
        let peers = [(has(false) || !has(true), anyone()), (has(true), ipv6)];
        peers.into_iter().filter(|(has, _)| *has).map(|(_, peer)| peer).collect()
    }

    /// The nodes, and pods under whatever address they have.
    pub fn node_and_pod_peers(&self) -> Vec<NetworkPolicyPeer> {
        self.node_subnets.iter().chain(&self.pods).copied().map(subnet_peer).collect()
    }
}
