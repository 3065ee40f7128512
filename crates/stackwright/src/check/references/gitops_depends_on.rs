use std::collections::hash_map::Entry;

use super::missing::{is_slip, missing};
use crate::check::{Check, Finding, Group, GroupKind, HashMap, Index, Item, Profile, Severity, is_cluster_wide};
use crate::yaml::{Node, Value};

pub(super) const CHECK: Check = Check {
    id: "gitops-depends-on",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Kustomization or a HelmRelease waits for one that is not there, or for itself; or for the health of an object that is not there.",
    run,
};

const KINDS: [&str; 2] = ["Kustomization.kustomize.toolkit.fluxcd.io", "HelmRelease.helm.toolkit.fluxcd.io"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for kind in KINDS.map(GroupKind::from) {
        let mut waits: HashMap<usize, Vec<usize>> = HashMap::default();
        for item in index.of_kind(kind) {
            for (number, (namespace, name)) in dependencies(item).enumerate() {
                let path = format!("spec.dependsOn[{number}].name");
                if let Some(other) = index.named(kind, namespace, name) {
                    waits.entry(item.index).or_default().push(other.index);
                    continue;
                }
                let message =
                    format!("{} waits for {} {namespace}/{name}, which is not there", item.label(), kind.kind);
                let Some(finding) = missing(&CHECK, index, (kind, namespace, name), message) else { continue };
                // No chart makes one.
                let worst =
                    if is_slip(index, kind, namespace, name) { Severity::Warning } else { Severity::Information };
                let severity = finding.severity.min(worst);
                findings.push(finding.rated(severity).why("it is not applied until then").at(item, path));
            }
        }
        findings.extend(cycles(index, kind, &waits));
    }
    for item in index.of_kind(KINDS[0]) {
        findings.extend(unhealthy(index, item));
    }
}

/// Findings for the objects whose health a Kustomization waits for and that are not there. With `wait` it looks at all that it applies instead.
fn unhealthy(index: &Index<'_>, item: Item<'_>) -> Vec<Finding> {
    let Some(content) = item.object.content() else { return Vec::new() };
    if content.at("spec.wait").is_some_and(|wait| wait.value == Value::Bool(true)) {
        return Vec::new();
    }
    let listed = content.at("spec.healthChecks").map(Node::items).unwrap_or_default();
    let found = listed.iter().enumerate().filter_map(|(number, entry)| {
        let text = |key| entry.get(key).and_then(Node::text).filter(|text| !text.is_empty());
        let group = text("apiVersion")?.split_once('/').map_or("", |(group, _)| group);
        let kind = GroupKind { group, kind: text("kind")? };
        let namespace = if is_cluster_wide(kind) { "" } else { text("namespace")? };
        let name = text("name")?;
        if index.named(kind, namespace, name).is_some() {
            return None;
        }
        let label = if namespace.is_empty() { name.to_owned() } else { format!("{namespace}/{name}") };
        let message = format!("{} waits for the health of {} {label}, which is not there", item.label(), kind.kind);
        let finding = missing(&CHECK, index, (kind, namespace, name), message)?;
        Some(
            finding
                .why("it is not ready until then, nor what waits for it")
                .at(item, format!("spec.healthChecks[{number}].name")),
        )
    });
    found.collect()
}

/// The namespaces and names of what an object waits for.
fn dependencies(item: Item<'_>) -> impl Iterator<Item = (&str, &str)> {
    let listed = item.object.content().and_then(|content| content.at("spec.dependsOn"));
    listed.map(Node::items).unwrap_or_default().iter().map(move |entry| {
        let text = |key| entry.get(key).and_then(Node::text);
        (text("namespace").unwrap_or(item.namespace), text("name").unwrap_or_default())
    })
}

/// A finding for each object that waits for itself and comes before the others that do so with it.
fn cycles(index: &Index<'_>, kind: GroupKind<'_>, waits: &HashMap<usize, Vec<usize>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in index.of_kind(kind) {
        let Some(way) = way_back(waits, item.index).filter(|way| way.iter().all(|other| *other >= item.index)) else {
            continue;
        };
        let label = |number: usize| index.items[number].object.name();
        let steps: Vec<_> = way.iter().map(|number| label(*number)).chain([item.object.name()]).collect();
        let message = format!("{} waits for itself: {}", item.label(), steps.join(" -> "));
        let mut finding =
            CHECK.finding(message, "take one of them out of dependsOn").why("none of them is ever applied");
        finding = finding.at(item, "spec.dependsOn");
        findings.push(
            way.iter()
                .skip(1)
                .fold(finding, |finding, number| finding.see(index.items[*number], "spec.dependsOn", "it waits, too")),
        );
    }
    findings
}

/// The objects on the shortest way from one back to it.
fn way_back(waits: &HashMap<usize, Vec<usize>>, start: usize) -> Option<Vec<usize>> {
    let mut before: HashMap<usize, usize> = HashMap::default();
    let mut new = vec![start];
    while !new.is_empty() {
        let mut next = Vec::new();
        for from in new {
            for to in waits.get(&from).into_iter().flatten().copied() {
                if to == start {
                    let mut way = vec![from];
                    while let Some(previous) = way.last().and_then(|last| before.get(last)) {
                        way.push(*previous);
                    }
                    way.reverse();
                    return Some(way);
                }
                if let Entry::Vacant(entry) = before.entry(to) {
                    entry.insert(from);
                    next.push(to);
                }
            }
        }
        new = next;
    }
    None
}
