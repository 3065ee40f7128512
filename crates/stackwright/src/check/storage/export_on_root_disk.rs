use super::exports::{Export, exports};
use crate::Host;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "export-on-root-disk",
    group: Group::Storage,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A provisioner hands out pieces of a directory on a control plane's own disk, where etcd and the system \
            are too.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for (server, exports) in exports(cluster) {
        if cluster.nodes.iter().any(|node| node.control_plane && node.host.name == server.name) {
            provisioned(index, server, &exports, findings);
        }
    }
}

/// What is provisioned from a control plane's exports has to lie on a disk of its own.
fn provisioned(index: &Index<'_>, server: &Host, exports: &[Export], findings: &mut Vec<Finding>) {
    for nfs in index.topology().nfs.iter().filter(|nfs| nfs.is_served_by(server)) {
        let is_provisioned = nfs.is_class() || !nfs.provisioner_variables().is_empty();
        let on_own_disk = server.data_disk.as_ref().is_some_and(|disk| disk.holds(nfs.directory));
        // What is not exported is a finding of its own.
        let is_exported = exports.iter().any(|export| export.has(nfs.directory));
        if !is_provisioned || on_own_disk || !is_exported {
            continue;
        }
        let (label, directory, name) = (nfs.item.label(), nfs.directory, &server.name);
        let message = format!("{label} makes volumes in {directory}, which is on the disk of {name} that etcd is on");
        let help = match &server.data_disk {
            Some(disk) => format!("export a directory of its data disk, which is mounted at {}", disk.mounted_at),
            None => format!("give {name} a data disk that is mounted at {directory}, or export from another host"),
        };
        let finding = CHECK.finding(message, help).why("when the disk is full, etcd cannot write and the API stops");
        findings.push(finding.at(nfs.item, nfs.directory_path.clone()));
    }
}
