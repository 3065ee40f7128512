use super::missing::{is_slip, missing};
use crate::check::{Check, Finding, Group, GroupKind, Index, Profile, Severity};
use crate::yaml::Node;

pub(super) const CHECK: Check = Check {
    id: "gitops-source-missing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Kustomization, a HelmRelease or an Application names a source or a project that is not there.",
    run,
};

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
            let group = "source.toolkit.fluxcd.io";
            let of_group = text("apiVersion").is_none_or(|version| version.starts_with(group));
            let namespace = text("namespace").unwrap_or(item.namespace);
            if of_group && index.named(GroupKind { group, kind }, namespace, name).is_none() {
                let object = (GroupKind { group, kind }, namespace, name);
                let message = format!("{} is of {kind} {namespace}/{name}, which is not there", item.label());
                findings.extend(found(index, object, message).map(|finding| finding.at(item, format!("{field}.name"))));
            }
        }
    }
    for item in index.of_kind("Application.argoproj.io") {
        let project = item.object.content().and_then(|content| content.at("spec.project")?.text());
        // Argo CD makes that one itself.
        let Some(name) = project.filter(|name| *name != "default") else { continue };
        let kind = GroupKind { group: "argoproj.io", kind: "AppProject" };
        if index.named(kind, item.namespace, name).is_none() {
            let message = format!("{} is of AppProject {name}, which is not there", item.label());
            let object = (kind, item.namespace, name);
            findings.extend(found(index, object, message).map(|finding| finding.at(item, "spec.project")));
        }
    }
}

/// Whoever sets Flux or Argo CD up makes some of them, and charts make none. So in an open world only a slip is told.
fn found(index: &Index<'_>, (kind, namespace, name): (GroupKind<'_>, &str, &str), message: String) -> Option<Finding> {
    let finding = missing(&CHECK, index, (kind, namespace, name), message)?;
    let is_told = index.is_closed() || is_slip(index, kind, namespace, name);
    let severity = if index.is_closed() { finding.severity } else { Severity::Warning };
    is_told.then(|| finding.rated(severity).why("nothing of it is applied until then"))
}
