use std::collections::BTreeSet;
use std::time::SystemTime;

use camino::Utf8Path;
use stackwright::render::SECRETS;
use stackwright::template::shell_word;
use stackwright::{Cluster, Delivery, Error, Key, Material, Rotations, Step};

use super::declared::{self, Declared, Recipe};
use super::folder::Folder;
use super::material;
use crate::names::meant;
use crate::program;

/// The one of these clusters that has a secret of that name.
///
/// # Errors
/// When none has one, or several: which is meant is for a person to say.
pub fn whose<'a>(clusters: &'a [Cluster], name: &str) -> Result<&'a Cluster, Error> {
    let has = |cluster: &&Cluster| declared::secrets(cluster).iter().any(|secret| secret.is_called(name));
    let having: Vec<_> = clusters.iter().filter(has).collect();
    match having.as_slice() {
        [one] => Ok(one),
        [] => Err(unknown(&clusters.iter().collect::<Vec<_>>(), name)),
        several => {
            let flags: Vec<_> = several.iter().map(|cluster| format!("--cluster {}", cluster.name)).collect();
            Err(Error::new(
                format!("`{}` is the name of secrets of several clusters", name.escape_debug()),
                format!("say whose: {}", flags.join(" or ")),
            ))
        }
    }
}

/// Replaces the generated material of a secret, and returns what to tell the person who asked: what was replaced, who shares
/// it, and the commands that are left to be run, in their order.
///
/// The name is `namespace/name`, or a bare name that means one secret. Declared text stays; material that was never made is
/// made; what a person gives is theirs to replace, and named. Every file is whole at any time.
///
/// # Errors
/// When no secret or several have that name, a declaration contradicts another, or something in the folder is a symbolic
/// link, or the secret is one of hosts: then nothing was replaced. When the disk refuses: then each file is the old or the new one.
pub fn rotate(root: &Utf8Path, cluster: &Cluster, name: &str) -> Result<String, Error> {
    let secret = match named(cluster, name)? {
        Declared::Kubernetes(secret) => secret,
        Declared::Host(key) => return Err(of_a_host(root, cluster, key)),
    };
    let pieces = declared::pieces(cluster)?;
    let folder = Folder::of(root, cluster);
    let _lock = folder.lock()?;

    let (mut files, mut given) = (Vec::new(), Vec::new());
    for piece in pieces.iter().filter(|piece| piece.secrets.contains(&Declared::Kubernetes(secret))) {
        let present: Vec<_> = piece.files().map(|file| folder.metadata(file)).collect::<Result<_, _>>()?;
        if matches!(piece.recipe, Recipe::Text(_)) && present.iter().all(Option::is_some) {
            continue;
        }
        if let Recipe::Given(what) = piece.recipe {
            given.push(format!("yours to replace: {}: {what}", folder.path(piece.file)));
        }
        files.extend(material::files(piece, SystemTime::now())?);
    }
    folder.replace(&files)?;

    if files.is_empty() && given.is_empty() {
        return Ok(format!(
            "{} holds only text that the code declares: there is nothing to replace\n",
            Declared::Kubernetes(secret).full_name()
        ));
    }
    let rotation = Rotations::of(cluster).rotation(secret);
    let replaced = files.iter().map(|(file, _)| format!("replaced {}", folder.path(file)));
    let sharing = rotation.secrets.iter().filter(|other| **other != secret);
    let shared = sharing
        .map(|other| format!("{} has the same material, and so changes too", Declared::Kubernetes(other).full_name()));
    let folder = root.join(&cluster.name);
    // kubectl may talk to another cluster, which would take all that follows.
    let access = cluster.kubeconfig().map(|path| {
        let path = shell_word(folder.join(path).as_str());
        step("first", &Step::new(&format!("talk to {}", cluster.name), &format!("export KUBECONFIG={path}")))
    });
    let apply = match &cluster.delivery {
        Delivery::Flux(flux) if flux.decryption.is_some() => Step::new(
            "carry it into the cluster",
            &format!("{} secrets seal {} && git commit -a && git push", program::name(), cluster.name),
        ),
        Delivery::ByHand => {
            Step::new("carry it into the cluster", &format!("kubectl apply -k {}", shell_word(folder.as_str())))
        }
        // All but the secrets comes from the repository.
        _ => Step::new(
            "carry it into the cluster",
            &format!("kubectl apply -k {}", shell_word(folder.join(SECRETS).as_str())),
        ),
    };
    let next = step("next", &apply);
    let then = rotation.steps.iter().map(|follows| step("then", follows));
    let notes = rotation.notes.iter().map(|note| format!("note: {note}"));
    let lines: Vec<_> =
        replaced.chain(given).chain(shared).chain(access).chain([next]).chain(then).chain(notes).collect();
    Ok(lines.join("\n") + "\n")
}

fn step(when: &str, step: &Step) -> String {
    format!("{when}: {}: `{}`", step.does, step.command)
}

/// Hosts and the cluster that they make may only be told of a new one together, and only what gave it to them knows how.
fn of_a_host(root: &Utf8Path, cluster: &Cluster, key: &Key) -> Error {
    let given = cluster.stacks.iter().flat_map(|stack| &stack.artefacts).filter(|given| given.secrets.contains(key));
    let whom: Vec<_> = given.map(|artefact| format!("{} on {}", artefact.name, artefact.host)).collect();
    let file = Folder::of(root, cluster).path(&key.file);
    if let Material::Given(what) = &key.material {
        return Error::new(
            format!("{} is given by a person, and nothing here can make another: {what}", key.file),
            format!("write the new one to {file}, and give it to the hosts again: {}", whom.join(", ")),
        );
    }
    Error::new(
        format!(
            "{} is a secret of hosts, and what uses it has to learn of a new one first: {}",
            key.file,
            whom.join(", ")
        ),
        format!(
            "its script's --help says whether that goes; if it does, delete {file}, render, and give it to the hosts again"
        ),
    )
}

/// The secret of that name, if the name says which it means. Secrets of one name in several namespaces that have the same
/// files are one.
fn named<'a>(cluster: &'a Cluster, name: &str) -> Result<Declared<'a>, Error> {
    let secrets = declared::secrets(cluster);
    let files = |secret: Declared<'a>| secret.keys().iter().map(|key| key.file.clone()).collect::<BTreeSet<_>>();
    let matching: Vec<_> = secrets.iter().copied().filter(|secret| secret.is_called(name)).collect();
    match matching.as_slice() {
        [] => Err(unknown(&[cluster], name)),
        [first, rest @ ..] if rest.iter().all(|other| files(*other) == files(*first)) => Ok(*first),
        several => Err(Error::new(
            format!("`{name}` is the name of several secrets of {}", cluster.name),
            format!("say which: {}", names(several).join(", ")),
        )),
    }
}

fn unknown(clusters: &[&Cluster], name: &str) -> Error {
    let secrets: Vec<_> = clusters.iter().map(|cluster| declared::secrets(cluster)).collect();
    let full_names: Vec<_> = secrets.iter().map(|secrets| names(secrets)).collect();
    let bare_names = secrets.iter().flatten().map(|secret| secret.name());
    let known: Vec<_> = full_names.iter().flatten().map(String::as_str).chain(bare_names).collect();
    let guess = meant(name, &known).map_or_else(String::new, |meant| format!("did you mean `{meant}`? "));
    let (whose, has): (_, Vec<_>) = match clusters {
        [one] => (format!("{} has no", one.name), vec!["it"]),
        several => ("no cluster has a".to_owned(), several.iter().map(|cluster| cluster.name.as_str()).collect()),
    };
    let all = has.iter().zip(&full_names).map(|(cluster, names)| match names.as_slice() {
        [] => format!("{cluster} declares none"),
        names => format!("{cluster} has {}", names.join(", ")),
    });
    let help = guess + &all.collect::<Vec<_>>().join("; ");
    Error::new(format!("{whose} secret `{}`", name.escape_debug()), help)
}

fn names(secrets: &[Declared<'_>]) -> Vec<String> {
    secrets.iter().map(|secret| secret.full_name()).collect()
}
