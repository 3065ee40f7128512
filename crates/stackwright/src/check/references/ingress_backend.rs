//! The Services that Ingresses lead to, and their ports: two checks on one walk.

use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::{Ingress, IngressServiceBackend};

use super::missing::{missing, of_part};
use super::ports;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::links::{BackendPath, backends};

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
        findings.extend(found.map(|finding| finding.at(item, format!("{path}.service.name"))));
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
        let finding =
            PORT.finding(message, help).rated(of_part(&PORT, index)).at(item, format!("{path}.service.port.{field}"));
        findings.push(finding.see(service, "spec.ports", ports::shown(spec)));
    });
}

/// Every Service that an Ingress leads to, with where it says so.
fn each_backend(index: &Index<'_>, mut look: impl FnMut(Item<'_>, BackendPath, &IngressServiceBackend)) {
    for (item, ingress) in index.all::<Ingress>() {
        backends(ingress).for_each(|(path, service)| look(item, path, service));
    }
}
