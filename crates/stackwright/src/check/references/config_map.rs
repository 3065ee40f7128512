//! ConfigMaps that pods read, and their keys: two checks on one walk.

use k8s_openapi::api::core::v1::ConfigMap;

use super::built_in;
use super::missing::{at_all, by_target, missing, misspelt, of_part, part_help};
use crate::check::{Check, Finding, Group, Index, Profile, Reference, Severity};

pub(super) const MISSING: Check = Check {
    id: "configmap-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A pod reads a ConfigMap that is not there, by env, envFrom or a volume; or Flux does, for values or variables.",
    run: run_missing,
};

pub(super) const KEY_MISSING: Check = Check {
    id: "configmap-key-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A pod reads a key that its ConfigMap does not have.",
    run: run_key_missing,
};

fn run_missing(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let missing_ones = index.references.iter().filter(|reference| {
        let is_there = || index.named("ConfigMap", reference.from.namespace, reference.name).is_some();
        reference.kind == "ConfigMap" && !is_there() && !built_in::config_map(reference.name)
    });
    for references in by_target(missing_ones) {
        let (from, name) = (references[0].from, references[0].name);
        let message = format!("{} reads ConfigMap {name}, which is not in {}", from.label(), from.namespace);
        let object = ("ConfigMap".into(), from.namespace, name);
        let found = if references.iter().all(|reference| reference.optional) {
            misspelt(&MISSING, index, object, message)
        } else {
            missing(&MISSING, index, object, message)
        };
        findings.extend(found.map(|finding| at_all(finding, &references)));
    }
}

/// The references to ConfigMaps that pods do not start without.
fn required<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = &'i Reference<'a>> {
    index.references.iter().filter(|reference| reference.kind == "ConfigMap" && !reference.optional)
}

fn run_key_missing(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for reference in required(index) {
        let from = reference.from;
        let Some((item, map)) = index.get::<ConfigMap>(from.namespace, reference.name) else { continue };
        let text = map.data.iter().flatten().map(|(key, _)| key.as_str());
        let known: Vec<_> = text.chain(map.binary_data.iter().flatten().map(|(key, _)| key.as_str())).collect();
        for (key, path) in reference.keys.iter().filter(|(key, _)| !known.contains(key)) {
            let message = format!("{} reads key {key} of {}, which has no such key", from.label(), item.label());
            let finding = KEY_MISSING.finding(message, part_help(key, &known, "add the key"));
            findings.push(finding.rated(of_part(&KEY_MISSING, index)).at(from, path).see(
                item,
                "metadata.name",
                "the ConfigMap",
            ));
        }
    }
}
