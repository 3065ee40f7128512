use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::{self, Write as _};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use similar::TextDiff;
use stackwright::{Cluster, Error};

use crate::flags::Verify;
use crate::tree::Tree;
use crate::writer::disk::{self, Found};
use crate::writer::{self, Manifest};
use crate::{Outcome, names, report};

/// Compares a folder with what would be rendered into it, and prints how they differ.
pub fn outcome(clusters: &[Cluster], flags: &Verify) -> Result<Outcome, Error> {
    let tree = match &flags.cluster {
        Some(name) => Tree::part(names::cluster(clusters, name)?)?,
        None => Tree::whole(clusters)?,
    };
    let root = writer::existing(&flags.out)?;

    let drift = Drift::of(root, &tree)?;
    if drift.is_empty() {
        report::note(&format!("{root} is what the code renders: {}", report::counted(tree.files.len(), "file")));
        return Ok(Outcome::Clean);
    }
    let text = drift.to_string();
    report::data(&if report::is_coloured(&io::stdout()) { coloured(&text) } else { text })?;
    report::error(&Error::new(
        format!("{root} differs from what the code renders in {}", report::counted(drift.paths(), "path")),
        format!("`render --out {root}` writes what the code renders; files of your own belong elsewhere"),
    ));
    Ok(Outcome::Found)
}

/// In how many paths a folder differs from what would be rendered into it.
pub fn differing(root: &Utf8Path, tree: &Tree) -> Result<usize, Error> {
    Drift::of(root, tree).map(|drift| drift.paths())
}

/// How a folder differs from a tree.
#[derive(Default)]
struct Drift {
    /// What is wrong with a path, apart from its content.
    names: BTreeMap<Utf8PathBuf, &'static str>,
    /// A unified diff per path.
    diffs: BTreeMap<Utf8PathBuf, String>,
}

impl Drift {
    fn of(root: &Utf8Path, tree: &Tree) -> Result<Self, Error> {
        let mut drift = Self::default();
        let mut folders = HashSet::new();
        let (text, manifest) = writer::manifest(root)?;

        for (path, file) in &tree.files {
            let place = root.join(path);
            match disk::found(root, path, &mut folders)? {
                Found::Nothing => drift.name(place, "missing"),
                Found::Obstacle { place, what } => drift.name(place, what),
                Found::File { content, executable } => {
                    if executable != file.executable {
                        let what = if executable { "executable, and should not be" } else { "not executable" };
                        drift.name(place.clone(), what);
                    }
                    if content != file.text.as_bytes() {
                        drift.diff(place, &String::from_utf8_lossy(&content), &file.text);
                    }
                }
            }
        }
        for path in manifest.paths().filter(|path| tree.decides(path) && !tree.files.contains_key(*path)) {
            if !matches!(disk::found(root, path, &mut folders)?, Found::Nothing) {
                drift.name(root.join(path), "no longer rendered");
            }
        }
        for path in strangers(root, tree)? {
            drift.name(root.join(path), "not rendered");
        }
        // The manifest follows from the files: it is news only where no file differs.
        if drift.is_empty() {
            let place = root.join(Manifest::PATH);
            let should_be = manifest.after(tree).to_string();
            match text {
                None => drift.name(place, "missing"),
                Some(is) if is != should_be => drift.diff(place, &is, &should_be),
                Some(_) => {}
            }
        }
        Ok(drift)
    }

    fn name(&mut self, place: Utf8PathBuf, what: &'static str) {
        self.names.entry(place).or_insert(what);
    }

    fn diff(&mut self, place: Utf8PathBuf, is: &str, should_be: &str) {
        let to = format!("{place} (as the code renders it)");
        let diff = TextDiff::from_lines(is, should_be).unified_diff().header(place.as_str(), &to).to_string();
        self.diffs.insert(place, diff);
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.diffs.is_empty()
    }

    fn paths(&self) -> usize {
        self.names.keys().chain(self.diffs.keys()).collect::<BTreeSet<_>>().len()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, what) in &self.names {
            writeln!(formatter, "{place}: {what}")?;
        }
        self.diffs.values().try_for_each(|diff| formatter.write_str(diff))
    }
}

/// What lies below a root, where the tree decides, and is not of the tree. Secret material and tools' own state are left out.
fn strangers(root: &Utf8Path, tree: &Tree) -> Result<Vec<Utf8PathBuf>, Error> {
    let mut strangers = Vec::new();
    let mut folders = vec![Utf8PathBuf::from(tree.cluster.as_deref().unwrap_or_default())];
    while let Some(folder) = folders.pop() {
        for (name, is_folder) in disk::entries(&root.join(&folder))? {
            let path = folder.join(&name);
            let is_known = tree.files.contains_key(&path) || path == Manifest::PATH;
            if is_known || name.starts_with('.') || tree.is_material(&path) {
                continue;
            }
            if is_folder {
                folders.push(path);
            } else {
                strangers.push(path);
            }
        }
    }
    Ok(strangers)
}

/// The text with the colours that people know from git.
fn coloured(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let colour = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "1",
            [b'-', ..] => "31",
            [b'+', ..] => "32",
            [b'@', ..] => "36",
            _ => "",
        };
        _ = if colour.is_empty() { writeln!(out, "{line}") } else { writeln!(out, "\x1b[{colour}m{line}\x1b[0m") };
    }
    out
}
