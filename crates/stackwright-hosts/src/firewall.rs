//! A firewall: what gets into a host from outside, and nothing else, by nftables.
//!
//! Its rules are about the port that was asked for, before anything is translated. A node port never comes to an input chain: kube-proxy
//! sends it on to a pod in the prerouting hook, and so does the container runtime with a pod's host port. So what is not let in is
//! dropped ahead of both. The rules have a table of their own, in which every other table stays, and a unit loads them at each start.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::{firewall, k3s};
//!
//! # fn main() -> Result<(), Error> {
//! let subnet = Subnet::new("192.168.1.0/24")?;
//! let lan = Network::new("lan", subnet);
//! let host = |name, number| Ok::<_, Error>(Host::new(name, (2, 4096), Nic::on(&lan, number)?));
//! let nodes = [Node::control_plane(host("server", 11)?)?, Node::worker(host("agent", 12)?)?];
//!
//! let rules = firewall::node_rules(&nodes[0], &firewall::Config {
//!     nodes: &nodes,
//!     pods: &[Subnet::new("10.42.0.0/16")?],
//!     services: &[Subnet::new("10.43.0.0/16")?],
//!     administrators: &[subnet],
//!     traffic: k3s::traffic(&nodes),
//!     openings: vec![Opening::tcp("web", &[30080], Source::Anyone)],
//! });
//! let firewall = firewall::artefact(&nodes[0].host, &rules)?;
//! assert!(firewall.opens.iter().flatten().any(|opening| opening.ports == [6443]));
//! assert!(firewall.files[0].text.contains("tcp dport { 30080 } accept"));
//! # Ok(())
//! # }
//! ```

mod firewalld;

use serde::{Deserialize, Serialize};
use stackwright::prelude::*;

pub use firewalld::firewalld;

use crate::names::check_host_name;

/// What a host's firewall lets in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// The ports, and who reaches them. ssh is not among them unless it is said.
    pub openings: Vec<Opening>,
    /// Subnets behind the host, such as those of pods and Services: only they and `neighbours` reach them.
    pub inside: Vec<Subnet>,
    /// Who reaches what is inside under an address of its own.
    pub neighbours: Vec<Subnet>,
}

/// A cluster, as the firewall of each of its nodes has to know it.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// Its nodes.
    pub nodes: &'a [Node],
    /// The subnets of pods.
    pub pods: &'a [Subnet],
    /// The subnets of Services.
    pub services: &'a [Subnet],
    /// From where people administer it: by ssh, and by the API server. They are not locked out.
    pub administrators: &'a [Subnet],
    /// What nodes and pods ask of nodes.
    pub traffic: Vec<Traffic>,
    /// What else is let in on every node: the node ports that there are, and what listens beside Kubernetes.
    pub openings: Vec<Opening>,
}

/// What a part of a cluster listens at on nodes, for others of the cluster. An installer knows its own: `k3s::traffic`, `kubespray::traffic`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traffic {
    /// What listens, in a word or two.
    pub what: String,
    /// `TCP` or `UDP`.
    pub protocol: String,
    /// The ports.
    pub ports: Vec<u16>,
    /// The nodes that have it.
    pub at: At,
    /// Who asks it.
    pub from: Askers,
}

impl Traffic {
    /// These ports of TCP on every node, beside those that an installer knows.
    ///
    /// ```
    /// # fn main() -> Result<(), stackwright::Error> {
    /// use stackwright::prelude::*;
    /// use stackwright_hosts::firewall::{Askers, Traffic};
    /// use stackwright_hosts::k3s;
    ///
    /// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
    /// let nodes = [Node::control_plane(Host::new("server", (2, 4096), Nic::on(&lan, 11)?))?];
    /// let mut traffic = k3s::traffic(&nodes);
    /// traffic.push(Traffic::tcp("node-exporter", &[9100], Askers::NodesAndPods));
    /// assert!(traffic.iter().any(|listens| listens.what == "kubelet"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn tcp(what: &str, ports: &[u16], from: Askers) -> Self {
        Self { what: what.to_owned(), protocol: "TCP".to_owned(), ports: ports.to_vec(), at: At::EveryNode, from }
    }
}

/// Nodes that something listens on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// Every node.
    EveryNode,
    /// The control planes.
    ControlPlanes,
}

/// Who of a cluster asks what listens on its nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Askers {
    /// Its nodes.
    Nodes,
    /// Its pods. Those on the node ask under their own address, those elsewhere often under their node's.
    NodesAndPods,
    /// Its control planes.
    ControlPlanes,
}

/// What the firewall of a node lets in.
pub fn node_rules(node: &Node, config: &Config) -> Rules {
    let Config { nodes, pods, services, administrators, traffic, openings } = config;
    let addresses = |nodes: &mut dyn Iterator<Item = &Node>| -> Vec<Subnet> {
        nodes.flat_map(Node::addresses).map(Subnet::from).collect()
    };
    let all_nodes = addresses(&mut nodes.iter());
    let control_planes = addresses(&mut nodes.iter().filter(|node| node.control_plane));
    let nodes_and_pods = [&all_nodes[..], pods].concat();
    let own = addresses(&mut [node].into_iter());

    let mut rules = vec![Opening::tcp("ssh", &[22], Source::Subnets(administrators.to_vec()))];
    if node.control_plane {
        let from = [&nodes_and_pods[..], administrators].concat();
        rules.push(Opening::tcp("API server", &[6443], Source::Subnets(from)));
    }
    for Traffic { what, protocol, ports, at, from } in traffic {
        let from = match from {
            Askers::Nodes => &all_nodes,
            Askers::NodesAndPods => &nodes_and_pods,
            Askers::ControlPlanes => &control_planes,
        };
        // What a node asks of itself comes by no network: a single control plane shares its etcd with nobody.
        let is_asked = from.iter().any(|asker| !own.contains(asker));
        if is_asked && (*at == At::EveryNode || node.control_plane) {
            let opening = Opening::tcp(what, ports, Source::Subnets(from.clone()));
            rules.push(Opening { protocol: protocol.clone(), ..opening });
        }
    }
    rules.extend(openings.iter().cloned());
    Rules { openings: rules, inside: [*pods, *services].concat(), neighbours: all_nodes }
}

/// What loads these rules on a host, now and at each start.
///
/// # Errors
/// When the host has a name that no node can have, an opening has no ports or a protocol other than TCP and UDP, or nobody may use it.
pub fn artefact(host: &Host, rules: &Rules) -> Result<Artefact, Error> {
    check_host_name(&host.name)?;
    let mut written = Vec::new();
    for opening in &rules.openings {
        written.extend(rules_of(opening)?);
    }
    let inside = [false, true].map(|is_ipv6| Inside {
        family: family(is_ipv6),
        subnets: set(&rules.inside, is_ipv6),
        from: set(&[&rules.inside[..], &rules.neighbours].concat(), is_ipv6),
    });
    let inside = inside.into_iter().filter(|inside| !inside.subnets.is_empty()).collect();
    let name = format!("firewall-{}.nft", host.name);
    let values = Values { rules: written, inside };
    let file = template(&format!("machines/{name}"), include_str!("firewall/firewall.nft.j2"), values)?;
    Ok(Artefact {
        arguments: vec!["host".to_owned(), name],
        files: vec![file],
        opens: Some(rules.openings.clone()),
        ..Artefact::new(host, "firewall", script())
    })
}

/// The script that loads a table of rules at each start.
pub(crate) fn script() -> File {
    File::script("machines/remote/firewall.sh", include_str!("firewall/firewall.sh"))
}

#[derive(Serialize)]
struct Values {
    rules: Vec<Rule>,
    inside: Vec<Inside>,
}

/// An opening for one family of addresses, or for anyone.
#[derive(Serialize)]
struct Rule {
    what: String,
    family: &'static str,
    /// Empty for anyone.
    from: Vec<String>,
    protocol: String,
    ports: Vec<u16>,
}

#[derive(Serialize)]
struct Inside {
    family: &'static str,
    subnets: Vec<String>,
    from: Vec<String>,
}

/// What nftables calls a family.
fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 { "ip6" } else { "ip" }
}

fn rules_of(opening: &Opening) -> Result<Vec<Rule>, Error> {
    let refused = |fact: &str, help: &str| {
        Err(Error::new(format!("the opening for `{}` {fact}", opening.what.escape_debug()), help))
    };
    if !["TCP", "UDP"].contains(&opening.protocol.as_str()) {
        return refused(&format!("is of `{}`", opening.protocol.escape_debug()), "write TCP or UDP");
    }
    if opening.ports.is_empty() {
        return refused("has no ports", "say which, or leave it out");
    }
    let rule = |is_ipv6, from| Rule {
        what: comment(&opening.what),
        family: family(is_ipv6),
        from,
        protocol: opening.protocol.to_lowercase(),
        ports: opening.ports.clone(),
    };
    let subnets = match &opening.from {
        Source::Anyone => return Ok(vec![rule(false, Vec::new())]),
        Source::Subnets(subnets) if subnets.is_empty() => {
            return refused("is for nobody", "say from which subnets, or leave it out");
        }
        Source::Subnets(subnets) => subnets,
    };
    let rules = [false, true].map(|is_ipv6| rule(is_ipv6, set(subnets, is_ipv6)));
    Ok(rules.into_iter().filter(|rule| !rule.from.is_empty()).collect())
}

/// What is reached, as a comment: that ends with its line, and people give the name.
pub(crate) fn comment(what: &str) -> String {
    format!("to-{}", what.replace(|char: char| !char.is_ascii_alphanumeric(), "-"))
}

/// The subnets of a family as the elements of a set. nftables refuses one with an element that another one has already.
pub(crate) fn set(subnets: &[Subnet], is_ipv6: bool) -> Vec<String> {
    let mut own: Vec<_> = subnets.iter().filter(|subnet| subnet.is_ipv6() == is_ipv6).map(Subnet::cidr).collect();
    own.sort();
    own.dedup();
    let is_within_another = |inner: &_| own.iter().any(|outer| outer != inner && outer.contains(inner));
    own.iter().filter(|subnet| !is_within_another(*subnet)).map(ToString::to_string).collect()
}
