use std::collections::BTreeMap;

use super::missing::{entry_path, missing, of_part};
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::nearest::nearest;
use crate::yaml::{Node, is_unknown};

pub(super) const CHECK: Check = Check {
    id: "issuer-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A certificate is asked of a cert-manager Issuer or ClusterIssuer that is not there.",
    run,
};

const GROUP: &str = "cert-manager.io";

/// The kinds that issue, each with the annotation by which Ingresses and Gateways ask it.
const KINDS: [(&str, &str); 2] =
    [("Issuer", "cert-manager.io/issuer"), ("ClusterIssuer", "cert-manager.io/cluster-issuer")];

/// The annotation that says which kind the first of them names.
const ISSUER_KIND: &str = "cert-manager.io/issuer-kind";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for item in ["Certificate.cert-manager.io", "CertificateRequest.cert-manager.io"]
        .into_iter()
        .flat_map(|kind| index.of_kind(kind))
    {
        let Some(issuer) = item.object.content().and_then(|content| content.at("spec.issuerRef")) else { continue };
        findings.extend(of_reference(index, item, issuer));
    }
    for item in index.of_kind("Ingress.networking.k8s.io").chain(index.of_kind("Gateway.gateway.networking.k8s.io")) {
        let Some(annotations) = &item.object.metadata().annotations else { continue };
        findings.extend(of_annotations(index, item, annotations));
    }
}

/// What is wrong with the issuer that a certificate names.
fn of_reference(index: &Index<'_>, item: Item<'_>, issuer: &Node) -> Option<Finding> {
    let text = |field| issuer.get(field).and_then(Node::text).filter(|text| !text.is_empty());
    let name = text("name").filter(|_| text("group").is_none_or(|group| group == GROUP))?;
    let written = text("kind");
    let Some(wanted) = Wanted::of(written.unwrap_or("Issuer"), name) else {
        let kind = written.filter(|kind| !is_unknown(kind))?;
        let message = format!("{} is issued by a {kind}, which {GROUP} has not", item.label());
        let help = match nearest(kind, KINDS.map(|(kind, _)| kind)) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "write Issuer or ClusterIssuer, or the group of another kind".to_owned(),
        };
        return Some(CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, "spec.issuerRef.kind"));
    };
    let instead = |kind| match written {
        Some(_) => format!("set issuerRef.kind to {kind}"),
        None => format!("add kind: {kind} to issuerRef, which means an Issuer without"),
    };
    wanted.finding(index, item, instead, "spec.issuerRef.name".to_owned())
}

/// What is wrong with the issuers that annotations name.
fn of_annotations(index: &Index<'_>, item: Item<'_>, annotations: &BTreeMap<String, String>) -> Vec<Finding> {
    let given = |key: &str| annotations.get(key).map(String::as_str);
    if given("cert-manager.io/issuer-group").is_some_and(|group| group != GROUP) {
        return Vec::new();
    }
    let of_kind = |(kind, key): (&'static str, &'static str)| {
        let kind = match given(ISSUER_KIND) {
            Some(kind) if key == KINDS[0].1 => kind,
            _ => kind,
        };
        let wanted = Wanted::of(kind, given(key)?)?;
        let instead = |other| {
            let (_, other_key) = KINDS.into_iter().find(|(kind, _)| *kind == other).unwrap_or(KINDS[0]);
            if other_key == key {
                return format!("set {ISSUER_KIND} to {other}");
            }
            format!("write {other_key} instead of {key}")
        };
        wanted.finding(index, item, instead, entry_path("metadata.annotations", key))
    };
    KINDS.into_iter().filter_map(of_kind).collect()
}

/// An issuer that is asked for.
struct Wanted<'n> {
    kind: &'static str,
    /// The kind that could have been meant.
    other: &'static str,
    name: &'n str,
}

impl<'n> Wanted<'n> {
    /// None where the kind is neither of cert-manager's own.
    fn of(kind: &str, name: &'n str) -> Option<Self> {
        match kind {
            "Issuer" => Some(Self { kind: "Issuer", other: "ClusterIssuer", name }),
            "ClusterIssuer" => Some(Self { kind: "ClusterIssuer", other: "Issuer", name }),
            _ => None,
        }
    }

    fn finding(
        &self,
        index: &Index<'_>,
        item: Item<'_>,
        instead: impl Fn(&'static str) -> String,
        path: String,
    ) -> Option<Finding> {
        let Self { kind, other, name } = *self;
        let place = |kind| if kind == "ClusterIssuer" { "" } else { item.namespace };
        let key = |kind| GroupKind { group: GROUP, kind };
        if index.named(key(kind), place(kind), name).is_some() {
            return None;
        }
        let message = format!("{} is issued by {kind} {name}, which is not there", item.label());
        let finding = missing(&CHECK, index, (key(kind), place(kind), name), message.as_str())?.at(item, path);
        let Some(meant) = index.named(key(other), place(other), name) else { return Some(finding) };
        // Hardly two of one name are meant, one of each kind.
        let severity = finding.severity.min(Severity::Warning);
        let message = format!("{message}: {name} is {} {other}", if other == "Issuer" { "an" } else { "a" });
        let finding = Finding { message, help: instead(other), ..finding }.rated(severity);
        Some(finding.see(meant, "metadata.name", format!("the {other}")))
    }
}
