use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "node-port-range",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Service asks for a node port outside 30000-32767.",
    run,
};

const RANGE: std::ops::RangeInclusive<i32> = 30000..=32767;

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    const HELP: &str = "choose a port from 30000 to 32767, or none: then one is chosen";
    for service in &index.topology().services {
        for port in &service.ports {
            let Some(node_port) = port.node_port.filter(|node_port| !RANGE.contains(node_port)) else { continue };
            let message =
                format!("{} asks for node port {node_port}, outside 30000-32767", service.node_port_label(port));
            findings.push(CHECK.finding(message, HELP).at_any(service.item(), format!("{}.nodePort", port.path)));
        }
    }
}
