use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::core::v1::{ConfigMap, PodTemplateSpec};

use crate::Object;
use crate::check::{Check, Finding, Group, HashSet, Index, Item, Pods, Profile, Reference, Severity};

pub(super) const CHECK: Check = Check {
    id: "config-change-unnoticed",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A ConfigMap differs from what is applied, and pods that read it only when they start stay as they are.",
    run,
};

/// How pods take what is new.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Taken {
    /// The file changes while they run; whether the program looks again, nobody here knows.
    AsFile,
    /// When they start, and never after.
    AtStart,
}

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut told = HashSet::default();
    for reference in index.references.iter().filter(|reference| reference.kind == "ConfigMap") {
        let Some(pods) = index.pods_of(reference.from) else { continue };
        let Some((config, changed)) = changed(index, reference) else { continue };
        // Where the template changes too, new pods come anyway.
        let stays = index.previous(pods.item).is_some_and(|old| template(old) == template(pods.item.object));
        if changed.is_empty() || !stays || template(pods.item.object).is_none() {
            continue;
        }
        let Some(taken) = taken(pods, reference, &changed) else { continue };
        if told.insert((pods.item.index, config.index, taken)) {
            findings.push(finding(index, pods, reference, taken).see(config, "metadata.name", "what changes"));
        }
    }
}

fn finding(index: &Index<'_>, pods: &Pods<'_>, reference: &Reference<'_>, taken: Taken) -> Finding {
    let (item, name) = (pods.item, reference.name);
    let label = item.label();
    let restart = format!(
        "kubectl --namespace {} rollout restart {}/{}",
        item.namespace,
        item.object.kind().to_lowercase(),
        item.object.name()
    );
    let by_itself = match index.cluster() {
        Some(_) => "`rolls_with` has each change do that",
        None => "a digest of it among the template's annotations has each change do that",
    };
    let help = format!("once it is applied, `{restart}`; {by_itself}");
    let at = |finding: Finding| finding.at(item, reference.path.clone());
    match taken {
        Taken::AtStart => at(CHECK.finding(
            format!("ConfigMap {}/{name} changes, and the pods of {label} stay as they are", item.namespace),
            help,
        ))
        .why("what they have of it was set when they started, and nothing in their template changes"),
        Taken::AsFile => at(CHECK.finding(
            format!("ConfigMap {}/{name} changes, and the pods of {label} may not look at it again", item.namespace),
            format!("if the program doesn't, {help}"),
        ))
        .why("the file changes in the pods that run within a minute or two; whether it is read again is up to the program")
        .rated(Severity::Information),
    }
}

/// The ConfigMap that is referred to, and its keys of which the value is another than what is applied, or is new or gone.
fn changed<'a>(index: &Index<'a>, reference: &Reference<'a>) -> Option<(Item<'a>, Vec<&'a str>)> {
    let (item, new) = index.get::<ConfigMap>(reference.from.namespace, reference.name)?;
    let old = index.previous(item)?.get::<ConfigMap>()?;
    let value = |config: &'a ConfigMap, key: &str| {
        let text = config.data.as_ref().and_then(|data| data.get(key)).map(String::as_bytes);
        text.or_else(|| Some(&*config.binary_data.as_ref()?.get(key)?.0))
    };
    let keys = |config: &'a ConfigMap| {
        let binary = config.binary_data.iter().flatten().map(|(key, _)| key.as_str());
        config.data.iter().flatten().map(|(key, _)| key.as_str()).chain(binary)
    };
    let mut changed: Vec<_> = keys(old).chain(keys(new)).filter(|&key| value(old, key) != value(new, key)).collect();
    changed.dedup();
    Some((item, changed))
}

/// How pods take one of these keys, if they do.
fn taken(pods: &Pods<'_>, reference: &Reference<'_>, changed: &[&str]) -> Option<Taken> {
    let is_wanted = |key: &str| changed.contains(&key);
    if !reference.keys.is_empty() && !reference.keys.iter().any(|(key, _)| is_wanted(key)) {
        return None;
    }
    let stands_at = |number| {
        let path = reference.path.strip_prefix(&pods.spec_path(&format!("volumes[{number}]")));
        path.is_some_and(|rest| rest.starts_with('.'))
    };
    let mut volumes = pods.spec.volumes.iter().flatten().enumerate();
    // What is no volume is a variable.
    let Some((_, volume)) = volumes.find(|(number, _)| stands_at(*number)) else { return Some(Taken::AtStart) };
    let mounts = pods.containers().flat_map(|(path, container)| {
        let ends = path.initialises && container.restart_policy.is_none();
        container.volume_mounts.iter().flatten().map(move |mount| (ends, mount))
    });
    let taken = mounts.filter(|(_, mount)| mount.name == volume.name).filter_map(|(ends, mount)| {
        let part = mount.sub_path.as_deref().and_then(|path| path.split('/').next());
        // Without a list of files, a part is the key of that name.
        let is_other = reference.keys.is_empty() && part.is_some_and(|part| !is_wanted(part));
        let at_start = ends || part.is_some() || mount.sub_path_expr.is_some();
        (!is_other).then_some(if at_start { Taken::AtStart } else { Taken::AsFile })
    });
    taken.max()
}

/// The template of the pods that an apply replaces when it changes.
fn template(object: &Object) -> Option<&PodTemplateSpec> {
    match object.kind() {
        "Deployment" => Some(&object.get::<Deployment>()?.spec.template),
        "StatefulSet" => Some(&object.get::<StatefulSet>()?.spec.template),
        "DaemonSet" => Some(&object.get::<DaemonSet>()?.spec.template),
        _ => None,
    }
}
