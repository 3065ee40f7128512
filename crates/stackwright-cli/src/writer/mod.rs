//! The writer: it owns only what it wrote.
//!
//! A manifest of digests in the tree says what that is. Everything in the way is found before anything is changed. Then every
//! new file is written whole into a staging folder; the manifest is replaced by one that also knows the new files; stale
//! files are removed, the new ones are renamed into place, and the manifest is replaced by the final one. A full disk
//! shows itself in the first step, when the tree is still as it was, and a render that is killed at any point leaves
//! whole files that the next one knows as its own.
//!
//! Nothing is flushed to the medium: that protects from a power cut, costs more than everything else together, and git
//! has the files.

pub mod disk;
mod manifest;
mod plan;

use std::collections::HashSet;
use std::fs::{self, TryLockError};
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Error, File, render};

use disk::Found;
#[cfg(any(feature = "program", feature = "seal"))]
pub use manifest::digest;
pub use manifest::{Manifest, hex};
use plan::Plan;

use crate::tree::Tree;
use crate::{report, secrets};

/// Where new files are written before they are renamed into place. What a killed render leaves there, the next removes.
const STAGING: &str = ".stackwright-staging";

/// A folder that one render at a time writes to.
pub struct Folder {
    root: Utf8PathBuf,
    /// The folder itself is what is locked, so that no lock's file is left behind; the lock ends with this value or its process.
    _lock: fs::File,
}

/// What a write did.
pub struct Changes {
    /// How many files were written, or given their mode.
    pub written: usize,
    /// How many files were as they should be and not touched.
    pub unchanged: usize,
    /// How many files were removed.
    pub removed: usize,
    /// Folders of secret material that no cluster reads any more. They stay, and stay ignored by git.
    pub kept: Vec<Utf8PathBuf>,
}

impl Folder {
    /// The folder, made if need be. Waits for another render that is writing to it.
    pub fn locked(root: &Utf8Path) -> Result<Self, Error> {
        if fs::metadata(root).is_ok_and(|metadata| !metadata.is_dir()) {
            return Err(Error::new(format!("{root} is a file, not a folder"), "choose another folder"));
        }
        fs::create_dir_all(root).map_err(|error| disk::failed("create the folder", root, error))?;
        let folder = fs::File::open(root).map_err(|error| disk::failed("open", root, error))?;
        if let Err(TryLockError::WouldBlock) = folder.try_lock() {
            report::note(&format!("waiting for another render into {root}"));
            // Where a file system has no locks, two renders at once still leave whole files.
            _ = folder.lock();
        }
        Ok(Self { root: root.to_owned(), _lock: folder })
    }

    /// Makes the folder hold a tree. What is in the way and was not written by a render is refused by name, or overwritten by force.
    pub fn write(&self, tree: &Tree, force: bool) -> Result<Changes, Error> {
        let (text, before) = manifest(&self.root)?;
        let plan = Plan::new(&self.root, tree, &before, force)?;
        let after = before.after(tree);

        // Everything is written before anything is changed.
        let staging = Staging::new(&self.root)?;
        let staged = plan.write.iter().map(|file| staging.file(&file.path, &file.text, file.executable));
        let staged = staged.collect::<Result<Vec<_>, _>>()?;
        let moves = !staged.is_empty() || !plan.remove.is_empty();
        let both = moves.then(|| before.or(&after).to_string()).filter(|both| text.as_ref() != Some(both));
        let last = Some(after.to_string()).filter(|last| both.as_ref().or(text.as_ref()) != Some(last));
        let manifest =
            |text: Option<String>| text.map(|text| staging.file(Manifest::PATH.into(), &text, false)).transpose();
        let (both, last) = (manifest(both)?, manifest(last)?);

        both.map_or(Ok(()), Staged::put)?;
        // Before the new files: one may go where a folder comes.
        let (removed, kept) = self.remove(&plan.remove)?;
        for file in staged {
            file.put()?;
        }
        for file in &plan.set_mode {
            disk::set_executable(&self.root.join(&file.path), file.executable)?;
        }
        last.map_or(Ok(()), Staged::put)?;
        Ok(Changes { written: plan.write.len() + plan.set_mode.len(), unchanged: plan.unchanged, removed, kept })
    }

    /// Puts files there that are a person's own from now on: all of them, or none. Nothing is written over what is there, except what is the same.
    // Only commands of the program `stackwright` make such files.
    #[cfg_attr(not(feature = "program"), allow(dead_code))]
    pub fn add(&self, files: &[File]) -> Result<(), Error> {
        let mut folders = HashSet::new();
        let mut new = Vec::new();
        for file in files {
            match disk::found(&self.root, &file.path, &mut folders)? {
                Found::Nothing => new.push(file),
                Found::File { content, .. } if content == file.text.as_bytes() => {}
                Found::File { .. } => {
                    return Err(taken(&self.root.join(&file.path), "is there, and has something else"));
                }
                Found::Obstacle { place, what } => return Err(taken(&place, what)),
            }
        }
        let staging = Staging::new(&self.root)?;
        let staged = new.into_iter().map(|file| staging.file(&file.path, &file.text, file.executable));
        staged.collect::<Result<Vec<_>, _>>()?.into_iter().try_for_each(Staged::put)
    }

    /// Removes files, and the folders that this leaves empty. Returns how many there were, and the folders of secrets that
    /// still hold material.
    fn remove(&self, paths: &[Utf8PathBuf]) -> Result<(usize, Vec<Utf8PathBuf>), Error> {
        let (mut removed, mut kept) = (0, Vec::new());
        for path in paths {
            if let Some(folder) = guarded(path) {
                if holds_material(&self.root.join(folder)) {
                    kept.push(folder.to_owned());
                    continue;
                }
                _ = fs::remove_file(self.root.join(folder).join(secrets::LOCK));
            }
            let place = self.root.join(path);
            match fs::remove_file(&place) {
                Ok(()) => removed += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(disk::failed("remove", &place, error)),
            }
            let folders = path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty());
            for folder in folders {
                match fs::remove_dir(self.root.join(folder)) {
                    Err(error) if error.kind() != ErrorKind::NotFound => break,
                    _ => {}
                }
            }
        }
        Ok((removed, kept))
    }
}

/// The error of a new file whose place is taken.
#[cfg_attr(not(feature = "program"), allow(dead_code))]
fn taken(place: &Utf8Path, what: &str) -> Error {
    Error::new(format!("{place} {what}"), "move it away, or choose another folder: nothing was written")
}

/// The folder of a tree, if there is one.
pub fn existing(root: &Utf8Path) -> Result<&Utf8Path, Error> {
    if root.is_dir() {
        return Ok(root);
    }
    Err(Error::new(format!("there is no folder {root}"), format!("`render --out {root}` writes it")))
}

/// The manifest of a tree, and its text; none where nothing was rendered yet.
pub fn manifest(root: &Utf8Path) -> Result<(Option<String>, Manifest), Error> {
    let place = root.join(Manifest::PATH);
    let text = disk::text(&place)?;
    let manifest = text.as_deref().map_or(Ok(Manifest::default()), |text| Manifest::parsed(text, &place))?;
    Ok((text, manifest))
}

/// The folder of secrets that git ignores because of this file.
fn guarded(path: &Utf8Path) -> Option<&Utf8Path> {
    let folder = path.parent()?;
    (path.file_name() == Some(".gitignore") && folder.file_name() == Some(render::SECRETS)).then_some(folder)
}

/// Whether anything lies in a folder of secrets besides what is rendered, and the lock of those who make material.
fn holds_material(folder: &Utf8Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| secrets::NO_MATERIAL.iter().all(|name| entry.file_name() != *name))
}

/// The staging folder, made when the first file is written to it and removed at the end.
struct Staging<'a> {
    root: &'a Utf8Path,
    folder: Utf8PathBuf,
    count: std::cell::Cell<usize>,
}

/// A file that is written and not yet in its place.
struct Staged {
    from: Utf8PathBuf,
    to: Utf8PathBuf,
}

impl<'a> Staging<'a> {
    fn new(root: &'a Utf8Path) -> Result<Self, Error> {
        let folder = root.join(STAGING);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(disk::failed("remove", &folder, error)),
            _ => Ok(Self { root, folder, count: 0.into() }),
        }
    }

    fn file(&self, path: &Utf8Path, text: &str, executable: bool) -> Result<Staged, Error> {
        let to = self.root.join(path);
        let number = self.count.replace(self.count.get() + 1);
        if number == 0 {
            fs::create_dir(&self.folder).map_err(|error| disk::failed("write", &to, error))?;
        }
        let from = self.folder.join(number.to_string());
        disk::write_new(&from, text, executable, &to)?;
        Ok(Staged { from, to })
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        if self.count.get() > 0 {
            // What cannot be removed now, the next render removes.
            _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Staged {
    fn put(self) -> Result<(), Error> {
        let moved = fs::rename(&self.from, &self.to).or_else(|_| {
            fs::create_dir_all(self.to.parent().unwrap_or(&self.to))?;
            fs::rename(&self.from, &self.to)
        });
        moved.map_err(|error| disk::failed("write", &self.to, error))
    }
}
