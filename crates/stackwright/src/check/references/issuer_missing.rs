use super::missing::{entry_path, missing};
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "issuer-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A Certificate, or an Ingress or Gateway by its annotation, asks for a certificate of a cert-manager Issuer or \
            ClusterIssuer that is not there. It is never issued, and the Secret never made.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut look = |item: Item<'_>, kind: &str, name: &str, path: String| {
        let namespace = if kind == "ClusterIssuer" { "" } else { item.namespace };
        let wanted = GroupKind { group: "cert-manager.io", kind };
        if !matches!(kind, "Issuer" | "ClusterIssuer") || index.named(wanted, namespace, name).is_some() {
            return;
        }
        let message = format!("{} is issued by {kind} {name}, which is not there", item.label());
        findings
            .extend(missing(&CHECK, index, (wanted, namespace, name), message).map(|finding| finding.at(item, path)));
    };
    for item in index.of_kind("Certificate.cert-manager.io") {
        let Some(issuer) = item.object.content().and_then(|content| content.at("spec.issuerRef")) else { continue };
        let text = |field| issuer.get(field).and_then(|node| node.text());
        let is_ours = text("group").is_none_or(|group| group == "cert-manager.io");
        if let Some(name) = text("name").filter(|_| is_ours) {
            look(item, text("kind").unwrap_or("Issuer"), name, "spec.issuerRef.name".to_owned());
        }
    }
    for item in index.of_kind("Ingress.networking.k8s.io").chain(index.of_kind("Gateway.gateway.networking.k8s.io")) {
        let Some(annotations) = &item.object.metadata().annotations else { continue };
        if annotations.contains_key("cert-manager.io/issuer-group")
            || annotations.contains_key("cert-manager.io/issuer-kind")
        {
            continue;
        }
        for (key, kind) in [("cert-manager.io/issuer", "Issuer"), ("cert-manager.io/cluster-issuer", "ClusterIssuer")] {
            if let Some(name) = annotations.get(key) {
                look(item, kind, name, entry_path("metadata.annotations", key));
            }
        }
    }
}
