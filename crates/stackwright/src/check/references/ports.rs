//! The ports of a Service, as others ask for them.

use std::fmt;

use k8s_openapi::api::core::v1::Service;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::missing::{list, part_help};

/// A port of a Service as another object asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    Name(&'a str),
    Number(i32),
}

impl fmt::Display for Wanted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Number(number) => number.fmt(formatter),
        }
    }
}

/// What to do where a Service lacks a port; none where it has it, or where it only names a host elsewhere.
pub(super) fn help_for_lacking(service: &Service, wanted: Wanted<'_>) -> Option<String> {
    let spec = service.spec.as_ref()?;
    let ports = spec.ports.as_deref().unwrap_or_default();
    if spec.type_.as_deref() == Some("ExternalName") && ports.is_empty() {
        return None;
    }
    match wanted {
        Wanted::Name(name) => {
            let names: Vec<_> = ports.iter().filter_map(|port| port.name.as_deref()).collect();
            let lacks = !names.contains(&name);
            let by_number = ports.iter().find(|port| port.port.to_string() == name);
            lacks.then(|| match by_number {
                Some(_) => format!("{name} is a number: ask for it as one"),
                None if names.is_empty() => format!("ask for it by its number: {}", numbers(service)),
                None => part_help(name, &names, &format!("name a port of the Service {name}")),
            })
        }
        Wanted::Number(number) => {
            let targeted = ports.iter().find(|port| port.target_port == Some(IntOrString::Int(number)));
            ports.iter().all(|port| port.port != number).then(|| match (targeted, ports) {
                (Some(port), _) => format!("{number} is what the Service targets: ask for its own port {}", port.port),
                (None, [only]) => format!("change it to {}, the only port that the Service has", only.port),
                (None, []) => format!("add port {number} to the Service"),
                (None, _) => format!("take one of the Service's ports: {}", numbers(service)),
            })
        }
    }
}

/// What ports a Service has, in words.
pub(super) fn shown(service: &Service) -> String {
    let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
    let shown: Vec<_> = ports
        .map(|port| match &port.name {
            Some(name) => format!("{name} ({})", port.port),
            None => port.port.to_string(),
        })
        .collect();
    let names: Vec<_> = shown.iter().map(String::as_str).collect();
    list(&names).map_or_else(|| format!("it has {} ports", names.len()), |names| format!("it has {names}"))
}

fn numbers(service: &Service) -> String {
    let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
    ports.map(|port| port.port.to_string()).collect::<Vec<_>>().join(", ")
}
