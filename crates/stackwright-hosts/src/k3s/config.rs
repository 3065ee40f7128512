//! `/etc/rancher/k3s/config.yaml`. K3s has one list of keys for servers and one for agents, and an agent doesn't start on a server's.

use std::net::{IpAddr, SocketAddr};

use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

use super::{AGENT_TOKEN, Config, FOLDER, TOKEN};
use crate::nodes;

/// What both roles are told.
#[derive(Serialize)]
struct Common<'a> {
    #[serde(rename = "node-name")]
    name: &'a str,
    #[serde(rename = "node-ip")]
    ip: Vec<String>,
    #[serde(rename = "node-label", skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
    #[serde(rename = "node-taint", skip_serializing_if = "Vec::is_empty")]
    taints: Vec<String>,
    #[serde(rename = "flannel-iface", skip_serializing_if = "Option::is_none")]
    interface: Option<&'a str>,
    /// Where the server is that it joins: all but the first server have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    #[serde(rename = "token-file")]
    token_file: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Server<'a> {
    #[serde(flatten)]
    common: Common<'a>,
    agent_token_file: String,
    /// The first server of several makes etcd's cluster. A single one has SQLite.
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster_init: Option<bool>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tls_san: &'a [&'a str],
    /// A text: K3s reads a number of YAML's as decimal, and takes that for octal.
    write_kubeconfig_mode: &'static str,
    secrets_encryption: bool,
    cluster_cidr: Vec<String>,
    service_cidr: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flannel_ipv6_masq: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    disable: Vec<&'static str>,
}

#[derive(Serialize)]
struct Agent<'a> {
    #[serde(flatten)]
    common: Common<'a>,
}

/// The configuration of a node.
pub fn file(config: &Config, first: &Node, node: &Node) -> Result<File, Error> {
    let path = format!("machines/k3s/{}.yaml", node.name());
    let common = common(config, first, node)?;
    let mut text = String::new();
    let written = if node.control_plane {
        yaml::write(&mut text, &server(config, first, node, common))
    } else {
        yaml::write(&mut text, &Agent { common })
    };
    written.map_err(|error| Error::yaml(format!("{path} cannot be written"), "K3s' keys are plain values", error))?;
    Ok(File::new(path, text))
}

fn common<'a>(config: &Config, first: &Node, node: &'a Node) -> Result<Common<'a>, Error> {
    let nic = node.host.nics.iter().find(|nic| nic.addresses.contains(&node.address));
    let interface = nic.and_then(|nic| nic.interface.as_deref());
    Ok(Common {
        name: node.name(),
        ip: texts(addresses(config, node)?),
        labels: node.labels.iter().map(|(key, value)| label(node, key, value)).collect::<Result<_, _>>()?,
        taints: node.taints.iter().map(nodes::taint).collect::<Result<_, _>>()?,
        interface: interface.map(|name| nodes::plain("interface", name.to_owned()).map(|_| name)).transpose()?,
        server: (node.name() != first.name()).then(|| url(first.address)),
        token_file: format!("{FOLDER}/{}", if node.control_plane { TOKEN } else { AGENT_TOKEN }),
    })
}

fn server<'a>(config: &'a Config, first: &Node, node: &Node, common: Common<'a>) -> Server<'a> {
    let servers = config.nodes.iter().filter(|node| node.control_plane).count();
    // Nobody routes back to unique local addresses: flannel has to put the node's own in their place.
    let is_local = |subnet: &&Subnet| matches!(subnet.cidr().addr(), IpAddr::V6(address) if address.is_unique_local());
    Server {
        common,
        agent_token_file: format!("{FOLDER}/{AGENT_TOKEN}"),
        cluster_init: (servers > 1 && node.name() == first.name()).then_some(true),
        tls_san: config.tls_san,
        write_kubeconfig_mode: "0600",
        secrets_encryption: true,
        cluster_cidr: texts(config.pods),
        service_cidr: texts(config.services),
        flannel_ipv6_masq: config.pods.iter().find(is_local).map(|_| true),
        disable: config.disable.iter().map(|component| component.name()).collect(),
    }
}

/// The node's addresses of the families that pods have, in the order of the pods' subnets.
fn addresses(config: &Config, node: &Node) -> Result<Vec<IpAddr>, Error> {
    let own = node.addresses();
    let of = |subnet: &Subnet| {
        own.iter().copied().find(|address| address.is_ipv6() == subnet.is_ipv6()).ok_or_else(|| {
            Error::new(
                format!("node `{}` has no address of the family of {subnet}, where pods get theirs", node.name()),
                "give its NIC an address of each family that pods have",
            )
        })
    };
    config.pods.iter().map(of).collect()
}

/// Where agents and other servers find the API server.
pub fn url(address: IpAddr) -> String {
    format!("https://{}", SocketAddr::new(address, 6443))
}

fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

/// A label that the kubelet gives to its own node.
fn label(node: &Node, key: &str, value: &str) -> Result<String, Error> {
    let prefix = key.split_once('/').map_or("", |(prefix, _)| prefix);
    let is_in = |domain: &str| prefix == domain || prefix.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'));
    let is_reserved = ["kubernetes.io", "k8s.io"].into_iter().any(is_in);
    if is_reserved && !KUBELETS.contains(&key) && !KUBELETS_DOMAINS.into_iter().any(is_in) {
        return Err(Error::new(
            format!("node `{}` may not give itself the label `{}`", node.name(), key.escape_debug()),
            format!(
                "the kubelet does not start with it: leave `kubernetes.io` and `k8s.io` out of its name, begin it with `{}/`, or \
                 set it with `kubectl label node` once the node is there",
                KUBELETS_DOMAINS[0]
            ),
        ));
    }
    nodes::label(key, value)
}

/// What a kubelet may call itself among Kubernetes' own labels: `IsKubeletLabel` in k8s.io/kubelet v0.35.4, `pkg/apis/well_known_labels.go`,
/// by which `ValidateKubeletFlags` in `cmd/kubelet/app/options/options.go` refuses to start.
const KUBELETS: [&str; 11] = [
    "beta.kubernetes.io/arch",
    "beta.kubernetes.io/instance-type",
    "beta.kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "kubernetes.io/arch",
    "kubernetes.io/hostname",
    "kubernetes.io/os",
    "node.kubernetes.io/instance-type",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
];

/// And any name in or below these.
const KUBELETS_DOMAINS: [&str; 2] = ["node.kubernetes.io", "kubelet.kubernetes.io"];
