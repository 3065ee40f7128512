//! What two sides differ in, without what was compared.

use std::collections::HashSet;
use std::fmt;

use stackwright::check::{Check, Index, findings};
use stackwright::{Change, Consequence, Effect, Finding, Object, Severity, changes};

use super::commits::Allowed;
use super::files::FileChange;
use super::picture::Picture;
use super::shifts::{self, ToldShift};
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
    /// What is otherwise for the whole cluster.
    pub shifts: Vec<ToldShift>,
    /// Other files that change.
    pub files: Vec<FileChange>,
    /// Who leans on what changes.
    pub picture: Picture,
    /// What people do to have it so, in this order.
    pub steps: Vec<String>,
    pub new: Vec<Finding>,
    pub repaired: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<String>,
}

/// Where an object comes from: a line of code that makes it, or of a manifest that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub line: u32,
    pub is_code: bool,
}

impl Place {
    /// The line of code that made an object.
    pub fn made(object: &Object) -> Self {
        let made_at = object.made_at();
        Self { file: made_at.file().to_owned(), line: made_at.line(), is_code: true }
    }
}

/// In words that follow an object's name.
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, is_code } = self;
        write!(formatter, ", {} {file}:{line}", if *is_code { "made at" } else { "in" })
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
    pub place: Option<Place>,
    /// The command that removes it from the cluster, if it is to go.
    pub delete: Option<String>,
    pub consequence: Consequence,
    pub effects: Vec<Effect>,
}

impl Told {
    fn of(change: Change<'_>, place: Option<Place>) -> Self {
        let object = change.item.object;
        Self {
            api_version: object.api_version().to_owned(),
            kind: object.kind().to_owned(),
            namespace: change.item.namespace.to_owned(),
            name: object.name().to_owned(),
            label: change.item.label(),
            place,
            delete: change.is_removed.then(|| change.delete_command()),
            consequence: change.consequence(),
            effects: change.effects,
        }
    }

    pub fn is_removed(&self) -> bool {
        self.delete.is_some()
    }

    /// Why the worst that it leads to is meant to be so; none where some of that is not.
    pub fn allowed(&self) -> Option<&str> {
        let worst = self.effects.iter().filter(|effect| effect.consequence == self.consequence);
        let reasons: Option<Vec<_>> = worst.map(|effect| effect.allowed.as_deref()).collect();
        reasons?.first().copied()
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
    /// What an index' objects change of its previous ones, each with its place.
    pub fn of(index: &Index<'_>, place: impl Fn(&Change<'_>) -> Option<Place>) -> Self {
        let changes = changes(index);
        let picture = Picture::of(index, &changes);
        let told = changes.into_iter().map(|change| {
            let place = place(&change);
            Told::of(change, place)
        });
        Self {
            cluster: None,
            objects: index.items.len(),
            changes: told.collect(),
            shifts: Vec::new(),
            files: Vec::new(),
            picture,
            steps: Vec::new(),
            new: Vec::new(),
            repaired: Vec::new(),
            unread: left_alone(index).into_iter().collect(),
        }
    }

    /// Adds what was found of one side only.
    pub fn with_findings(self, now: Vec<Finding>, then: Vec<Finding>) -> Self {
        let key = |finding: &Finding| (finding.id, finding.message.clone());
        let (known, left): (HashSet<_>, HashSet<_>) = (then.iter().map(key).collect(), now.iter().map(key).collect());
        Self {
            repaired: then.into_iter().filter(|finding| !left.contains(&key(finding))).collect(),
            new: now.into_iter().filter(|finding| !known.contains(&key(finding))).collect(),
            ..self
        }
    }

    /// Adds what commits allow.
    pub fn allow(&mut self, allowances: &[Allowed]) {
        for Allowed { consequence, label, reason } in allowances {
            let is_meant = |other: &str| label.as_ref().is_none_or(|label| label == other);
            for told in self.changes.iter_mut().filter(|told| is_meant(&told.label)) {
                for effect in told.effects.iter_mut().filter(|effect| effect.consequence == *consequence) {
                    effect.allowed = Some(reason.clone());
                }
            }
            let files = self.files.iter_mut().filter(|file| file.consequence == *consequence);
            files.filter(|file| is_meant(file.path.as_str())).for_each(|file| file.allowed = Some(reason.clone()));
        }
    }

    /// Whether something is as bad as this, and not allowed.
    pub fn fails_on(&self, worst: Consequence) -> bool {
        let effects = self.changes.iter().flat_map(|told| &told.effects);
        let effects = effects.map(|effect| (effect.consequence, &effect.allowed));
        let files = self.files.iter().map(|file| (file.consequence, &file.allowed));
        effects.chain(files).any(|(consequence, allowed)| consequence <= worst && allowed.is_none())
    }

    /// All consequences, one for each object and file, with whether it is allowed.
    fn all(&self) -> impl Iterator<Item = (Consequence, bool)> {
        let objects = self.changes.iter().map(|told| (told.consequence, told.allowed().is_some()));
        objects.chain(self.files.iter().map(|file| (file.consequence, file.allowed.is_some())))
    }

    /// How many of each there are, and how many of those are allowed, the worst first.
    pub fn counts(&self) -> Vec<(Consequence, usize, usize)> {
        let counts = Consequence::ALL.iter().map(|consequence| {
            let found: Vec<_> = self.all().filter(|(found, _)| found == consequence).collect();
            (*consequence, found.len(), found.iter().filter(|(_, is_allowed)| *is_allowed).count())
        });
        counts.filter(|(_, count, _)| *count > 0).collect()
    }

    pub fn summary(&self) -> String {
        let whose = self.cluster.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let told = |(what, count, allowed): &(Consequence, usize, usize)| match allowed {
            0 => format!("{count} {what}"),
            _ => format!("{count} {what} ({allowed} allowed)"),
        };
        let counts: Vec<_> = self.counts().iter().map(told).collect();
        let mut parts = if counts.is_empty() { vec!["nothing changes".to_owned()] } else { counts };
        let alike = shifts::alike(&self.shifts);
        parts.extend(alike.map(|alike| format!("{} {} {}", alike.len(), alike[0].word, alike[0].matter)));
        for (found, what) in [(&self.new, "new"), (&self.repaired, "repaired")] {
            if !found.is_empty() {
                let noun = format!("{what} finding");
                parts.push(counted(found.len(), &noun));
            }
        }
        format!("{whose}{}: {}", counted(self.objects, "object"), parts.join(", "))
    }
}

/// What checks find of a side that is told of a change.
pub fn found(index: &Index<'_>, checks: &[&Check]) -> Vec<Finding> {
    // What was changed is no state of a cluster, and would be told twice.
    let of_states = checks.iter().copied().filter(|check| !OF_CHANGES.contains(&check.id));
    let mut found = findings(index, of_states);
    // What may well be meant is not told at every change.
    found.retain(|finding| finding.severity < Severity::Information);
    found
}

/// How bad a consequence is, for those who look at colours.
pub fn severity(consequence: Consequence) -> Severity {
    match consequence {
        Consequence::DataLoss | Consequence::Refused | Consequence::Outage => Severity::Error,
        Consequence::Removed | Consequence::ByHand | Consequence::Unknown => Severity::Warning,
        _ => Severity::Information,
    }
}

/// That a cluster has more than is given, in words.
fn left_alone(index: &Index<'_>) -> Option<String> {
    let others = index.only_in_cluster();
    let first = others.first()?;
    Some(match others.len() {
        1 => format!("{}, which only the cluster has", first.label()),
        count => format!("{count} objects that only the cluster has, such as {}", first.label()),
    })
}
