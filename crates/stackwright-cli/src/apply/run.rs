//! Applying, in the order of the tree: at any moment the inventory knows what may be there, so that a run that was ended is taken up by the next.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use stackwright::{Error, Release};

use super::id::Id;
use super::inventory::Inventory;
use super::kubectl::Kubectl;
use super::lease::Lease;
use super::live;
use super::plan::Plan;
use super::releases::{self, Helm, Releases};
use super::removal::Removal;
use super::trial::Trial;
use super::wait::{Unready, Watch};
use super::wanted::{Phase, Tree, Wanted};
use crate::report::counted;
use crate::{Outcome, flags, report};

const BEAT: Duration = Duration::from_secs(1);
/// How often one looks whether a kind is served.
const MOST_LOOKS: usize = 30;

/// What is applied, and by what.
pub struct Run<'a> {
    pub kubectl: &'a Kubectl,
    pub tree: &'a Tree<'a>,
    pub plan: &'a Plan,
    pub removal: &'a Removal<'a>,
    pub helm: &'a Helm<'a>,
    pub releases: &'a Releases<'a>,
    pub lease: Lease,
    pub flags: &'a flags::Apply,
}

impl Run<'_> {
    /// Applies everything, removes what is no longer in the tree, and waits.
    pub fn outcome(&self, mut inventory: Inventory) -> Result<Outcome, Error> {
        let wanted = || self.tree.wanted.iter().map(|one| &one.id);
        let installed = self.tree.releases().into_iter().map(releases::name);
        let releases: BTreeSet<_> = installed.chain(self.releases.left.iter().cloned()).collect();
        inventory.write(self.kubectl, wanted().chain(&self.plan.live.members), releases.clone(), true)?;
        for (part, release) in self.tree.before.iter().enumerate() {
            if let Some(release) = release {
                self.install(release)?;
            }
            let objects: Vec<_> = self.tree.wanted.iter().filter(|one| one.step.part == part).collect();
            for step in objects.chunk_by(|one, next| one.step == next.step) {
                if !self.step(step, &inventory)? {
                    return Ok(Outcome::Found);
                }
            }
        }
        self.lease.check()?;
        if let Some(refused) = self.removal.delete(self.kubectl, false)? {
            report::error(&refused);
            return Ok(Outcome::Found);
        }
        // Members of kinds that nobody could ask for may still be there.
        let left = wanted().chain(self.removal.kept.iter().map(|kept| &kept.id));
        inventory.write(self.kubectl, left, releases, self.plan.live.is_partial)?;
        let is_ready = self.waited(&wanted().collect(), &inventory)?;
        if is_ready {
            report::note(&format!("{} applied, and ready", counted(self.tree.wanted.len(), "object")));
        }
        Ok(if is_ready { Outcome::Clean } else { Outcome::Found })
    }

    fn install(&self, release: &Release) -> Result<(), Error> {
        if !self.releases.changes.iter().any(|(changed, _)| std::ptr::eq(*changed, release)) {
            return Ok(());
        }
        self.lease.check()?;
        report::note(&format!("release {}: Helm installs it", release.name));
        self.helm.install(release)
    }

    /// Applies the objects of a step; whether the next one may come.
    fn step(&self, step: &[&Wanted<'_>], inventory: &Inventory) -> Result<bool, Error> {
        let phase = step.first().map(|one| one.step.phase);
        // The API server asks a webhook from the moment on at which it is told of it.
        if phase == Some(Phase::Webhooks) && !self.waited(&self.servers(step), inventory)? {
            return Ok(false);
        }
        let changing: Vec<_> = step.iter().copied().filter(|one| self.plan.changing.contains(&one.id)).collect();
        self.lease.check()?;
        let trial =
            Trial { kubectl: self.kubectl, set: &inventory.id, is_dry: false, force: self.flags.force_conflicts };
        let tried = trial.all(&changing)?;
        tried.refused.iter().for_each(|refusal| report::error(&refusal.error));
        if !tried.refused.is_empty() {
            report::note("the rest was not applied; apply again when that is mended");
            return Ok(false);
        }
        if !changing.is_empty() {
            report::note(&format!("applied {}", counted(changing.len(), "object")));
        }
        if phase != Some(Phase::Definitions) {
            return Ok(true);
        }
        Ok(self.waited(&step.iter().map(|one| &one.id).collect(), inventory)? && self.are_served(&changing)?)
    }

    /// Waits until the kinds of new definitions are served, which is a moment after the server says that they are established.
    fn are_served(&self, definitions: &[&Wanted<'_>]) -> Result<bool, Error> {
        let text =
            |one: &Wanted<'_>, path| one.value.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kinds: Vec<_> =
            definitions.iter().map(|one| (text(one, "/spec/group"), text(one, "/spec/names/kind"))).collect();
        for _ in 0..MOST_LOOKS {
            let (served, _) = live::served(self.kubectl)?;
            if kinds.iter().all(|kind| served.contains_key(kind)) {
                return Ok(true);
            }
            thread::sleep(BEAT);
        }
        let help = "see what `kubectl describe crd` says, then apply again";
        report::error(&Error::new("the definitions are established, and their kinds aren't served", help));
        Ok(false)
    }

    /// The workloads of the tree that answer webhooks.
    fn servers(&self, webhooks: &[&Wanted<'_>]) -> BTreeSet<&Id> {
        let services = webhooks.iter().filter_map(|one| one.value["webhooks"].as_array()).flatten();
        let services: Vec<_> = services.filter_map(|webhook| webhook.pointer("/clientConfig/service")).collect();
        let is_asked = |one: &&Wanted<'_>| {
            one.id.kind == "Service"
                && services.iter().any(|asked| asked["name"] == one.id.name && asked["namespace"] == one.id.namespace)
        };
        let asked: Vec<_> = self.tree.wanted.iter().filter(is_asked).collect();
        let serves = |one: &&Wanted<'_>| {
            asked.iter().any(|service| service.id.namespace == one.id.namespace && selects(&service.value, &one.value))
        };
        self.tree.wanted.iter().filter(serves).map(|one| &one.id).collect()
    }

    /// Waits for objects, and reports what isn't ready.
    fn waited(&self, ids: &BTreeSet<&Id>, inventory: &Inventory) -> Result<bool, Error> {
        let watch = Watch { kubectl: self.kubectl, inventory, live: &self.plan.live };
        let unready = watch.wait(ids, self.flags.timeout, &self.lease)?;
        unready.iter().for_each(tell);
        Ok(unready.is_empty())
    }
}

fn tell(unready: &Unready) {
    report::error(&Error::new(format!("{} isn't ready: {}", unready.id, unready.fact()), unready.help()));
}

/// Whether a Service selects the pods of a workload.
fn selects(service: &Value, workload: &Value) -> bool {
    let selector = service.pointer("/spec/selector").and_then(Value::as_object);
    let labels = workload.pointer("/spec/template/metadata/labels");
    let (Some(selector), Some(labels)) = (selector, labels) else { return false };
    selector.iter().all(|(key, value)| labels.get(key) == Some(value))
}
