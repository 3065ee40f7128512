use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hypervisor-overcommit",
    group: Group::Machines,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The machines of a computer have more memory together than it can give, or one has more CPUs than it has. \
            CPUs can be shared among machines, memory cannot: the last machine does not start, or all of them swap.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let machines: HashMap<_, _> = cluster.machines.iter().map(|machine| (machine.name.as_str(), machine)).collect();
    for hypervisor in &cluster.hypervisors {
        let name = &hypervisor.name;
        for unknown in hypervisor.machines.iter().filter(|machine| !machines.contains_key(machine.as_str())) {
            let message = format!("computer {name} is to run machine {unknown}, which the cluster does not have");
            findings.push(CHECK.finding(message, "name machines of the cluster"));
        }
        let on_it: Vec<_> = hypervisor.machines.iter().filter_map(|name| machines.get(name.as_str())).collect();
        let memory: u64 = on_it.iter().map(|machine| u64::from(machine.memory)).sum();
        if memory > u64::from(hypervisor.memory) {
            let terms: Vec<_> = on_it.iter().map(|machine| format!("{} {}", machine.name, machine.memory)).collect();
            let message = format!(
                "the {} machines of computer {name} have {memory} MiB of memory, and it has {}: {}",
                on_it.len(),
                hypervisor.memory,
                terms.join(" + ")
            );
            findings.push(CHECK.finding(message, "give them less, or move one to another computer"));
        }
        for machine in on_it.iter().filter(|machine| machine.cpus > hypervisor.cpus) {
            let message = format!(
                "machine {} has {} CPUs, and computer {name} has {}",
                machine.name, machine.cpus, hypervisor.cpus
            );
            findings.push(CHECK.finding(message, format!("give it at most {} CPUs", hypervisor.cpus)));
        }
    }
}
