//! `diff`: what a change does to a cluster, before it is applied.

mod commits;
pub mod compared;
pub mod files;
mod github;
pub mod json;
mod lost;
mod markdown;
mod picture;
mod sarif;
pub mod shifts;
mod sides;
pub mod text;

use std::time::SystemTime;
use std::{io, mem};

use camino::Utf8Path;
use stackwright::check::{Check, Index, Input, Profile};
use stackwright::{Change, Cluster, Error, Object};

use self::compared::{Compared, Place};
#[cfg(feature = "program")]
pub use self::sides::git;
use self::sides::{HEAD, Side};
use crate::check::{Applied, Documents, Manifests, Rendered, Target};
use crate::flags::{self, DiffFormat};
use crate::report::Style;
use crate::threads::both;
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
                with_code(before, &clusters, flags)?
            }
        }
    };
    report::data(&match flags.format {
        DiffFormat::Text => text::text(&sides, Style::of(&io::stdout())),
        DiffFormat::Json => json::text(&sides),
        DiffFormat::Markdown => markdown::text(&sides),
        DiffFormat::Github => github::text(&sides, &flags.out),
        DiffFormat::Sarif => sarif::text(&sides, &flags.out),
    })?;
    for compared in &sides {
        report::note(&compared.summary());
        compared.unread.iter().for_each(|what| report::note(&format!("not compared: {what}")));
    }
    Ok(if sides.iter().any(|compared| compared.fails_on(flags.fail_on)) { Outcome::Found } else { Outcome::Clean })
}

/// A side that is named, and what the code renders: of each cluster, or of the one that is chosen.
fn with_code(before: &str, clusters: &[Cluster], flags: &flags::Diff) -> Result<Vec<Compared>, Error> {
    let before = Side::named(before, &flags.out)?;
    let chosen = match &flags.cluster {
        Some(name) => std::slice::from_ref(names::cluster(clusters, name)?),
        None if before.is_manifests() && clusters.len() > 1 => {
            let help = "name the cluster: `--cluster NAME`";
            return Err(Error::new(format!("{before} is of one cluster, and the program has several"), help));
        }
        None => clusters,
    };
    let allowed = commits::allowed(&before, None)?;
    let compare = |cluster| {
        let mut compared =
            if before.is_manifests() { of_dump(&before, cluster)? } else { of_cluster(&before, cluster, &flags.out)? };
        compared.allow(&allowed);
        compared.steps = files::steps(cluster, &compared, &flags.out);
        Ok(compared)
    };
    chosen.iter().map(compare).collect()
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
    let (old, new) = both(|| before.inputs(), || after.inputs());
    let (old, new) = (old?, Manifests::of(new?));
    let old = Manifests::beside(old, &Documents::of(&new));
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
    let after_old = Target { previous: Some(std::slice::from_ref(&old)), ..target };
    let (now, then) = both(|| new.applied(&after_old), || old.applied(&target));
    let changed = |change: &Change<'_>| {
        if change.is_removed {
            place(&old, &then, then.index.find(change.item.id())?.index)
        } else {
            place(&new, &now, change.item.index)
        }
    };
    let is_whole = old.problems.is_empty() && new.problems.is_empty();
    let shifted = || shifts::told(&now.index, &then.index, |item| place(&new, &now, item.index));
    let ((compared, found), (found_then, shifts)) = both(
        || (Compared::of(&now.index, changed), compared::found(&now.index, checks)),
        || (compared::found(&then.index, checks), is_whole.then(shifted)),
    );
    let mut compared = compared.with_findings(found, found_then);
    compared.shifts = shifts.unwrap_or_default();
    if !is_whole {
        compared.unread.push("what changes for the whole cluster, as not all of it can be read".to_owned());
    }
    compared.allow(&commits::allowed(before, Some(after))?);
    for manifests in [&old, &new] {
        compared.unread.extend(manifests.faults());
    }
    if !new.problems.is_empty() {
        // It may be what can't be read.
        compared.changes.retain(|told| !told.is_removed());
        compared.unread.push(format!("what {after} has no more, as not all of it can be read"));
    }
    // The system takes it back faster, as the program ends.
    mem::forget((old, new));
    Ok(compared)
}

/// Where an object was read, by its position in an index.
fn place(manifests: &Manifests, applied: &Applied<'_>, position: usize) -> Option<Place> {
    let (source, located) = applied.read.get(&position)?;
    let (source, span) = manifests.local(*source, located.node.span);
    let file = manifests.sources[source].name.clone();
    Some(Place { file, line: u32::try_from(span.line).ok()?, is_code: false })
}

/// A cluster as the code has it, against what it has now, as `kubectl get` printed it.
fn of_dump(before: &Side, cluster: &Cluster) -> Result<Compared, Error> {
    let manifests = Manifests::of(before.inputs()?);
    let old = manifests.objects.iter().map(|(_, located)| &located.object);
    let index = Index::new(Input { now: Some(SystemTime::now()), previous: Some(old.collect()), ..Input::of(cluster) });
    let mut compared = Compared::of(&index, made_at);
    compared.cluster = Some(cluster.name.clone());
    compared.unread.extend(manifests.faults());
    compared.unread.push(
        "hosts, releases, what is in secrets, and what changes for the whole cluster: a dump may be a part of it"
            .to_owned(),
    );
    Ok(compared)
}

/// The line of code that made an object.
fn made_at(change: &Change<'_>) -> Option<Place> {
    // What is removed was read from a file.
    (!change.is_removed).then(|| Place::made(change.item.object))
}

/// A cluster as the code has it, against what was rendered of it.
fn of_cluster(before: &Side, cluster: &Cluster, out: &Utf8Path) -> Result<Compared, Error> {
    let texts = before.texts(&cluster.name)?;
    let rendered = Rendered::of_texts(cluster, &texts, out)?;
    let old: Vec<&Object> = rendered.as_ref().map(Rendered::objects).unwrap_or_default();
    let index = Index::new(Input { now: Some(SystemTime::now()), previous: Some(old), ..Input::of(cluster) });
    // Its machines and secrets as they were are in no file: nobody knows what was found then.
    let mut compared = Compared::of(&index, made_at);
    if let Some(rendered) = rendered.as_ref().filter(|rendered| rendered.unread.is_empty()) {
        let old = rendered.objects();
        // What it was on is in no file: today's machines are.
        let then = Index::new(Input { objects: old.into_iter().map(Into::into).collect(), ..Input::of(cluster) });
        compared.shifts = shifts::told(&index, &then, |item| Some(Place::made(item.object)));
    }
    compared.cluster = Some(cluster.name.clone());
    compared.files = files::changed(cluster, &texts)?;
    match rendered {
        Some(rendered) => compared.unread.extend(rendered.unread),
        None => compared.unread.push(format!("{before} has nothing of {}", cluster.name)),
    }
    Ok(compared)
}
