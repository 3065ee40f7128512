//! Material that git may have: encrypted for the people who are to have it, in files that `sops` and Flux read too.
//!
//! A Secret is a file of its own, `sealed/<namespace>.<name>.sops.yaml`; what only hosts are given is in `sealed/hosts.sops.yaml`. Two
//! people who change two secrets so change two files.

mod memory;
mod sops;

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;
use stackwright::{Cluster, Error, Key, SecretSpec, yaml};

use super::declared::{self, Declared, SEALED};
use super::folder::Folder;
use crate::report::counted;
use memory::Memory;

/// What is sealed in one file.
struct Part<'a> {
    file: Utf8PathBuf,
    /// None for what only hosts are given.
    secret: Option<&'a SecretSpec>,
    keys: Vec<&'a Key>,
}

impl Part<'_> {
    /// What a key is called in the file: several of the hosts' may have one name.
    fn name<'k>(&self, key: &'k Key) -> &'k str {
        if self.secret.is_some() { &key.name } else { key.file.as_str() }
    }
}

/// Encrypts a cluster's material for recipients; for those of the last time, if none is named. Returns what to tell the person who asked.
/// What is as it was sealed last is not encrypted again.
///
/// # Errors
/// When material is missing, nobody is named to seal for, or a file was sealed elsewhere since: then nothing was written.
pub fn seal(
    root: &Utf8Path,
    cluster: &Cluster,
    recipients: &[String],
    force: bool,
    now: SystemTime,
) -> Result<Vec<String>, Error> {
    let folder = Folder::of(root, cluster);
    let parts = parts(cluster)?;
    if parts.is_empty() {
        return Ok(vec![format!("{} declares no secret", cluster.name)]);
    }
    let _lock = folder.lock()?;
    let recipients = whom(&folder, &parts, recipients)?;
    let mut memory = Memory::read(&folder)?;
    let (mut files, mut missing, mut strange) = (Vec::new(), Vec::new(), Vec::new());
    for part in &parts {
        let mut values = Vec::new();
        for key in &part.keys {
            match folder.metadata(&key.file)? {
                Some(_) => values.push((*key, folder.read(&key.file)?)),
                None => missing.push(folder.path(&key.file).into_string()),
            }
        }
        if let Some(old) = content(&folder, &part.file)? {
            let is_known = memory.knows(&part.file, &old);
            let is_same = values.iter().all(|(key, value)| memory.knows(&key.file, value));
            if is_known && is_same && recipients_of(&folder, &part.file, old)? == recipients {
                continue;
            }
            if !is_known {
                strange.push(folder.path(&part.file).into_string());
            }
        }
        let plain = values.iter().map(|(key, value)| (part.name(key), value.as_slice()));
        let sealed = sops::sealed(part.secret, plain, &recipients, now)?;
        memory.remember(&part.file, sealed.as_bytes());
        values.iter().for_each(|(key, value)| memory.remember(&key.file, value));
        files.push((part.file.as_path(), sealed));
    }
    if !missing.is_empty() {
        let help = "`render --out` makes what is made here, and says what is yours to write";
        return Err(Error::new(format!("nothing is sealed, as there is no {}", missing.join(", ")), help));
    }
    if !strange.is_empty() && !force {
        return Err(Error::new(
            format!("nothing is sealed, as these were sealed elsewhere since: {}", strange.join(", ")),
            "`secrets open` brings what is in them; --force overwrites them with what is here",
        ));
    }
    let sealed: Vec<_> = files.iter().map(|(file, _)| format!("sealed {}", folder.path(file))).collect();
    let kustomization = Utf8PathBuf::from(SEALED).join("kustomization.yaml");
    let listed = list(&parts)?;
    if content(&folder, &kustomization)?.as_deref() != Some(listed.as_bytes()) {
        files.push((kustomization.as_path(), listed));
    }
    // Last: were it there before the others, what is half done would be taken for theirs.
    let (memory_file, memory) = memory.file();
    if !files.is_empty() {
        files.push((memory_file, memory));
    }
    folder.replace(&files)?;
    let left = (parts.len() - sealed.len(), parts.len());
    let as_before = (left.0 > 0).then(|| format!("as it was sealed: {} of {}", left.0, counted(left.1, "file")));
    let people = format!("who can open them: {}", recipients.join(", "));
    Ok(sealed.into_iter().chain(as_before).chain([people]).collect())
}

/// Decrypts what is sealed of a cluster's material, with the identities of a key file's text. Returns what to tell the person who asked.
///
/// # Errors
/// When a file cannot be opened, or something here was neither sealed nor opened last: then nothing was written.
pub fn open(root: &Utf8Path, cluster: &Cluster, identities: &str, force: bool) -> Result<Vec<String>, Error> {
    let folder = Folder::of(root, cluster);
    let parts = parts(cluster)?;
    let identities = sops::identities(identities)?;
    let _lock = folder.lock()?;
    let mut memory = Memory::read(&folder)?;
    let (mut values, mut notes): (BTreeMap<&Utf8Path, Vec<u8>>, Vec<String>) = (BTreeMap::new(), Vec::new());
    let mut is_sealed = false;
    for part in &parts {
        let Some(sealed) = content(&folder, &part.file)? else { continue };
        is_sealed = true;
        memory.remember(&part.file, &sealed);
        let place = folder.path(&part.file);
        let opened = sops::opened(&text(&folder, &part.file, sealed)?, &identities);
        let mut opened = opened.map_err(|error| error.at(&place))?;
        for key in &part.keys {
            let Some(value) = opened.remove(part.name(key)) else {
                notes.push(format!("{place} has no {}: seal it where it is", part.name(key)));
                continue;
            };
            if values.insert(&key.file, value.clone()).is_some_and(|other| other != value) {
                let fact = format!("{place} holds another {} than the secret that shares it", key.file);
                return Err(Error::new(fact, "change it in both files, or in the material and seal it again"));
            }
        }
    }
    if !is_sealed {
        let help = "`secrets seal` does that, on a machine that has the material";
        return Err(Error::new(format!("nothing is sealed of {}", cluster.name), help));
    }
    let (mut files, mut own) = (Vec::new(), Vec::new());
    for (file, value) in &values {
        let here = content(&folder, file)?;
        if here.as_ref() != Some(value) {
            if here.is_some_and(|here| !memory.knows(file, &here)) {
                own.push(folder.path(file).into_string());
            }
            files.push((*file, value.clone()));
        }
    }
    if !own.is_empty() && !force {
        return Err(Error::new(
            format!("nothing is opened, as these are neither what is sealed nor what was: {}", own.join(", ")),
            "`secrets seal --force` seals what is here; --force replaces it by what is sealed: keep a copy of what is in use",
        ));
    }
    notes.extend(files.iter().map(|(file, _)| format!("opened {}", folder.path(file))));
    let left = values.len() - files.len();
    if left > 0 {
        notes.push(format!("as it is sealed: {} of {}", left, counted(values.len(), "file")));
    }
    values.iter().for_each(|(file, value)| memory.remember(file, value));
    let (memory_file, memory) = memory.file();
    files.push((memory_file, memory.into_bytes()));
    folder.replace(&files)?;
    Ok(notes)
}

/// What is sealed of a cluster, a file each.
fn parts(cluster: &Cluster) -> Result<Vec<Part<'_>>, Error> {
    // Contradictions are found where material is made.
    declared::pieces(cluster)?;
    let mut parts: BTreeMap<Utf8PathBuf, Part<'_>> = BTreeMap::new();
    for declared in declared::secrets(cluster) {
        let secret = match declared {
            Declared::Kubernetes(secret) => Some(secret),
            Declared::Host(_) => None,
        };
        let file = declared.sealed_file();
        let part = parts.entry(file.clone()).or_insert_with(|| Part { file, secret, keys: Vec::new() });
        part.keys.extend(declared.keys());
    }
    Ok(parts.into_values().collect())
}

/// Whom to seal for: those who are named, or those of the last time.
fn whom(folder: &Folder, parts: &[Part<'_>], named: &[String]) -> Result<Vec<String>, Error> {
    let mut whom = BTreeSet::from_iter(named.iter().cloned());
    if whom.is_empty() {
        for part in parts {
            if let Some(sealed) = content(folder, &part.file)? {
                whom.extend(recipients_of(folder, &part.file, sealed)?);
            }
        }
    }
    if whom.is_empty() {
        let help = "name each who is to open it: `-r age1...`, which `age-keygen -y KEYFILE` prints";
        return Err(Error::new("nobody is named to seal for, and nothing is sealed yet", help));
    }
    Ok(whom.into_iter().collect())
}

/// What Flux or kustomize is pointed at: the Secrets, without what only hosts are given.
fn list(parts: &[Part<'_>]) -> Result<String, Error> {
    let secrets = parts.iter().filter(|part| part.secret.is_some()).filter_map(|part| part.file.file_name());
    let list = json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": secrets.collect::<Vec<_>>(),
    });
    yaml::to_string(&list)
        .map_err(|error| Error::yaml("the list of what is sealed cannot be written", "its names are text", error))
}

fn content(folder: &Folder, file: &Utf8Path) -> Result<Option<Vec<u8>>, Error> {
    folder.metadata(file)?.map(|_| folder.read(file)).transpose()
}

fn recipients_of(folder: &Folder, file: &Utf8Path, sealed: Vec<u8>) -> Result<Vec<String>, Error> {
    sops::recipients(&text(folder, file, sealed)?).map_err(|error| error.at(folder.path(file)))
}

fn text(folder: &Folder, file: &Utf8Path, bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes)
        .map_err(|_| Error::new(format!("{} is no text", folder.path(file)), "take git's version of it"))
}

#[cfg(all(test, unix))]
mod tests;
