//! The ports of Services against those that the selected containers declare: three checks on one walk.

use std::fmt::Arguments;

use k8s_openapi::api::core::v1::{ContainerPort, Service, ServicePort};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::missing::{list, of_part, part_help};
use super::service_selects_nothing::selector;
use crate::check::{Check, Finding, Group, Index, Item, Pods, Profile, Severity};

pub(super) const NAME: Check = Check {
    id: "service-target-port-name",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The targetPort of a Service is a name that no container of the selected pods gives to a port.",
    run: run_name,
};

pub(super) const UNDECLARED: Check = Check {
    id: "service-target-port-undeclared",
    group: Group::References,
    severity: Severity::Information,
    profile: Profile::Link,
    about: "The targetPort of a Service is a number that no container of the selected pods declares, although they \
            declare others.",
    run: run_undeclared,
};

pub(super) const PROTOCOL: Check = Check {
    id: "service-port-protocol",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A port of a Service and the container's port that it leads to are of different protocols.",
    run: run_protocol,
};

fn run_name(index: &Index<'_>, findings: &mut Vec<Finding>) {
    each_port(index, |item, path, port, selected| {
        let Some(IntOrString::String(name)) = &port.target_port else { return };
        let declared: Vec<_> = selected.iter().flat_map(|pods| ports(pods)).collect();
        if declared.iter().any(|port| port.name.as_ref() == Some(name)) {
            return;
        }
        let message = format!("{} targets port {name}, which no selected pod declares", item.label());
        let names: Vec<_> = declared.iter().filter_map(|port| port.name.as_deref()).collect();
        let help = part_help(name, &names, &format!("name a port of the container {name}"));
        let finding = NAME.finding(message, help).rated(of_part(&NAME, index)).at(item, target_path(path, port));
        findings.push(finding.see(selected[0].item, containers_path(selected[0]), declares(&declared)));
    });
}

fn run_undeclared(index: &Index<'_>, findings: &mut Vec<Finding>) {
    each_port(index, |item, path, port, selected| {
        let Some(number) = number(port) else { return };
        let declared: Vec<_> = selected.iter().flat_map(|pods| ports(pods)).collect();
        if declared.is_empty() || declared.iter().any(|port| port.container_port == number) {
            return;
        }
        let message = format!("{} targets port {number}, which no selected pod declares", item.label());
        let help = match &declared[..] {
            [only] => format!("if the container listens at {}, set targetPort to that", only.container_port),
            _ => "set targetPort to the port that the container listens at".to_owned(),
        };
        let finding = UNDECLARED.finding(message, help).at(item, target_path(path, port));
        findings.push(finding.see(selected[0].item, containers_path(selected[0]), declares(&declared)));
    });
}

fn run_protocol(index: &Index<'_>, findings: &mut Vec<Finding>) {
    each_port(index, |item, path, port, selected| {
        let declared = selected.iter().flat_map(|pods| ports(pods));
        let same: Vec<_> = match (&port.target_port, number(port)) {
            (Some(IntOrString::String(name)), _) => declared.filter(|port| port.name.as_ref() == Some(name)).collect(),
            (_, Some(number)) => declared.filter(|port| port.container_port == number).collect(),
            _ => return,
        };
        let protocol = port.protocol.as_deref().unwrap_or("TCP");
        let theirs = |port: &ContainerPort| port.protocol.clone().unwrap_or_else(|| "TCP".to_owned());
        let Some(first) = same.first() else { return };
        if same.iter().any(|port| theirs(port) == protocol) {
            return;
        }
        let message =
            format!("{} serves port {} by {protocol}, and its pods declare {}", item.label(), port.port, theirs(first));
        let field = if port.protocol.is_some() { format!("{path}.protocol") } else { format!("{path}.port") };
        // Who serves the number by both protocols means both.
        let all = item.object.get::<Service>().and_then(|service| service.spec.as_ref()?.ports.as_ref());
        let by_theirs = |other: &ServicePort| {
            number(other) == number(port) && other.protocol.as_deref().unwrap_or("TCP") == theirs(first)
        };
        let severity = match number(port) {
            Some(_) if all.into_iter().flatten().any(by_theirs) => Severity::Information,
            // A number is reached, whatever containers declare; a name is looked up among what they do.
            Some(_) if !index.is_closed() => Severity::Information,
            _ => PROTOCOL.severity,
        };
        let finding = PROTOCOL.finding(message, format!("set both to {} or both to {protocol}", theirs(first)));
        findings.push(finding.rated(severity).at(item, field).see(
            selected[0].item,
            containers_path(selected[0]),
            declares(&same),
        ));
    });
}

/// Every port of every Service that selects pods, with its path and those pods.
fn each_port(index: &Index<'_>, mut look: impl FnMut(Item<'_>, Arguments<'_>, &ServicePort, &[&Pods<'_>])) {
    for (item, service) in index.all::<Service>() {
        let Some(selector) = selector(service) else { continue };
        let selected = index.selected(item.namespace, selector);
        if selected.is_empty() {
            continue;
        }
        let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
        for (number, port) in ports.enumerate() {
            look(item, format_args!("spec.ports[{number}]"), port, &selected);
        }
    }
}

/// The ports of the containers that run as long as the pod: init containers do if they always restart.
fn ports<'a>(pods: &Pods<'a>) -> impl Iterator<Item = &'a ContainerPort> {
    let init = pods.spec.init_containers.iter().flatten();
    let sidecars = init.filter(|container| container.restart_policy.as_deref() == Some("Always"));
    sidecars.chain(&pods.spec.containers).flat_map(|container| container.ports.iter().flatten())
}

/// The number that a port targets, if it targets one: its own where it says nothing else.
fn number(port: &ServicePort) -> Option<i32> {
    match &port.target_port {
        None | Some(IntOrString::Int(0)) => Some(port.port),
        Some(IntOrString::Int(number)) => Some(*number),
        Some(IntOrString::String(_)) => None,
    }
}

fn target_path(path: Arguments<'_>, port: &ServicePort) -> String {
    if port.target_port.is_some() { format!("{path}.targetPort") } else { format!("{path}.port") }
}

fn containers_path(pods: &Pods<'_>) -> String {
    pods.spec_path("containers")
}

fn declares(ports: &[&ContainerPort]) -> String {
    let shown = |port: &&ContainerPort| match (&port.name, port.protocol.as_deref()) {
        (Some(name), None | Some("TCP")) => format!("{name} ({})", port.container_port),
        (None, None | Some("TCP")) => port.container_port.to_string(),
        (Some(name), Some(protocol)) => format!("{name} ({}/{protocol})", port.container_port),
        (None, Some(protocol)) => format!("{}/{protocol}", port.container_port),
    };
    let shown: Vec<_> = ports.iter().map(shown).collect();
    match list(&shown.iter().map(String::as_str).collect::<Vec<_>>()) {
        Some(list) => format!("its containers declare {list}"),
        None if shown.is_empty() => "its containers declare no ports".to_owned(),
        None => format!("its containers declare {} ports", shown.len()),
    }
}
