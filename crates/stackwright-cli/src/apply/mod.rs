//! `apply`: a cluster's reviewed tree is brought to what runs, for who has neither Flux nor Argo CD.

mod id;
mod inventory;
mod kubectl;
mod lease;
mod live;
mod plan;
mod progress;
mod readiness;
mod reasons;
mod refusal;
mod releases;
mod removal;
mod run;
pub mod status;
mod target;
mod trial;
mod wait;
mod wanted;

use std::fmt::Write as _;
use std::io::{self, BufRead as _, IsTerminal as _};

use camino::Utf8Path;
use stackwright::yaml::Located;
use stackwright::{Cluster, Consequence, Delivery, Error, Release};

use self::inventory::Inventory;
use self::lease::Lease;
use self::plan::Plan;
use self::releases::{Helm, Releases};
use self::removal::{Removal, is_named};
use self::run::Run;
use self::target::Target;
use self::wanted::Tree;
use crate::diff::compared::{Compared, Told};
use crate::diff::text;
use crate::report::{Style, counted};
use crate::threads::both;
use crate::{Outcome, flags, names, program, report, tree, verify, writer};

/// Whose fields those are that are applied.
pub const MANAGER: &str = flags::NAME;

/// Applies a cluster's tree, once a person has seen what that does.
pub fn outcome(clusters: &[Cluster], flags: &flags::Apply) -> Result<Outcome, Error> {
    let cluster = chosen(clusters, flags.cluster.as_deref())?;
    let (target, secrets) = prepared(cluster, &flags.out, flags.context.as_deref())?;
    let kubectl = &target.kubectl;
    let tree = Tree::of(cluster, &secrets)?;
    not_strange(cluster, &target, flags)?;
    let lease = if flags.dry_run { None } else { Some(Lease::taken(kubectl, &inventory::name(&cluster.name))?) };

    let inventory = Inventory::read(kubectl, cluster)?;
    let helm = Helm { context: &target.context, cluster, out: &flags.out };
    let releases = helm.compared(&tree.releases(), &inventory.releases)?;
    let mut plan = Plan::of(kubectl, cluster, &inventory, &tree, &fresh(&tree, &releases), flags.force_conflicts)?;
    plan.compared.files = releases.changes.iter().map(|(_, change)| change.clone()).collect();
    if told_refusals(&plan) {
        return Ok(Outcome::Found);
    }
    let removal = Removal::of(&plan, &flags.delete_data)?;
    let shown = shown(&plan.compared, &removal);
    tell(&shown, &removal, &releases)?;
    if told_losses(&plan, flags) || told_undeletable(&removal, kubectl)? {
        return Ok(Outcome::Found);
    }
    let Some(lease) = lease else { return Ok(Outcome::Clean) };
    if !shown.counts().is_empty() && !flags.yes && !asked(&format!("apply to {}?", target.label()), LOOK)? {
        report::note("nothing was applied");
        return Ok(Outcome::Found);
    }
    let run =
        Run { kubectl, tree: &tree, plan: &plan, removal: &removal, helm: &helm, releases: &releases, lease, flags };
    run.outcome(inventory)
}

/// The cluster of a name, or the first one; a person applies it.
fn chosen<'c>(clusters: &'c [Cluster], name: Option<&str>) -> Result<&'c Cluster, Error> {
    let cluster = name.map_or(Ok(&clusters[0]), |name| names::cluster(clusters, name))?;
    let tool = match &cluster.delivery {
        Delivery::ByHand => return Ok(cluster),
        Delivery::Flux(_) => "Flux",
        _ => "Argo CD",
    };
    let help = format!("commit what is rendered: {tool} takes it from its repository");
    Err(Error::new(format!("{tool} applies cluster {}, and nobody else should", cluster.name), help))
}

/// The cluster's context, once its tree is what the code renders, and its secrets.
fn prepared(cluster: &Cluster, out: &Utf8Path, context: Option<&str>) -> Result<(Target, Vec<Located>), Error> {
    let root = writer::existing(out)?;
    let differing = verify::differing(root, &tree::Tree::part(cluster)?)?;
    if differing > 0 {
        let paths = counted(differing, "path");
        return Err(Error::new(
            format!("{} isn't what the code renders in {paths}", root.join(&cluster.name)),
            format!("`{} render --out {root}` writes it; review and commit it, then apply", program::name()),
        ));
    }
    let (target, secrets) = both(|| Target::of(cluster, context), || wanted::secrets(cluster, out));
    Ok((target?, secrets?))
}

/// The parts whose kinds may be others in a moment.
fn fresh(tree: &Tree<'_>, releases: &Releases<'_>) -> Vec<usize> {
    let changes = |release: &Release| releases.changes.iter().any(|(changed, _)| std::ptr::eq(*changed, release));
    let parts = tree.before.iter().enumerate();
    parts.filter(|(_, release)| release.is_some_and(changes)).map(|(part, _)| part).collect()
}

/// Of a cluster without known nodes, only its inventory says which one it is. Where there is another's, a person decides.
fn not_strange(cluster: &Cluster, target: &Target, flags: &flags::Apply) -> Result<(), Error> {
    if !cluster.nodes.is_empty() || flags.dry_run {
        return Ok(());
    }
    let inventory = Inventory::read(&target.kubectl, cluster)?;
    if inventory.is_there || inventory.others.is_empty() {
        return Ok(());
    }
    let others = inventory.others.join(", ");
    report::note(&format!("{} has the inventory {others}, and none of cluster {}", target.label(), cluster.name));
    if asked(
        "is it the right cluster?",
        "apply once on a terminal: from then on its inventory says which cluster it is",
    )? {
        return Ok(());
    }
    Err(Error::new(
        format!("{} may be another cluster than {}", target.label(), cluster.name),
        "choose another `--context`",
    ))
}

const LOOK: &str = "look at `--dry-run`, then give `--yes`";

/// Whether a person says yes.
fn asked(question: &str, help: &str) -> Result<bool, Error> {
    let stdin = io::stdin();
    if !stdin.is_terminal() || !io::stderr().is_terminal() {
        return Err(Error::new(format!("nobody can be asked here: {question}"), help));
    }
    report::text(&format!("{question} [y/N] "));
    let mut answer = String::new();
    _ = stdin.lock().read_line(&mut answer);
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Reports what the server refuses, if it does.
fn told_refusals(plan: &Plan) -> bool {
    for refusal in &plan.refused {
        let way_out = plan.way_out(&refusal.id).filter(|_| !refusal.is_conflict);
        match way_out {
            Some(help) => report::error(&Error::new(refusal.error.to_string(), help)),
            None => report::error(&refusal.error),
        }
    }
    if !plan.refused.is_empty() {
        report::note(&format!("nothing was applied: {}", counted(plan.refused.len(), "refusal")));
    }
    !plan.refused.is_empty()
}

/// Reports changes by which data goes that nobody has named.
fn told_losses(plan: &Plan, flags: &flags::Apply) -> bool {
    let losing: Vec<_> = plan.losing().filter(|id| !is_named(id, &flags.delete_data)).collect();
    for id in &losing {
        let help = format!("take it back, or name the object: `--delete-data {}`", id.typed());
        report::error(&Error::new(format!("{id}: its change deletes data"), help));
    }
    !losing.is_empty()
}

fn told_undeletable(removal: &Removal<'_>, kubectl: &kubectl::Kubectl) -> Result<bool, Error> {
    let refused = removal.delete(kubectl, true)?;
    refused.iter().for_each(report::error);
    Ok(refused.is_some())
}

/// The consequences without those of what is kept.
fn shown(compared: &Compared, removal: &Removal<'_>) -> Compared {
    let is_kept = |told: &Told| told.is_removed() && removal.kept.iter().any(|kept| kept.id.label() == told.label);
    let mut shown = compared.clone();
    shown.changes.retain(|told| !is_kept(told));
    shown
}

/// Prints the consequences, the worst first, and what is new in a line each.
fn tell(shown: &Compared, removal: &Removal<'_>, releases: &Releases<'_>) -> Result<(), Error> {
    let is_new = |told: &Told| told.consequence == Consequence::Added;
    let (new, others) = shown.changes.iter().cloned().partition::<Vec<_>, _>(is_new);
    let others = Compared { changes: others, ..shown.clone() };
    let mut out = text::text(std::slice::from_ref(&others), Style::of(&io::stdout()));
    for told in &new {
        _ = writeln!(out, "added: {}", told.label);
    }
    report::data(&out)?;
    tell_kept(removal);
    releases.tell_left();
    report::note(&shown.summary());
    Ok(())
}

fn tell_kept(removal: &Removal<'_>) {
    for kept in &removal.kept {
        let (id, flag) = (&kept.id, format!("`--delete-data {}`", kept.id.typed()));
        report::note(&format!("kept: {id}, which the code no longer has, as data goes with it; {flag} deletes it"));
    }
}
