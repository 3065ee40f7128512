//! Kubernetes on the machines: kubespray's inventory and variables, and the scripts that go from nothing to a kubeconfig.

mod variables;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

use crate::access::{
    BOOTSTRAP, Bootstrap, GITIGNORE, KUBECONFIG, OLDEST_HELM, RUST, STEPS, copied, hosts_step, names_file, needs,
};
use crate::brought::{Brought, Part};
use crate::facts;
use crate::firewall::Traffic;
use crate::{Access, Download, nodes};

/// Helm v4.2.4. kubespray v2.31 knows no later one than 3.18.4, whose line is out of support, so its sums are given here.
///
/// They are those that are published beside the archives, at `https://get.helm.sh/helm-v4.2.4-linux-amd64.tar.gz.sha256sum` and likewise.
pub const HELM_4: Download<'static> = Download {
    version: "4.2.4",
    amd64: "c306b46f719b0a4da32d0f78ee21bf90ce8d602f15b22ab753f0674d1670a7f3",
    arm64: "564de2191b881e9f71b5606b25345821ea1682f06ab90499d3ab22b530176da1",
};

/// The address of every node's own DNS cache, which is the one that pods ask: a policy that allows DNS has to name it.
const NODE_DNS: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 25, 10));

/// The domain of the cluster's own DNS.
const DOMAIN: &str = "cluster.local";

/// The annotation that asks for one of the load balancers' addresses. The newer `metallb.io/loadBalancerIPs` is unknown to
/// the MetalLB 0.13.9 that kubespray v2.31 installs.
const ADDRESS_ANNOTATION: &str = "metallb.universe.tf/loadBalancerIPs";

/// How kubespray installs the cluster.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// kubespray's release, a tag of its repository such as `v2.31.0`.
    pub release: &'a str,
    /// The Kubernetes release, one that kubespray's has checksums of, such as `1.35.4`.
    pub kubernetes: &'a str,
    /// Helm on the control plane, such as [`HELM_4`].
    pub helm: Download<'a>,
    /// The way to the hosts.
    pub access: &'a Access,
    /// The cluster's nodes. kubespray runs on the first control plane.
    pub nodes: &'a [Node],
    /// The networks that the nodes are on.
    pub networks: &'a [Network],
    /// The subnets of Services: one, or one of IPv4 and one of IPv6.
    pub services: &'a [Subnet],
    /// The subnets of pods, likewise.
    pub pods: &'a [Subnet],
    /// MetalLB's addresses for Services of type LoadBalancer, on the nodes' network; no MetalLB if there are none.
    pub load_balancers: Option<AddressRange>,
    /// What kubespray brings beside Kubernetes, its DNS and its network.
    pub addons: &'a [Addon],
    /// Whether API servers ask an extension API server's pods themselves, each in turn, and not its Service. On a host without kube-proxy
    /// they can't do otherwise: `--enable-aggregator-routing`.
    pub aggregator_routing: bool,
    /// What the hosts are given before Kubernetes, in the order in which that has to happen.
    pub artefacts: Vec<Artefact>,
    /// Names for the hosts file of the person's own computer, and the address of each.
    pub names: &'a [(String, IpAddr)],
}

/// What a cluster may have by kubespray, or leave out: because it does without, or because its stacks bring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addon {
    /// MetalLB's pool of the load balancers' addresses, which nodes answer for. Without it objects tell MetalLB: `stackwright_addons::metallb`.
    AddressPool,
    /// The kinds of the Gateway API, those of its standard channel.
    GatewayApi,
    /// Volumes on the nodes' own disks: the storage class `local-path`, which is the default one then.
    LocalVolumes,
    /// metrics-server. Without it a stack may bring one: `stackwright_addons::metrics_server`.
    MetricsServer,
}

/// Kubernetes by kubespray: the inventory, its variables, `bootstrap.sh` and the scripts it runs on the machines.
///
/// # Errors
/// When the nodes make no cluster, or a value cannot be written in one of the files.
pub fn platform(config: &Config) -> Result<Platform, Error> {
    check_nodes(config)?;
    let has = |addon| config.addons.contains(&addon);
    let brought = Brought::of(&PARTS, |option| match option {
        "gateway-api" => has(Addon::GatewayApi),
        "local-path" => has(Addon::LocalVolumes),
        "metrics-server" => has(Addon::MetricsServer),
        _ => config.load_balancers.is_some(),
    });
    Ok(Platform {
        stack: stack(config)?,
        nodes: config.nodes.to_vec(),
        node_subnets: nodes::subnets(config.nodes, config.networks),
        pods: config.pods.to_vec(),
        services: config.services.to_vec(),
        provided: brought.provided(),
        domain: DOMAIN.into(),
        node_dns: Some(NODE_DNS),
        address_annotation: config.load_balancers.map(|_| ADDRESS_ANNOTATION.into()),
        scraped: brought.scraped(),
        annotated: brought.annotated(),
    })
}

/// What nodes and pods ask of nodes, for the [firewall](crate::firewall) of each: with MetalLB's speakers, where there are addresses for them.
///
/// The addresses that MetalLB gives are no node's own. A firewall of nodes does not guard them: whoever reaches a node reaches what Services
/// of type `LoadBalancer` show there, and their `loadBalancerSourceRanges` say who may.
pub fn traffic(load_balancers: Option<AddressRange>) -> Vec<Traffic> {
    Brought::of(&PARTS, |option| option == "metallb" && load_balancers.is_some()).traffic()
}

/// What kubespray brings, part by part.
static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| facts::table(include_str!("kubespray/brought.yaml")));

fn stack(config: &Config) -> Result<Stack, Error> {
    let workers: Vec<_> = config.nodes.iter().filter(|node| node.runs_workloads()).collect();
    let control_planes: Vec<_> = config.nodes.iter().filter(|node| node.control_plane).collect();
    let first = control_planes[0];
    let api_server = format!("https://{}", SocketAddr::new(first.address, 6443));
    let mut of_nodes = Vec::new();
    for node in config.nodes {
        if let Some(variables) = variables::of_node(node)? {
            of_nodes.push(variables_file(&format!("host_vars/{}", node.name()), &variables)?);
        }
    }
    let bootstrap = Bootstrap {
        constants: vec![
            ("KUBERNETES", config.kubernetes),
            ("KUBESPRAY", config.release),
            ("HELM", OLDEST_HELM),
            ("RUST", RUST),
            ("CONTROL_PLANE", first.name()),
            ("API_SERVER", &api_server),
        ],
        workers: workers.iter().map(|node| node.name()).collect(),
        addresses: config.access.hosts.iter().map(Host::address).collect::<Result<_, _>>()?,
        copied: ["inventory/inventory.ini", "inventory/group_vars"]
            .into_iter()
            .chain((!of_nodes.is_empty()).then_some("inventory/host_vars"))
            .chain(copied(&config.artefacts)?)
            .collect(),
        steps: &["prerequisites", "machines", "keys", "hosts", "kubespray", "ping", "cluster", "kubeconfig", "nodes"],
        of_one: &["add", "remove", "forget"],
        others: &["upgrade", "calico"],
        ..Bootstrap::of(config.access, &config.artefacts)
    };
    let inventory = Inventory {
        control_planes: control_planes.iter().map(|node| Inventoried::new(node)).collect(),
        workers: workers.iter().map(|node| Inventoried::new(node)).collect(),
    };
    let mut files = vec![
        bootstrap.file(include_str!("kubespray/usage.txt"))?,
        template("machines/inventory/inventory.ini", include_str!("kubespray/inventory.ini.j2"), inventory)?,
        names_file(config.names)?,
        File::new("machines/.gitignore", GITIGNORE),
        config.access.script.clone(),
        hosts_step(config.access, &[("hosts", &config.artefacts)])?,
        variables_file("group_vars/all/all", &variables::everywhere(&config.access.user)?)?,
        variables_file("group_vars/k8s_cluster/k8s-cluster", &variables::cluster(config)?)?,
        variables_file("group_vars/k8s_cluster/k8s-net-calico", &variables::calico())?,
        variables_file("group_vars/k8s_cluster/addons", &variables::addons(config)?)?,
    ];
    files.extend(of_nodes);
    files.extend(config.access.files.iter().cloned());
    files.extend(
        STEPS.iter().chain(&OWN_STEPS).map(|(name, text)| File::script(format!("machines/steps/{name}"), *text)),
    );
    files.extend(SCRIPTS.map(|(name, text)| File::script(format!("machines/remote/{name}"), text)));
    let mut needs = needs(config.access);
    let does = if config.access.hosts.iter().any(|host| host.runs_on.is_some()) {
        "Start the machines and install Kubernetes on them"
    } else {
        // As its README asks: it does not manage firewalls.
        needs.push(
            "nodes with Ubuntu 24.04 or Rocky Linux 9 whose firewalld or ufw is off: kubespray opens neither".into(),
        );
        "Give the hosts what they need, and install Kubernetes on the nodes"
    };
    Ok(Stack {
        name: "kubespray".into(),
        files,
        artefacts: config.artefacts.clone(),
        needs,
        kubeconfig: Some(KUBECONFIG.into()),
        steps: vec![(
            When::Kubernetes,
            Step::new(&format!("{does} (an hour; it can be run again at any time)"), BOOTSTRAP),
        )],
        ..default()
    })
}

/// What `bootstrap.sh` reads of kubespray's.
const OWN_STEPS: [(&str, &str); 2] = [
    ("install.sh", include_str!("kubespray/steps/install.sh")),
    ("change.sh", include_str!("kubespray/steps/change.sh")),
];

/// The scripts that run on the machines as they are.
const SCRIPTS: [(&str, &str); 8] = [
    ("public-key.sh", include_str!("kubespray/remote/public-key.sh")),
    ("authorize.sh", include_str!("kubespray/remote/authorize.sh")),
    ("kubespray.sh", include_str!("kubespray/remote/kubespray.sh")),
    ("ansible.sh", include_str!("kubespray/remote/ansible.sh")),
    ("versions.sh", include_str!("kubespray/remote/versions.sh")),
    ("kubeconfig.sh", include_str!("kubespray/remote/kubeconfig.sh")),
    ("nodes.sh", include_str!("kubespray/remote/nodes.sh")),
    ("calico.sh", include_str!("kubespray/remote/calico.sh")),
];

fn check_nodes(config: &Config) -> Result<(), Error> {
    let control_planes = config.nodes.iter().filter(|node| node.control_plane).count();
    if control_planes.is_multiple_of(2) {
        return Err(Error::new(
            format!("{control_planes} nodes run the control plane, and etcd with it"),
            "etcd needs an odd number of members: make 1, 3 or 5 nodes a `Node::control_plane`",
        ));
    }
    if !config.nodes.iter().any(Node::runs_workloads) {
        return Err(Error::new("no node runs workloads", "add at least one `Node::worker`"));
    }
    nodes::check_reached(config.nodes, config.access)?;
    for node in config.nodes {
        if let Some(range) = config.load_balancers
            && let Some(address) = node.addresses().into_iter().find(|address| range.contains(*address))
        {
            return Err(Error::new(
                format!("{address} is node `{}`, and one of the load balancers' {range}", node.name()),
                "give the load balancers addresses of the network that no host has",
            ));
        }
    }
    Ok(())
}

/// Variables of all hosts of a group, or of one: `group_vars/all/all`.
fn variables_file(name: &str, variables: &impl Serialize) -> Result<File, Error> {
    let mut text = String::new();
    yaml::write(&mut text, variables).map_err(|error| {
        Error::yaml(format!("variables of `{name}`"), "kubespray's variables are plain values and lists", error)
    })?;
    Ok(File::new(format!("machines/inventory/{name}.yml"), text))
}

#[derive(Serialize)]
struct Inventory<'a> {
    control_planes: Vec<Inventoried<'a>>,
    workers: Vec<Inventoried<'a>>,
}

#[derive(Serialize)]
struct Inventoried<'a> {
    name: &'a str,
    address: IpAddr,
    ip: Option<IpAddr>,
    ip6: Option<IpAddr>,
}

impl<'a> Inventoried<'a> {
    fn new(node: &'a Node) -> Self {
        let of = |is_ipv6| node.addresses().into_iter().find(|address| address.is_ipv6() == is_ipv6);
        Self { name: node.name(), address: node.address, ip: of(false), ip6: of(true) }
    }
}
