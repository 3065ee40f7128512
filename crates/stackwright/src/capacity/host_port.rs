//! Ports that pods take of their nodes.

use crate::links::Pods;

/// A port that a pod takes of its node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HostPort {
    pub(crate) port: i32,
    pub(crate) protocol: String,
    /// The node's address that it is taken at; empty for all of them.
    pub(crate) address: String,
    /// Where it is written.
    pub(crate) path: String,
}

impl HostPort {
    /// Whether both cannot be on one node.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        (self.port, &self.protocol) == (other.port, &other.protocol)
            && (self.address == other.address || self.address.is_empty() || other.address.is_empty())
    }
}

/// The ports that a pod takes of its node: in the host's network, every one that a container declares.
pub(crate) fn host_ports(pods: &Pods) -> Vec<HostPort> {
    let own_network = pods.spec.host_network != Some(true);
    let running = pods
        .containers()
        .filter(|(path, container)| !path.initialises || container.restart_policy.as_deref() == Some("Always"));
    let mut ports = Vec::new();
    for (path, container) in running {
        for (number, port) in container.ports.iter().flatten().enumerate() {
            let given = port.host_port.filter(|port| *port > 0);
            let (taken, field) = match given {
                Some(taken) => (taken, "hostPort"),
                None if own_network => continue,
                None => (port.container_port, "containerPort"),
            };
            let address = port.host_ip.as_deref().filter(|address| *address != "0.0.0.0").unwrap_or_default();
            ports.push(HostPort {
                port: taken,
                protocol: port.protocol.clone().unwrap_or_else(|| "TCP".to_owned()),
                address: address.to_owned(),
                path: format!("{path}.ports[{number}].{field}"),
            });
        }
    }
    ports
}
