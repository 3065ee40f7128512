//! `capacity`: whether the pods fit on the nodes.

use std::io;
use std::time::SystemTime;

use serde::Serialize;
use stackwright::capacity::Answer;
use stackwright::check::{Check, Index};
use stackwright::{Capacity, Cluster, Error};

use crate::check::{self, Asked, Findings, Target};
use crate::flags::{self, DataFormat};
use crate::report::Style;
use crate::{Outcome, names, program, report};

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
    let asked = Asked::of(&clusters, &flags.what, "capacity")?;

    let mut capacities = Vec::new();
    for cluster in asked.clusters {
        let capacity = Index::of(cluster).capacity();
        capacities.push(Found { cluster: Some(cluster.name.clone()), is_existing: cluster.is_existing, capacity });
    }
    let mut all_read = true;
    if !asked.paths.is_empty() {
        let schema: Vec<_> = checks.iter().copied().filter(|check| check.id == check::SCHEMA).collect();
        for manifests in check::manifests(&asked.paths, &flags.helm, None)? {
            let capacity = manifests.applied(&target).index.capacity();
            let cluster = flags.cluster.clone().or_else(|| manifests.name.clone());
            capacities.push(Found { cluster, is_existing: false, capacity });
            let unread = Findings::of_manifests(manifests, &schema, &target)?;
            all_read &= unread.found.is_empty();
            report::text(&check::text(&unread, Style::of(&io::stderr())));
        }
    }

    let text = match flags.format {
        DataFormat::Json => {
            capacities.iter().map(|found| serde_json::to_string(found).unwrap_or_default() + "\n").collect()
        }
        DataFormat::Text => titled(&capacities),
    };
    report::data(&text)?;
    asked.unread.iter().for_each(|note| report::note(note));
    let fits = |found: &Found| found.capacity.fits != Answer::No;
    Ok(if all_read && capacities.iter().all(fits) { Outcome::Clean } else { Outcome::Found })
}

/// A capacity, and whose it is: the cluster's, as it is or with manifests applied to it. That of manifests alone has no name.
#[derive(Serialize)]
struct Found {
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<String>,
    /// Whether its machines are someone else's, who can be asked for them.
    #[serde(skip)]
    is_existing: bool,
    #[serde(flatten)]
    capacity: Capacity,
}

/// One after the other, each below its name where there are several.
fn titled(capacities: &[Found]) -> String {
    let capacity = |found: &Found| match &found.cluster {
        Some(cluster) if found.is_existing && found.capacity.nodes.is_empty() => format!(
            "the nodes of cluster {cluster} are not known, nor whether its pods fit; this places its pods on them:\n  \
             kubectl get nodes -o yaml | {} capacity - --cluster {cluster}\n",
            program::name()
        ),
        _ => found.capacity.to_string(),
    };
    let text = |found: &Found| match capacities.len() {
        1 => capacity(found),
        _ => format!("{}\n\n{}", found.cluster.as_deref().unwrap_or("manifests"), capacity(found)),
    };
    capacities.iter().map(text).collect::<Vec<_>>().join("\n")
}
