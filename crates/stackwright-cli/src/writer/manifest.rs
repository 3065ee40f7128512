use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fmt::Write as _;

use camino::{Utf8Component, Utf8Path};
use sha2::{Digest as _, Sha256};
use stackwright::Error;

use crate::tree::Tree;

/// The digests of every file that renders have written, by path: what makes a file theirs.
///
/// It lies in the tree and reads as `sha256sum --check` reads it. While a render is under way a path has two lines, for the
/// file's content before and after; both are theirs, so that one killed half-way is simply continued by the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    digests: BTreeMap<String, BTreeSet<String>>,
}

impl Manifest {
    /// Its own path in the tree.
    pub const PATH: &str = "SHA256SUMS";

    /// The manifest that a text holds. `place` is where it was read, for the error.
    pub fn parsed(text: &str, place: &Utf8Path) -> Result<Self, Error> {
        let mut manifest = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let entry = line.split_once("  ").filter(|(digest, path)| is_digest(digest) && is_inside(path));
            let Some((digest, path)) = entry else {
                return Err(Error::new(
                    format!("{place} line {number} is not a digest and a path: {}", line.escape_debug()),
                    "after a merge, keep the lines of both sides and drop the markers; if the file is lost, delete it and render \
                     with --force once you have seen that nobody's edits are in the way",
                ));
            };
            manifest.insert(path, digest.to_owned());
        }
        Ok(manifest)
    }

    fn insert(&mut self, path: &str, digest: String) {
        self.digests.entry(path.to_owned()).or_default().insert(digest);
    }

    /// Whether a render wrote this content to this path.
    pub fn owns(&self, path: &Utf8Path, content: &[u8]) -> bool {
        self.digests.get(path.as_str()).is_some_and(|digests| digests.contains(&digest(content)))
    }

    /// Whether renders wrote something to this path.
    pub fn knows(&self, path: &Utf8Path) -> bool {
        self.digests.contains_key(path.as_str())
    }

    /// The paths that renders have written to.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.digests.keys().map(Utf8Path::new)
    }

    /// The manifest once a tree is written: its files, and what lies outside of what it decides.
    pub fn after(&self, tree: &Tree) -> Self {
        let mut after = self.clone();
        after.digests.retain(|path, _| !tree.decides(path.as_ref()));
        for (path, file) in &tree.files {
            after.insert(path.as_str(), digest(file.text.as_bytes()));
        }
        after
    }

    /// What is theirs under either of two manifests.
    pub fn or(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (path, digests) in &other.digests {
            both.digests.entry(path.clone()).or_default().extend(digests.iter().cloned());
        }
        both
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, digests) in &self.digests {
            for digest in digests {
                writeln!(formatter, "{digest}  {path}")?;
            }
        }
        Ok(())
    }
}

/// The digest of a file, as `sha256sum` writes it.
pub fn digest(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// A digest as `sha256sum` writes it.
pub fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A manifest names files to be removed: none of them may lie outside the tree.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Utf8Path::new(path).components().all(|part| matches!(part, Utf8Component::Normal(_)))
}
