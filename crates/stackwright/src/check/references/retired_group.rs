use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1::Ingress;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use super::missing::entry_path;
use crate::check::{Check, Finding, Group, Index, Item, Pods, Profile, Severity};
use crate::facts::groups::{self, Before};

pub(super) const CHECK: Check = Check {
    id: "retired-group",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An object or annotation is of an API group that its controller has given up, or never had.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    // The first object of each group and kind, and how many there are.
    let mut first: BTreeMap<(&str, &str), (Item<'_>, u32)> = BTreeMap::new();
    for item in index.items.iter().filter(|item| item.object.content().is_some()) {
        let kind = item.kind();
        first.entry((kind.group, kind.kind)).or_insert((*item, 0)).1 += 1;
    }
    for ((group, kind), (item, count)) in first {
        let Some((meant, before)) = groups::meant(group, kind) else { continue };
        let Some(severity) = severity(index, group, before) else { continue };
        let more = if count > 1 { format!(", as are {} more", count - 1) } else { String::new() };
        let message = format!("{} is of group {group}{more}, which {}", item.label(), fact(before));
        let help = format!("write apiVersion: {}/{}, and compare the fields", meant.group, meant.version);
        findings.push(with_reason(CHECK.finding(message, help), before).rated(severity).at(item, "apiVersion"));
    }
    for (item, _) in index.all::<Ingress>() {
        for key in item.object.metadata().annotations.iter().flatten().map(|(key, _)| key) {
            let Some((meant, before)) = groups::meant_by_annotation(key) else { continue };
            let (group, name) = key.split_once('/').unwrap_or_default();
            let Some(severity) = severity(index, group, before) else { continue };
            let message = format!("{} has the annotation {key}, of a group which {}", item.label(), fact(before));
            let finding = with_reason(CHECK.finding(message, format!("write {}/{name}", meant.group)), before);
            findings.push(finding.rated(severity).at(item, entry_path("metadata.annotations", key)));
        }
    }
}

fn fact(before: Option<&Before>) -> &'static str {
    if before.is_some() { "its controller has given up" } else { "no known controller reads" }
}

fn with_reason(finding: Finding, before: Option<&Before>) -> Finding {
    match before {
        Some(before) => finding.why(&before.why),
        None => finding,
    }
}

/// How bad it is that an object is of a group; none where a controller that reads it is there.
fn severity(index: &Index<'_>, group: &str, before: Option<&Before>) -> Option<Severity> {
    let worst = if index.is_whole() { Severity::Error } else { Severity::Warning };
    let is_defined = || index.all::<CustomResourceDefinition>().any(|(_, definition)| definition.spec.group == group);
    let Some(before) = before else { return (!is_defined()).then_some(worst) };
    if let (Some(image), Some(until)) = (&before.image, before.until) {
        let containers = index.pods.iter().flat_map(Pods::containers);
        let majors = containers.filter_map(|(_, container)| major(container.image.as_deref()?, image));
        return match majors.max() {
            Some(major) if major >= until => Some(Severity::Error),
            Some(_) => None,
            None if is_defined() => Some(Severity::Information),
            None => Some(worst),
        };
    }
    Some(if is_defined() { Severity::Information } else { worst })
}

/// The major version of an image, if it is the one of this name.
fn major(image: &str, name: &str) -> Option<u32> {
    let (path, tag) = image.split('@').next()?.rsplit_once(':')?;
    let is_it = path.rsplit('/').next() == Some(name);
    let digits = tag.trim_start_matches('v').split(|letter: char| !letter.is_ascii_digit()).next()?;
    is_it.then(|| digits.parse().ok())?
}
