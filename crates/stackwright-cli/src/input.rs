//! The texts that arguments name: files, folders, standard input.

mod kustomized;

use std::collections::HashSet;
use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::FileTypeExt as _;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use stackwright::{Error, yaml};

use crate::program;
use crate::writer::disk;
use kustomized::Readers;

pub use kustomized::KUSTOMIZATIONS;

/// A text, and the name that people know it by.
#[derive(Clone)]
pub struct Source {
    pub name: String,
    pub text: String,
}

/// What arguments name.
#[derive(Default)]
pub struct Inputs {
    pub sources: Vec<Source>,
    /// Whether there is a kustomization among them that makes something else of its files.
    pub is_kustomized: bool,
    /// Files of the folders that a kustomization changes others by, or puts into them: no objects.
    pub parts: HashSet<String>,
    /// What was left out, or is not as it looks.
    pub notes: Vec<String>,
}

/// The argument that names standard input.
pub const STDIN: &str = "-";

/// The root of the git repository that a folder is in, as it is reached from here, and the folder's path from there.
#[cfg(feature = "program")]
pub fn repository(folder: &Utf8Path) -> Option<(Utf8PathBuf, Utf8PathBuf)> {
    let place = folder.canonicalize_utf8().ok()?;
    let (steps, root) = place.ancestors().enumerate().find(|(_, above)| above.join(".git").exists())?;
    let up = folder.join("../".repeat(steps));
    Some((plain(&up).into(), place.strip_prefix(root).ok()?.to_owned()))
}

/// Whether an argument names something that can be read.
pub fn is_there(name: &str) -> bool {
    name == STDIN || Utf8Path::new(name).exists()
}

/// Standard input, for a command that was given nothing else, unless a person would have to type it.
pub fn piped(command: &str) -> Result<Utf8PathBuf, Error> {
    if !io::stdin().is_terminal() {
        return Ok(STDIN.into());
    }
    let help = format!("name files or folders, such as `{} {command} .`, or pipe manifests into it", program::name());
    Err(Error::new("no files are named, and nothing is piped in", help))
}

/// What to say where standard input is not read, and somebody may have meant it to be.
///
/// A program of clusters checks those unless it is told otherwise, as `cargo check` and `ruff check` do with a project: kubectl,
/// too, reads standard input only as `-`. To read whatever is there would make `check` in a `while read` loop swallow the
/// loop's list, wait for ever where a job's standard input stays open, and check nothing where it is empty.
pub fn unread(command: &str) -> Option<String> {
    let note = || format!("standard input was not read: `{} {command} -` reads it", program::name());
    may_be_piped().then(note)
}

/// Whether something may be piped in. It is not where standard input is a terminal, a device such as `/dev/null`, or a pipe that
/// was closed without a byte in it: that is what cron and CI give to programs.
fn may_be_piped() -> bool {
    let stdin = io::stdin();
    let file = stdin.as_fd().try_clone_to_owned().map(fs::File::from);
    let Ok(metadata) = file.and_then(|file| file.metadata()) else { return false };
    if !metadata.file_type().is_fifo() {
        return metadata.is_file() && metadata.len() > 0;
    }
    let mut pipe = [PollFd::new(&stdin, PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let is_known = poll(&mut pipe, Some(&now)).is_ok();
    let state = pipe[0].revents();
    // Who writes into an open pipe may only be slow.
    is_known && (state.contains(PollFlags::IN) || !state.contains(PollFlags::HUP))
}

impl Inputs {
    /// The texts of files as they are named, of all manifests in folders, and of standard input where there is `-`. What another program has to
    /// make first is piped into the command, which is what notes of it say.
    pub fn read(command: &str, paths: &[Utf8PathBuf]) -> Result<Self, Error> {
        let mut inputs = Self::default();
        let mut readers = Readers::default();
        for path in paths {
            if path == STDIN {
                let mut bytes = Vec::new();
                let read = io::stdin().read_to_end(&mut bytes);
                read.map_err(|error| disk::failed("read", "standard input".into(), error))?;
                inputs.sources.push(Source { text: text(bytes, "<stdin>")?, name: "<stdin>".to_owned() });
            } else if fs::metadata(path).map_err(|error| disk::failed("read", path, error))?.is_dir() {
                let before = inputs.sources.len();
                inputs.folder(command, path)?;
                if inputs.sources.len() == before && paths.len() > 1 {
                    inputs.notes.push(format!("{path} has no manifests"));
                }
            } else {
                inputs.named(command, path, &mut readers)?;
            }
        }
        // A file that is named, and is in a folder that is named, is one.
        let mut seen = HashSet::new();
        let named: HashSet<_> = paths.iter().map(|path| plain(path)).collect();
        inputs.sources.retain(|source| {
            let is_part = inputs.parts.contains(&source.name) && !named.contains(&source.name);
            !is_part && seen.insert(source.name.clone())
        });
        Ok(inputs)
    }

    /// A file that somebody named, perhaps by `*.yaml`. Whatever it holds can be formatted.
    fn named(&mut self, command: &str, path: &Utf8Path, readers: &mut Readers) -> Result<(), Error> {
        if command == "fmt" {
            return self.file(path);
        }
        if kustomized::is_kustomization(path) {
            self.kustomization(command, path, &disk::text(path)?.unwrap_or_default());
            return Ok(());
        }
        let Some(reader) = readers.of(path) else { return self.file(path) };
        self.is_kustomized = true;
        self.notes.push(format!(
            "{path} is a part of what {reader} makes, left out: `kubectl kustomize {} | {} {command} -` reads that",
            kustomized::folder(path),
            program::name(),
        ));
        Ok(())
    }

    fn file(&mut self, path: &Utf8Path) -> Result<(), Error> {
        let bytes = fs::read(path).map_err(|error| disk::failed("read", path, error))?;
        let name = path.strip_prefix("./").unwrap_or(path).to_string();
        self.sources.push(Source { text: text(bytes, &name)?, name });
        Ok(())
    }

    /// The manifests of a folder and those below it, in the order of their names. Hidden ones, charts and files of anything else than
    /// objects are left out.
    fn folder(&mut self, command: &str, folder: &Utf8Path) -> Result<(), Error> {
        if folder.join("Chart.yaml").is_file() {
            let note = format!(
                "{folder} is a Helm chart, left out: `helm template {folder} | {} {command} -` reads it",
                program::name()
            );
            self.notes.push(note);
            return Ok(());
        }
        let failed = |error: io::Error| disk::failed("read", folder, error);
        let entries = folder.read_dir_utf8().map_err(failed)?.collect::<Result<Vec<_>, _>>();
        let mut entries = entries.map_err(failed)?;
        entries.sort_by(|a, b| a.file_name().cmp(b.file_name()));
        for entry in entries {
            let path = entry.path();
            if entry.file_name().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(failed)?.is_dir() {
                self.folder(command, path)?;
            } else if KUSTOMIZATIONS.contains(&entry.file_name()) {
                self.kustomization(command, path, &disk::text(path)?.unwrap_or_default());
            } else if matches!(path.extension(), Some("yaml" | "yml" | "json")) {
                self.file(path)?;
                self.sources.pop_if(|source| !is_manifest(&source.text));
            }
        }
        Ok(())
    }

    fn kustomization(&mut self, command: &str, path: &Utf8Path, text: &str) {
        /// What changes nothing in the files that are listed, and makes nothing but what render makes.
        const PLAIN: [&str; 7] =
            ["apiVersion", "generatorOptions", "kind", "metadata", "resources", "secretGenerator", "sortOptions"];
        let documents = kustomized::documents(text);
        let folder = kustomized::folder(path);
        self.parts.extend(documents.iter().flat_map(|document| kustomized::parts(folder, document)));
        let mut fields = documents.iter().flat_map(yaml::Node::entries);
        if let Some(field) = fields.find(|entry| !PLAIN.contains(&entry.key.as_str())) {
            self.is_kustomized = true;
            self.notes.push(format!(
                "{path} has {}: `kubectl kustomize {folder} | {} {command} -` reads what it makes",
                field.key,
                program::name(),
            ));
        }
    }

    /// The manifests among texts that are at no path here, as a folder with them would give them.
    pub fn of_texts(command: &str, texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut inputs = Self::default();
        for (name, text) in texts {
            let path = Utf8Path::new(&name);
            if KUSTOMIZATIONS.contains(&path.file_name().unwrap_or_default()) {
                inputs.kustomization(command, path, &text);
            } else if matches!(path.extension(), Some("yaml" | "yml" | "json")) && is_manifest(&text) {
                inputs.sources.push(Source { name, text });
            }
        }
        let parts = std::mem::take(&mut inputs.parts);
        inputs.sources.retain(|source| !parts.contains(&source.name));
        inputs
    }
}

/// A path without steps back and forth, as a source is named.
pub fn plain(path: &Utf8Path) -> String {
    let mut plain = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if plain.file_name().is_some() => _ = plain.pop(),
            other => plain.push(other),
        }
    }
    plain.into_string()
}

/// The text of a file, if it is one.
fn text(bytes: Vec<u8>, name: &str) -> Result<String, Error> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let help = "save it as UTF-8; in PowerShell: `Get-Content FILE | Set-Content -Encoding utf8 NEW`";
        return Err(Error::new(format!("{name} is UTF-16, and manifests are UTF-8"), help));
    }
    if bytes[..at].contains(&0) {
        return Err(Error::new(format!("{name} is no text"), "leave it out"));
    }
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    let begin = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
    let column = String::from_utf8_lossy(&bytes[begin..at]).chars().count() + 1;
    Err(Error::new(
        format!("{name}:{line}:{column}: the byte 0x{:02X} is no UTF-8", bytes[at]),
        "save the file as UTF-8; if it is from Windows: `iconv -f WINDOWS-1252 -t UTF-8 FILE`",
    ))
}

/// Whether a text that nobody named is meant as manifests, and not as values, a workflow or another tool's configuration.
fn is_manifest(text: &str) -> bool {
    // Most are written so, which is seen without reading them.
    if ["apiVersion:", "kind:"].iter().all(|key| text.lines().any(|line| line.starts_with(key))) {
        return true;
    }
    let has = |node: &yaml::Node, keys: &[&str]| keys.iter().all(|key| node.get(key).is_some());
    match yaml::read(text) {
        Ok(stream) => stream
            .documents
            .iter()
            .any(|document| has(document, &["kind"]) || has(document, &["apiVersion", "metadata"])),
        Err(_) => text.contains("apiVersion") && text.contains("kind"),
    }
}
