use std::collections::BTreeSet;
use std::time::SystemTime;

use camino::Utf8Path;
use similar::get_close_matches;
use stackwright::{Cluster, Error, SecretSpec};

use super::declared::{self, Recipe};
use super::folder::Folder;
use super::{full_name, material};

/// Replaces the generated material of a secret, and returns what to tell the person who asked: what was replaced, who shares
/// it, and what is left to do.
///
/// The name is `namespace/name`, or a bare name that means one secret. Declared text stays; material that was never made is
/// made. Every file is whole at any time.
///
/// # Errors
/// When no secret or several have that name, a declaration contradicts another, or something in the folder is a symbolic
/// link: then nothing was replaced. When the disk refuses: then each file is the old or the new one.
pub fn rotate(root: &Utf8Path, cluster: &Cluster, name: &str) -> Result<String, Error> {
    let secret = named(cluster, name)?;
    let pieces = declared::pieces(cluster)?;
    let folder = Folder::of(root, cluster);
    let _lock = folder.lock()?;

    let mut files = Vec::new();
    let mut sharing = BTreeSet::new();
    let mut left_to_do = vec![secret.after_rotation.as_str()];
    for piece in pieces.iter().filter(|piece| piece.secrets.contains(&secret)) {
        let present: Vec<_> = piece.files().map(|file| folder.metadata(file)).collect::<Result<_, _>>()?;
        if matches!(piece.recipe, Recipe::Text(_)) && present.iter().all(Option::is_some) {
            continue;
        }
        files.extend(material::files(piece, SystemTime::now())?);
        for other in piece.secrets.iter().filter(|other| **other != secret) {
            sharing.insert(full_name(other));
            left_to_do.push(&other.after_rotation);
        }
    }
    folder.replace(&files)?;

    if files.is_empty() {
        return Ok(format!(
            "{} holds only text that the code declares: there is nothing to replace\n",
            full_name(secret)
        ));
    }
    let replaced = files.iter().map(|(file, _)| format!("replaced {}", folder.path(file)));
    let shared = sharing.iter().map(|other| format!("{other} has the same material, and so changes too"));
    let apply = format!("next: `kubectl apply -k {}` carries it into the cluster", root.join(&cluster.name));
    let after = distinct(left_to_do).into_iter().map(|sentence| format!("then: {sentence}"));
    let lines: Vec<_> = replaced.chain(shared).chain([apply]).chain(after).collect();
    Ok(lines.join("\n") + "\n")
}

/// The secret of that name, if the name says which it means. Secrets of one name in several namespaces that have the same
/// files are one.
fn named<'a>(cluster: &'a Cluster, name: &str) -> Result<&'a SecretSpec, Error> {
    let secrets = declared::secrets(cluster);
    let files = |secret: &SecretSpec| secret.keys.iter().map(|key| key.file.clone()).collect::<BTreeSet<_>>();
    let matching: Vec<_> =
        secrets.iter().copied().filter(|secret| secret.name == name || full_name(secret) == name).collect();
    match matching.as_slice() {
        [] => Err(unknown(cluster, &secrets, name)),
        [first, rest @ ..] if rest.iter().all(|other| files(other) == files(first)) => Ok(first),
        several => Err(Error::new(
            format!("`{name}` is the name of several secrets of {}", cluster.name),
            format!("say which: {}", names(several).join(", ")),
        )),
    }
}

fn unknown(cluster: &Cluster, secrets: &[&SecretSpec], name: &str) -> Error {
    let full_names = names(secrets);
    let known: Vec<_> =
        full_names.iter().map(String::as_str).chain(secrets.iter().map(|secret| secret.name.as_str())).collect();
    let nearest = get_close_matches(name, &known, 1, 0.5);
    let guess = nearest.first().map_or_else(String::new, |nearest| format!("did you mean `{nearest}`? "));
    let all =
        if known.is_empty() { "it declares none".to_owned() } else { format!("it has {}", full_names.join(", ")) };
    Error::new(format!("{} has no secret `{}`", cluster.name, name.escape_debug()), guess + &all)
}

fn names(secrets: &[&SecretSpec]) -> Vec<String> {
    secrets.iter().map(|secret| full_name(secret)).collect()
}

/// The sentences that say something, each once, in their order.
fn distinct(sentences: Vec<&str>) -> Vec<&str> {
    let mut seen = BTreeSet::from([""]);
    sentences.into_iter().filter(|sentence| seen.insert(sentence)).collect()
}
