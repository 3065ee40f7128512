use k8s_openapi::api::core::v1::Secret;

use super::secret::keys;
use crate::check::{Check, Finding, Group, Index, Profile, Purpose, Severity};

pub(super) const CHECK: Check = Check {
    id: "secret-type-mismatch",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Secret lacks a key that its type asks for, or an Ingress or Gateway serves TLS with one without a \
            certificate.",
    run,
};

/// The keys that each type asks for.
const TYPES: [(&str, &[&str]); 4] = [
    ("kubernetes.io/tls", &["tls.crt", "tls.key"]),
    ("kubernetes.io/dockerconfigjson", &[".dockerconfigjson"]),
    ("kubernetes.io/dockercfg", &[".dockercfg"]),
    ("kubernetes.io/ssh-auth", &["ssh-privatekey"]),
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, secret) in index.all::<Secret>() {
        let type_ = secret.type_.as_deref().unwrap_or("Opaque");
        if let Some(missing) = lacking(type_, &keys(secret)) {
            let message = format!("{} is of type {type_}, and has no key {missing}", item.label());
            findings.push(CHECK.finding(message, format!("add {missing}, or make the type Opaque")).at(item, "type"));
        }
    }
    for (stack, secret) in index.secrets() {
        let keys: Vec<_> = secret.keys.iter().map(|key| key.name.as_str()).collect();
        if let Some(missing) = lacking(&secret.type_, &keys) {
            let (namespace, name, type_) = (&secret.namespace, &secret.name, &secret.type_);
            let message =
                format!("Secret {namespace}/{name} of stack {stack} is of type {type_}, and has no key {missing}");
            findings.push(CHECK.finding(message, format!("declare {missing}, or make the type Opaque")));
        }
    }
    for reference in index.references.iter().filter(|reference| reference.purpose == Purpose::Serve) {
        let (from, name) = (reference.from, reference.name);
        let (keys, object) = match index.get::<Secret>(from.namespace, name) {
            Some((item, secret)) => (keys(secret), Some(item)),
            None => match index.secret(from.namespace, name) {
                Some(declared) => (declared.keys.iter().map(|key| key.name.as_str()).collect(), None),
                None => continue,
            },
        };
        // One without keys is filled at run time.
        let Some(missing) = lacking(TYPES[0].0, &keys).filter(|_| !keys.is_empty()) else { continue };
        let message = format!("{} serves TLS with Secret {name}, which has no key {missing}", from.label());
        let finding = CHECK.finding(message, format!("give the Secret the keys {}", TYPES[0].1.join(" and ")));
        let finding = finding.at(from, &reference.path);
        findings.push(match object {
            Some(item) => finding.see(item, "metadata.name", "the Secret"),
            None => finding,
        });
    }
}

/// The first key that a type asks for and that is not there.
fn lacking(type_: &str, keys: &[&str]) -> Option<&'static str> {
    let (_, asked) = TYPES.iter().find(|(name, _)| *name == type_)?;
    asked.iter().find(|key| !keys.contains(key)).copied()
}
