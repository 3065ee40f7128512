//! Secrets that are read, and their keys: three checks on one walk.

use k8s_openapi::api::core::v1::Secret;

use super::missing::{at_all, by_target, missing, misspelt, of_part, part_help};
use crate::check::operators;
use crate::check::{Check, Finding, Group, Index, Profile, Purpose, Reference, Severity};

pub(super) const MISSING: Check = Check {
    id: "secret-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A pod, Ingress or Gateway reads a Secret that is not there.",
    run: run_missing,
};

pub(super) const KEY_MISSING: Check = Check {
    id: "secret-key-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A pod reads a key that its Secret does not have.",
    run: run_key_missing,
};

pub(super) const IMAGE_PULL: Check = Check {
    id: "image-pull-secret",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "The imagePullSecrets of a pod name a Secret that is not there, or of a type that the kubelet does not \
            log in with.",
    run: run_image_pull,
};

fn run_missing(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let makers = operators::granted(index, &["create"], &["secrets"]);
    let missing_ones = secrets(index).filter(|reference| {
        let (from, name) = (reference.from, reference.name);
        let serves = reference.purpose == Purpose::Serve;
        let is_issued = serves && from.object.metadata().annotations.iter().flatten().any(|(key, _)| is_issuing(key));
        let is_asked_for = reference.purpose != Purpose::Pull && !is_issued;
        is_asked_for && !is_known(index, from.namespace, name)
    });
    for references in by_target(missing_ones) {
        let Reference { from, name, purpose, .. } = *references[0];
        let reads = if purpose == Purpose::Serve { "serves TLS with" } else { "reads" };
        let message = format!("{} {reads} Secret {name}, which is not in {}", from.label(), from.namespace);
        let object = ("Secret".into(), from.namespace, name);
        let found = if references.iter().all(|reference| reference.optional) {
            misspelt(&MISSING, index, object, message)
        } else {
            missing(&MISSING, index, object, message)
        };
        let Some(finding) = found else { continue };
        let is_made = !index.is_closed() && makers.namespaces.contains(from.namespace);
        let severity = if is_made { Severity::Information } else { finding.severity };
        findings.push(at_all(finding.rated(severity), &references));
    }
}

fn run_key_missing(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for reference in secrets(index).filter(|reference| !reference.optional) {
        let (from, name) = (reference.from, reference.name);
        let object = index.get::<Secret>(from.namespace, name);
        let known: Vec<&str> = match (object, index.secret(from.namespace, name)) {
            (Some((_, secret)), _) if is_filled_later(secret) => continue,
            (Some((_, secret)), _) => keys(secret),
            (None, Some(declared)) => declared.keys.iter().map(|key| key.name.as_str()).collect(),
            (None, None) => continue,
        };
        for (key, path) in reference.keys.iter().filter(|(key, _)| !known.contains(key)) {
            let (from_label, namespace) = (from.label(), from.namespace);
            let message = format!("{from_label} reads key {key} of Secret {namespace}/{name}, which has no such key");
            let finding = KEY_MISSING.finding(message, part_help(key, &known, "add the key"));
            let finding = finding.rated(of_part(&KEY_MISSING, index)).at(from, path);
            findings.push(match object {
                Some((item, _)) => finding.see(item, "metadata.name", "the Secret"),
                None => finding,
            });
        }
    }
}

fn run_image_pull(index: &Index<'_>, findings: &mut Vec<Finding>) {
    const TYPES: [&str; 2] = ["kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"];
    for reference in secrets(index).filter(|reference| reference.purpose == Purpose::Pull) {
        let (from, name) = (reference.from, reference.name);
        if let Some((item, secret)) = index.get::<Secret>(from.namespace, name) {
            let type_ = secret.type_.as_deref().unwrap_or("Opaque");
            if !TYPES.contains(&type_) {
                let message = format!("{} pulls images with {}, which is of type {type_}", from.label(), item.label());
                let finding = IMAGE_PULL.finding(message, format!("give it the type {}", TYPES[0]));
                findings.push(finding.at(from, &reference.path).see(item, "metadata.name", "the Secret"));
            }
        } else if !is_known(index, from.namespace, name) {
            let message =
                format!("{} pulls images with Secret {name}, which is not in {}", from.label(), from.namespace);
            let found = missing(&IMAGE_PULL, index, ("Secret".into(), from.namespace, name), message);
            findings.extend(found.map(|finding| finding.at(from, &reference.path)));
        }
    }
}

fn secrets<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = &'i Reference<'a>> {
    index.references.iter().filter(|reference| reference.kind == "Secret")
}

/// Whether a Secret is among the objects, or declared by a stack.
pub(super) fn is_known(index: &Index<'_>, namespace: &str, name: &str) -> bool {
    index.named("Secret", namespace, name).is_some() || index.secret(namespace, name).is_some()
}

/// The keys of a Secret's object.
pub(super) fn keys(secret: &Secret) -> Vec<&str> {
    let data = secret.data.iter().flatten().map(|(key, _)| key.as_str());
    data.chain(secret.string_data.iter().flatten().map(|(key, _)| key.as_str())).collect()
}

/// Whether a controller fills a Secret once it is there: a ServiceAccount's token, or one that is applied empty.
fn is_filled_later(secret: &Secret) -> bool {
    secret.type_.as_deref() == Some("kubernetes.io/service-account-token") || keys(secret).is_empty()
}

/// Whether an annotation asks cert-manager to make the Secret of an Ingress or Gateway.
fn is_issuing(annotation: &str) -> bool {
    matches!(annotation, "cert-manager.io/issuer" | "cert-manager.io/cluster-issuer" | "kubernetes.io/tls-acme")
}
