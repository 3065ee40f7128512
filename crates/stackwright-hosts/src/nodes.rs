//! What every installer asks of the nodes that it is given.

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
