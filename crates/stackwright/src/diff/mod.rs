//! What a change of a cluster's objects does to what runs: which pods are replaced, what is refused, what is away meanwhile, which data goes.
//!
//! It is told of the objects alone, before anything is applied. e2e/diff has a real API server and its controllers do the same changes.

mod custom;
mod edges;
mod removed;
mod rollout;
mod scaled;
mod stalls;
mod whole;

use std::fmt;

pub use edges::edges;
use k8s_openapi::api::core::v1::Secret;

use crate::check::tree::Value;
use crate::check::{Check, Group, Index, Item, Tree, allowances, checks, fewest, findings};
use crate::update::{
    Difference, bytes, delete_command, differences, fact, in_text, is_written_by_cluster, refused, way_out,
};
use crate::{HashMap, Object, Severity};

pub use whole::{Direction, Matter, Shift, shifts};

/// What a change leads to, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Consequence {
    /// Data is deleted.
    DataLoss,
    /// The API server refuses it.
    Refused,
    /// All pods of a workload are away at some time, before new ones are ready.
    Outage,
    /// The object is there no more.
    Removed,
    /// Nothing happens by itself: a person has to do something.
    ByHand,
    /// What a custom resource's operator makes of it can't be known here.
    Unknown,
    /// Pods are replaced, a few at a time.
    Restart,
    /// The object changes, and no pod is replaced.
    InPlace,
    /// The object is new.
    Added,
}

impl Consequence {
    /// All of them, the worst first.
    pub const ALL: [Self; 9] = [
        Self::DataLoss,
        Self::Refused,
        Self::Outage,
        Self::Removed,
        Self::ByHand,
        Self::Unknown,
        Self::Restart,
        Self::InPlace,
        Self::Added,
    ];
}

/// In kebab-case, as it is written on the command line.
impl fmt::Display for Consequence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::DataLoss => "data-loss",
            Self::Refused => "refused",
            Self::Outage => "outage",
            Self::Removed => "removed",
            Self::ByHand => "by-hand",
            Self::Unknown => "unknown",
            Self::Restart => "restart",
            Self::InPlace => "in-place",
            Self::Added => "added",
        })
    }
}

/// An object that is another than before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Change<'a> {
    /// The object as it will be; as it was, if it is removed.
    pub item: Item<'a>,
    /// Whether it is there no more.
    pub is_removed: bool,
    /// What that leads to, the worst first; there is always one.
    pub effects: Vec<Effect>,
}

impl Change<'_> {
    /// The command that deletes the object.
    pub fn delete_command(&self) -> String {
        delete_command(self.item)
    }

    /// The worst that it leads to.
    pub fn consequence(&self) -> Consequence {
        self.effects.first().map_or(Consequence::InPlace, |effect| effect.consequence)
    }
}

/// One thing that a change leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// What it is.
    pub consequence: Consequence,
    /// The path of the field that changes; empty where it is the object.
    pub field: String,
    /// The change, in a clause.
    pub fact: String,
    /// What comes of it, or what to do; none where the consequence says it all.
    pub then: Option<String>,
    /// Why it is meant to be so, if the object allows it: by [`Object::allow`] or the annotation `stackwright.dev/allow.CONSEQUENCE`.
    pub allowed: Option<String>,
}

impl Effect {
    fn new(consequence: Consequence, field: &str, fact: impl Into<String>) -> Self {
        Self { consequence, field: field.to_owned(), fact: fact.into(), then: None, allowed: None }
    }

    fn then(self, then: impl Into<String>) -> Self {
        Self { then: Some(then.into()), ..self }
    }
}

/// What applying an index' objects does, where its `previous` ones are applied: each object that changes, the worst first.
///
/// Objects that were read from a cluster have fields that it filled in: leaving those out changes nothing.
///
/// ```
/// use stackwright::check::{Index, Input};
/// use stackwright::{Consequence, changes, yaml};
///
/// let claim = |size| format!("apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data, namespace: shop}}\n\
///     spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: {size}}}}}}}\n");
/// let (before, after) = (yaml::objects(&claim("2Gi")).unwrap(), yaml::objects(&claim("1Gi")).unwrap());
/// let previous = Some(before.iter().map(|located| &located.object).collect());
/// let index = Index::new(Input { previous, ..Input::new(&after) });
/// let changes = changes(&index);
/// assert_eq!(changes[0].consequence(), Consequence::Refused);
/// assert_eq!(changes[0].effects[0].fact, "spec.resources.requests.storage changes from \"2Gi\" to \"1Gi\"");
/// ```
pub fn changes<'a>(index: &Index<'a>) -> Vec<Change<'a>> {
    let (pods, mut invalid, mut unnoticed) = (fewest(index), invalid(index), unnoticed(index));
    let mut stalls = stalls::found(index);
    let (mut before, mut after) = (Tree::default(), Tree::default());
    let mut changes = Vec::new();
    for item in &index.items {
        let effects = match index.previous(*item) {
            // The cluster's own, where its file is as it was.
            Some(old) if std::ptr::eq(old, item.object) => continue,
            None => vec![Effect::new(Consequence::Added, "", "it is new")],
            Some(old) => {
                old.write_tree(&mut before);
                item.object.write_tree(&mut after);
                let (roots, pods) = ((before.root(), after.root()), pods.get(&item.index).copied().unwrap_or(1));
                let mut effects = effects(index, *item, old, roots, pods);
                effects.extend(unnoticed.remove(&item.index).into_iter().flatten());
                if effects.iter().any(|effect| effect.consequence == Consequence::Restart) {
                    effects.extend(stalls::effects(index, *item, pods, &mut stalls));
                }
                effects
            }
        };
        if effects.is_empty() {
            continue;
        }
        let effects = invalid.remove(&item.index).unwrap_or(effects);
        changes.push(Change { item: *item, is_removed: false, effects });
    }
    changes.extend(removed::changes(index));
    for change in &mut changes {
        change.effects.sort_by_key(|effect| effect.consequence);
        allow(change);
    }
    changes.sort_by_key(Change::consequence);
    changes
}

/// Notes what the object itself allows.
fn allow(change: &mut Change<'_>) {
    for (id, reason, _) in allowances(change.item.object) {
        let is_meant = |effect: &&mut Effect| effect.consequence.to_string() == id;
        for effect in change.effects.iter_mut().filter(is_meant) {
            effect.allowed = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        }
    }
}

/// What the change of one object leads to; nothing if it doesn't change.
fn effects(index: &Index<'_>, item: Item<'_>, old: &Object, roots: Difference<'_>, pods: i32) -> Vec<Effect> {
    let refused = refused(index, item, old, roots);
    if !refused.is_empty() {
        // Nothing of the object is changed then.
        let effect = |(place, fact): (Value<'_>, String)| {
            Effect::new(Consequence::Refused, &in_text(place).path(), fact).then(way_out(item))
        };
        return refused.into_iter().map(effect).collect();
    }
    if let (Some(old), Some(new)) = (old.content(), item.object.content()) {
        return custom::effects(old, new);
    }
    let is_live = old.metadata().uid.is_some();
    // A cluster serves each object in all versions of its kind, and writes the state itself.
    let free: &[&str] = match item.object.kind() {
        "Secret" => &["apiVersion", "data", "stringData"],
        _ => &["apiVersion", "status"],
    };
    let differences = differences(roots.0, roots.1, free, is_live);
    let differences = differences.into_iter().filter(|(old, new)| {
        let path = if new.is_set() { new } else { old }.path();
        // A Service keeps its address where none is told.
        let is_kept = path == "spec.clusterIP" && !new.is_set();
        !is_kept && !is_written_by_cluster(&path)
    });
    let mut effects = Vec::new();
    if let (Some(old), Some(new)) = (old.get(), item.object.get()) {
        effects.extend(of_secret(old, new));
    }
    for (old_value, new_value) in differences {
        let place = in_text(if new_value.is_set() { new_value } else { old_value }).path();
        let fact = fact(old_value, new_value);
        let told = scaled::effect(item, old, &place).or_else(|| rollout::effect(item, old, pods, &place));
        let (consequence, then) = told.unwrap_or((Consequence::InPlace, None));
        effects.push(Effect { consequence, field: place, fact, then, allowed: None });
    }
    effects
}

/// The keys of a Secret that change, whose values are nobody's to see.
fn of_secret(old: &Secret, new: &Secret) -> Vec<Effect> {
    let (old, new) = (bytes(old), bytes(new));
    let told = |key: &&str, what: &str| {
        let field = format!("data[{key:?}]");
        Effect::new(Consequence::InPlace, &field, format!("{field} {what}"))
    };
    let changed = new.iter().filter_map(|(key, value)| match old.get(key) {
        Some(old) if old == value => None,
        Some(_) => Some(told(key, "changes")),
        None => Some(told(key, "is added")),
    });
    let gone = old.keys().filter(|key| !new.contains_key(*key)).map(|key| told(key, "is removed"));
    changed.chain(gone).collect()
}

/// What the API server refuses of an object whatever was there before, by its position: the checks of the API say so.
fn invalid(index: &Index<'_>) -> HashMap<usize, Vec<Effect>> {
    // Those compare objects with others. And what pods can't be is found with the references in them.
    const OF_SEVERAL: [&str; 2] = ["duplicate-object", "immutable-change"];
    const OF_ONE: [&str; 3] = ["hpa-min-max", "selector-template-mismatch", "volume-mount-undefined"];
    let tells =
        |check: &&Check| check.group == Group::Api && !OF_SEVERAL.contains(&check.id) || OF_ONE.contains(&check.id);
    let mut invalid: HashMap<_, Vec<_>> = HashMap::default();
    for finding in findings(index, checks().filter(tells)) {
        if let (Some(place), Severity::Error) = (&finding.place, finding.severity) {
            let effect = Effect::new(Consequence::Refused, &place.path, finding.message).then(finding.help);
            invalid.entry(place.index).or_default().push(effect);
        }
    }
    invalid
}

/// What happens to the pods that read a ConfigMap that changes, by its position: the check about that finds it.
fn unnoticed(index: &Index<'_>) -> HashMap<usize, Vec<Effect>> {
    let check: Vec<&Check> = checks().filter(|check| check.id == "config-change-unnoticed").collect();
    let mut unnoticed: HashMap<_, Vec<_>> = HashMap::default();
    for finding in findings(index, check) {
        let Some((config, _)) = finding.related.first() else { continue };
        let is_certain = finding.severity < Severity::Information;
        let consequence = if is_certain { Consequence::ByHand } else { Consequence::InPlace };
        let effect = Effect::new(consequence, "data", finding.message).then(finding.help);
        unnoticed.entry(config.index).or_default().push(effect);
    }
    unnoticed
}
