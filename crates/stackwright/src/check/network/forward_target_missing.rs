use super::ports::{host_at, internal, label, listens, node_ports, silence};
use crate::WayIn;
use crate::check::topology::Target;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "forward-target-missing",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A forward, or the EndpointSlice of a Service, leads to a port at which nothing listens.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for way_in in &cluster.ways_in {
        findings.extend(of_way_in(index, way_in));
    }
    for outside in &index.topology().outside {
        findings.extend(outside.targets().iter().filter_map(|to| led_nowhere(index, &outside.item, to)));
    }
}

/// Where a forward leads and nothing listens.
pub(crate) fn of_way_in(index: &Index<'_>, way_in: &WayIn) -> Vec<Finding> {
    let mut findings = Vec::new();
    if way_in.to.is_empty() {
        let help = "give it the nodes that it leads to, in `forward`";
        findings.push(CHECK.finding(format!("{} leads nowhere", label(way_in)), help));
    }
    for to in &way_in.to {
        let host = host_at(index, to.ip());
        // What must not be reached is another check's.
        let is_internal = internal(&way_in.protocol, to.port(), host.is_some_and(|(_, node)| node.is_some()));
        if is_internal.is_some() || listens(index, &way_in.protocol, *to) {
            continue;
        }
        let where_ =
            host.map_or_else(|| "no host of the cluster".to_owned(), |(host, _)| format!("host {}", host.name));
        let message = format!(
            "{} leads to {to}, {where_}, and nothing listens at {}/{} there",
            label(way_in),
            to.port(),
            way_in.protocol
        );
        if let Some(why) = silence(index, &way_in.protocol, *to) {
            let help = "leave that node out of the forward, or let it have such pods";
            findings.push(CHECK.finding(message, help).why(why));
            continue;
        }
        findings.push(CHECK.finding(message, ways_out(index, &way_in.protocol)));
    }
    findings
}

/// What there is instead of a port at which nothing listens.
pub(crate) fn ways_out(index: &Index<'_>, protocol: &str) -> String {
    match &node_ports(index, protocol)[..] {
        [] => "choose a node port for the Service, or say what listens there: `Host::listeners`".to_owned(),
        chosen => format!("the node ports that are chosen: {}", chosen.join(", ")),
    }
}

/// What a Service leads to by an `EndpointSlice`.
fn led_nowhere(index: &Index<'_>, service: &Item<'_>, to: &Target<'_>) -> Option<Finding> {
    let Target { item, protocol, at, path, .. } = to;
    if listens(index, protocol, *at) {
        return None;
    }
    let leads = format!("{} leads {} to {at}", item.label(), service.label());
    let found = if let Some((host, _)) = host_at(index, at.ip()) {
        let message = format!("{leads}, host {}, and nothing listens at {}/{protocol} there", host.name, at.port());
        CHECK.finding(message, "take another port, or say what listens there: `Host::listeners`")
    } else {
        let help = "make it from the host that it is to lead to, by `service_outside`";
        let finding = CHECK.finding(format!("{leads}, an address of no host of the cluster"), help);
        let mut networks = index.topology().networks.iter();
        // Of a machine that is somewhere else nothing is known.
        let is_near = networks.any(|network| network.addresses.contains(at.ip()));
        if is_near { finding } else { finding.rated(Severity::Information) }
    };
    Some(found.at(*item, path.clone()))
}
