//! What goes with an object that is removed. `kubectl apply` leaves it there: this is what deleting it does.

use std::fmt::Write as _;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim};
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use super::{Change, Consequence, Effect};
use crate::check::tree::Value;
use crate::check::{GroupKind, Index, Item, Tree};
use crate::update::differences;
use crate::{HashMap, Object};

/// Each object that is there no more.
pub(super) fn changes<'a>(index: &Index<'a>) -> Vec<Change<'a>> {
    let removed = index.removed();
    if removed.is_empty() {
        return Vec::new();
    }
    let lost = Lost::of(index, &removed);
    let mut added: HashMap<_, Vec<Item<'a>>> = HashMap::default();
    for item in index.items.iter().filter(|item| index.previous(**item).is_none()) {
        added.entry(nameless(*item)).or_default().push(*item);
    }
    let change = |item: &Item<'a>| {
        let (consequence, then) = lost.with(*item);
        let alike = added.get(&nameless(*item));
        let fact = match alike.into_iter().flatten().find(|new| is_renamed(*item, **new)) {
            Some(new) => format!("it is renamed: {} is like it", new.label()),
            None => "it is removed".to_owned(),
        };
        Change { item: *item, is_removed: true, effects: vec![Effect { then, ..Effect::new(consequence, "", fact) }] }
    };
    removed.iter().map(change).collect()
}

/// What is asked of each removed object, found once for all of them.
struct Lost<'a> {
    /// What becomes of a class' volumes without their claims, by its name.
    policies: HashMap<&'a str, Option<&'a str>>,
    /// Something with data in a namespace.
    with_data: HashMap<&'a str, Item<'a>>,
    /// How many objects of a kind there are, or were.
    kinds: HashMap<GroupKind<'a>, usize>,
}

impl<'a> Lost<'a> {
    fn of(index: &Index<'a>, removed: &[Item<'a>]) -> Self {
        let mut lost = Self { policies: HashMap::default(), with_data: HashMap::default(), kinds: HashMap::default() };
        for item in removed.iter().chain(&index.items) {
            *lost.kinds.entry(item.kind()).or_default() += 1;
            if let Some(class) = item.object.get::<StorageClass>() {
                lost.policies.insert(item.object.name(), class.reclaim_policy.as_deref());
            }
            let has_claims = |set: &StatefulSet| set.spec.volume_claim_templates.is_some();
            let has_data = item.object.get::<PersistentVolumeClaim>().is_some()
                || item.object.get::<StatefulSet>().is_some_and(has_claims);
            if has_data {
                lost.with_data.entry(item.namespace).or_insert(*item);
            }
        }
        lost
    }

    /// What goes with an object.
    fn with(&self, item: Item<'_>) -> (Consequence, Option<String>) {
        let object = item.object;
        let told = match object.kind() {
            "PersistentVolumeClaim" => object.get().map(|claim| self.with_claim(claim)),
            "StatefulSet" => object.get().and_then(with_stateful_set),
            "Namespace" => Some(self.with_namespace(object.name())),
            "CustomResourceDefinition" => object.get().map(|definition| self.with_definition(definition)),
            "PersistentVolume" => object.get().map(with_volume),
            _ => None,
        };
        told.map_or((Consequence::Removed, None), |(consequence, then)| (consequence, Some(then)))
    }

    fn with_claim(&self, claim: &PersistentVolumeClaim) -> (Consequence, String) {
        let class = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref()).unwrap_or_default();
        match self.policies.get(class) {
            Some(Some("Retain")) => {
                (Consequence::Removed, "its volume stays, with its data, and is released by hand: Retain".to_owned())
            }
            Some(_) => (Consequence::DataLoss, "its volume is deleted with its data".to_owned()),
            None => {
                (Consequence::DataLoss, "its volume is deleted with its data, unless that is kept by Retain".to_owned())
            }
        }
    }

    /// Everything in a namespace goes with it, be it among the objects or not.
    fn with_namespace(&self, name: &str) -> (Consequence, String) {
        match self.with_data.get(name) {
            Some(item) => {
                (Consequence::DataLoss, format!("everything in it is deleted, {} with its data", item.label()))
            }
            None => (Consequence::Removed, "everything in it is deleted".to_owned()),
        }
    }

    fn with_definition(&self, definition: &CustomResourceDefinition) -> (Consequence, String) {
        let kind = GroupKind { group: &definition.spec.group, kind: &definition.spec.names.kind };
        let then = match self.kinds.get(&kind) {
            None => format!("every {kind} in the cluster is deleted"),
            Some(count) => format!("every {kind} in the cluster is deleted, {count} of these objects among them"),
        };
        (Consequence::DataLoss, then)
    }
}

fn with_stateful_set(set: &StatefulSet) -> Option<(Consequence, String)> {
    set.spec.volume_claim_templates.as_ref().filter(|templates| !templates.is_empty())?;
    let policy = set.spec.persistent_volume_claim_retention_policy.as_ref();
    Some(match policy.and_then(|policy| policy.when_deleted.as_deref()) {
        Some("Delete") => (Consequence::DataLoss, "its claims are deleted with it: whenDeleted".to_owned()),
        _ => (Consequence::Removed, "its claims stay, with their data".to_owned()),
    })
}

fn with_volume(volume: &PersistentVolume) -> (Consequence, String) {
    let policy = volume.spec.as_ref().and_then(|spec| spec.persistent_volume_reclaim_policy.as_deref());
    match policy {
        Some("Delete") => (Consequence::DataLoss, "its data is deleted once its claim is gone: Delete".to_owned()),
        _ => (Consequence::Removed, "its data stays where it is".to_owned()),
    }
}

/// What an object says beside its name: objects that only are called otherwise have it in common.
fn nameless(item: Item<'_>) -> (GroupKind<'_>, String) {
    let tree = whole(item.object);
    let mut said = String::new();
    say(tree.root().get("spec"), item.object.name(), &mut said);
    say(tree.root().get("data"), item.object.name(), &mut said);
    (item.kind(), said)
}

/// All that an object says, be its kind known here or not.
fn whole(object: &Object) -> Tree {
    let mut tree = Tree::default();
    match object.content() {
        Some(content) => tree.read(content),
        None => object.write_tree(&mut tree),
    }
    tree
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
    let (before, after) = (whole(old.object), whole(new.object));
    let (was, is) = (old.object.name(), new.object.name());
    let differences = differences(before.root(), after.root(), &["status"], false);
    let is_named = |text: &str, other: &str| !was.is_empty() && text.replace(was, is) == other;
    differences.iter().all(|(old, new)| new.path() == "metadata.namespace" || is_named(old.text(), new.text()))
}
