//! `diff`: what a change does to a cluster, before it is applied.

pub mod compared;
mod github;
pub mod json;
mod markdown;
mod sides;
pub mod text;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::check::{Check, Index, Input, Profile};
use stackwright::{Cluster, Error, Object, render};

use self::compared::{Compared, FileChange};
use self::sides::{HEAD, Side};
use crate::check::{Manifests, Rendered, Target, is_delivery};
use crate::flags::{self, DiffFormat};
use crate::report::Style;
use crate::{Outcome, names, report};

/// Prints what changes from one side to the other do.
pub fn outcome(
    clusters: Result<Vec<Cluster>, Error>,
    checks: &[&Check],
    flags: &flags::Diff,
) -> Result<Outcome, Error> {
    // What is advice was so before.
    let checks: Vec<_> = checks.iter().copied().filter(|check| check.profile == Profile::Link).collect();
    let sides = match (&flags.before, &flags.after) {
        (Some(before), Some(after)) => vec![between(before, after, &checks, flags)?],
        (before, _) => {
            let clusters = clusters?;
            let before = before.as_deref().unwrap_or(HEAD);
            if clusters.is_empty() {
                vec![with_files(before, &checks, flags)?]
            } else {
                let before = Side::named(before, &flags.out)?;
                let chosen = match &flags.cluster {
                    Some(name) => std::slice::from_ref(names::cluster(&clusters, name)?),
                    None => &clusters,
                };
                chosen.iter().map(|cluster| of_cluster(&before, cluster, &flags.out)).collect::<Result<_, _>>()?
            }
        }
    };
    report::data(&match flags.format {
        DiffFormat::Text => text::text(&sides, Style::of(&io::stdout())),
        DiffFormat::Json => json::text(&sides),
        DiffFormat::Markdown => markdown::text(&sides),
        DiffFormat::Github => github::text(&sides),
    })?;
    for compared in &sides {
        report::note(&compared.summary());
        compared.unread.iter().for_each(|what| report::note(&format!("not compared: {what}")));
    }
    let fails = |compared: &Compared| compared.all().any(|consequence| consequence <= flags.fail_on.into());
    Ok(if sides.iter().any(fails) { Outcome::Found } else { Outcome::Clean })
}

/// Two sides that are named.
fn between(before: &str, after: &str, checks: &[&Check], flags: &flags::Diff) -> Result<Compared, Error> {
    let side = |name: &str| Side::named(name, &flags.out);
    of_manifests(&side(before)?, &side(after)?, checks, flags)
}

/// A side that is named, and the files that lie there now: those of a program without clusters.
fn with_files(before: &str, checks: &[&Check], flags: &flags::Diff) -> Result<Compared, Error> {
    let Side::Revision { revision, path } = Side::named(before, ".".into())? else {
        return Err(Error::new(
            format!("nothing is named that {before} is compared with"),
            "name both sides: `diff BEFORE AFTER`",
        ));
    };
    let after = Side::Path(path.clone());
    of_manifests(&Side::Revision { revision, path }, &after, checks, flags)
}

fn of_manifests(before: &Side, after: &Side, checks: &[&Check], flags: &flags::Diff) -> Result<Compared, Error> {
    let (old, new) = (Manifests::of(before.inputs()?), Manifests::of(after.inputs()?));
    for (side, manifests) in [(before, &old), (after, &new)] {
        if manifests.objects.is_empty() {
            let help = "name what `kubectl apply -f` would take";
            return Err(Error::new(format!("there is no Kubernetes object in {side}"), help));
        }
    }
    let target = Target {
        namespace: &flags.namespace,
        kubernetes: None,
        closed: false,
        cluster: None,
        out: &flags.out,
        previous: None,
        now: SystemTime::now(),
    };
    let then = old.applied(&target).index;
    let index = new.applied(&Target { previous: Some(std::slice::from_ref(&old)), ..target }).index;
    let mut compared = Compared::of(&index, false).with_findings(&index, &then, checks);
    for manifests in [&old, &new] {
        let places = manifests.problems.iter().map(|(source, problem)| {
            format!("{}:{}: {}", manifests.sources[*source].name, problem.span.line, problem.message)
        });
        compared.unread.extend(places);
    }
    if !new.problems.is_empty() {
        // It may be what can't be read.
        compared.changes.retain(|told| !told.is_removed);
        compared.unread.push(format!("what {after} has no more, as not all of it can be read"));
    }
    Ok(compared)
}

/// A cluster as the code has it, against what was rendered of it.
fn of_cluster(before: &Side, cluster: &Cluster, out: &Utf8Path) -> Result<Compared, Error> {
    let texts = before.texts(&cluster.name)?;
    let rendered = Rendered::of_texts(cluster, &texts, out)?;
    let old: Vec<&Object> = rendered.as_ref().map(Rendered::objects).unwrap_or_default();
    let index = Index::new(Input { now: Some(SystemTime::now()), previous: Some(old), ..Input::of(cluster) });
    // Its machines and secrets as they were are in no file: nobody knows what was found then.
    let mut compared = Compared::of(&index, true);
    compared.cluster = Some(cluster.name.clone());
    compared.files = files(cluster, &texts)?;
    match rendered {
        Some(rendered) => compared.unread.extend(rendered.unread),
        None => compared.unread.push(format!("{before} has nothing of {}", cluster.name)),
    }
    Ok(compared)
}

/// The files that are no objects and change, with what that means.
fn files(cluster: &Cluster, before: &BTreeMap<Utf8PathBuf, String>) -> Result<Vec<FileChange>, Error> {
    let objects: HashSet<_> = render::object_paths(cluster)?.into_iter().collect();
    let now: BTreeMap<_, _> = render::render(cluster)?
        .into_iter()
        .filter(|(path, _)| !objects.contains(path))
        .filter_map(|(path, file)| Some((path.strip_prefix(&cluster.name).ok()?.to_owned(), file.text)))
        .collect();
    // Those tell what people and kubectl do with the others.
    let tells = |path: &Utf8Path| {
        let is_told = matches!(path.file_name(), Some("README.md" | "kustomization.yaml" | ".gitignore"));
        is_told || is_delivery(cluster, &Utf8Path::new(&cluster.name).join(path))
    };
    let mut changed = Vec::new();
    for (path, text) in now.iter().filter(|(path, _)| !tells(path)) {
        let fact = match before.get(path) {
            Some(old) if old == text => continue,
            None if before.is_empty() => continue,
            Some(_) => "it changes",
            None => "it is new",
        };
        changed.push(FileChange::of(cluster, path, fact));
    }
    let is_object = |path: &Utf8Path| objects.contains(&Utf8Path::new(&cluster.name).join(path));
    let gone = before.iter().filter(|(path, text)| {
        let was_object = path.extension() == Some("yaml") && text.contains("\nkind: ") && text.contains("apiVersion: ");
        !now.contains_key(*path) && !is_object(path) && !tells(path) && !was_object
    });
    changed.extend(gone.map(|(path, _)| FileChange::of(cluster, path, "it is removed")));
    Ok(changed)
}
