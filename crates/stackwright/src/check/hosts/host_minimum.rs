use crate::Node;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-minimum",
    group: Group::Hosts,
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
    // Whoever has the machines of an existing cluster has seen to that.
    let Some(cluster) = index.cluster().filter(|cluster| !cluster.is_existing) else { return };
    let mut found = |message: String, help: String| {
        findings.push(CHECK.finding(message, help));
    };
    if !cluster.nodes.iter().any(|node| node.control_plane) {
        let help = "give it a node that is a control plane: `Node::control_plane`".to_owned();
        found(format!("cluster {} has no control plane", cluster.name), help);
    }
    if !cluster.nodes.iter().any(Node::runs_workloads) {
        let help = "give it a worker: pods keep off the control plane, by its taint".to_owned();
        found(format!("cluster {} has no workers", cluster.name), help);
    }
    for node in &cluster.nodes {
        let (cpus, memory) = if node.control_plane { CONTROL_PLANE } else { WORKER };
        let host = &node.host;
        if host.cpus < cpus || host.memory < memory {
            found(
                format!("node {} is too small: {} CPUs and {} MiB", host.name, host.cpus, host.memory),
                format!("give it at least {cpus} CPUs and {memory} MiB"),
            );
        }
    }
}
