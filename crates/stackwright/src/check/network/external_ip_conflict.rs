use crate::check::topology::Exposed;
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "external-ip-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two Services claim one port of one external address.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut listeners: HashMap<_, (&Exposed, &str)> = HashMap::default();
    // The addresses that load balancers give come first: what is found stands at an external address.
    let services = &index.topology().services;
    for service in services.iter().filter(|service| service.is_balanced()) {
        for (address, path) in &service.pinned {
            for port in &service.ports {
                listeners.entry((address, port.port, port.protocol)).or_insert((service, path));
            }
        }
    }
    for service in services {
        for (address, path) in &service.external {
            let twice = service.ports.iter().find_map(|port| {
                let key = (address, port.port, port.protocol);
                let first = *listeners.entry(key).or_insert((service, path));
                (!first.0.is_same(service)).then_some((first, port))
            });
            let Some(((first, first_path), port)) = twice else { continue };
            let (one, other) = (first.label(), service.label());
            let message = format!("{one} and {other} both claim {address} port {}/{}", port.port, port.protocol);
            let help = "let an Ingress share the address by host and path, or give one of them another port";
            let finding =
                CHECK.finding(message, help).why("nodes send it all to one of them").at_any(service.item(), path);
            findings.push(finding.see_any(first.item(), first_path, "the first"));
        }
    }
}
