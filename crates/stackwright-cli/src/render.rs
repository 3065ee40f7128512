use std::io;
use std::time::SystemTime;

use camino::Utf8Path;
use stackwright::check::{Check, Index, Input, Profile};
use stackwright::template::shell_word;
use stackwright::{Change, Cluster, Delivery, Error, Severity, changes, render};

use crate::check::{self, Findings, Rendered};
use crate::flags::{OUT, Render};
use crate::report::Style;
use crate::secrets::{Ensured, ToGive};
use crate::tree::Tree;
use crate::writer::{Changes, Folder};
use crate::{Outcome, names, report, secrets};

/// Writes the tree of the clusters, or prints the objects of one.
pub fn outcome(clusters: &[Cluster], checks: &[&Check], flags: Render) -> Result<Outcome, Error> {
    // Advice has no say in whether a cluster is rendered.
    let checks: Vec<_> = checks.iter().copied().filter(|check| check.profile == Profile::Link).collect();
    let only = flags.cluster.map(|name| names::cluster(clusters, &name)).transpose()?;
    match flags.out {
        Some(out) => written(&out, clusters, only, &checks, flags.force),
        None => printed(only.unwrap_or(&clusters[0]), flags.stack.as_deref(), &checks),
    }
}

fn printed(cluster: &Cluster, stack: Option<&str>, checks: &[&Check]) -> Result<Outcome, Error> {
    let stack = stack.map(|name| names::stack(cluster, name)).transpose()?;
    if !checked(std::slice::from_ref(cluster), checks, OUT.into())? {
        return Ok(Outcome::Found);
    }
    report::data(&render::stream(cluster, stack)?)?;
    Ok(Outcome::Clean)
}

fn written(
    out: &Utf8Path,
    clusters: &[Cluster],
    only: Option<&Cluster>,
    checks: &[&Check],
    force: bool,
) -> Result<Outcome, Error> {
    let chosen = only.map_or(clusters, std::slice::from_ref);
    if !checked(chosen, checks, out)? {
        return Ok(Outcome::Found);
    }
    let tree = only.map_or_else(|| Tree::whole(clusters), Tree::part)?;
    let folder = Folder::locked(out)?;
    let removed: Vec<_> = chosen.iter().map(|cluster| removed(cluster, out)).collect::<Result<_, _>>()?;
    let changes = folder.write(&tree, force)?;
    summary(out, &changes);
    removed.iter().flatten().for_each(|line| report::note(line));
    for cluster in chosen {
        material(out, cluster)?;
    }
    next_steps(out, clusters, only);
    Ok(Outcome::Clean)
}

/// What the last render of a cluster had and this one has not: whoever applies it by hand removes that by hand.
fn removed(cluster: &Cluster, out: &Utf8Path) -> Result<Vec<String>, Error> {
    let rendered = Rendered::of(cluster, out)?.filter(|_| cluster.delivery == Delivery::ByHand);
    let Some(rendered) = rendered else { return Ok(Vec::new()) };
    let index = Index::new(Input { previous: Some(rendered.objects()), ..Input::of(cluster) });
    if index.removed().is_empty() {
        return Ok(Vec::new());
    }
    let line = |change: &Change<'_>| {
        let effect = change.effects.iter().find_map(|effect| effect.then.as_deref());
        let then = effect.map(|then| format!(": {then}")).unwrap_or_default();
        format!(
            "no longer rendered, and still in {} if it was applied: {}. `{}` removes it{then}",
            cluster.name,
            change.item.label(),
            change.delete_command()
        )
    };
    Ok(changes(&index).iter().filter(|change| change.is_removed).map(line).collect())
}

/// Makes a cluster's secrets, and says what is a person's to do about them.
fn material(out: &Utf8Path, cluster: &Cluster) -> Result<(), Error> {
    let name = &cluster.name;
    let Ensured { made, closed, sealed } = secrets::ensure(out, cluster)?;
    if !made.is_empty() {
        report::note(&format!("secrets made in {out}/{name}/{}: {}", render::SECRETS, made.join(", ")));
    }
    if !sealed.is_empty() {
        report::note(&format!("sealed, and not opened here: {}: `secrets open {name} -i KEYFILE`", sealed.join(", ")));
    }
    for (file, mode) in closed {
        report::note(&format!("{file} had mode {mode:04o}, and has 0600 now: whoever uses this machine could read it"));
    }
    for fault in secrets::faults(out, cluster, SystemTime::now())? {
        report::note(&fault);
    }
    let to_give = secrets::to_give(out, cluster)?;
    for ToGive { file, what, is_applied } in &to_give {
        let before = if *is_applied { format!("{name} can be applied") } else { format!("{name}'s hosts get it") };
        report::note(&format!("yours to write, with mode 0600, before {before}: {file}: {what}"));
    }
    if !to_give.is_empty() {
        let typed = r#"read -rs VALUE && printf %s "$VALUE" | install -m 600 /dev/stdin FILE"#;
        report::note(&format!("to write one in bash or zsh: {typed}"));
    }
    Ok(())
}

/// Reports what the checks find in these clusters, and returns whether they can work.
fn checked(clusters: &[Cluster], checks: &[&Check], out: &Utf8Path) -> Result<bool, Error> {
    let mut good = true;
    for cluster in clusters {
        // What may well be meant is not repeated at every render.
        let findings = Findings::of_cluster(cluster, checks, out)?.without_information();
        report::text(&check::text(&findings, Style::of(&io::stderr())));
        let errors = findings.count(Severity::Error);
        if errors > 0 {
            report::note(&format!("{}: {}, so nothing is rendered", cluster.name, report::counted(errors, "error")));
            good = false;
        }
    }
    Ok(good)
}

fn summary(out: &Utf8Path, changes: &Changes) {
    let Changes { written, unchanged, removed, kept } = changes;
    report::note(&format!("{out}: {written} written, {unchanged} unchanged, {removed} removed"));
    for folder in kept {
        report::note(&format!("{out}/{folder} is no longer rendered, but holds secrets: it is yours to delete"));
    }
}

fn next_steps(out: &Utf8Path, clusters: &[Cluster], only: Option<&Cluster>) {
    let chosen = only.map_or(clusters, std::slice::from_ref);
    for cluster in chosen {
        for (name, address) in &cluster.names {
            report::note(&format!("hosts file, for {}: {address} {name}", cluster.name));
        }
    }
    for cluster in chosen {
        let folder = out.join(&cluster.name);
        if cluster.delivery != Delivery::ByHand {
            report::note(&format!(
                "next, for {}: commit it and push; how that reaches it: {folder}/README.md",
                cluster.name
            ));
            continue;
        }
        let is_only_one = clusters.len() == 1;
        let target = if is_only_one && only.is_none() { out } else { &folder };
        // kubectl talks to one cluster, and takes for it what is another's.
        let (whose, kubectl) = match cluster.kubeconfig().map(|path| folder.join(path)) {
            _ if is_only_one => (String::new(), "kubectl".to_owned()),
            Some(path) => {
                (format!(", for {}", cluster.name), format!("kubectl --kubeconfig {}", shell_word(path.as_str())))
            }
            None => (format!(", for {}, once kubectl talks to it", cluster.name), "kubectl".to_owned()),
        };
        let target = shell_word(target.as_str());
        report::note(&format!("next{whose}: {kubectl} apply -k {target}, or the whole way up: {folder}/README.md"));
    }
}
