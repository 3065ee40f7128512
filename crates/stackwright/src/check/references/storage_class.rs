//! The classes that claims ask for, and the one of those that ask for none: two checks on one walk.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec};
use k8s_openapi::api::storage::v1::StorageClass;

use super::advice::is_there;
use super::classes::{DEFAULT_STORAGE, mark, mark_path};
use super::missing::missing;
use crate::check::{Check, Finding, Group, HashSet, Index, Item, Profile, Severity};

pub(super) const MISSING: Check = Check {
    id: "storageclass-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A claim asks for a StorageClass that the cluster does not have, and no PersistentVolume carries that \
            class either.",
    run: run_missing,
};

pub(super) const DEFAULT_COUNT: Check = Check {
    id: "storageclass-default-count",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A claim names no class, and none or several classes are the default one.",
    run: run_default_count,
};

fn run_missing(index: &Index<'_>, findings: &mut Vec<Finding>) {
    // A volume that was made by hand may carry any class.
    let of_volumes: HashSet<_> = index
        .all::<PersistentVolume>()
        .filter_map(|(_, volume)| volume.spec.as_ref()?.storage_class_name.as_deref())
        .collect();
    each_claim(index, |item, path, claim| {
        let Some(class) = claim.storage_class_name.as_deref().filter(|class| !class.is_empty()) else { return };
        if is_there(index, "StorageClass.storage.k8s.io", "", class)
            || of_volumes.contains(class)
            || claim.volume_name.is_some()
        {
            return;
        }
        let message = format!("{} asks for StorageClass {class}, which is not there", item.label());
        let found = missing(&MISSING, index, ("StorageClass.storage.k8s.io".into(), "", class), message);
        findings.extend(found.map(|finding| finding.at(item, format!("{path}.storageClassName"))));
    });
}

fn run_default_count(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let provided = index.cluster().and_then(|cluster| cluster.provided.storage_classes.first());
    let defaults: Vec<_> = index
        .all::<StorageClass>()
        .map(|(item, _)| item)
        .filter(|item| mark(*item, DEFAULT_STORAGE).is_some())
        .collect();
    let path = |item: Item<'_>| mark_path(item, DEFAULT_STORAGE).unwrap_or_default();
    if let [first, .., last] = &defaults[..] {
        let message =
            format!("{} StorageClasses are the default one: {} and others", defaults.len(), first.object.name());
        let finding = DEFAULT_COUNT.finding(message, "leave the annotation on one of them");
        findings.push(finding.at(*last, path(*last)).see(*first, path(*first), "another"));
    }
    if let (Some(provided), [only]) = (provided, &defaults[..])
        && only.object.name() != provided
    {
        let message = format!(
            "StorageClasses {provided}, which the installer makes, and {} are both the default one",
            only.object.name()
        );
        let help = format!(
            "take the annotation off one of them; off the installer's: kubectl annotate storageclass {provided} {}-",
            DEFAULT_STORAGE[0]
        );
        findings.push(DEFAULT_COUNT.finding(message, help).at(*only, path(*only)));
    }
    if !defaults.is_empty() || provided.is_some() {
        return;
    }
    // What a cluster has beside some manifests, one cannot know; those with classes of their own may rely on one of them.
    let severity = match index.is_whole() {
        true => Severity::Warning,
        false if index.of_kind("StorageClass").next().is_some() => Severity::Information,
        false => return,
    };
    each_claim(index, |item, path, claim| {
        if claim.storage_class_name.is_none() && claim.volume_name.is_none() {
            let message = format!("{} names no StorageClass, and no class is the default one", item.label());
            let mark = DEFAULT_STORAGE[0];
            let help = format!("set storageClassName, or mark a class with the annotation {mark}: \"true\"");
            findings.push(DEFAULT_COUNT.finding(message, help).rated(severity).at(item, path));
        }
    });
}

/// Every claim, with its path: those of their own, those of StatefulSets and those that live as long as a pod.
pub(in crate::check) fn each_claim(
    index: &Index<'_>,
    mut look: impl FnMut(Item<'_>, &str, &PersistentVolumeClaimSpec),
) {
    for (item, claim) in index.all::<PersistentVolumeClaim>() {
        if let Some(spec) = &claim.spec {
            look(item, "spec", spec);
        }
    }
    for (item, set) in index.all::<StatefulSet>() {
        for (number, template) in set.spec.volume_claim_templates.iter().flatten().enumerate() {
            if let Some(spec) = &template.spec {
                look(item, &format!("spec.volumeClaimTemplates[{number}].spec"), spec);
            }
        }
    }
    for pods in &index.pods {
        for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
            let template = volume.ephemeral.as_ref().and_then(|ephemeral| ephemeral.volume_claim_template.as_ref());
            if let Some(template) = template {
                let path = pods.spec_path(&format!("volumes[{number}].ephemeral.volumeClaimTemplate.spec"));
                look(pods.item, &path, &template.spec);
            }
        }
    }
}
