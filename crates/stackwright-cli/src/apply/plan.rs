//! What applying would do to what is there, found out before anything is changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stackwright::check::{Index, Input, Item, PART_OF};
use stackwright::yaml::{self, Located};
use stackwright::{Cluster, Consequence, Error};

use super::MANAGER;
use super::id::Id;
use super::inventory::Inventory;
use super::kubectl::Kubectl;
use super::live::Live;
use super::refusal::Refusal;
use super::trial::{self, Trial, Tried};
use super::wanted::{Phase, Tree, Wanted};
use crate::diff::compared::{Compared, Place, Told};
use crate::diff::shifts;

/// What is to be done, and what that leads to.
pub struct Plan {
    pub live: Live,
    pub compared: Compared,
    /// What the server refuses already.
    pub refused: Vec<Refusal>,
    /// What isn't as it should be, or isn't known to the inventory.
    pub changing: BTreeSet<Id>,
    /// Members that the tree has no more.
    pub removed: Vec<Removed>,
}

/// An object that is there and no longer in the tree.
pub struct Removed {
    pub id: Id,
    pub api_version: String,
    /// Whether data goes with it.
    pub holds_data: bool,
}

impl Plan {
    /// The plan for a tree, of which custom objects in fresh parts can't be asked for yet.
    pub fn of(
        kubectl: &Kubectl,
        cluster: &Cluster,
        inventory: &Inventory,
        tree: &Tree<'_>,
        fresh: &[usize],
        force: bool,
    ) -> Result<Self, Error> {
        let wanted = &tree.wanted;
        let live = Live::read(kubectl, inventory, wanted)?;
        let trial = Trial { kubectl, set: &inventory.id, is_dry: true, force };
        let tried = tried(&trial, wanted, fresh, &live)?;
        let states: Vec<_> = wanted.iter().map(|one| State::of(one, &live, &tried)).collect();
        let changing =
            wanted.iter().zip(&states).filter(|(_, state)| state.is_applied()).map(|(one, _)| one.id.clone());
        let changing = changing.collect();
        let known: BTreeSet<_> = wanted.iter().map(|one| &one.id).collect();
        let is_left =
            |id: &&Id| !known.contains(id) && live.objects[*id].pointer("/metadata/deletionTimestamp").is_none();
        let gone: Vec<_> = live.members.iter().filter(is_left).collect();
        let compared = compared(cluster, wanted, &states, &gone, &live);
        let removed = gone.iter().map(|id| Removed::of(id, &live.objects[*id], &compared)).collect();
        Ok(Self { compared, refused: tried.refused, changing, removed, live })
    }

    /// What the library says how a refused change is made all the same, if it says so.
    pub fn way_out(&self, id: &Id) -> Option<&str> {
        let told = self.compared.changes.iter().find(|told| id_of(told) == *id)?;
        let refused = told.effects.iter().find(|effect| effect.consequence == Consequence::Refused)?;
        refused.then.as_deref()
    }

    /// The objects that would lose data by a change that is no removal.
    pub fn losing(&self) -> impl Iterator<Item = Id> {
        let is_lost = |told: &&Told| !told.is_removed() && told.consequence == Consequence::DataLoss;
        self.compared.changes.iter().filter(is_lost).map(id_of)
    }
}

impl Removed {
    fn of(id: &Id, object: &Value, compared: &Compared) -> Self {
        let is_lost = |told: &&Told| told.consequence == Consequence::DataLoss && id_of(told) == *id;
        // What is in those, and isn't the tree's, goes with them.
        let is_holder = matches!(id.kind.as_str(), "Namespace" | "CustomResourceDefinition");
        Self {
            holds_data: is_holder || compared.changes.iter().any(|told| is_lost(&told)),
            api_version: object["apiVersion"].as_str().unwrap_or_default().to_owned(),
            id: id.clone(),
        }
    }
}

fn id_of(told: &Told) -> Id {
    let group = told.api_version.split_once('/').map_or("", |(group, _)| group);
    Id { group: group.to_owned(), kind: told.kind.clone(), namespace: told.namespace.clone(), name: told.name.clone() }
}

/// Asks for everything whose kind is served and whose namespace is there; custom objects only where their definitions stay as they are.
fn tried(trial: &Trial<'_>, wanted: &[Wanted<'_>], fresh: &[usize], live: &Live) -> Result<Tried, Error> {
    let (definitions, others): (Vec<_>, Vec<_>) =
        wanted.iter().filter(|one| live.can_be(&one.id)).partition(|one| one.step.phase == Phase::Definitions);
    let mut tried = trial.all(&definitions)?;
    let changed: BTreeSet<_> = definitions
        .iter()
        .filter(|one| State::of(one, live, &tried).is_applied())
        .filter_map(|one| one.value.pointer("/spec/names/kind")?.as_str())
        .collect();
    let may_be_other = |one: &&Wanted<'_>| {
        one.step.phase == Phase::Custom && (changed.contains(one.id.kind.as_str()) || fresh.contains(&one.step.part))
    };
    let others: Vec<_> = others.into_iter().filter(|one| !may_be_other(one)).collect();
    let more = trial.all(&others)?;
    tried.objects.extend(more.objects);
    // What is new may need what is new, too.
    let may_come =
        |refusal: &Refusal| !live.objects.contains_key(&refusal.id) && refusal.error.to_string().contains("not found");
    tried.refused.extend(more.refused.into_iter().filter(|refusal| !may_come(refusal)));
    Ok(tried)
}

/// What is known of an object of the tree.
enum State<'a> {
    New,
    Same {
        is_ours: bool,
    },
    /// As it is, and as the server would have it.
    Changed(Value, Value),
    /// As it is; nobody could ask for more.
    Untried(&'a Value),
}

impl<'a> State<'a> {
    fn of(wanted: &Wanted<'_>, live: &'a Live, tried: &Tried) -> Self {
        let Some(before) = live.objects.get(&wanted.id) else { return Self::New };
        let Some(after) = tried.objects.get(&wanted.id) else { return Self::Untried(before) };
        let is_ours = owned(before) == owned(after) && live.members.contains(&wanted.id);
        let (before, after) = (decided(before), decided(after));
        if before == after { Self::Same { is_ours } } else { Self::Changed(before, after) }
    }

    fn is_applied(&self) -> bool {
        !matches!(self, Self::Same { is_ours: true })
    }
}

/// The fields that are ours.
fn owned(object: &Value) -> Option<&Value> {
    let entries = object.pointer("/metadata/managedFields")?.as_array()?;
    let is_ours = |entry: &&Value| entry["manager"] == MANAGER && entry["operation"] == "Apply";
    entries.iter().find(is_ours)?.get("fieldsV1")
}

/// An object without what the server keeps for itself.
fn decided(object: &Value) -> Value {
    const KEPT: [&str; 5] = ["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp"];
    let mut object = object.clone();
    if let Some(fields) = object.as_object_mut() {
        fields.shift_remove("status");
    }
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata.retain(|key, _| !KEPT.contains(&key.as_str()));
        if let Some(labels) = metadata.get_mut("labels").and_then(Value::as_object_mut) {
            labels.shift_remove(PART_OF);
            if labels.is_empty() {
                metadata.shift_remove("labels");
            }
        }
    }
    object
}

/// The consequences: of what the server says that it would make of each object, or else of what the code says.
fn compared(cluster: &Cluster, wanted: &[Wanted<'_>], states: &[State<'_>], gone: &[&Id], live: &Live) -> Compared {
    let changed: Vec<_> = states
        .iter()
        .filter_map(|state| if let State::Changed(before, after) = state { Some((before, after)) } else { None })
        .collect();
    let (before, after) = (read(changed.iter().map(|pair| pair.0)), read(changed.iter().map(|pair| pair.1)));
    let untried = read(states.iter().filter_map(|state| if let State::Untried(is) = state { Some(*is) } else { None }));
    let gone = read(gone.iter().map(|id| &live.objects[*id]));

    let (mut objects, mut after) = (Vec::new(), after.iter());
    let mut previous: Vec<_> = before.iter().chain(&untried).chain(&gone).map(|located| &located.object).collect();
    for (one, state) in wanted.iter().zip(states) {
        let object = match state {
            State::Changed(..) => after.next().map_or(one.object, |located| &located.object),
            _ => one.object,
        };
        previous.extend(matches!(state, State::Same { .. }).then_some(one.object));
        objects.push(object.into());
    }
    let then = Index::new(Input { objects: previous.iter().copied().map(Into::into).collect(), ..Input::of(cluster) });
    let index = Index::new(Input { objects, previous: Some(previous), ..Input::of(cluster) });
    let of_code = wanted.iter().filter(|one| one.is_of_code);
    let places: BTreeMap<_, _> = of_code.map(|one| (&one.id, Place::made(one.object))).collect();
    let made_at = |item: &Item<'_>| places.get(&Id::of_item(item)).cloned();
    let compared = Compared::of(&index, |change| made_at(&change.item).filter(|_| !change.is_removed));
    // Where nothing was, all of it is new.
    let shifts = if then.items.is_empty() { Vec::new() } else { shifts::told(&index, &then, made_at) };
    Compared { cluster: Some(cluster.name.clone()), shifts, ..compared }
}

/// Objects as the library has them, also where a newer server says more of them than it knows.
fn read<'v>(objects: impl Iterator<Item = &'v Value>) -> Vec<Located> {
    yaml::readable(&trial::stream(objects)).objects
}
