use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "nfs-env-volume-mismatch",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The variables of the NFS provisioner and its volume name different servers or directories.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for nfs in &index.topology().nfs {
        for (name, value, path) in nfs.provisioner_variables() {
            let (mounted, mounted_path) = match name {
                "NFS_SERVER" => (nfs.server, &nfs.server_path),
                _ => (nfs.directory, &nfs.directory_path),
            };
            if value == mounted {
                continue;
            }
            let message = format!("{} has {name} {value}, and mounts {mounted}", nfs.item.label());
            let finding = CHECK.finding(message, "write the same in both").at(nfs.item, path);
            findings.push(finding.see(nfs.item, mounted_path.clone(), "its volume"));
        }
    }
}
