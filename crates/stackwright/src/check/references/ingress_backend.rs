//! The Services that Ingresses lead to, and their ports: two checks on one walk.

use std::fmt::Arguments;

use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::{Ingress, IngressBackend, IngressServiceBackend};

use super::missing::{missing, of_part};
use super::ports;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const SERVICE: Check = Check {
    id: "ingress-backend-service",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An Ingress leads to a Service that is not in its namespace.",
    run: run_service,
};

pub(super) const PORT: Check = Check {
    id: "ingress-backend-port",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An Ingress leads to a port that its Service does not have.",
    run: run_port,
};

fn run_service(index: &Index<'_>, findings: &mut Vec<Finding>) {
    each_backend(index, |item, path, backend| {
        // The AWS controller's actions look like Services.
        let is_action = backend.port.as_ref().is_some_and(|port| port.name.as_deref() == Some("use-annotation"));
        if is_action || index.named("Service", item.namespace, &backend.name).is_some() {
            return;
        }
        let message = format!("{} leads to Service {}, which is not in {}", item.label(), backend.name, item.namespace);
        let found = missing(&SERVICE, index, ("Service".into(), item.namespace, &backend.name), message);
        findings.extend(found.map(|finding| finding.at(item, format!("{path}.name"))));
    });
}

fn run_port(index: &Index<'_>, findings: &mut Vec<Finding>) {
    each_backend(index, |item, path, backend| {
        let Some((service, spec)) = index.get::<Service>(item.namespace, &backend.name) else { return };
        let Some(port) = &backend.port else { return };
        let (wanted, field) = match (&port.number, &port.name) {
            (Some(number), _) => (ports::Wanted::Number(*number), "number"),
            (None, Some(name)) => (ports::Wanted::Name(name), "name"),
            (None, None) => return,
        };
        let Some(help) = ports::help_for_lacking(spec, wanted) else { return };
        let message = format!("{} leads to port {wanted} of {}, which has no such port", item.label(), service.label());
        let finding = PORT.finding(message, help).rated(of_part(&PORT, index)).at(item, format!("{path}.port.{field}"));
        findings.push(finding.see(service, "spec.ports", ports::shown(spec)));
    });
}

/// Every Service that an Ingress leads to, with its path.
fn each_backend(index: &Index<'_>, mut look: impl FnMut(Item<'_>, Arguments<'_>, &IngressServiceBackend)) {
    for (item, ingress) in index.all::<Ingress>() {
        let Some(spec) = &ingress.spec else { continue };
        let mut look = |path: Arguments<'_>, backend: &IngressBackend| {
            if let Some(service) = &backend.service {
                look(item, format_args!("{path}.service"), service);
            }
        };
        if let Some(backend) = &spec.default_backend {
            look(format_args!("spec.defaultBackend"), backend);
        }
        for (number, rule) in spec.rules.iter().flatten().enumerate() {
            for (place, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
                look(format_args!("spec.rules[{number}].http.paths[{place}].backend"), &path.backend);
            }
        }
    }
}
