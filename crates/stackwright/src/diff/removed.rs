//! What goes with an object that is removed. `kubectl apply` leaves it there: this is what deleting it does.

use std::fmt::Write as _;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim};
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use super::{Change, Consequence, Effect};
use crate::HashMap;
use crate::check::tree::Value;
use crate::check::{GroupKind, Index, Item, Tree};
use crate::update::differences;

/// Each object that is there no more.
pub(super) fn changes<'a>(index: &Index<'a>) -> Vec<Change<'a>> {
    let removed = index.removed();
    let mut added: HashMap<_, Vec<Item<'a>>> = HashMap::default();
    if !removed.is_empty() {
        for item in index.items.iter().filter(|item| index.previous(**item).is_none()) {
            added.entry(nameless(*item)).or_default().push(*item);
        }
    }
    let change = |item: &Item<'a>| {
        let (consequence, then) = what_goes(index, &removed, *item);
        let alike = added.get(&nameless(*item));
        let fact = match alike.into_iter().flatten().find(|new| is_renamed(*item, **new)) {
            Some(new) => format!("it is renamed: {} is like it", new.label()),
            None => "it is removed".to_owned(),
        };
        Change { item: *item, is_removed: true, effects: vec![Effect { then, ..Effect::new(consequence, "", fact) }] }
    };
    removed.iter().map(change).collect()
}

fn what_goes(index: &Index<'_>, removed: &[Item<'_>], item: Item<'_>) -> (Consequence, Option<String>) {
    let object = item.object;
    let told = match object.kind() {
        "PersistentVolumeClaim" => object.get().map(|claim| claim_goes(index, removed, claim)),
        "StatefulSet" => object.get().and_then(stateful_set_goes),
        "Namespace" => Some(namespace_goes(index, removed, object.name())),
        "CustomResourceDefinition" => object.get().map(|definition| definition_goes(index, removed, definition)),
        "PersistentVolume" => object.get().map(volume_goes),
        _ => None,
    };
    told.map_or((Consequence::Removed, None), |(consequence, then)| (consequence, Some(then)))
}

fn claim_goes(index: &Index<'_>, removed: &[Item<'_>], claim: &PersistentVolumeClaim) -> (Consequence, String) {
    let name = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref()).unwrap_or_default();
    let known = index.get::<StorageClass>("", name).map(|(_, class)| class);
    let gone = || removed.iter().filter_map(|item| item.object.get::<StorageClass>());
    let class = known.or_else(|| gone().find(|class| class.metadata.name.as_deref() == Some(name)));
    match class.map(|class| class.reclaim_policy.as_deref()) {
        Some(Some("Retain")) => {
            (Consequence::Removed, "its volume stays, with its data, and is released by hand: Retain".to_owned())
        }
        Some(_) => (Consequence::DataLoss, "its volume is deleted with its data".to_owned()),
        None => {
            (Consequence::DataLoss, "its volume is deleted with its data, unless that is kept by Retain".to_owned())
        }
    }
}

fn stateful_set_goes(set: &StatefulSet) -> Option<(Consequence, String)> {
    set.spec.volume_claim_templates.as_ref().filter(|templates| !templates.is_empty())?;
    let policy = set.spec.persistent_volume_claim_retention_policy.as_ref();
    Some(match policy.and_then(|policy| policy.when_deleted.as_deref()) {
        Some("Delete") => (Consequence::DataLoss, "its claims are deleted with it: whenDeleted".to_owned()),
        _ => (Consequence::Removed, "its claims stay, with their data".to_owned()),
    })
}

/// Everything in a namespace goes with it, be it among the objects or not.
fn namespace_goes(index: &Index<'_>, removed: &[Item<'_>], name: &str) -> (Consequence, String) {
    let holds_data = |item: &&Item<'_>| {
        let has_claims = |set: &StatefulSet| set.spec.volume_claim_templates.is_some();
        item.namespace == name
            && (item.object.kind() == "PersistentVolumeClaim"
                || item.object.get::<StatefulSet>().is_some_and(has_claims))
    };
    match removed.iter().chain(&index.items).find(holds_data) {
        Some(item) => (Consequence::DataLoss, format!("everything in it is deleted, {} with its data", item.label())),
        None => (Consequence::Removed, "everything in it is deleted".to_owned()),
    }
}

fn definition_goes(
    index: &Index<'_>,
    removed: &[Item<'_>],
    definition: &CustomResourceDefinition,
) -> (Consequence, String) {
    let kind = GroupKind { group: &definition.spec.group, kind: &definition.spec.names.kind };
    let count = removed.iter().chain(&index.items).filter(|item| item.kind() == kind).count();
    let then = match count {
        0 => format!("every {kind} in the cluster is deleted"),
        _ => format!("every {kind} in the cluster is deleted, {count} of these objects among them"),
    };
    (Consequence::DataLoss, then)
}

fn volume_goes(volume: &PersistentVolume) -> (Consequence, String) {
    let policy = volume.spec.as_ref().and_then(|spec| spec.persistent_volume_reclaim_policy.as_deref());
    match policy {
        Some("Delete") => (Consequence::DataLoss, "its data is deleted once its claim is gone: Delete".to_owned()),
        _ => (Consequence::Removed, "its data stays where it is".to_owned()),
    }
}

/// What an object says beside its name: objects that only are called otherwise have it in common.
fn nameless(item: Item<'_>) -> (GroupKind<'_>, String) {
    let mut tree = Tree::default();
    item.object.write_tree(&mut tree);
    let mut said = String::new();
    say(tree.root().get("spec"), item.object.name(), &mut said);
    say(tree.root().get("data"), item.object.name(), &mut said);
    (item.kind(), said)
}

fn say(value: Value<'_>, name: &str, said: &mut String) {
    if !value.text().contains(name) {
        _ = write!(said, "{}{value};", value.key());
    }
    value.items().for_each(|item| say(item, name, said));
}

/// Whether an object is the same but for its name, which may be part of what it says, or for its namespace.
fn is_renamed(old: Item<'_>, new: Item<'_>) -> bool {
    if old.kind() != new.kind() {
        return false;
    }
    let (mut before, mut after) = (Tree::default(), Tree::default());
    old.object.write_tree(&mut before);
    new.object.write_tree(&mut after);
    let (was, is) = (old.object.name(), new.object.name());
    let differences = differences(before.root(), after.root(), &["status"], false);
    let is_named = |text: &str, other: &str| !was.is_empty() && text.replace(was, is) == other;
    differences.iter().all(|(old, new)| new.path() == "metadata.namespace" || is_named(old.text(), new.text()))
        && old.object.content() == new.object.content()
}
