use k8s_openapi::api::networking::v1::Ingress;

use super::missing::list;
use crate::check::topology::Outside;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::links::backends;

pub(super) const CHECK: Check = Check {
    id: "endpoints-port-name",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Service without a selector and its Endpoints or EndpointSlice call a port differently, so that nothing is \
            forwarded.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for outside in &index.topology().outside {
        let Some(given) = Given::of(outside) else { continue };
        let Outside { item, service, .. } = outside;
        let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()).enumerate();
        for (number, port) in ports {
            let name = port.name.as_deref().unwrap_or_default();
            if given.names.contains(&name) || crate::yaml::is_unknown(name) {
                continue;
            }
            let own = if name.is_empty() { "no name".to_owned() } else { format!("the name {name}") };
            let named: Vec<_> = given.names.iter().copied().filter(|name| !name.is_empty()).collect();
            let theirs = match list(&named) {
                Some(known) => format!("calls its own {known}"),
                None if named.is_empty() => "leaves its own without one".to_owned(),
                None => "has no port of that name".to_owned(),
            };
            let message =
                format!("port {} of {} has {own}, and {} {theirs}", port.port, item.label(), given.item.label());
            let help = match (&named[..], given.names.len()) {
                ([only], 1) => format!("call the port {only} in both"),
                _ => "call the port alike in both, or leave the name of a single one out in both".to_owned(),
            };
            let severity = severity(index, outside);
            let finding = CHECK.finding(message, help).rated(severity).at(*item, format!("spec.ports[{number}]"));
            findings.push(finding.see(given.item, given.path, "where it leads"));
        }
    }
}

/// The ports that a Service is given, and the first object that gives them.
struct Given<'a> {
    item: Item<'a>,
    path: &'static str,
    /// Empty for a port without a name.
    names: Vec<&'a str>,
}

impl<'a> Given<'a> {
    /// Nothing where no object is there, or one has all ports.
    fn of(outside: &Outside<'a>) -> Option<Self> {
        let mut names = Vec::new();
        for (_, slice) in &outside.slices {
            let ports = slice.ports.as_ref().filter(|ports| !ports.is_empty())?;
            names.extend(ports.iter().map(|port| port.name.as_deref().unwrap_or_default()));
        }
        for subset in outside.endpoints.iter().flat_map(|(_, endpoints)| endpoints.subsets.iter().flatten()) {
            let ports = subset.ports.as_ref().filter(|ports| !ports.is_empty())?;
            names.extend(ports.iter().map(|port| port.name.as_deref().unwrap_or_default()));
        }
        let (item, path) = match (outside.slices.first(), outside.endpoints) {
            (Some((slice, _)), _) => (*slice, "ports"),
            (None, Some((endpoints, _))) => (endpoints, "subsets"),
            (None, None) => return None,
        };
        (!names.is_empty()).then_some(Self { item, path, names })
    }
}

/// A headless Service is resolved to addresses without a word of ports: then only a controller asks for them by name.
fn severity(index: &Index<'_>, outside: &Outside<'_>) -> Severity {
    let is_headless =
        outside.service.spec.as_ref().is_some_and(|spec| spec.cluster_ip.as_deref().is_some_and(|ip| ip == "None"));
    let name = outside.item.object.name();
    let leads = |ingress: &Ingress| backends(ingress).any(|(_, backend)| backend.name == name);
    match is_headless {
        false => Severity::Error,
        true if index.all_within::<Ingress>(outside.item.namespace).any(|(_, ingress)| leads(ingress)) => {
            Severity::Warning
        }
        true => Severity::Information,
    }
}
