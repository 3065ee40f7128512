use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, Host};

pub(super) const CHECK: Check = Check {
    id: "host-network-mismatch",
    group: Group::Hosts,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A host is on a network that is not there, or has an address of another one.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for host in cluster.all_hosts() {
        nics(cluster, host, findings);
    }
    for node in &cluster.nodes {
        if !node.host.addresses().any(|address| address == node.address) {
            let message =
                format!("node {} is said to be at {}, which is no address of its host", node.name(), node.address);
            findings.push(
                CHECK.finding(
                    message,
                    "make it by `Node::worker` or `Node::control_plane`, or give the host that address",
                ),
            );
        }
    }
    for artefact in cluster.stacks.iter().flat_map(|stack| &stack.artefacts) {
        if !cluster.all_hosts().any(|host| host.name == artefact.host) {
            let message = format!("{} is for host {}, which the cluster does not have", artefact.name, artefact.host);
            findings.push(CHECK.finding(message, "name one of `Cluster::hosts` or the host of a node"));
        }
    }
}

fn nics(cluster: &Cluster, host: &Host, findings: &mut Vec<Finding>) {
    for nic in &host.nics {
        let Some(network) = cluster.networks.iter().find(|network| network.name == nic.network) else {
            let message = format!("host {} is on network {}, which the cluster does not have", host.name, nic.network);
            findings.push(CHECK.finding(message, "add it to `Cluster::networks`"));
            continue;
        };
        for address in nic.addresses.iter().filter(|address| !network.contains(**address)) {
            let subnets: Vec<_> = network.subnets.iter().map(ToString::to_string).collect();
            let message = format!(
                "host {} has {address} on network {}, which is {}",
                host.name,
                network.name,
                subnets.join(" and ")
            );
            findings.push(CHECK.finding(message, "make the NIC by `Nic::on`"));
        }
    }
}
