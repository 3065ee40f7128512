use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hypervisor-overcommit",
    group: Group::Hosts,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The hosts that run on a computer have more memory together than it can give, or one has more CPUs than it has.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for host in cluster.all_hosts() {
        let Some(computer) = &host.runs_on else { continue };
        if !cluster.all_hosts().any(|other| other.name == *computer) {
            let message = format!("host {} runs on {computer}, which the cluster does not have", host.name);
            findings.push(CHECK.finding(message, "name one of `Cluster::hosts`"));
        }
    }
    for computer in cluster.all_hosts() {
        let name = &computer.name;
        let on_it: Vec<_> = cluster.all_hosts().filter(|host| host.runs_on.as_ref() == Some(name)).collect();
        let memory: u64 = on_it.iter().map(|host| u64::from(host.memory)).sum();
        if memory > u64::from(computer.memory) {
            let terms: Vec<_> = on_it.iter().map(|host| format!("{} {}", host.name, host.memory)).collect();
            let message = format!(
                "the {} hosts that run on {name} have {memory} MiB of memory, and it has {}: {}",
                on_it.len(),
                computer.memory,
                terms.join(" + ")
            );
            findings.push(CHECK.finding(message, "give them less, or move one to another computer"));
        }
        for host in on_it.iter().filter(|host| host.cpus > computer.cpus) {
            let message = format!(
                "host {} has {} CPUs, and {name}, which it runs on, has {}",
                host.name, host.cpus, computer.cpus
            );
            findings.push(CHECK.finding(message, format!("give it at most {} CPUs", computer.cpus)));
        }
    }
}
