use k8s_openapi::api::core::v1::Service;

use super::cross_namespace::CrossNamespace;
use super::{all, in_full, items, named, own, text};
use crate::check::references::missing::{is_made_elsewhere, may_be_one, missing, of_part};
use crate::check::references::{ports, secret};
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::nearest::nearest;
use crate::yaml::{Node, Value, is_unknown};

pub(in crate::check::references) const CHECK: Check = Check {
    id: "traefik-ref",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A route or middleware of Traefik names a Service, port, middleware, Secret or another object that is not \
            there, or is in a namespace where Traefik doesn't look.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut walk = Walk { index, cross: CrossNamespace::new(index), findings };
    for (kind, middlewares) in
        [("IngressRoute", Some("Middleware")), ("IngressRouteTCP", Some("MiddlewareTCP")), ("IngressRouteUDP", None)]
    {
        for item in all(index, kind) {
            if let Some(spec) = spec(item) {
                walk.route(item, spec, middlewares);
            }
        }
    }
    for item in all(index, "Middleware") {
        if let Some(spec) = spec(item) {
            walk.middleware(item, spec);
        }
    }
    for item in all(index, "TraefikService") {
        if let Some(spec) = spec(item) {
            walk.service_of_services(item, spec);
        }
    }
}

fn spec(item: Item<'_>) -> Option<&Node> {
    item.object.content()?.get("spec")
}

/// The way along all that Traefik's objects name.
struct Walk<'i, 'a, 'f> {
    index: &'i Index<'a>,
    cross: CrossNamespace<'i, 'a>,
    findings: &'f mut Vec<Finding>,
}

impl<'a> Walk<'_, 'a, '_> {
    fn route(&mut self, item: Item<'a>, spec: &Node, middlewares: Option<&'static str>) {
        for (number, route) in items(spec, "routes") {
            let path = format!("spec.routes[{number}]");
            for (place, service) in items(route, "services") {
                self.service(item, service, &format!("{path}.services[{place}]"));
            }
            for (place, middleware) in items(route, "middlewares") {
                if let Some(kind) = middlewares {
                    self.object(item, kind, middleware, &format!("{path}.middlewares[{place}]"));
                }
            }
        }
        let Some(tls) = spec.get("tls") else { return };
        // Its name is one for all namespaces.
        if let Some(options) = tls.get("options").filter(|options| text(options, "name") != Some("default")) {
            self.object(item, "TLSOption", options, "spec.tls.options");
        }
        self.secret(item, "serves TLS with", text(tls, "secretName"), "spec.tls.secretName");
    }

    fn middleware(&mut self, item: Item<'a>, spec: &Node) {
        for (number, middleware) in spec.get("chain").into_iter().flat_map(|chain| items(chain, "middlewares")) {
            self.object(item, "Middleware", middleware, &format!("spec.chain.middlewares[{number}]"));
        }
        if let Some(service) = spec.at("errors.service") {
            self.service(item, service, "spec.errors.service");
        }
        for field in ["basicAuth.secret", "digestAuth.secret", "forwardAuth.tls.caSecret", "forwardAuth.tls.certSecret"]
        {
            let name = spec.at(field).and_then(Node::text).filter(|name| !name.is_empty());
            self.secret(item, "reads", name, &format!("spec.{field}"));
        }
    }

    fn service_of_services(&mut self, item: Item<'a>, spec: &Node) {
        for (field, list) in [("weighted", "services"), ("highestRandomWeight", "services"), ("mirroring", "mirrors")] {
            for (number, service) in spec.get(field).into_iter().flat_map(|one| items(one, list)) {
                self.service(item, service, &format!("spec.{field}.{list}[{number}]"));
            }
        }
        if let Some(mirroring) = spec.get("mirroring") {
            self.service(item, mirroring, "spec.mirroring");
        }
    }

    /// A Service, or one of Traefik's own, with its port.
    fn service(&mut self, item: Item<'a>, service: &Node, path: &str) {
        if text(service, "kind") == Some("TraefikService") {
            return self.object(item, "TraefikService", service, path);
        }
        if let Some(kind) = text(service, "kind").filter(|kind| *kind != "Service") {
            return self.no_kind(item, kind, path);
        }
        let Some(name) = text(service, "name").filter(|name| !name.contains('@')) else { return };
        let namespace = text(service, "namespace").unwrap_or(item.namespace);
        let Some((target, known)) = self.index.get::<Service>(namespace, name) else {
            self.findings.extend(no_service(self.index, item, service, (namespace, name), path));
            return;
        };
        self.cross(item, target, path);
        self.findings.extend(no_port(self.index, item, (target, known), service, path));
        self.transport(item, service, namespace, path);
    }

    /// A kind that its definition refuses.
    fn no_kind(&mut self, item: Item<'a>, kind: &str, path: &str) {
        if is_unknown(kind) {
            return;
        }
        let message = format!("{} leads to a {kind}, and Traefik takes Service or TraefikService", item.label());
        let help = match nearest(kind, ["Service", "TraefikService"]) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "name a Service, or a TraefikService that leads further".to_owned(),
        };
        self.findings.push(CHECK.finding(message, help).at(item, format!("{path}.kind")));
    }

    /// The settings by which Traefik calls a Service.
    fn transport(&mut self, item: Item<'a>, service: &Node, namespace: &str, path: &str) {
        let (kind, namespace) = match item.object.kind() {
            "IngressRouteTCP" => ("ServersTransportTCP", item.namespace),
            _ => ("ServersTransport", namespace),
        };
        let name = text(service, "serversTransport").filter(|name| !name.contains('@'));
        if let Some(name) = name.filter(|name| named(self.index, kind, namespace, name).is_none()) {
            self.no_object(item, (kind, namespace, name), &format!("{path}.serversTransport"));
        }
    }

    /// An object of one of Traefik's kinds.
    fn object(&mut self, item: Item<'a>, kind: &'static str, reference: &Node, path: &str) {
        let Some(name) = text(reference, "name") else { return };
        if let Some(full) = in_full(name) {
            return self.full(item, kind, full, path);
        }
        // Another provider's, such as `api@internal`.
        if name.contains('@') {
            return;
        }
        let namespace = text(reference, "namespace").unwrap_or(item.namespace);
        match named(self.index, kind, namespace, name) {
            Some(target) => self.cross(item, target, path),
            None => self.no_object(item, (kind, namespace, name), &format!("{path}.name")),
        }
    }

    fn no_object(&mut self, item: Item<'a>, (kind, namespace, name): (&str, &str, &str), path: &str) {
        let message = format!("{} names {kind} {namespace}/{name}, which is not there", item.label());
        let found = missing(&CHECK, self.index, (own(kind), namespace, name), message);
        self.findings.extend(found.map(|finding| finding.at(item, path)));
    }

    /// A full name may be one of another namespace, which is all that Traefik sees of it.
    fn full(&mut self, item: Item<'a>, kind: &str, full: &str, path: &str) {
        let Some(severity) = self.cross.severity() else { return };
        let message = format!("{} names {kind} {full} in full, as if it were another namespace's", item.label());
        let help = "write its own name, and its namespace in the field beside it";
        let finding = CHECK.finding(message, help).why("Traefik refuses that unless allowCrossNamespace is set");
        self.findings.push(finding.rated(severity).at(item, format!("{path}.name")));
    }

    /// What Traefik refuses although it is there.
    fn cross(&mut self, item: Item<'a>, target: Item<'_>, path: &str) {
        if target.namespace == item.namespace {
            return;
        }
        let Some(severity) = self.cross.severity() else { return };
        let message = format!("{} names {}, which is in another namespace", item.label(), target.label());
        let help =
            "move one of them to the other's namespace, or set providers.kubernetesCRD.allowCrossNamespace of Traefik";
        let finding = CHECK.finding(message, help).why("Traefik refuses that unless allowCrossNamespace is set");
        self.findings.push(finding.rated(severity).at(item, format!("{path}.namespace")));
    }

    fn secret(&mut self, item: Item<'a>, reads: &str, name: Option<&str>, path: &str) {
        let Some(name) = name.filter(|name| !secret::is_known(self.index, item.namespace, name)) else { return };
        let message = format!("{} {reads} Secret {name}, which is not in {}", item.label(), item.namespace);
        let found = missing(&CHECK, self.index, ("Secret".into(), item.namespace, name), message);
        self.findings.extend(found.map(|finding| finding.at(item, path)));
    }
}

/// A Service that is not there: in another namespace it may be, with that port.
fn no_service(
    index: &Index<'_>,
    item: Item<'_>,
    service: &Node,
    (namespace, name): (&str, &str),
    path: &str,
) -> Option<Finding> {
    let kind = GroupKind::of::<Service>();
    let message = format!("{} leads to Service {namespace}/{name}, which is not there", item.label());
    let finding = missing(&CHECK, index, (kind, namespace, name), message)?.at(item, format!("{path}.name"));
    let Some(other) = index.anywhere(kind, name).filter(|other| !may_be_one(index, namespace, *other)) else {
        return Some(finding);
    };
    let known: &Service = other.object.get()?;
    if wanted(service).and_then(|wanted| ports::help_for_lacking(known, wanted)).is_some() {
        return Some(finding);
    }
    // The name and the port of one that is written beside it are hardly a chance.
    let is_beside = index.folder(item) == index.folder(other) && !is_made_elsewhere(index, namespace);
    let severity = if is_beside { finding.severity.min(Severity::Warning) } else { finding.severity };
    let help = format!(
        "move the {} to namespace {}: Traefik leads to Services of its own only, unless allowCrossNamespace is set",
        item.object.kind(),
        other.namespace,
    );
    Some(Finding { help, ..finding }.rated(severity).see(other, "metadata.name", "one of this name and port"))
}

/// A port that a Service lacks.
fn no_port(
    index: &Index<'_>,
    item: Item<'_>,
    (target, known): (Item<'_>, &Service),
    service: &Node,
    path: &str,
) -> Option<Finding> {
    let type_ = known.spec.as_ref().and_then(|spec| spec.type_.as_deref());
    let Some(wanted) = wanted(service) else {
        if service.get("port").is_some() {
            return None;
        }
        let message = format!("{} names no port of {}, which Traefik asks for", item.label(), target.label());
        let help = format!("add `port`: {}", ports::shown(known));
        let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, format!("{path}.name"));
        return Some(finding);
    };
    // To a host elsewhere, Traefik takes any number.
    if type_ == Some("ExternalName") && matches!(wanted, ports::Wanted::Number(_)) {
        return None;
    }
    let help = ports::help_for_lacking(known, wanted)?;
    let message = format!("{} leads to port {wanted} of {}, which has no such port", item.label(), target.label());
    let finding = CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, format!("{path}.port"));
    Some(finding.see(target, "spec.ports", ports::shown(known)))
}

/// The port that is asked for; none where it is not written, or is nothing of the kind.
fn wanted(service: &Node) -> Option<ports::Wanted<'_>> {
    match &service.get("port")?.value {
        Value::Number(number) => Some(ports::Wanted::Number(i32::try_from(number.as_i64()?).ok()?)),
        Value::String(name) if !crate::yaml::is_unknown(name) => Some(ports::Wanted::Name(name)),
        _ => None,
    }
}
