//! The texts that arguments name: files, folders, standard input.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read as _};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use stackwright::{Error, yaml};

use crate::writer::disk;

/// A text, and the name that people know it by.
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
    /// Files of the folders that a kustomization changes others by: parts of objects, and no objects.
    pub patches: HashSet<String>,
    /// What was left out, or is not as it looks.
    pub notes: Vec<String>,
}

/// The argument that names standard input.
pub const STDIN: &str = "-";

const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

impl Inputs {
    /// The texts of files as they are named, of all manifests in folders, and of standard input where there is `-`.
    pub fn read(paths: &[Utf8PathBuf]) -> Result<Self, Error> {
        let mut inputs = Self::default();
        for path in paths {
            if path == STDIN {
                let mut bytes = Vec::new();
                let read = io::stdin().read_to_end(&mut bytes);
                read.map_err(|error| disk::failed("read", "standard input".into(), &error))?;
                inputs.sources.push(Source { text: text(bytes, "<stdin>")?, name: "<stdin>".to_owned() });
            } else if fs::metadata(path).map_err(|error| disk::failed("read", path, &error))?.is_dir() {
                inputs.folder(path)?;
            } else {
                inputs.file(path)?;
            }
        }
        // A file that is named, and is in a folder that is named, is one.
        let mut seen = HashSet::new();
        let named: HashSet<_> = paths.iter().map(|path| plain(path)).collect();
        inputs.sources.retain(|source| {
            let is_part = inputs.patches.contains(&source.name) && !named.contains(&source.name);
            !is_part && seen.insert(source.name.clone())
        });
        Ok(inputs)
    }

    fn file(&mut self, path: &Utf8Path) -> Result<(), Error> {
        let bytes = fs::read(path).map_err(|error| disk::failed("read", path, &error))?;
        let name = path.strip_prefix("./").unwrap_or(path).to_string();
        self.sources.push(Source { text: text(bytes, &name)?, name });
        Ok(())
    }

    /// The manifests of a folder and those below it, in the order of their names. Hidden ones, charts and files of anything else than
    /// objects are left out.
    fn folder(&mut self, folder: &Utf8Path) -> Result<(), Error> {
        if folder.join("Chart.yaml").is_file() {
            let note =
                format!("{folder} is a Helm chart, left out: `helm template {folder} | stackwright check -` checks it");
            self.notes.push(note);
            return Ok(());
        }
        let failed = |error: io::Error| disk::failed("read", folder, &error);
        let entries = folder.read_dir_utf8().map_err(failed)?.collect::<Result<Vec<_>, _>>();
        let mut entries = entries.map_err(failed)?;
        entries.sort_by(|a, b| a.file_name().cmp(b.file_name()));
        for entry in entries {
            let path = entry.path();
            if entry.file_name().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(failed)?.is_dir() {
                self.folder(path)?;
            } else if KUSTOMIZATIONS.contains(&entry.file_name()) {
                self.kustomization(path)?;
            } else if matches!(path.extension(), Some("yaml" | "yml" | "json")) {
                self.file(path)?;
                self.sources.pop_if(|source| !is_manifest(&source.text));
            }
        }
        Ok(())
    }

    fn kustomization(&mut self, path: &Utf8Path) -> Result<(), Error> {
        /// What changes nothing in the files that are listed, and makes nothing but what render makes.
        const PLAIN: [&str; 7] =
            ["apiVersion", "generatorOptions", "kind", "metadata", "resources", "secretGenerator", "sortOptions"];
        let text = fs::read_to_string(path).map_err(|error| disk::failed("read", path, &error))?;
        let documents = yaml::read(&text).map(|stream| stream.documents).unwrap_or_default();
        let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(".".into());
        self.patches.extend(documents.iter().flat_map(|document| patches(folder, document)));
        let mut fields = documents.iter().flat_map(yaml::Node::entries);
        if let Some(field) = fields.find(|entry| !PLAIN.contains(&entry.key.as_str())) {
            self.is_kustomized = true;
            self.notes.push(format!(
                "{path} has {}: `kubectl kustomize {folder} | stackwright check -` checks what it makes",
                field.key
            ));
        }
        Ok(())
    }
}

/// The files by which a kustomization changes its objects.
fn patches(folder: &Utf8Path, kustomization: &yaml::Node) -> Vec<String> {
    let fields =
        ["patches", "patchesJson6902", "patchesStrategicMerge", "replacements", "transformers", "configurations"];
    let listed = fields.iter().filter_map(|field| kustomization.get(field)).flat_map(yaml::Node::items);
    let paths = listed.filter_map(|one| one.text().or_else(|| one.get("path")?.text()));
    paths.map(|path| plain(&folder.join(path))).collect()
}

/// A path without steps back and forth, as a source is named.
fn plain(path: &Utf8Path) -> String {
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
    let has = |node: &yaml::Node, keys: &[&str]| keys.iter().all(|key| node.get(key).is_some());
    match yaml::read(text) {
        Ok(stream) => stream
            .documents
            .iter()
            .any(|document| has(document, &["kind"]) || has(document, &["apiVersion", "metadata"])),
        Err(_) => text.contains("apiVersion") && text.contains("kind"),
    }
}
