//! What is there: the objects of the tree, and those of the inventory.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stackwright::Error;
use stackwright::check::{GroupKind, PART_OF};

use super::id::Id;
use super::inventory::Inventory;
use super::kubectl::{self, Kubectl};
use super::refusal;
use super::trial;
use super::wanted::Wanted;
use crate::threads::both;

/// The objects of a cluster, as far as they are the tree's or the inventory's.
pub struct Live {
    /// The names by which the served kinds are asked for, such as `deployments.apps`.
    served: Served,
    /// Whether a group's server is away, so that not all that is served is known.
    pub is_partial: bool,
    namespaces: BTreeSet<String>,
    /// As they are there, with their managers.
    pub objects: BTreeMap<Id, Value>,
    /// Those of the inventory.
    pub members: BTreeSet<Id>,
}

impl Live {
    pub fn read(kubectl: &Kubectl, inventory: &Inventory, wanted: &[Wanted<'_>]) -> Result<Self, Error> {
        let (namespaces, served) = both(|| namespaces(kubectl), || served(kubectl));
        let (served, is_partial) = served?;
        let mut live =
            Self { served, is_partial, namespaces: namespaces?, objects: BTreeMap::new(), members: BTreeSet::new() };
        let kinds: BTreeSet<_> = inventory.kinds.iter().map(String::as_str).map(kind_of).collect();
        let members = live.labelled(kubectl, inventory, &kinds)?;
        live.members = members.iter().map(Id::of).collect();
        live.objects = members.into_iter().map(|object| (Id::of(&object), object)).collect();
        let may_be: Vec<_> =
            wanted.iter().filter(|one| !live.members.contains(&one.id) && live.can_be(&one.id)).collect();
        for found in trial::in_chunks(&may_be, |chunk| named(kubectl, chunk))? {
            live.objects.extend(found.into_iter().map(|object| (Id::of(&object), object)));
        }
        Ok(live)
    }

    /// The members of the inventory that are of some kinds.
    pub fn labelled(
        &self,
        kubectl: &Kubectl,
        inventory: &Inventory,
        kinds: &BTreeSet<(String, String)>,
    ) -> Result<Vec<Value>, Error> {
        let resources: Vec<_> = kinds.iter().filter_map(|kind| self.served.get(kind)).map(String::as_str).collect();
        if resources.is_empty() {
            return Ok(Vec::new());
        }
        let (resources, label) = (resources.join(","), format!("{PART_OF}={}", inventory.id));
        kubectl.objects(&["get", &resources, "-A", "-l", &label, "--output=json", "--show-managed-fields"], "")
    }

    /// Whether an object's kind is served and its namespace there.
    pub fn can_be(&self, id: &Id) -> bool {
        let has_namespace = id.namespace.is_empty() || self.namespaces.contains(&id.namespace);
        has_namespace && self.served.contains_key(&(id.group.clone(), id.kind.clone()))
    }
}

/// `Deployment.apps` as its group and kind.
fn kind_of(written: &str) -> (String, String) {
    let (kind, group) = written.split_once('.').unwrap_or((written, ""));
    (group.to_owned(), kind.to_owned())
}

fn named(kubectl: &Kubectl, chunk: &[&Wanted<'_>]) -> Result<Vec<Value>, Error> {
    let arguments = ["get", "--ignore-not-found", "--output=json", "--show-managed-fields", "-f", "-"];
    kubectl.objects(&arguments, &trial::stream(chunk.iter().map(|wanted| &wanted.value)))
}

/// The names of kinds, by their group and kind.
pub type Served = BTreeMap<(String, String), String>;

/// The served kinds, and whether that may not be all. The lines of `kubectl api-resources` are: name, short names where there are any, version, whether it is in namespaces, kind.
pub fn served(kubectl: &Kubectl) -> Result<(Served, bool), Error> {
    let arguments = ["api-resources", "--no-headers"];
    let said = kubectl.run(&arguments, "", None)?;
    // A group whose server is away hides none of the others.
    if said.out.trim().is_empty() {
        return Err(refusal::error(&said.err, &arguments));
    }
    let row = |line: &str| {
        let words: Vec<_> = line.split_whitespace().collect();
        let (name, kind) = (*words.first()?, *words.last()?);
        let version = words.get(words.len().checked_sub(3)?)?;
        let group = GroupKind::new(version, kind).group;
        let name = if group.is_empty() { name.to_owned() } else { format!("{name}.{group}") };
        Some(((group.to_owned(), kind.to_owned()), name))
    };
    Ok((said.out.lines().filter_map(row).collect(), said.success != Some(true)))
}

fn namespaces(kubectl: &Kubectl) -> Result<BTreeSet<String>, Error> {
    let found = kubectl::items(&kubectl.text(&["get", "namespaces", "--output=json"], "")?)?;
    Ok(found.iter().map(|namespace| Id::of(namespace).name).collect())
}
