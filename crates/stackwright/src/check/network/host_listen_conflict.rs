use super::ports::kubernetes;
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};
use crate::{Cluster, Host};

pub(super) const CHECK: Check = Check {
    id: "host-listen-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two services of one host listen at one port, or one at a port that Kubernetes takes on every node.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let mut node_ports = HashMap::default();
    for service in &index.topology().services {
        for port in &service.ports {
            if let Some(Ok(node_port)) = port.node_port.map(u16::try_from) {
                node_ports.entry((node_port, port.protocol)).or_insert((service, port));
            }
        }
    }
    for (host, kubernetes) in hosts(cluster) {
        let mut taken: HashMap<_, _> = kubernetes.into_iter().map(|(port, name)| ((port, "TCP"), name)).collect();
        let is_node = !taken.is_empty();
        for service in cluster.listeners(host) {
            let key = (service.port, service.protocol.as_str());
            let said = format!("{} of host {}", service.name, host.name);
            let at = format!("port {}/{}", service.port, service.protocol);
            if let Some(other) = taken.insert(key, &service.name) {
                let message = format!("{said} listens at {at}, where {other} listens already");
                findings.push(CHECK.finding(message, "give one of them another port"));
            } else if let Some((other, port)) = node_ports.get(&key).filter(|_| is_node) {
                let message = format!("{said} listens at {at}, the node port of {}", other.node_port_label(port));
                let finding =
                    CHECK.finding(message, "give one of them another port").why("the host's own port gets no traffic");
                findings.push(finding.at_any(other.item(), format!("{}.nodePort", port.path)));
            }
        }
    }
}

/// Every host, with what Kubernetes listens at on it.
fn hosts(cluster: &Cluster) -> impl Iterator<Item = (&Host, Vec<(u16, &'static str)>)> {
    let nodes = cluster.nodes.iter().map(|node| (&node.host, kubernetes(node)));
    nodes.chain(cluster.hosts.iter().map(|host| (host, Vec::new())))
}
