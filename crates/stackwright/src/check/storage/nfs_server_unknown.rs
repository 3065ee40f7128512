use std::net::IpAddr;

use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};
use crate::{Cluster, Host};

pub(super) const CHECK: Check = Check {
    id: "nfs-server-unknown",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A volume or provisioner names an NFS server that is no host of the cluster, or one that serves no \
            NFS.",
    run,
};

/// The example in the provisioner's own manifests.
const EXAMPLE: &str = "10.3.243.101";
/// The port of NFS.
const PORT: u16 = 2049;

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let topology = index.topology();
    let mut seen = HashSet::default();
    for nfs in &topology.nfs {
        if !seen.insert((nfs.item.index, nfs.server)) {
            continue;
        }
        let (label, server) = (nfs.item.label(), nfs.server);
        let (message, help) = if server == EXAMPLE {
            let message = format!("{label} mounts from {server}, the example of the provisioner's own manifests");
            (message, "write your NFS server's address, here and in NFS_SERVER".to_owned())
        } else {
            let Some(cluster) = index.cluster() else { continue };
            // A name may be known to a DNS server that nobody described.
            let Ok(address) = server.parse::<IpAddr>() else { continue };
            let help = || {
                match cluster.all_hosts().find(|host| serves_nfs(cluster, host)) {
                Some(host) => {
                    let addresses: Vec<_> = host.addresses().map(|address| address.to_string()).collect();
                    format!("the NFS server is host {}: {}", host.name, addresses.join(", "))
                }
                None => {
                    "give the host that serves it a Listener at port 2049, or name the address among its network's reserved"
                        .to_owned()
                }
            }
            };
            match cluster.all_hosts().find(|host| nfs.is_served_by(host)) {
                Some(host) if serves_nfs(cluster, host) => continue,
                Some(host) => {
                    (format!("{label} mounts from {server}, host {}, which serves no NFS", host.name), help())
                }
                None if topology.others.iter().any(|used| used.addresses.contains(address)) => continue,
                // That of an existing cluster may be anyone's.
                None if cluster.is_existing => continue,
                None => (format!("{label} mounts from {server}, which is no host of the cluster"), help()),
            }
        };
        let finding =
            CHECK.finding(message, help).why("no volume can be mounted").at(nfs.item, nfs.server_path.clone());
        findings.push(finding);
    }
}

/// Whether something on a host listens at the port of NFS.
pub(super) fn serves_nfs(cluster: &Cluster, host: &Host) -> bool {
    cluster.listeners(host).any(|listener| listener.port == PORT && listener.protocol == "TCP")
}
