use crate::Machine;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-minimum",
    group: Group::Machines,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A cluster needs a control plane and a worker, each with the CPUs and memory that kubeadm asks for.",
    run,
};

/// What kubeadm's preflight checks ask of a control plane.
/// See <https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#before-you-begin>.
const CONTROL_PLANE: (u32, u32) = (2, 1700);
/// What a worker can start with: kubespray refuses less memory.
const WORKER: (u32, u32) = (1, 1024);

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let mut found = |message: String, help: String| {
        findings.push(CHECK.finding(message, help));
    };
    if !cluster.machines.iter().any(Machine::is_control_plane) {
        let help = "give it a machine with the role ControlPlane".to_owned();
        found(format!("cluster {} has no control plane", cluster.name), help);
    }
    if !cluster.machines.iter().any(Machine::is_worker) {
        let help = "give it a machine with the role Worker: pods keep off the control plane".to_owned();
        found(format!("cluster {} has no workers", cluster.name), help);
    }
    for machine in &cluster.machines {
        let (cpus, memory) = if machine.is_control_plane() { CONTROL_PLANE } else { WORKER };
        if machine.cpus < cpus || machine.memory < memory {
            found(
                format!("machine {} is too small: {} CPUs and {} MiB", machine.name, machine.cpus, machine.memory),
                format!("give it at least {cpus} CPUs and {memory} MiB"),
            );
        }
    }
}
