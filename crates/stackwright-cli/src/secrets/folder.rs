use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Cluster, Error, render::SECRETS};

use super::declared::{SEALED, SEALED_SUFFIX};

pub(super) use rights::mode;
use rights::{new_folder, options, set_mode};

pub const LOCK: &str = ".lock";

/// What was sealed or opened last.
pub(super) const MEMORY: &str = ".sealed";

/// Files at the top of the folder that are no material: the renderer's two, the lock, and what was sealed.
pub const NO_MATERIAL: [&str; 4] = [".gitignore", "kustomization.yaml", LOCK, MEMORY];

/// A cluster's folder of secret material. All that touches the disk is here.
///
/// Symbolic links in it are refused, and that it or the cluster's folder is one: a tree that was cloned from elsewhere must
/// not choose where material is written.
pub(super) struct Folder {
    top: Utf8PathBuf,
}

impl Folder {
    pub fn of(root: &Utf8Path, cluster: &Cluster) -> Self {
        Self { top: root.join(&cluster.name).join(SECRETS) }
    }

    /// The path of something in the folder, as people see it.
    pub fn path(&self, inside: &Utf8Path) -> Utf8PathBuf {
        // Joining nothing would end the path with a slash, and then a symbolic link is followed.
        if inside.as_str().is_empty() { self.top.clone() } else { self.top.join(inside) }
    }

    /// Waits until no other run writes here; the folder is made if need be. The lock goes when the file is dropped.
    pub fn lock(&self) -> Result<File, Error> {
        let cluster = self.top.parent().unwrap_or(&self.top);
        match fs::symlink_metadata(cluster) {
            Ok(metadata) if metadata.is_symlink() => return Err(in_the_way(cluster, "a symbolic link")),
            _ => fs::create_dir_all(cluster).map_err(|error| failed("made", cluster, error))?,
        }
        let file = Utf8Path::new(LOCK);
        self.open_folders(file)?;
        self.metadata(file)?;
        let path = self.path(file);
        let lock =
            options().create(true).truncate(false).open(&path).map_err(|error| failed("opened", &path, error))?;
        lock.lock().map_err(|error| failed("locked", &path, error))?;
        Ok(lock)
    }

    /// A file's metadata, if it is there.
    pub fn metadata(&self, file: &Utf8Path) -> Result<Option<Metadata>, Error> {
        for folder in folders(file) {
            match self.unlinked(folder)? {
                Some(metadata) if metadata.is_dir() => {}
                Some(_) => return Err(in_the_way(&self.path(folder), "not a folder")),
                None => return Ok(None),
            }
        }
        match self.unlinked(file)? {
            Some(metadata) if !metadata.is_file() => Err(in_the_way(&self.path(file), "not a file")),
            metadata => Ok(metadata),
        }
    }

    /// What a file holds.
    pub fn read(&self, file: &Utf8Path) -> Result<Vec<u8>, Error> {
        let path = self.path(file);
        fs::read(&path).map_err(|error| failed("read", &path, error))
    }

    /// Every file of the folder that could be material, sorted. Links are not followed.
    pub fn files(&self) -> Result<Vec<Utf8PathBuf>, Error> {
        let mut files = Vec::new();
        let mut folders: Vec<_> = self.unlinked(Utf8Path::new(""))?.map(|_| self.top.clone()).into_iter().collect();
        while let Some(folder) = folders.pop() {
            let entries = folder.read_dir_utf8().and_then(Iterator::collect::<io::Result<Vec<_>>>);
            for entry in entries.map_err(|error| failed("read", &folder, error))? {
                let path = entry.path().to_owned();
                if entry.file_type().map_err(|error| failed("read", &path, error))?.is_dir() {
                    folders.push(path);
                } else if let Ok(file) = path.strip_prefix(&self.top) {
                    files.push(file.to_owned());
                }
            }
        }
        files.retain(|file| !NO_MATERIAL.contains(&file.as_str()) && !file.starts_with(SEALED));
        files.sort();
        Ok(files)
    }

    /// The files of what is sealed, sorted.
    pub fn sealed(&self) -> Result<Vec<Utf8PathBuf>, Error> {
        let folder = Utf8Path::new(SEALED);
        if !self.unlinked(folder)?.is_some_and(|metadata| metadata.is_dir()) {
            return Ok(Vec::new());
        }
        let path = self.path(folder);
        let entries = path.read_dir_utf8().and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|error| failed("read", &path, error))?;
        let mut files: Vec<_> = entries.iter().map(|entry| folder.join(entry.file_name())).collect();
        files.retain(|file| file.as_str().ends_with(SEALED_SUFFIX));
        files.sort();
        Ok(files)
    }

    /// Writes new files: each appears whole, and none over one that exists.
    pub fn create(&self, files: &[(&Utf8Path, impl AsRef<[u8]>)]) -> Result<(), Error> {
        self.write(files, |from, to| fs::hard_link(from, to))
    }

    /// Writes files over those that exist: each changes at once. They are all on the disk before the first changes.
    pub fn replace(&self, files: &[(&Utf8Path, impl AsRef<[u8]>)]) -> Result<(), Error> {
        self.write(files, |from, to| fs::rename(from, to))
    }

    fn write(
        &self,
        files: &[(&Utf8Path, impl AsRef<[u8]>)],
        put: impl Fn(&Utf8Path, &Utf8Path) -> io::Result<()>,
    ) -> Result<(), Error> {
        let all = || {
            for (file, contents) in files {
                self.open_folders(file)?;
                let path = self.temporary(file);
                write_private(&path, contents.as_ref()).map_err(|error| failed("written", &path, error))?;
            }
            for (file, _) in files {
                let path = self.path(file);
                put(&self.temporary(file), &path).map_err(|error| failed("written", &path, error))?;
            }
            Ok(())
        };
        let result = all();
        for (file, _) in files {
            // It is gone if it was renamed; one that stays is cleared by the next run.
            _ = fs::remove_file(self.temporary(file));
        }
        result
    }

    /// Takes the rights of others on these files and the folders they lie in, and clears what a killed run left beside them.
    ///
    /// Returns the files that were open, each with the mode that it had. Folders are as a clone leaves them: that is no news.
    pub fn close<'a>(&self, files: impl Iterator<Item = &'a Utf8Path>) -> Result<Vec<(Utf8PathBuf, u32)>, Error> {
        let mut closed = Vec::new();
        for file in files {
            self.open_folders(file)?;
            _ = fs::remove_file(self.temporary(file));
            if let Some(metadata) = self.metadata(file)?.filter(open_to_others) {
                let path = self.path(file);
                set_mode(&path, 0o600).map_err(|error| failed("closed to others", &path, error))?;
                closed.push((path, mode(&metadata)));
            }
        }
        Ok(closed)
    }

    /// Sees to it that the folders a file lies in are there, and their owner's alone.
    fn open_folders(&self, file: &Utf8Path) -> Result<(), Error> {
        for folder in folders(file) {
            let path = self.path(folder);
            let made = match self.unlinked(folder)? {
                Some(metadata) if !metadata.is_dir() => return Err(in_the_way(&path, "not a folder")),
                Some(metadata) if !open_to_others(&metadata) => continue,
                Some(_) => Ok(()),
                None => match new_folder(&path) {
                    // Another run made it meanwhile.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                    made => made,
                },
            };
            made.and_then(|()| set_mode(&path, 0o700)).map_err(|error| failed("made private", &path, error))?;
        }
        Ok(())
    }

    /// Metadata of something in the folder that is no symbolic link, if it is there.
    fn unlinked(&self, inside: &Utf8Path) -> Result<Option<Metadata>, Error> {
        let path = self.path(inside);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => Err(in_the_way(&path, "a symbolic link")),
            Ok(metadata) => Ok(Some(metadata)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", &path, error)),
        }
    }

    fn temporary(&self, file: &Utf8Path) -> Utf8PathBuf {
        self.path(Utf8Path::new(&format!("{file}~")))
    }
}

/// The folders that a file lies in, outermost first; the empty path is the folder of all material.
fn folders(file: &Utf8Path) -> Vec<&Utf8Path> {
    let mut folders: Vec<_> = file.ancestors().skip(1).collect();
    folders.reverse();
    folders
}

/// Writes a new file that its owner alone may read, and waits until it is on the disk.
fn write_private(path: &Utf8Path, contents: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options().create_new(true).open(path)?;
    // Before it holds anything, and whatever the umask made of it.
    set_mode(path, 0o600)?;
    file.write_all(contents)?;
    file.sync_all()
}

/// Whether others than the owner may do anything with it.
pub(super) fn open_to_others(metadata: &Metadata) -> bool {
    mode(metadata) & 0o077 != 0
}

fn in_the_way(path: &Utf8Path, what: &str) -> Error {
    Error::new(
        format!("{path} is {what}"),
        "material is kept in plain files and folders, where no link can lead it elsewhere: move it away",
    )
}

fn failed(done: &str, path: &Utf8Path, error: io::Error) -> Error {
    let help = "see to it that you own the folder and may write there, and that its disk has room";
    Error::io(format!("{path} cannot be {done}"), help, error).at(path)
}

#[cfg(unix)]
mod rights {
    use std::fs::{DirBuilder, Metadata, OpenOptions, Permissions, set_permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};

    use camino::Utf8Path;

    pub fn options() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true).mode(0o600);
        options
    }

    pub fn new_folder(path: &Utf8Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)
    }

    pub fn mode(metadata: &Metadata) -> u32 {
        metadata.permissions().mode() & 0o7777
    }

    pub fn set_mode(path: &Utf8Path, mode: u32) -> io::Result<()> {
        set_permissions(path, Permissions::from_mode(mode))
    }
}

/// Elsewhere a folder passes its rights on to what is made in it, and there is no mode to set.
#[cfg(not(unix))]
mod rights {
    use std::fs::{Metadata, OpenOptions, create_dir};
    use std::io;

    use camino::Utf8Path;

    pub fn options() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true);
        options
    }

    pub fn new_folder(path: &Utf8Path) -> io::Result<()> {
        create_dir(path)
    }

    pub fn mode(_: &Metadata) -> u32 {
        0o600
    }

    pub fn set_mode(_: &Utf8Path, _: u32) -> io::Result<()> {
        Ok(())
    }
}
