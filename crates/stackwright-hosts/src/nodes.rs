//! What every installer asks of the nodes that it is given.

use k8s_openapi::api::core::v1::Taint;
use stackwright::prelude::*;

use crate::Access;
use crate::names::check_host_name;

/// Refuses a node whose name Kubernetes would not take, or whose host nobody reaches.
pub(crate) fn check_reached(nodes: &[Node], access: &Access) -> Result<(), Error> {
    for node in nodes {
        check_host_name(node.name())?;
        if !access.hosts.iter().any(|host| host.name == node.name()) {
            return Err(Error::new(
                format!("there is no access to node `{}`", node.name()),
                "give its host to the provider, too",
            ));
        }
    }
    Ok(())
}

/// The subnets that nodes have addresses of.
pub(crate) fn subnets(nodes: &[Node], networks: &[Network]) -> Vec<Subnet> {
    let on_nodes = |subnet: &&Subnet| nodes.iter().flat_map(Node::addresses).any(|address| subnet.contains(address));
    networks.iter().flat_map(|network| &network.subnets).filter(on_nodes).copied().collect()
}

/// A label as the kubelet and kubectl take it.
pub(crate) fn label(key: &str, value: &str) -> Result<String, Error> {
    plain("label", format!("{key}={value}"))
}

/// A taint as the kubelet and kubectl take it.
pub(crate) fn taint(taint: &Taint) -> Result<String, Error> {
    let value = taint.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
    plain("taint", format!("{}{value}:{}", taint.key, taint.effect))
}

/// Refuses what would be read as more than one on a command line, where the kubelet gets it with others between commas, or as an expression of
/// Ansible's.
pub(crate) fn plain(what: &str, text: String) -> Result<String, Error> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/=:".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) && !text.starts_with('-') {
        return Ok(text);
    }
    Err(Error::new(
        format!("`{}` is not a {what} that a node can start with", text.escape_debug()),
        "use letters, digits, dots, hyphens and underscores",
    ))
}
