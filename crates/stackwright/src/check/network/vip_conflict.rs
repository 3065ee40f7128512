use crate::check::topology::{Use, Used};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "vip-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The virtual address of the control plane is a node's own, or one that a Service asks its load \
            balancer for.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    const HELP: &str = "give the control plane an address of the nodes' network that nothing else has";
    let topology = index.topology();
    for vip in topology.others.iter().filter(|used| used.use_ == Use::VirtualIp) {
        if let Some(node) = topology.nodes_in(vip.addresses).first() {
            let finding = at(vip, format!("{}, {}, is the address of {}", vip.by, vip.addresses, node.by), HELP);
            findings.push(finding.see_any(node.item, node.path.clone(), "the node's address"));
        }
        for service in topology.services.iter().filter(|service| service.is_balanced()) {
            let Some((_, path)) = service.pinned.iter().find(|(address, _)| vip.addresses.contains(*address)) else {
                continue;
            };
            let finding =
                at(vip, format!("{}, {}, is asked for by {} too", vip.by, vip.addresses, service.label()), HELP);
            findings.push(finding.see_any(service.item(), path.clone(), "the same address"));
        }
    }
}

fn at(vip: &Used, message: String, help: &str) -> Finding {
    CHECK.finding(message, help).at_any(vip.item, vip.path.clone())
}
