//! What the writer does on a disk. Each error names the file, the operation and the system's reason.

use std::collections::HashSet;
use std::env;
use std::fs::{self, Metadata, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::Error;

/// What lies at a path of a tree.
pub enum Found {
    Nothing,
    File {
        content: Vec<u8>,
        executable: bool,
    },
    /// Something that is no file, here or on the way here.
    Obstacle {
        place: Utf8PathBuf,
        what: &'static str,
    },
}

/// What lies at a path below a root. `folders` remembers which folders, by their paths below it, were seen to be real ones.
pub fn found<'p>(root: &Utf8Path, path: &'p Utf8Path, folders: &mut HashSet<&'p str>) -> Result<Found, Error> {
    let is_unseen = |folder: &&Utf8Path| !folder.as_str().is_empty() && !folders.contains(folder.as_str());
    let mut unseen: Vec<_> = path.ancestors().skip(1).take_while(is_unseen).collect();
    while let Some(folder) = unseen.pop() {
        let place = root.join(folder);
        match kind(&place)? {
            None => return Ok(Found::Nothing),
            Some(metadata) if metadata.is_dir() => _ = folders.insert(folder.as_str()),
            Some(metadata) if metadata.is_symlink() => return Ok(Found::Obstacle { place, what: SYMLINK }),
            Some(_) => return Ok(Found::Obstacle { place, what: "is a file where a folder goes" }),
        }
    }
    let place = root.join(path);
    let what = match kind(&place)? {
        None => return Ok(Found::Nothing),
        Some(metadata) if metadata.is_file() => {
            let content = fs::read(&place).map_err(|error| failed("read", &place, error))?;
            return Ok(Found::File { content, executable: is_executable(&metadata) });
        }
        Some(metadata) if metadata.is_symlink() => SYMLINK,
        Some(metadata) if metadata.is_dir() => "is a folder where a file goes",
        Some(_) => "is no regular file",
    };
    Ok(Found::Obstacle { place, what })
}

/// The text of a file, if it is there.
pub fn text(place: &Utf8Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(place) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(failed("read", place, error)),
    }
}

/// The names of what lies in a folder, and whether each is a folder itself; nothing where there is no folder.
pub fn entries(folder: &Utf8Path) -> Result<Vec<(String, bool)>, Error> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let named = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        Ok((entry.file_name().to_string_lossy().into_owned(), entry.file_type()?.is_dir()))
    };
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(named).collect());
    entries.map_err(|error| failed("read", folder, error))
}

/// Whether a folder is there.
pub fn is_folder(place: &Utf8Path) -> bool {
    place.is_dir()
}

/// More than this is no file that anybody means to be read whole.
const MOST_BYTES: u64 = 256 << 20;

/// The bytes of a file, if it is there.
pub fn bytes(place: &Utf8Path) -> Result<Option<Vec<u8>>, Error> {
    let metadata = match fs::metadata(place) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(failed("read", place, error)),
    };
    if !metadata.is_file() || metadata.len() > MOST_BYTES {
        return Err(Error::new(format!("{place} is no file, or larger than 256 MiB"), "leave it out"));
    }
    fs::read(place).map(Some).map_err(|error| failed("read", place, error))
}

/// A folder for what another program leaves for us, which ends with this value.
pub struct Scratch(Utf8PathBuf);

impl Scratch {
    pub fn new() -> Result<Self, Error> {
        let folder = Utf8PathBuf::from_path_buf(env::temp_dir()).unwrap_or_else(|_| "/tmp".into());
        let mut number = [0; 8];
        _ = getrandom::fill(&mut number);
        let place = folder.join(format!("stackwright-{:016x}", u64::from_le_bytes(number)));
        fs::DirBuilder::new().mode(0o700).create(&place).map_err(|error| failed("create the folder", &place, error))?;
        Ok(Self(place))
    }

    pub fn path(&self) -> &Utf8Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

const SYMLINK: &str = "is a symbolic link, and nothing is written through one";

fn kind(place: &Utf8Path) -> Result<Option<Metadata>, Error> {
    match fs::symlink_metadata(place) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", place, error)),
    }
}

/// Writes a whole new file at `place`; errors name the `target` that it is for.
pub fn write_new(place: &Utf8Path, text: &str, executable: bool, target: &Utf8Path) -> Result<(), Error> {
    let written = fs::File::create_new(place).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions(executable))
    });
    written.map_err(|error| failed("write", target, error))
}

/// Puts text in the place of a file, whole or not at all, with the file's own mode.
pub fn replace(path: &Utf8Path, text: &str) -> Result<(), Error> {
    let failed = |error: io::Error| failed("write", path, error);
    // A link stays one: what it leads to is replaced.
    let target = path.canonicalize_utf8().map_err(failed)?;
    let staged = target.with_file_name(format!(".{}.stackwright", target.file_name().unwrap_or_default()));
    let written = fs::write(&staged, text)
        .and_then(|()| fs::set_permissions(&staged, fs::metadata(&target)?.permissions()))
        .and_then(|()| fs::rename(&staged, &target));
    if written.is_err() {
        _ = fs::remove_file(&staged);
    }
    written.map_err(failed)
}

/// Gives a file the mode that it should have.
pub fn set_executable(place: &Utf8Path, executable: bool) -> Result<(), Error> {
    fs::set_permissions(place, permissions(executable)).map_err(|error| failed("change the mode of", place, error))
}

/// Modes are exact, whatever the umask.
fn permissions(executable: bool) -> Permissions {
    Permissions::from_mode(if executable { 0o755 } else { 0o644 })
}

/// Whether its owner may run it. That is all that git keeps of a mode, so all that a checkout can be held to.
pub fn is_executable(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o100 != 0
}

/// The error of an operation on a file.
pub fn failed(operation: &str, place: &Utf8Path, error: io::Error) -> Error {
    let help = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space, then run it again: no file is left half written"
        }
        ErrorKind::NotFound => "check how its path is written",
        ErrorKind::PermissionDenied => "get the right to do so, or choose another folder",
        ErrorKind::ReadOnlyFilesystem => "choose a folder that can be written to",
        _ => "see to the cause, then run it again: no file is left half written",
    };
    Error::io(format!("cannot {operation} {place}"), help, error).at(place)
}
