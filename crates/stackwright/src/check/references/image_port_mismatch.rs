use k8s_openapi::api::core::v1::{Container, Service, ServicePort};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::service_selects_nothing::selector;
use crate::check::told::{Variable, variable};
use crate::check::{Check, Finding, Group, HashMap, Index, Pods, Profile, Severity};
use crate::facts::images;
use crate::links::Image;

pub(super) const CHECK: Check = Check {
    id: "image-port-mismatch",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A Service leads to a port at which the well-known image of its pods does not listen.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let known = index.pods.iter().filter_map(|pods| Some((pods.item.index, listened(index, pods)?)));
    let known: HashMap<_, _> = known.collect();
    if known.is_empty() {
        return;
    }
    for (item, service) in index.all::<Service>() {
        let Some(selector) = selector(service) else { continue };
        let selected = index.selected(item.namespace, selector);
        let Some(first) = selected.first() else { continue };
        let known: Option<Vec<_>> = selected.iter().map(|pods| known.get(&pods.item.index)).collect();
        let Some(known) = known else { continue };
        let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()).enumerate();
        for (number, port) in ports.filter(|(_, port)| port.protocol.as_deref().is_none_or(|name| name == "TCP")) {
            let Some(target) = target(port, first) else { continue };
            if known.iter().any(|ports| ports.contains(&target)) {
                continue;
            }
            let listened: Vec<_> = known[0].iter().map(ToString::to_string).collect();
            let image = first.spec.containers[0].image.as_deref().unwrap_or_default();
            let message = format!(
                "{} leads to port {target} of {}, and {image} listens at {}",
                item.label(),
                first.item.label(),
                listened.join(", ")
            );
            let help = match &listened[..] {
                [only] => format!("set targetPort to {only}, or tell the container to listen at {target}"),
                _ => format!("set targetPort to one of those, or tell the container to listen at {target}"),
            };
            // Who declares the port says that something listens there, which may be another image by that name.
            let declared = selected.iter().flat_map(|pods| pods.spec.containers[0].ports.iter().flatten());
            let is_declared = declared.into_iter().any(|port| port.container_port == target);
            let severity = if is_declared { Severity::Information } else { Severity::Warning };
            let field = if port.target_port.is_some() { "targetPort" } else { "port" };
            let finding = CHECK.finding(message, help).at(item, format!("spec.ports[{number}].{field}"));
            let finding = finding.rated(severity);
            findings.push(finding.see(first.item, first.spec_path("containers[0].image"), "the image"));
        }
    }
}

/// The ports at which pods listen, where only a well-known image runs in them and nothing tells it otherwise.
fn listened<'a>(index: &Index<'a>, pods: &Pods<'a>) -> Option<Vec<i32>> {
    let [container] = &pods.spec.containers[..] else { return None };
    let init = pods.spec.init_containers.iter().flatten();
    let has_sidecar = init.clone().any(|container| container.restart_policy.as_deref() == Some("Always"));
    let image = Image::of(container.image.as_deref()?);
    // A registry of one's own may have an image of one's own by that name.
    if has_sidecar || image.registry != "docker.io" && !image.repository.contains('/') {
        return None;
    }
    let mut ports = Vec::new();
    for facts in images::of(&image).filter(|facts| !facts.ports.is_empty()) {
        let is_set = |name: &String| variable(index, pods, container, name) != Variable::Unset;
        if is_told(container, &facts.configured_in) || facts.port_variables.iter().any(is_set) {
            return None;
        }
        ports.extend(&facts.ports);
    }
    ports.dedup();
    (!ports.is_empty()).then_some(ports)
}

/// Whether a container has words of its own, or files where its image is configured.
fn is_told(container: &Container, configured_in: &[String]) -> bool {
    let is_over = |mount: &str, place: &str| {
        let (mount, place) = (format!("{}/", mount.trim_end_matches('/')), format!("{place}/"));
        mount.starts_with(&place) || place.starts_with(&mount)
    };
    let mut mounts = container.volume_mounts.iter().flatten();
    container.command.is_some()
        || container.args.is_some()
        || container.lifecycle.is_some()
        || mounts.any(|mount| configured_in.iter().any(|place| is_over(&mount.mount_path, place)))
}

/// The number of the port that a Service leads to.
fn target(port: &ServicePort, pods: &Pods<'_>) -> Option<i32> {
    match &port.target_port {
        None | Some(IntOrString::Int(0)) => Some(port.port),
        Some(IntOrString::Int(number)) => Some(*number),
        Some(IntOrString::String(name)) => {
            let mut declared = pods.spec.containers.iter().flat_map(|container| container.ports.iter().flatten());
            declared.find(|port| port.name.as_ref() == Some(name)).map(|port| port.container_port)
        }
    }
}
