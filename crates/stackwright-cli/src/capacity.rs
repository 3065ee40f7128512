//! `capacity`: whether the pods fit on the nodes.

use std::io;
use std::time::SystemTime;

use stackwright::capacity::Answer;
use stackwright::check::{Check, Index};
use stackwright::{Capacity, Cluster, Error};

use crate::check::{self, Findings, Manifests, Target};
use crate::flags::{self, DataFormat};
use crate::input::Inputs;
use crate::report::Style;
use crate::{Outcome, names, report};

/// Prints what the nodes of clusters have and what pods take of it, or the same of manifests.
pub fn outcome(clusters: &[Cluster], checks: &[&Check], flags: &flags::Capacity) -> Result<Outcome, Error> {
    let target = flags.cluster.as_ref().map(|name| names::cluster(clusters, name)).transpose()?;
    let target = Target {
        namespace: &flags.namespace,
        kubernetes: None,
        closed: false,
        cluster: target,
        previous: None,
        now: SystemTime::now(),
    };
    let (mut chosen, paths) = check::split(clusters, &flags.what)?;
    if flags.what.is_empty() {
        chosen.extend(clusters.first());
    }

    let mut capacities = Vec::new();
    for cluster in chosen {
        capacities.push(stackwright::capacity(&Index::of(cluster)));
    }
    let mut all_read = true;
    if !paths.is_empty() {
        let manifests = Manifests::of(Inputs::read(&paths)?);
        capacities.push(stackwright::capacity(&manifests.applied(&target).index));
        let schema: Vec<_> = checks.iter().copied().filter(|check| check.id == check::SCHEMA).collect();
        let unread = Findings::of_manifests(manifests, &schema, &target)?;
        all_read = unread.found.is_empty();
        report::text(&check::text(&unread, Style::of(&io::stderr())));
    }

    let texts = capacities.iter().map(|capacity| match flags.format {
        DataFormat::Text => capacity.to_string(),
        DataFormat::Json => serde_json::to_string(capacity).unwrap_or_default() + "\n",
    });
    let between = if matches!(flags.format, DataFormat::Text) { "\n" } else { "" };
    report::data(&texts.collect::<Vec<_>>().join(between))?;
    let fits = |capacity: &Capacity| capacity.fits != Answer::No;
    Ok(if all_read && capacities.iter().all(fits) { Outcome::Clean } else { Outcome::Found })
}
