//! `/etc/rancher/k3s/config.yaml`. K3s has one list of keys for servers and one for agents, and an agent doesn't start on a server's.

use std::net::{IpAddr, SocketAddr};

use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

use super::{AGENT_TOKEN, Config, FOLDER, TOKEN};

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
    let taints = node.taints.iter().map(|taint| {
        let value = taint.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
        plain("taint", format!("{}{value}:{}", taint.key, taint.effect))
    });
    let interface = nic.and_then(|nic| nic.interface.as_deref());
    Ok(Common {
        name: node.name(),
        ip: texts(addresses(config, node)?),
        labels: node
            .labels
            .iter()
            .map(|(key, value)| plain("label", format!("{key}={value}")))
            .collect::<Result<_, _>>()?,
        taints: taints.collect::<Result<_, _>>()?,
        interface: interface.map(|name| plain("interface", name.to_owned()).map(|_| name)).transpose()?,
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

/// Refuses what the kubelet, which gets the text on its command line with others between commas, would read as more than one.
fn plain(what: &str, text: String) -> Result<String, Error> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/=:".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) && !text.starts_with('-') {
        return Ok(text);
    }
    Err(Error::new(
        format!("`{}` is not a {what} that a node can start with", text.escape_debug()),
        "use letters, digits, dots, hyphens and underscores",
    ))
}
