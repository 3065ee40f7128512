use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-identity-duplicate",
    group: Group::Machines,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two machines have the same name or address.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let mut seen: HashMap<String, &str> = HashMap::default();
    for machine in &cluster.machines {
        for identity in [format!("name {}", machine.name), format!("address {}", machine.address)] {
            if let Some(other) = seen.insert(identity.clone(), &machine.name) {
                let message = format!("machines {other} and {} both have the {identity}", machine.name);
                findings.push(CHECK.finding(message, "every machine needs its own name and address"));
            }
        }
    }
}
