//! `capacity`: whether the pods fit on the nodes.

use std::io;
use std::time::SystemTime;

use stackwright::capacity::Answer;
use stackwright::check::{Check, Index};
use stackwright::{Capacity, Cluster, Error};

use crate::check::{self, Asked, Findings, Target};
use crate::flags::{self, DataFormat};
use crate::report::Style;
use crate::{Outcome, names, report};

/// Prints what the nodes of clusters have and what pods take of it, or the same of manifests.
pub fn outcome(
    clusters: Result<Vec<Cluster>, Error>,
    checks: &[&Check],
    flags: &flags::Capacity,
) -> Result<Outcome, Error> {
    let clusters = names::if_asked(clusters, &flags.what, flags.cluster.as_deref())?;
    let target = flags.cluster.as_ref().map(|name| names::cluster(&clusters, name)).transpose()?;
    let target = Target {
        namespace: &flags.namespace,
        kubernetes: None,
        closed: false,
        cluster: target,
        out: flags::OUT.into(),
        previous: None,
        now: SystemTime::now(),
    };
    let default = clusters.first().map_or(&[][..], std::slice::from_ref);
    let asked = Asked::of(&clusters, &flags.what, default, "capacity")?;

    let mut capacities = Vec::new();
    for cluster in asked.clusters {
        capacities.push(Index::of(cluster).capacity());
    }
    let mut all_read = true;
    if !asked.paths.is_empty() {
        let manifests = check::manifests(&asked.paths)?;
        capacities.push(manifests.applied(&target).index.capacity());
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
    asked.unread.iter().for_each(|note| report::note(note));
    let fits = |capacity: &Capacity| capacity.fits != Answer::No;
    Ok(if all_read && capacities.iter().all(fits) { Outcome::Clean } else { Outcome::Found })
}
