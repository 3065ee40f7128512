use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use camino::Utf8Path;
use stackwright::{Cluster, Error, Rotations};

use super::declared::{self, Declared, Piece, Recipe};
use super::faults::View;
use super::folder::{self, Folder};

const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

/// A line of the table: cluster, secret, file, state, age, note.
type Row = [String; 6];

/// A table of the clusters' secrets: each file with its state and age, when a certificate ends, what is wrong with it, and
/// whether nobody reads it.
/// Files that no declaration names any more come last, as `stale`.
///
/// # Errors
/// When a declaration contradicts another, something in a folder is a symbolic link, or a file cannot be read.
pub fn list(root: &Utf8Path, clusters: &[&Cluster], now: SystemTime) -> Result<String, Error> {
    let mut rows = vec![["CLUSTER", "SECRET", "FILE", "STATE", "AGE", "NOTE"].map(str::to_owned)];
    for cluster in clusters {
        let folder = Folder::of(root, cluster);
        let rotations = Rotations::of(cluster);
        let view = View { folder: &folder, rotations: &rotations, now };
        let mut named = BTreeSet::new();
        let mut declared = Vec::new();
        for piece in declared::pieces(cluster)? {
            for file in piece.files() {
                named.insert(file.to_owned());
                let (state, age, notes) = state(&view, &piece, file)?;
                declared.extend(piece.secrets.iter().map(|secret| {
                    let is_read = match *secret {
                        Declared::Kubernetes(secret) => rotations.is_read(secret),
                        Declared::Host(_) => true,
                    };
                    let unread = (!is_read).then(|| "nobody reads it".to_owned());
                    let note = notes.iter().cloned().chain(unread).collect::<Vec<_>>().join(", ");
                    [&cluster.name, &secret.full_name(), file.as_str(), state, &age, &note].map(str::to_owned)
                }));
            }
        }
        declared.sort();
        rows.extend(declared);
        named.extend(declared::secrets(cluster).iter().map(|secret| secret.sealed_file()));
        for file in folder.files()?.into_iter().chain(folder.sealed()?).filter(|file| !named.contains(file)) {
            let note = "nothing declares it: delete it if nothing needs it";
            rows.push([&cluster.name, "-", file.as_str(), "stale", "-", note].map(str::to_owned));
        }
    }
    Ok(table(&rows))
}

/// A file's state, age and what there is to say about it.
fn state(view: &View<'_>, piece: &Piece<'_>, file: &Utf8Path) -> Result<(&'static str, String, Vec<String>), Error> {
    let folder = view.folder;
    if folder.metadata(file)?.is_none() && super::is_sealed(piece, folder)? {
        return Ok(("sealed", "-".to_owned(), vec!["`secrets open` brings it".to_owned()]));
    }
    if let Recipe::Given(what) = piece.recipe
        && super::is_to_be_given(folder, file)?
    {
        return Ok(("missing", "-".to_owned(), vec![format!("yours to give: {what}")]));
    }
    let Some(metadata) = folder.metadata(file)? else {
        return Ok(("missing", "-".to_owned(), vec!["`render --out` makes it".to_owned()]));
    };
    let mut notes = Vec::new();
    if folder::open_to_others(&metadata) {
        notes.push(format!("open to others (mode {:04o})", folder::mode(&metadata)));
    }
    if let Some(certificate) = view.certificate(piece, file)?
        && let Ok(left) = certificate.end.duration_since(view.now)
    {
        notes.push(format!("until {}, {} left", certificate.last_day, count(left.as_secs() / DAY, "day")));
    }
    notes.extend(view.faults(piece, file)?);
    let age = metadata.modified().map_or(Duration::ZERO, |made| view.now.duration_since(made).unwrap_or_default());
    Ok(("present", age_in_words(age), notes))
}

fn age_in_words(age: Duration) -> String {
    match age.as_secs() {
        seconds if seconds >= DAY => count(seconds / DAY, "day"),
        seconds => count(seconds / HOUR, "hour"),
    }
}

pub(super) fn count(number: u64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// Columns as wide as their widest cell, two spaces between them and none at the end of a line.
fn table(rows: &[Row]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    let line = |row: &Row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
