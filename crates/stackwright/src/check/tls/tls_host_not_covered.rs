use k8s_openapi::api::networking::v1::Ingress;

use super::certificates::by_secret;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::links::shown::{self, Shown};

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
    let ingresses = index.all::<Ingress>().map(|(item, _)| item);
    for item in ingresses.chain(index.of_kind("Gateway.gateway.networking.k8s.io")) {
        for Shown { secret, host, path } in shown::of_object(item) {
            let Some(certificate) = certificates.get(&secret) else { continue };
            // A certificate without any name is found by itself.
            if host.is_empty() || certificate.hosts.is_empty() || certificate.covers(host) {
                continue;
            }
            let names: Vec<_> = certificate.hosts.iter().take(4).map(String::as_str).collect();
            let message = format!("{} shows {} for {host}, which it is not for", item.label(), certificate.label);
            let help = format!("make one for {host}: this one is for {}", names.join(", "));
            let finding = CHECK.finding(message, help).at(item, path);
            findings.push(finding.see_any(certificate.item, certificate.path, "its names"));
        }
    }
}
