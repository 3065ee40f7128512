use k8s_openapi::api::networking::v1::Ingress;

use super::certificates::{Certificate, by_secret};
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::yaml::Node;

pub(super) const CHECK: Check = Check {
    id: "tls-host-not-covered",
    group: Group::Tls,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An Ingress or Gateway shows a certificate for a host that is not among its subject alternative names.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let certificates = by_secret(index);
    for (item, ingress) in index.all::<Ingress>() {
        let Some(spec) = &ingress.spec else { continue };
        for (number, tls) in spec.tls.iter().flatten().enumerate() {
            let secret = tls.secret_name.as_deref().unwrap_or_default();
            let Some(certificate) = certificates.get(&(item.namespace, secret)) else { continue };
            let hosts = tls.hosts.as_deref().unwrap_or_default();
            for (at, host) in hosts.iter().enumerate() {
                found(item, || format!("spec.tls[{number}].hosts[{at}]"), host, certificate, findings);
            }
            // Without hosts it is for those of the rules.
            let rules = spec.rules.iter().flatten().enumerate().filter(|_| hosts.is_empty());
            for (at, host) in rules.filter_map(|(at, rule)| Some((at, rule.host.as_deref()?))) {
                found(item, || format!("spec.rules[{at}].host"), host, certificate, findings);
            }
        }
    }
    for item in index.of_kind("Gateway.gateway.networking.k8s.io") {
        let listeners = item.object.content().and_then(|content| content.at("spec.listeners"));
        for (number, listener) in listeners.map_or(&[][..], Node::items).iter().enumerate() {
            let text = |path| listener.at(path).and_then(Node::text);
            let (Some(host), Some(secret)) = (text("hostname"), text("tls.certificateRefs[0].name")) else { continue };
            let namespace = text("tls.certificateRefs[0].namespace").unwrap_or(item.namespace);
            let several = listener.at("tls.certificateRefs[1]").is_some();
            if let Some(certificate) = certificates.get(&(namespace, secret)).filter(|_| !several) {
                found(item, || format!("spec.listeners[{number}].hostname"), host, certificate, findings);
            }
        }
    }
}

fn found(
    item: Item<'_>,
    path: impl Fn() -> String,
    host: &str,
    certificate: &Certificate,
    findings: &mut Vec<Finding>,
) {
    // A certificate without any name is found by itself.
    if host.is_empty() || certificate.hosts.is_empty() || certificate.covers(host) {
        return;
    }
    let names: Vec<_> = certificate.hosts.iter().take(4).map(String::as_str).collect();
    let message = format!("{} shows {} for {host}, which it is not for", item.label(), certificate.label);
    let help = format!("make one for {host}: this one is for {}", names.join(", "));
    let finding = CHECK.finding(message, help).at(item, path());
    findings.push(finding.see_any(certificate.item, certificate.path, "its names"));
}
