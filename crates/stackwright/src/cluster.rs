use std::net::IpAddr;

use camino::Utf8Path;
use k8s_openapi::api::core::v1::ResourceRequirements;
use serde::{Deserialize, Serialize};

use crate::check::Allowance;
use crate::{AddressRange, Delivery, Host, Listener, Network, Node, Opening, Stack, Subnet, WayIn};

/// A cluster: its networks, hosts and nodes, and what runs on it. Of one whose machines are someone else's, only what runs on it.
#[derive(Debug)]
pub struct Cluster {
    /// Its name, which is also its folder in the rendered tree.
    pub name: String,
    /// What it is, in a sentence or two, for its README.
    pub about: String,
    /// The Kubernetes release that it runs, such as `1.35.4`.
    pub kubernetes: String,
    /// Whether its machines are someone else's, as of [`Cluster::existing`]: what is not told of it is unknown, and not missing.
    pub is_existing: bool,
    /// The networks that its hosts are on.
    pub networks: Vec<Network>,
    /// The hosts that it runs on.
    pub nodes: Vec<Node>,
    /// Other hosts that belong to it, such as one in front of it, one with its storage, or one that its nodes are virtual machines on.
    pub hosts: Vec<Host>,
    /// What its installer and releases bring along.
    pub provided: Provided,
    /// The subnets of its Services: none where that is not known, one of each family where it has both.
    pub services: Vec<Subnet>,
    /// The subnets of its pods, likewise.
    pub pods: Vec<Subnet>,
    /// The addresses that its load balancer gives to Services.
    pub load_balancers: Vec<AddressRange>,
    /// The forwards by which people come in from outside, on its hosts and on routers.
    pub ways_in: Vec<WayIn>,
    /// Names that people reach it by from their own computers, and the address of each: the lines for their hosts file.
    pub names: Vec<(String, IpAddr)>,
    /// What the computer needs that brings it up beside what its stacks say, a line each, for its README. kubectl and Helm go without saying.
    pub needs: Vec<String>,
    /// The commands that bring it up beside those of its stacks, for its README. Applying its objects and installing its releases go without
    /// saying.
    pub steps: Vec<(When, Step)>,
    /// How its objects and releases reach it.
    pub delivery: Delivery,
    /// What the checks find in the cluster itself, its hosts and addresses, and is meant: objects have [`Object::allow`].
    ///
    /// [`Object::allow`]: crate::Object::allow
    pub allowances: Vec<Allowance>,
    /// What runs on it. Their order has no effect on what is rendered.
    pub stacks: Vec<Stack>,
}

/// What a cluster has that is not among the objects of its stacks, by name: the checks would miss it otherwise, and of an existing cluster know
/// nothing of it. It can be read from a file of facts: an installer brings the same to each of its clusters.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
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
}

/// What a node's kubelet leaves to pods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kubelet {
    /// The CPU that it reserves for the system and itself, in Kubernetes' notation.
    pub cpu: String,
    /// The memory that it reserves for the system and itself, and that it keeps free by evicting pods, in Kubernetes' notation. The
    /// kernel's own share, a twentieth of the host's, is not part of it.
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvidedPods {
    /// What they are, such as `calico-node`.
    pub name: String,
    /// What each container of one of them asks for.
    pub containers: Vec<ResourceRequirements>,
    /// Where they run.
    pub spread: Spread,
}

/// How many pods there are, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// One, on the node of this name.
    Node(String),
}

impl Cluster {
    /// A cluster of this name that runs this release of Kubernetes, with nothing in it yet: the rest is set by name.
    ///
    /// ```
    /// use stackwright::prelude::*;
    ///
    /// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
    /// let control = Node::control_plane(Host::new("control", (2, 4096), Nic::on(&lan, 11)?))?;
    /// let lab = Cluster { nodes: vec![control], networks: vec![lan], ..Cluster::new("lab", "1.35.4") };
    /// assert_eq!(lab.nodes[0].address.to_string(), "192.168.1.11");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn new(name: &str, kubernetes: &str) -> Self {
        Self {
            name: name.to_owned(),
            about: String::new(),
            kubernetes: kubernetes.to_owned(),
            is_existing: false,
            networks: Vec::new(),
            nodes: Vec::new(),
            hosts: Vec::new(),
            provided: Provided::default(),
            services: Vec::new(),
            pods: Vec::new(),
            load_balancers: Vec::new(),
            ways_in: Vec::new(),
            names: Vec::new(),
            needs: Vec::new(),
            steps: Vec::new(),
            delivery: Delivery::ByHand,
            allowances: Vec::new(),
            stacks: Vec::new(),
        }
    }

    /// A cluster of this name that is there already, and whose machines are someone else's: a cloud's, or another team's.
    ///
    /// It needs no networks, hosts or nodes. A namespace that one of its stacks makes is all that stack's: what is named there and is not
    /// among the objects is missing. Into any other namespace others may put things. What belongs to the cluster as a whole, such as its
    /// classes, kinds and APIs, is unknown until it is told. A list of [`Provided`] that is not empty is taken for the whole list.
    ///
    /// ```
    /// use stackwright::prelude::*;
    ///
    /// let app = App::new("data", "shop");
    /// let mut claim = claim(&app, "data", Access::OneNode, "1Gi");
    /// claim.spec.get_or_insert_default().storage_class_name = Some("gp2".into());
    /// let shop = Stack::new("shop", [namespace("shop", PodSecurity::Restricted).into(), claim.into()]);
    /// let eks = Cluster { stacks: vec![shop], ..Cluster::existing("eks", "1.36") };
    /// assert_eq!(stackwright::check(&eks), []);
    ///
    /// let told = Cluster { provided: Provided { storage_classes: vec!["gp3".into()], ..default() }, ..eks };
    /// assert_eq!(stackwright::check(&told)[0].help, "did you mean gp3?");
    /// ```
    pub fn existing(name: &str, kubernetes: &str) -> Self {
        Self { is_existing: true, ..Self::new(name, kubernetes) }
    }

    /// What listens on a host, beside Kubernetes: what it was said to have, and what artefacts bring.
    pub fn listeners<'c>(&'c self, host: &'c Host) -> impl Iterator<Item = &'c Listener> {
        let artefacts = self.stacks.iter().flat_map(|stack| &stack.artefacts);
        let given = artefacts.filter(|artefact| artefact.host == host.name).flat_map(|artefact| &artefact.listeners);
        host.listeners.iter().chain(given)
    }

    /// What each firewall of a host lets in: whatever comes in passes all of them.
    pub fn firewalls<'c>(&'c self, host: &'c Host) -> impl Iterator<Item = &'c [Opening]> {
        let artefacts = self.stacks.iter().flat_map(|stack| &stack.artefacts);
        artefacts.filter(|artefact| artefact.host == host.name).filter_map(|artefact| artefact.opens.as_deref())
    }

    /// Where the administrator's kubeconfig comes to lie, in the cluster's folder, if one of its stacks says so.
    pub fn kubeconfig(&self) -> Option<&Utf8Path> {
        self.stacks.iter().filter_map(|stack| stack.kubeconfig.as_deref()).min()
    }

    /// Every host of it, the nodes' first.
    pub fn all_hosts(&self) -> impl Iterator<Item = &Host> {
        self.nodes.iter().map(|node| &node.host).chain(&self.hosts)
    }
}

/// When a step is taken, on the way from nothing to a cluster that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum When {
    /// At first: it makes or starts the hosts.
    Hosts,
    /// On the hosts: it installs Kubernetes.
    Kubernetes,
    /// With Kubernetes there: it lets the computer talk to the cluster.
    Access,
    /// With everything applied and installed.
    Running,
}

/// A command that a person runs, to bring the cluster up or to look after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, as a sentence without a full stop.
    pub does: String,
    /// The command, as typed in the cluster's folder for a step that brings it up, in the repository's root for any other.
    pub command: String,
}

impl Step {
    /// A step that does this by that command.
    pub fn new(does: &str, command: &str) -> Self {
        Self { does: does.to_owned(), command: command.to_owned() }
    }
}
