use crate::Machine;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "etcd-quorum",
    group: Group::Machines,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "etcd, which runs on the control planes, works while more than half of its members do. Two members fail if \
            either does, and any even number survives no more failures than one member less. One member is a warning, \
            unless all machines are on one computer anyway: then more would fall with it too.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let members = cluster.machines.iter().filter(|machine| machine.is_control_plane()).count();
    if members == 1 && cluster.hypervisors.len() != 1 {
        let Some(only) = cluster.machines.iter().find(|machine| Machine::is_control_plane(machine)) else { return };
        let message = format!("the control plane of cluster {} is one machine, {}", cluster.name, only.name);
        let finding = CHECK.finding(message, "give three machines the role ControlPlane, or keep backups of etcd");
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
        findings.push(CHECK.finding(message, "give one machine more the role ControlPlane, or one less"));
    }
}
