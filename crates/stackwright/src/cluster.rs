use std::net::Ipv4Addr;

use k8s_openapi::api::core::v1::ResourceRequirements;
use serde::Serialize;

use crate::check::Allowance;
use crate::{AddressRange, Machine, Network, Stack};

/// A cluster: its machines and network, and what runs on it.
#[derive(Debug)]
pub struct Cluster {
    /// Its name, which is also its folder in the rendered tree.
    pub name: String,
    /// What it is, in a sentence or two, for its README.
    pub about: String,
    /// The Kubernetes release that it runs, such as `1.35.4`.
    pub kubernetes: String,
    /// The network that its machines are on.
    pub network: Network,
    /// Its machines.
    pub machines: Vec<Machine>,
    /// What its installer and releases bring along.
    pub provided: Provided,
    /// The addresses of its Services, if they are known.
    pub services: Option<Network>,
    /// The addresses of its pods, if they are known.
    pub pods: Option<Network>,
    /// The addresses that its load balancer gives to Services.
    pub load_balancers: Vec<AddressRange>,
    /// Addresses that are neither a machine's nor for Services, and who has them.
    pub reserved: Vec<(Holder, AddressRange)>,
    /// The computers that its machines run on, where they are virtual and that is known.
    pub hypervisors: Vec<Hypervisor>,
    /// Names that people reach it by from their own computers, and the address of each: the lines for their hosts file.
    pub hosts: Vec<(String, Ipv4Addr)>,
    /// What the computer needs that brings it up, a line each, for its README.
    pub needs: Vec<String>,
    /// The commands that bring it up, in order, for its README.
    pub steps: Vec<Step>,
    /// What the checks find in the cluster itself, its machines and addresses, and is meant: objects have [`Object::allow`].
    ///
    /// [`Object::allow`]: crate::Object::allow
    pub allowances: Vec<Allowance>,
    /// What runs on it. Their order has no effect on what is rendered.
    pub stacks: Vec<Stack>,
}

/// Who has addresses of a network that are neither a machine's nor for Services.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Holder {
    /// A DHCP server gives them to whoever asks.
    Dhcp,
    /// The control plane: the address that moves between its machines (kube-vip, keepalived).
    VirtualIp,
    /// Something else, such as `the gateway` or `the NFS server of the house`.
    Other(String),
}

/// A computer that virtual machines run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hypervisor {
    /// Its name.
    pub name: String,
    /// The number of its CPUs, as its operating system counts them.
    pub cpus: u32,
    /// The memory in MiB that it can give to virtual machines.
    pub memory: u32,
    /// The names of the machines on it.
    pub machines: Vec<String>,
}

/// What a cluster has that is not among the objects of its stacks, by name: the checks would miss it otherwise.
#[derive(Debug, Clone, Default)]
pub struct Provided {
    /// Namespaces, beside Kubernetes' own.
    pub namespaces: Vec<String>,
    /// Kinds of custom objects, such as `ServiceMonitor`.
    pub kinds: Vec<String>,
    /// Ingress classes.
    pub ingress_classes: Vec<String>,
    /// Storage classes; the first is the default one.
    pub storage_classes: Vec<String>,
    /// Served APIs, such as `metrics.k8s.io`.
    pub apis: Vec<String>,
    /// Who gives addresses to Services of type `LoadBalancer`, such as `metallb`.
    pub load_balancer: Option<String>,
    /// Pods that are on every cluster of this installer.
    pub pods: Vec<ProvidedPods>,
    /// How it sets up the kubelet of each node.
    pub kubelet: Kubelet,
    /// Whether workloads run on control planes too, as on K3s, which does not taint its servers.
    pub open_control_planes: bool,
}

/// What a node's kubelet leaves to pods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kubelet {
    /// The CPU that it reserves for the system and itself, in Kubernetes' notation.
    pub cpu: String,
    /// The memory that it reserves for the system and itself, and that it keeps free by evicting pods, in Kubernetes' notation. The
    /// kernel's own share, a twentieth of the machine's, is not part of it.
    pub memory: String,
    /// How many pods it runs at most.
    pub pods: u32,
}

/// Kubernetes' own: nothing is reserved, and pods are evicted when less than 100Mi are free.
impl Default for Kubelet {
    fn default() -> Self {
        Self { cpu: "0".into(), memory: "100Mi".into(), pods: 110 }
    }
}

/// Pods that the installer or a release makes, all alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvidedPods {
    /// What they are, such as `calico-node`.
    pub name: String,
    /// What each container of one of them asks for.
    pub containers: Vec<ResourceRequirements>,
    /// Where they run.
    pub spread: Spread,
}

/// How many pods there are, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Spread {
    /// One on every node.
    EveryNode,
    /// One on every control plane.
    EveryControlPlane,
    /// One on every worker.
    EveryWorker,
    /// So many on the workers.
    Workers(u32),
    /// So many on any nodes.
    Anywhere(u32),
}

impl Cluster {
    /// A cluster of this name on this network, with nothing in it yet: the rest is set by name.
    ///
    /// ```
    /// use stackwright::prelude::*;
    ///
    /// let lan = Network::new("192.168.56.0/24")?;
    /// let lab = Cluster { about: "A lab.".into(), ..Cluster::new("lab", "1.35.4", lan) };
    /// assert_eq!(lab.name, "lab");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn new(name: &str, kubernetes: &str, network: Network) -> Self {
        Self {
            name: name.to_owned(),
            about: String::new(),
            kubernetes: kubernetes.to_owned(),
            network,
            machines: Vec::new(),
            provided: Provided::default(),
            services: None,
            pods: None,
            load_balancers: Vec::new(),
            reserved: Vec::new(),
            hypervisors: Vec::new(),
            hosts: Vec::new(),
            needs: Vec::new(),
            steps: Vec::new(),
            allowances: Vec::new(),
            stacks: Vec::new(),
        }
    }
}

/// A command that a person runs, to bring the cluster up or to look after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, as a sentence without a full stop.
    pub does: String,
    /// The command, as typed in the repository's root.
    pub command: String,
}

impl Step {
    /// A step that does this by that command.
    pub fn new(does: &str, command: &str) -> Self {
        Self { does: does.to_owned(), command: command.to_owned() }
    }
}
