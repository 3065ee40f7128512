use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "tls-cn-only",
    group: Group::Tls,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A certificate names its host in its common name only.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for certificate in index.certificates() {
        // cert-manager's may be for other kinds of names, such as a user's.
        if !certificate.hosts.is_empty() || certificate.path == "spec.dnsNames" {
            continue;
        }
        let name = certificate.common_name.as_deref();
        let message = match name {
            Some(name) => format!("{} names {name} as its common name only", certificate.label),
            None => format!("{} names no host", certificate.label),
        };
        let help = match name {
            Some(name) => {
                format!("make one with subject alternative names: openssl req -addext subjectAltName=DNS:{name}")
            }
            None => "name the hosts that it is for".to_owned(),
        };
        let finding =
            CHECK.finding(message, help).why("browsers and Go refuse a certificate without subject alternative names");
        findings.push(finding.at_any(certificate.item, certificate.path));
    }
}
