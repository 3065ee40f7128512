use k8s_openapi::api::apps::v1::StatefulSet;

use super::missing::{at_all, by_target, missing};
use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};

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
    let is_of_set = |namespace, name: &str| {
        // What a StatefulSet makes ends in the pod's number.
        let Some((stem, number)) = name.rsplit_once('-') else { return false };
        number.parse::<u32>().is_ok() && of_sets.contains(&(namespace, stem.to_owned()))
    };
    let missing_ones = index.references.iter().filter(|reference| {
        let (namespace, name) = (reference.from.namespace, reference.name);
        // KubeVirt's importer makes claims that are named after its objects.
        let kinds = ["PersistentVolumeClaim", "DataVolume.cdi.kubevirt.io"];
        let is_there = || kinds.into_iter().any(|kind| index.named(kind, namespace, name).is_some());
        reference.kind == "PersistentVolumeClaim" && !is_there() && !is_of_set(namespace, name)
    });
    for references in by_target(missing_ones) {
        let (from, name) = (references[0].from, references[0].name);
        let message = format!("{} mounts claim {name}, which is not in {}", from.label(), from.namespace);
        let found = missing(&CHECK, index, ("PersistentVolumeClaim".into(), from.namespace, name), message);
        findings.extend(found.map(|finding| at_all(finding, &references)));
    }
}
