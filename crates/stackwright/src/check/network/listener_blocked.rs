use super::ports::leads_to;
use crate::check::topology::Outside;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, Host, Listener};

pub(super) const CHECK: Check = Check {
    id: "listener-blocked",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A host is given something that listens at a port, and a firewall that lets nobody in there.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for artefact in cluster.stacks.iter().flat_map(|stack| &stack.artefacts) {
        let Some(host) = cluster.all_hosts().find(|host| host.name == artefact.host) else { continue };
        let alone = artefact.listeners.iter().filter(|listener| !is_led_to(index, cluster, host, listener));
        findings.extend(alone.filter_map(|listener| of_listener(cluster, host, listener)));
    }
}

/// That a firewall lets nobody in where something listens that an artefact brings.
pub(crate) fn of_listener(cluster: &Cluster, host: &Host, listener: &Listener) -> Option<Finding> {
    let is_there = |port: &u16| *port == listener.port;
    let is_shut = cluster.firewalls(host).any(|firewall| {
        !firewall.iter().any(|opening| opening.protocol == listener.protocol && opening.ports.iter().any(is_there))
    });
    let Listener { name, port, protocol } = listener;
    let message =
        format!("{name} of host {} listens at {port}/{protocol}, where the host's firewall lets nobody in", host.name);
    is_shut.then(|| CHECK.finding(message, format!("give its rules an opening for {port}/{protocol}")))
}

/// Whether a forward is there, or one or a Service leads there: another check asks whether all are let in that are to use it.
fn is_led_to(index: &Index<'_>, cluster: &Cluster, host: &Host, listener: &Listener) -> bool {
    let port = (listener.protocol.as_str(), listener.port);
    let mut targets = index.topology().outside.iter().flat_map(Outside::targets);
    let is_served =
        targets.any(|to| (to.protocol, to.at.port()) == port && host.addresses().any(|address| address == to.at.ip()));
    is_served
        || cluster.ways_in.iter().any(|way_in| {
            let is_there = (&way_in.at, way_in.protocol.as_str(), way_in.port) == (&host.name, port.0, port.1);
            is_there || leads_to(way_in, host, port)
        })
}
