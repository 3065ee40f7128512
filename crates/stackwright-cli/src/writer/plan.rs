use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Error, File};

use super::Manifest;
use super::disk::{self, Found};
use crate::report::counted;
use crate::tree::Tree;

/// What has to happen for a folder to hold a tree. Making one only reads.
#[derive(Default)]
pub struct Plan<'a> {
    /// Files to write: new ones, and those whose content is another now.
    pub write: Vec<&'a File>,
    /// Files of which only the mode is wrong.
    pub set_mode: Vec<&'a File>,
    /// Files to remove: an earlier render wrote them, this one does not.
    pub remove: Vec<Utf8PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl<'a> Plan<'a> {
    /// The plan for a tree, unless something in the way is not the render's to overwrite: all of that is named in the error.
    pub fn new(root: &Utf8Path, tree: &'a Tree, manifest: &Manifest, force: bool) -> Result<Self, Error> {
        let mut plan = Self::default();
        let mut refused = Refused::default();
        let mut folders = HashSet::new();

        for (path, file) in &tree.files {
            match disk::found(root, path, &mut folders)? {
                Found::Nothing => plan.write.push(file),
                Found::File { content, executable } if content == file.text.as_bytes() => {
                    if executable == file.executable {
                        plan.unchanged += 1;
                    } else {
                        plan.set_mode.push(file);
                    }
                }
                Found::File { content, .. } if force || manifest.owns(path, &content) => plan.write.push(file),
                Found::File { .. } if manifest.knows(path) => refused.file(root.join(path), "was edited by hand"),
                Found::File { .. } => refused.file(root.join(path), "was not written by a render"),
                Found::Obstacle { place, what } => refused.obstacle(place, what),
            }
        }
        let stale = manifest.paths().filter(|path| tree.decides(path) && !tree.files.contains_key(*path));
        for path in stale {
            match disk::found(root, path, &mut folders)? {
                // A render that was killed may have left the folder of a file that it removed.
                Found::Nothing => plan.remove.push(path.into()),
                Found::File { content, .. } if force || manifest.owns(path, &content) => plan.remove.push(path.into()),
                Found::File { .. } => refused.file(root.join(path), "is to be removed, but was edited by hand"),
                Found::Obstacle { place, what } => refused.obstacle(place, what),
            }
        }
        refused.error().map_or(Ok(plan), Err)
    }
}

/// What is in the way and why, by place.
#[derive(Default)]
struct Refused {
    files: BTreeMap<Utf8PathBuf, &'static str>,
    obstacles: BTreeMap<Utf8PathBuf, &'static str>,
}

impl Refused {
    fn file(&mut self, place: Utf8PathBuf, why: &'static str) {
        self.files.insert(place, why);
    }

    fn obstacle(&mut self, place: Utf8PathBuf, why: &'static str) {
        self.obstacles.insert(place, why);
    }

    fn error(self) -> Option<Error> {
        let help = match (self.files.is_empty(), self.obstacles.is_empty()) {
            (true, true) => return None,
            (false, true) => "bring what you need of them into the code or keep it elsewhere, then render with --force",
            (true, false) => "move them away, then render again",
            (false, false) => {
                "move links and folders away, keep what you need of the files elsewhere, then render with --force"
            }
        };
        let count = counted(self.files.len() + self.obstacles.len(), "path");
        let mut message = format!("nothing is written, since {count} cannot be overwritten:");
        for (place, why) in self.files.iter().chain(&self.obstacles) {
            _ = write!(message, "\n{place} {why}");
        }
        Some(Error::new(message, help))
    }
}
