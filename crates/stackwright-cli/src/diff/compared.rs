//! What two sides differ in, without what was compared.

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::check::{Check, Index, findings};
use stackwright::{Change, Cluster, Consequence, Delivery, Effect, Finding, Severity, changes};

use crate::report::counted;

/// Checks that compare, and tell of changes.
const OF_CHANGES: [&str; 2] = ["config-change-unnoticed", "immutable-change"];

/// What two sides differ in.
#[derive(Clone)]
pub struct Compared {
    /// The cluster that it is about, if it is one of the program's.
    pub cluster: Option<String>,
    /// How many objects there are afterwards.
    pub objects: usize,
    /// The objects that change, the worst first.
    pub changes: Vec<Told>,
    /// Other files that change.
    pub files: Vec<FileChange>,
    pub new: Vec<Finding>,
    pub repaired: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<String>,
}

/// A file's change that is no object.
#[derive(Clone)]
pub struct FileChange {
    pub path: Utf8PathBuf,
    pub consequence: Consequence,
    pub fact: &'static str,
    pub then: &'static str,
}

impl FileChange {
    pub fn of(cluster: &Cluster, path: &Utf8Path, fact: &'static str) -> Self {
        let is_by_hand = cluster.delivery == Delivery::ByHand;
        let (consequence, then) = if path.starts_with("releases") {
            let then = "what its chart makes of it isn't known here; an inflated release is compared object by object";
            (if is_by_hand { Consequence::ByHand } else { Consequence::Unknown }, then)
        } else {
            (Consequence::ByHand, "the cluster's README says which step carries it to its host")
        };
        Self { path: path.to_owned(), consequence, fact, then }
    }
}

/// An object's change, without the object.
#[derive(Clone)]
pub struct Told {
    pub api_version: String,
    pub kind: String,
    pub namespace: String,
    pub name: String,
    pub label: String,
    /// The file and line of the code that makes it.
    pub made_at: Option<(&'static str, u32)>,
    pub is_removed: bool,
    pub consequence: Consequence,
    pub effects: Vec<Effect>,
}

impl Told {
    fn of(change: Change<'_>, is_ours: bool) -> Self {
        let object = change.item.object;
        let made_at = object.made_at();
        // What is removed was read from a file.
        let is_made = is_ours && !change.is_removed;
        Self {
            api_version: object.api_version().to_owned(),
            kind: object.kind().to_owned(),
            namespace: change.item.namespace.to_owned(),
            name: object.name().to_owned(),
            label: change.item.label(),
            made_at: is_made.then(|| (made_at.file(), made_at.line())),
            is_removed: change.is_removed,
            consequence: change.consequence(),
            effects: change.effects,
        }
    }

    /// What changes, each with what comes of it; where several changes come to the same, the last one has it.
    pub fn lines(&self) -> Vec<(&Effect, Option<&str>)> {
        let told = self.effects.iter().filter(|effect| effect.consequence != Consequence::Added);
        let nexts = self.effects.iter().skip(1).map(|next| next.then.as_deref()).chain([None]);
        told.zip(nexts)
            .map(|(effect, next)| (effect, effect.then.as_deref().filter(|then| Some(*then) != next)))
            .collect()
    }
}

impl Compared {
    /// What an index' objects change of its previous ones; `is_ours` says that the program's code made them.
    pub fn of(index: &Index<'_>, is_ours: bool) -> Self {
        Self {
            cluster: None,
            objects: index.items.len(),
            changes: changes(index).into_iter().map(|change| Told::of(change, is_ours)).collect(),
            files: Vec::new(),
            new: Vec::new(),
            repaired: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Adds what checks find of one side only.
    pub fn with_findings(self, index: &Index<'_>, before: &Index<'_>, checks: &[&Check]) -> Self {
        // What was changed is no state of a cluster, and would be told twice.
        let of_states = || checks.iter().copied().filter(|check| !OF_CHANGES.contains(&check.id));
        // What may well be meant is not told at every change.
        let found = |index: &Index<'_>| {
            findings(index, of_states()).into_iter().filter(|finding| finding.severity < Severity::Information)
        };
        let (now, then): (Vec<_>, Vec<_>) = (found(index).collect(), found(before).collect());
        let key = |finding: &Finding| (finding.id, finding.message.clone());
        let (known, left): (HashSet<_>, HashSet<_>) = (then.iter().map(key).collect(), now.iter().map(key).collect());
        Self {
            repaired: then.into_iter().filter(|finding| !left.contains(&key(finding))).collect(),
            new: now.into_iter().filter(|finding| !known.contains(&key(finding))).collect(),
            ..self
        }
    }

    /// All consequences, one for each object and file.
    pub fn all(&self) -> impl Iterator<Item = Consequence> {
        self.changes.iter().map(|told| told.consequence).chain(self.files.iter().map(|file| file.consequence))
    }

    /// How many of each there are, the worst first.
    pub fn counts(&self) -> Vec<(Consequence, usize)> {
        let count = |consequence: &Consequence| self.all().filter(|found| found == consequence).count();
        let counts = Consequence::ALL.iter().map(|consequence| (*consequence, count(consequence)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    pub fn summary(&self) -> String {
        let whose = self.cluster.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let counts: Vec<_> = self.counts().iter().map(|(what, count)| format!("{count} {what}")).collect();
        let mut parts = if counts.is_empty() { vec!["nothing changes".to_owned()] } else { counts };
        for (found, what) in [(&self.new, "new"), (&self.repaired, "repaired")] {
            if !found.is_empty() {
                let noun = format!("{what} finding");
                parts.push(counted(found.len(), &noun));
            }
        }
        format!("{whose}{}: {}", counted(self.objects, "object"), parts.join(", "))
    }
}
