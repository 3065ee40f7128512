//! Objects that aren't judged by themselves: what a running cluster made of others, and parts of objects.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;

use crate::check::{GroupKind, HashSet, Item, ObjectId};

/// The objects of which another of them says all that there is to say.
pub(super) fn aside(items: &[Item<'_>]) -> HashSet<usize> {
    let mut aside = owned(items);
    aside.extend(items.iter().filter(|item| is_part(item)).map(|item| item.index));
    aside
}

/// Whether Flux applies an object's fields to one that is there already (fluxcd/kustomize-controller docs/spec/v1/kustomizations.md, read in
/// August 2026).
fn is_part(item: &Item<'_>) -> bool {
    const HOW: &str = "kustomize.toolkit.fluxcd.io/ssa";
    let metadata = item.object.metadata();
    let said = [&metadata.annotations, &metadata.labels].into_iter().flatten().find_map(|said| said.get(HOW));
    said.is_some_and(|how| how.eq_ignore_ascii_case("merge"))
}

/// The objects that others of these made: what they are, their owners say. A Pod of a ReplicaSet that isn't among them, of a Deployment that is,
/// belongs to that.
fn owned(items: &[Item<'_>]) -> HashSet<usize> {
    let has_owner = |item: &&Item<'_>| item.object.metadata().owner_references.is_some();
    if items.iter().find(has_owner).is_none() {
        return HashSet::default();
    }
    let known: HashSet<_> = items.iter().map(Item::id).collect();
    let is_there = |owner: &OwnerReference, namespace: &str| {
        let kind = GroupKind::new(&owner.api_version, &owner.kind);
        let has = |kind, name| {
            ["", namespace].into_iter().any(|namespace| known.contains(&ObjectId { kind, namespace, name }))
        };
        let deployment = owner.name.rsplit_once('-').filter(|_| owner.kind == "ReplicaSet").map(|(name, _)| name);
        has(kind, owner.name.as_str()) || deployment.is_some_and(|name| has("Deployment.apps".into(), name))
    };
    let owned = items.iter().filter(|item| {
        let owners = item.object.metadata().owner_references.iter().flatten();
        // A Node's owner says nothing of what runs on it.
        owners.filter(|owner| owner.kind != "Node").any(|owner| is_there(owner, item.namespace))
    });
    owned.map(|item| item.index).collect()
}
