use crate::Cluster;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "etcd-quorum",
    group: Group::Hosts,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "etcd, which runs on the control planes, has an even number of members, or just one.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster().filter(|cluster| !cluster.is_existing) else { return };
    let control_planes: Vec<_> = cluster.nodes.iter().filter(|node| node.control_plane).collect();
    let members = control_planes.len();
    if let [only] = control_planes[..]
        && !is_on_one_computer(cluster)
    {
        let message = format!("the control plane of cluster {} is one node, {}", cluster.name, only.name());
        let finding = CHECK.finding(message, "make three nodes control planes, or keep backups of etcd");
        findings.push(
            finding
                .why("while it is away nothing can be changed, and its disk is the only copy")
                .rated(Severity::Warning),
        );
    } else if members > 0 && members.is_multiple_of(2) {
        let survives = (members - 1) / 2;
        let message = format!(
            "cluster {} has {members} members of etcd, of which {} must work: it survives the loss of {survives}, as with {}",
            cluster.name,
            members / 2 + 1,
            members - 1
        );
        findings.push(CHECK.finding(message, "make one node more a control plane, or one less"));
    }
}

/// Whether all nodes end with one computer, so that more of them would help nothing.
fn is_on_one_computer(cluster: &Cluster) -> bool {
    let mut computers = cluster.nodes.iter().map(|node| node.host.runs_on.as_deref());
    let first = computers.next().flatten();
    first.is_some() && computers.all(|computer| computer == first)
}
