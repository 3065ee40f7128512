//! Waiting until objects are ready, and why some aren't.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use stackwright::Error;

use super::id::Id;
use super::inventory::Inventory;
use super::kubectl::Kubectl;
use super::lease::Lease;
use super::live::Live;
use super::progress::Progress;
use super::readiness::{KINDS, Readiness, readiness};
use super::reasons::{Reason, Surroundings};

/// How often one looks.
const BEAT: Duration = Duration::from_secs(1);
/// What is ready sooner needs no reason.
const PATIENCE: Duration = Duration::from_secs(3);

/// An object that isn't ready.
pub struct Unready {
    pub id: Id,
    /// What is there of it.
    pub state: String,
    /// Whether waiting is of no use.
    pub has_failed: bool,
    pub reason: Option<Reason>,
}

impl Unready {
    /// What is there, and why.
    pub fn fact(&self) -> String {
        match &self.reason {
            Some(reason) => format!("{}; {}", self.state, reason.fact),
            None => self.state.clone(),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        self.reason
            .as_ref()
            .map_or_else(|| "see what `kubectl describe` says of it".to_owned(), |reason| reason.help.clone())
    }
}

/// How readiness is asked for.
pub struct Watch<'a> {
    pub kubectl: &'a Kubectl,
    pub inventory: &'a Inventory,
    pub live: &'a Live,
}

impl Watch<'_> {
    /// Waits until objects are ready or time is over; what isn't ready then.
    pub fn wait(&self, ids: &BTreeSet<&Id>, timeout: Duration, lease: &Lease) -> Result<Vec<Unready>, Error> {
        let (begun, mut progress) = (Instant::now(), Progress::new());
        loop {
            lease.check()?;
            let unready = self.unready(ids, begun.elapsed() > PATIENCE)?;
            progress.show(ids.len(), &unready);
            if begun.elapsed() > timeout || unready.iter().all(|one| one.has_failed) {
                return Ok(unready);
            }
            thread::sleep(BEAT);
        }
    }

    /// What isn't ready now; if it is asked for, with the reasons.
    pub fn unready(&self, ids: &BTreeSet<&Id>, with_reasons: bool) -> Result<Vec<Unready>, Error> {
        let kind = |id: &&Id| (id.group.clone(), id.kind.clone());
        let is_waited_for = |id: &&Id| KINDS.contains(&(id.group.as_str(), id.kind.as_str()));
        let ids: Vec<_> = ids.iter().copied().filter(is_waited_for).collect();
        let found = self.live.labelled(self.kubectl, self.inventory, &ids.iter().map(kind).collect())?;
        let found: BTreeMap<_, _> = found.into_iter().map(|object| (Id::of(&object), object)).collect();
        let mut around = BTreeMap::new();
        let mut unready = Vec::new();
        for id in ids {
            let (state, has_failed) = match found.get(id).map(readiness) {
                Some(Readiness::Ready) => continue,
                Some(Readiness::Waiting(state)) => (state, false),
                Some(Readiness::Failed(state)) => (state, true),
                // Some are deleted when they are done.
                None if id.kind == "Job" => continue,
                None => ("it isn't there".to_owned(), false),
            };
            let object = found.get(id).filter(|_| with_reasons || has_failed);
            let reason = object.map(|object| self.reason(id, object, &mut around)).transpose()?.flatten();
            unready.push(Unready { id: id.clone(), state, has_failed, reason });
        }
        Ok(unready)
    }

    /// Why an object isn't ready. Each namespace is read once.
    fn reason(
        &self,
        id: &Id,
        object: &Value,
        around: &mut BTreeMap<String, Surroundings>,
    ) -> Result<Option<Reason>, Error> {
        if id.namespace.is_empty() {
            return Ok(None);
        }
        if !around.contains_key(&id.namespace) {
            around.insert(id.namespace.clone(), Surroundings::read(self.kubectl, &id.namespace)?);
        }
        Ok(around[&id.namespace].reason(object))
    }
}
