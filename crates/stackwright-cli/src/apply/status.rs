//! `status`: what runs beside the tree, by the same reading as `apply`, without a change.

use std::fmt::Write as _;
use std::io;

use serde_json::json;
use stackwright::{Cluster, Error};

use super::inventory::Inventory;
use super::plan::Plan;
use super::releases::{Helm, Releases};
use super::removal::Removal;
use super::target::Target;
use super::wait::{Unready, Watch};
use super::wanted::Tree;
use super::{chosen, fresh, prepared, shown, tell_kept};
use crate::diff::compared::Compared;
use crate::diff::{json, text};
use crate::flags::{self, DataFormat};
use crate::report::Style;
use crate::{Outcome, report};

/// Prints how what runs differs from the tree, and what isn't ready.
pub fn outcome(clusters: &[Cluster], flags: &flags::Status) -> Result<Outcome, Error> {
    let cluster = chosen(clusters, flags.cluster.as_deref())?;
    let (target, secrets) = prepared(cluster, &flags.out, flags.context.as_deref())?;
    let kubectl = &target.kubectl;
    let tree = Tree::of(cluster, &secrets)?;
    let inventory = Inventory::read(kubectl, cluster)?;
    let helm = Helm { context: &target.context, cluster, out: &flags.out };
    let releases = helm.compared(&tree.releases(), &inventory.releases)?;
    // What someone else has changed is what is asked for.
    let mut plan = Plan::of(kubectl, cluster, &inventory, &tree, &fresh(&tree, &releases), true)?;
    plan.compared.files = releases.changes.iter().map(|(_, change)| change.clone()).collect();
    let ids = tree.wanted.iter().map(|one| &one.id).filter(|id| plan.live.members.contains(*id)).collect();
    let unready = Watch { kubectl, inventory: &inventory, live: &plan.live }.unready(&ids, true)?;
    let removal = Removal::of(&plan, &[])?;
    let drift = shown(&plan.compared, &removal);
    let state = State {
        target: &target,
        inventory: &inventory,
        plan: &plan,
        releases: &releases,
        drift: &drift,
        unready: &unready,
    };
    report::data(&match flags.format {
        DataFormat::Text => state.text(),
        DataFormat::Json => state.json(),
    })?;
    for refusal in &plan.refused {
        report::note(&format!("not compared: {}", refusal.error));
    }
    tell_kept(&removal);
    releases.tell_left();
    report::note(&drift.summary());
    let is_same =
        drift.counts().is_empty() && removal.kept.is_empty() && releases.left.is_empty() && plan.refused.is_empty();
    let is_well = is_same && unready.is_empty();
    Ok(if is_well { Outcome::Clean } else { Outcome::Found })
}

struct State<'a> {
    target: &'a Target,
    inventory: &'a Inventory,
    plan: &'a Plan,
    releases: &'a Releases<'a>,
    drift: &'a Compared,
    unready: &'a [Unready],
}

impl State<'_> {
    fn name(&self) -> &str {
        self.drift.cluster.as_deref().unwrap_or_default()
    }

    fn text(&self) -> String {
        let style = Style::of(&io::stdout());
        let mut out = format!("{}: {}\n", self.name(), self.target.label());
        if !self.inventory.is_there {
            _ = writeln!(out, "nothing was applied yet by `apply`: there is no inventory");
        }
        out.push('\n');
        out.push_str(&text::text(std::slice::from_ref(self.drift), style));
        for one in self.unready {
            let (head, so) = (style.head(stackwright::Severity::Error, "not ready:"), style.label("so:"));
            _ = writeln!(out, "{head} {}\n  {}\n  {so} {}\n", one.id, one.fact(), one.help());
        }
        out
    }

    fn json(&self) -> String {
        let unready = self.unready.iter().map(|one| {
            json!({ "object": one.id.typed(), "state": one.state, "why": one.reason.as_ref().map(|why| &why.fact), "help": one.help() })
        });
        let sides = std::slice::from_ref(self.drift);
        let whole = json!({
            "cluster": self.name(),
            "context": self.target.context,
            "server": self.target.server,
            "hasInventory": self.inventory.is_there,
            "drift": json::value(sides),
            "notReady": unready.collect::<Vec<_>>(),
            "noLongerInTheCode": self.plan.removed.iter().map(|one| one.id.typed()).collect::<Vec<_>>(),
            "releasesNoLongerInTheCode": self.releases.left,
        });
        format!("{whole}\n")
    }
}
