use super::missing::{is_slip, missing};
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::yaml::Node;

pub(super) const CHECK: Check = Check {
    id: "gitops-source-missing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Kustomization, a HelmRelease, a GitRepository or an Application names a source or a project that is not there.",
    run,
};

const GROUP: &str = "source.toolkit.fluxcd.io";

/// Which field of which kind names a source.
const FIELDS: [(&str, &str); 4] = [
    ("Kustomization.kustomize.toolkit.fluxcd.io", "spec.sourceRef"),
    ("HelmRelease.helm.toolkit.fluxcd.io", "spec.chart.spec.sourceRef"),
    ("HelmRelease.helm.toolkit.fluxcd.io", "spec.chartRef"),
    ("HelmChart.source.toolkit.fluxcd.io", "spec.sourceRef"),
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (kind, field) in FIELDS {
        for item in index.of_kind(kind) {
            let Some(source) = item.object.content().and_then(|content| content.at(field)) else { continue };
            let text = |key| source.get(key).and_then(Node::text);
            let (Some(kind), Some(name)) = (text("kind"), text("name")) else { continue };
            let of_group = text("apiVersion").is_none_or(|version| version.starts_with(GROUP));
            let object = (GroupKind { group: GROUP, kind }, text("namespace").unwrap_or(item.namespace), name);
            if of_group {
                findings.extend(
                    found(index, item, "is of", object).map(|finding| finding.at(item, format!("{field}.name"))),
                );
            }
        }
    }
    let repository = GroupKind { group: GROUP, kind: "GitRepository" };
    for item in index.of_kind(repository) {
        let included = item.object.content().and_then(|content| content.at("spec.include")).map(Node::items);
        for (number, entry) in included.unwrap_or_default().iter().enumerate() {
            let Some(name) = entry.at("repository.name").and_then(Node::text) else { continue };
            let finding = found(index, item, "includes", (repository, item.namespace, name));
            findings.extend(finding.map(|finding| finding.at(item, format!("spec.include[{number}].repository.name"))));
        }
    }
    for item in index.of_kind("Application.argoproj.io") {
        let project = item.object.content().and_then(|content| content.at("spec.project")?.text());
        // Argo CD makes that one itself.
        let Some(name) = project.filter(|name| *name != "default") else { continue };
        let kind = GroupKind { group: "argoproj.io", kind: "AppProject" };
        let finding = found(index, item, "is of", (kind, item.namespace, name));
        findings.extend(finding.map(|finding| finding.at(item, "spec.project")));
    }
}

/// What is told of an item that names an object. Whoever sets Flux or Argo CD up makes some of them, and charts make none. So in an open
/// world only a slip is told.
fn found(index: &Index<'_>, item: Item<'_>, names: &str, object: (GroupKind<'_>, &str, &str)) -> Option<Finding> {
    let (kind, namespace, name) = object;
    if index.named(kind, namespace, name).is_some() {
        return None;
    }
    let message = format!("{} {names} {} {namespace}/{name}, which is not there", item.label(), kind.kind);
    let finding = missing(&CHECK, index, object, message)?;
    let is_told = index.is_closed() || is_slip(index, kind, namespace, name);
    let severity = if index.is_closed() { finding.severity } else { Severity::Warning };
    is_told.then(|| finding.rated(severity).why("nothing of it is applied until then"))
}
