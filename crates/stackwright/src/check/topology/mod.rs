//! The addresses and ports of a cluster and its objects, collected once for every check that asks.

mod addresses;
mod advertisement;
mod chart;
mod nfs;
mod outside;
mod pool;
mod service;

use std::net::IpAddr;

use k8s_openapi::api::core::v1::{Node, Service};

use super::{Item, Objects};
use crate::{Holder, Subnet};

pub(crate) use addresses::Addresses;
pub(crate) use advertisement::Advertisement;
pub(crate) use nfs::Nfs;
pub(crate) use outside::{Outside, Target};
pub(crate) use pool::{Pool, Provider};
pub(crate) use service::{Exposed, Listener as Port, Maker};

/// What is where on the network.
pub(crate) struct Topology<'a> {
    /// Every Service, an object or a release's.
    pub services: Vec<Exposed<'a>>,
    /// Those without a selector, which lead where someone says.
    pub outside: Vec<Outside<'a>>,
    /// The addresses that load balancers give to Services.
    pub pools: Vec<Pool<'a>>,
    /// Their ranges by where they begin: each time the one that ends last of those that begin by then, by the indices of pool and range.
    furthest: Vec<(Addresses, usize, usize)>,
    /// What announces MetalLB's pools to the network.
    pub advertisements: Vec<Advertisement<'a>>,
    /// The addresses of nodes, sorted.
    pub nodes: Vec<Used<'a>>,
    /// Subnets of a whole cluster: its hosts', its pods', its Services'.
    pub networks: Vec<Used<'a>>,
    /// Addresses that something else has, by what the cluster and its objects say.
    pub others: Vec<Used<'a>>,
    /// Directories of NFS servers that the objects mount.
    pub nfs: Vec<Nfs<'a>>,
    /// How many nodes there are; none where nothing says it.
    pub node_count: Option<usize>,
}

/// Addresses in use.
pub(crate) struct Used<'a> {
    /// Which.
    pub addresses: Addresses,
    /// By what, as a person would say it.
    pub by: String,
    /// What that is.
    pub use_: Use,
    /// The object that says so; none where the cluster does.
    pub item: Option<Item<'a>>,
    /// The path of its field.
    pub path: String,
}

/// What addresses are used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Node,
    Hosts,
    Pods,
    Services,
    Dhcp,
    VirtualIp,
    Other,
}

impl<'a> Topology<'a> {
    pub(super) fn of(objects: &Objects<'a>) -> Self {
        let exposed = objects.all::<Service>().filter_map(|(item, service)| Exposed::of(item, service));
        let stacks = objects.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
        let releases = stacks.flat_map(|stack| &stack.releases).filter(|release| !chart::is_shown(objects, release));
        let charts = releases.flat_map(chart::services);
        let declared = objects.cluster().map_or(0, |cluster| cluster.nodes.len());
        let node_count = declared + objects.of_kind("Node").count();
        let mut nodes: Vec<_> = declared_addresses(objects).chain(node_addresses(objects)).collect();
        nodes.sort_by_key(|used| used.addresses);
        let pools = Pool::all(objects);
        Self {
            services: exposed.chain(charts).collect(),
            outside: Outside::all(objects),
            furthest: furthest(&pools),
            advertisements: Advertisement::all(objects),
            pools,
            nodes,
            networks: networks(objects),
            others: other_hosts(objects).chain(reserved(objects)).chain(virtual_ips(objects)).collect(),
            nfs: nfs::mounted(objects),
            node_count: (node_count > 0).then_some(node_count),
        }
    }

    /// The pool with an address, and the index of the range.
    pub(crate) fn pool_with(&self, address: IpAddr) -> Option<(&Pool<'a>, usize)> {
        let begun = self.furthest.partition_point(|(range, ..)| range.first() <= address);
        // None that begins by the address ends after this one.
        let (_, pool, range) = self.furthest[..begun].last()?;
        let pool = &self.pools[*pool];
        pool.ranges[*range].0.contains(address).then_some((pool, *range))
    }

    /// The nodes that have one of these addresses.
    pub(crate) fn nodes_in(&self, addresses: Addresses) -> &[Used<'a>] {
        let start = self.nodes.partition_point(|used| used.addresses.first() < addresses.first());
        let end = self.nodes.partition_point(|used| used.addresses.first() <= addresses.last());
        &self.nodes[start..end.max(start)]
    }
}

fn furthest(pools: &[Pool]) -> Vec<(Addresses, usize, usize)> {
    let ranges = pools.iter().enumerate().flat_map(|(number, pool)| {
        pool.ranges.iter().enumerate().map(move |(range, (addresses, _))| (*addresses, number, range))
    });
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort();
    let mut last: Option<(Addresses, usize, usize)> = None;
    for entry in &mut ranges {
        match last {
            Some((addresses, pool, range)) if addresses.last() >= entry.0.last() => (entry.1, entry.2) = (pool, range),
            _ => last = Some(*entry),
        }
    }
    ranges
}

fn declared_addresses<'a>(objects: &Objects<'a>) -> impl Iterator<Item = Used<'a>> {
    let nodes = objects.cluster().into_iter().flat_map(|cluster| &cluster.nodes);
    nodes.flat_map(|node| {
        node.host.addresses().map(|address| Used::of_cluster(address, format!("node {}", node.name()), Use::Node))
    })
}

/// The addresses of hosts that are no nodes.
fn other_hosts<'a>(objects: &Objects<'a>) -> impl Iterator<Item = Used<'a>> {
    let hosts = objects.cluster().into_iter().flat_map(|cluster| &cluster.hosts);
    hosts.flat_map(|host| {
        host.addresses().map(|address| Used::of_cluster(address, format!("host {}", host.name), Use::Other))
    })
}

fn node_addresses<'a>(objects: &Objects<'a>) -> impl Iterator<Item = Used<'a>> {
    objects.all::<Node>().flat_map(|(item, node)| {
        let addresses = node.status.as_ref().and_then(|status| status.addresses.as_ref()).into_iter().flatten();
        let addresses = addresses.enumerate().filter(|(_, address)| address.type_ == "InternalIP");
        addresses.filter_map(move |(number, address)| {
            Some(Used {
                addresses: address.address.parse::<IpAddr>().ok()?.into(),
                by: item.label(),
                use_: Use::Node,
                item: Some(item),
                path: format!("status.addresses[{number}].address"),
            })
        })
    })
}

/// The subnets that the cluster says it has, and those of Calico's pools and of kubeadm's configuration among the objects.
fn networks<'a>(objects: &Objects<'a>) -> Vec<Used<'a>> {
    let mut networks = Vec::new();
    if let Some(cluster) = objects.cluster() {
        for network in &cluster.networks {
            let used = |subnet: &Subnet| Used::of_cluster(*subnet, format!("network {}", network.name), Use::Hosts);
            networks.extend(network.subnets.iter().map(used));
        }
        let pods = cluster.pods.iter().map(|pods| Used::of_cluster(*pods, "the pods".to_owned(), Use::Pods));
        let services = cluster.services.iter();
        let services = services.map(|all| Used::of_cluster(*all, "the Services".to_owned(), Use::Services));
        networks.extend(pods.chain(services));
    }
    let fields = [
        ("IPPool.crd.projectcalico.org", "spec.cidr", Use::Pods, "the pods"),
        ("IPPool.projectcalico.org", "spec.cidr", Use::Pods, "the pods"),
        ("ClusterConfiguration.kubeadm.k8s.io", "networking.podSubnet", Use::Pods, "the pods"),
        ("ClusterConfiguration.kubeadm.k8s.io", "networking.serviceSubnet", Use::Services, "the Services"),
    ];
    for (kind, path, use_, who) in fields {
        for item in objects.of_kind(kind) {
            let text = item.object.content().and_then(|content| content.at(path)?.text()).unwrap_or_default();
            let by = if kind.starts_with("IPPool.") { item.label() } else { format!("{who} ({path})") };
            networks.extend(text.split(',').filter_map(Addresses::parse).map(|addresses| Used {
                addresses,
                by: by.clone(),
                use_,
                item: Some(item),
                path: path.to_owned(),
            }));
        }
    }
    networks
}

fn reserved<'a>(objects: &Objects<'a>) -> impl Iterator<Item = Used<'a>> {
    let networks = objects.cluster().into_iter().flat_map(|cluster| &cluster.networks);
    networks.flat_map(|network| &network.reserved).map(|(holder, range)| {
        let (by, use_) = match holder {
            Holder::Gateway => ("the gateway", Use::Other),
            Holder::Dhcp => ("the DHCP server", Use::Dhcp),
            Holder::VirtualIp => ("the control plane's virtual address", Use::VirtualIp),
            Holder::Other(what) => (what.as_str(), Use::Other),
        };
        Used::of_cluster(*range, by.to_owned(), use_)
    })
}

/// The virtual addresses that kube-vip's pods announce for the control plane.
fn virtual_ips<'a>(objects: &Objects<'a>) -> impl Iterator<Item = Used<'a>> {
    let containers = objects.pods.iter().flat_map(|pods| pods.containers().map(move |found| (pods, found)));
    let containers = containers.filter(|(_, (_, container))| {
        container.image.as_deref().is_some_and(|image| image.contains("kube-vip/kube-vip"))
    });
    containers.flat_map(|(pods, (path, container))| {
        let variables = container.env.iter().flatten().enumerate();
        let variables = variables.filter(|(_, variable)| matches!(variable.name.as_str(), "address" | "vip_address"));
        variables.filter_map(move |(number, variable)| {
            Some(Used {
                addresses: variable.value.as_deref()?.parse::<IpAddr>().ok()?.into(),
                by: format!("the virtual address of {}", pods.item.label()),
                use_: Use::VirtualIp,
                item: Some(pods.item),
                path: format!("{path}.env[{number}].value"),
            })
        })
    })
}

impl Used<'_> {
    fn of_cluster(addresses: impl Into<Addresses>, by: String, use_: Use) -> Self {
        Self { addresses: addresses.into(), by, use_, item: None, path: String::new() }
    }
}
