use std::collections::HashSet;

use k8s_openapi::api::apps::v1::StatefulSet;

use super::missing::missing;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pvc-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A pod mounts a PersistentVolumeClaim that is not in its namespace. The pod stays Pending until it is. Claims that a \
            StatefulSet makes of its templates are known.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let of_sets: HashSet<_> = index
        .all::<StatefulSet>()
        .flat_map(|(item, set)| {
            let templates = set.spec.volume_claim_templates.iter().flatten();
            let names = templates.filter_map(|template| template.metadata.name.as_deref());
            names.map(move |template| (item.namespace, format!("{template}-{}", item.object.name())))
        })
        .collect();
    for reference in index.references.iter().filter(|reference| reference.kind == "PersistentVolumeClaim") {
        let (from, name) = (reference.from, reference.name);
        // What a StatefulSet makes ends in the pod's number.
        let is_of_set = name.rsplit_once('-').is_some_and(|(stem, number)| {
            number.parse::<u32>().is_ok() && of_sets.contains(&(from.namespace, stem.to_owned()))
        });
        // KubeVirt's importer makes claims that are named after its objects.
        let is_imported = index.named("DataVolume", from.namespace, name).is_some();
        if index.named("PersistentVolumeClaim", from.namespace, name).is_some() || is_of_set || is_imported {
            continue;
        }
        let message = format!("{} mounts claim {name}, which is not in {}", from.label(), from.namespace);
        let found = missing(&CHECK, index, ("PersistentVolumeClaim", from.namespace, name), message);
        findings.extend(found.map(|finding| finding.at(from, &reference.path)));
    }
}
