use std::net::IpAddr;

use crate::Machine;
use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "nfs-server-unknown",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A volume or provisioner names an NFS server that is no machine of the cluster, or one that serves no NFS; or \
            the address 10.3.243.101, which the manifests of nfs-subdir-external-provisioner carry as an example. Every \
            claim stays Pending. A server elsewhere is declared among the cluster's `reserved` addresses.",
    run,
};

/// The example in the provisioner's own manifests.
const EXAMPLE: &str = "10.3.243.101";
/// The port of NFS.
pub(super) const PORT: u16 = 2049;

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
            let has_nfs = |machine: &&Machine| machine.services.iter().any(|service| service.port == PORT);
            let help = || match cluster.machines.iter().find(has_nfs) {
                Some(machine) => format!("the NFS server is {}, machine {}", machine.address, machine.name),
                None => {
                    "give the machine that serves it a HostService at port 2049, or name the address among the reserved"
                        .to_owned()
                }
            };
            match cluster.machines.iter().find(|machine| address == machine.address) {
                Some(machine) if has_nfs(&machine) => continue,
                Some(machine) => {
                    (format!("{label} mounts from {server}, machine {}, which serves no NFS", machine.name), help())
                }
                None if topology.others.iter().any(|used| used.addresses.contains(address)) => continue,
                None => (format!("{label} mounts from {server}, which is no machine of the cluster"), help()),
            }
        };
        let finding =
            CHECK.finding(message, help).why("no volume can be mounted").at(nfs.item, nfs.server_path.clone());
        findings.push(finding);
    }
}
