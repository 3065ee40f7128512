use std::net::IpAddr;

use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::Ingress;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::groups::{TRAEFIK, in_all};
use crate::links::backends;

pub(super) const CHECK: Check = Check {
    id: "external-name-address",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "The externalName of a Service is an IP address, which DNS serves as a name that nobody has.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, service) in index.all::<Service>() {
        let Some(spec) = service.spec.as_ref().filter(|spec| spec.type_.as_deref() == Some("ExternalName")) else {
            continue;
        };
        let Some(name) = spec.external_name.as_deref() else { continue };
        if name.trim_end_matches('.').parse::<IpAddr>().is_err() {
            continue;
        }
        // Some controllers ask no DNS about an address. Traefik's own routes may lead to a Service of any namespace.
        let leads = |ingress: &Ingress| backends(ingress).any(|(_, backend)| backend.name == item.object.name());
        let is_proxied = index.all_within::<Ingress>(item.namespace).any(|(_, ingress)| leads(ingress))
            || in_all(TRAEFIK, "IngressRoute").any(|kind| index.of_kind(kind).next().is_some());
        let severity = if is_proxied { Severity::Information } else { Severity::Warning };
        let message = format!("{} has the address {name} as its externalName", item.label());
        let help = format!(
            "leave type and externalName out, and add an EndpointSlice with the address and the label \
             kubernetes.io/service-name: {}; or write a name that DNS has",
            item.object.name()
        );
        let finding = CHECK.finding(message, help).why("DNS answers with it as an alias, which is a name of digits");
        findings.push(finding.rated(severity).at(item, "spec.externalName"));
    }
}
