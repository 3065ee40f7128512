use std::collections::HashMap;

use super::{Check, Finding, Severity};
use crate::Cluster;

pub(super) const CHECK: Check =
    Check { id: "host-identity-duplicate", about: "Two machines have the same name or address.", run };

fn run(cluster: &Cluster, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for machine in &cluster.machines {
        for identity in [format!("name {}", machine.name), format!("address {}", machine.address)] {
            if let Some(other) = seen.insert(identity.clone(), &machine.name) {
                findings.push(Finding {
                    id: CHECK.id,
                    severity: Severity::Error,
                    message: format!("machines {other} and {} both have the {identity}", machine.name),
                    help: "every machine needs its own name and address".to_owned(),
                });
            }
        }
    }
}
