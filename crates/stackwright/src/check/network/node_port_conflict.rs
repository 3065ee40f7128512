use std::collections::hash_map::Entry;

use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "node-port-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two Services ask for one node port.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let services = &index.topology().services;
    let mut taken = HashMap::default();
    for service in services {
        for port in &service.ports {
            let Some(node_port) = port.node_port else { continue };
            let (first, first_port) = match taken.entry(node_port) {
                Entry::Vacant(entry) => {
                    entry.insert((service, port));
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
            // One Service may use a number for TCP and UDP; a Service that is given twice is another check's.
            if first.is_same(service)
                && (first.item().map(|item| item.index) != service.item().map(|item| item.index)
                    || first_port.protocol != port.protocol)
            {
                continue;
            }
            let (one, other) = (first.node_port_label(first_port), service.node_port_label(port));
            let message = format!("{other} asks for node port {node_port}, which {one} has");
            let help = "give one of them another port from 30000 to 32767, or none: then one is chosen";
            let finding = CHECK.finding(message, help).at_any(service.item(), format!("{}.nodePort", port.path));
            findings.push(finding.see_any(first.item(), format!("{}.nodePort", first_port.path), "the first"));
        }
    }
}
