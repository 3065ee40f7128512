use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-identity-duplicate",
    group: Group::Hosts,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two hosts have the same name or address.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let mut seen: HashMap<String, &str> = HashMap::default();
    for host in cluster.all_hosts() {
        let addresses = host.addresses().map(|address| format!("address {address}"));
        for identity in [format!("name {}", host.name)].into_iter().chain(addresses) {
            if let Some(other) = seen.insert(identity.clone(), &host.name) {
                let message = format!("hosts {other} and {} both have the {identity}", host.name);
                findings.push(CHECK.finding(message, "every host needs its own name and address"));
            }
        }
    }
}
