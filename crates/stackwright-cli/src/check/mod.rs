//! `check`: what is wrong with clusters or manifests, in several formats.

mod findings;
mod github;
mod json;
mod manifests;
mod previous;
mod sarif;
mod selection;
mod text;

use std::collections::BTreeSet;
use std::io;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::check::Check;
use stackwright::{Cluster, Error, Severity};

use crate::flags::{self, FailOn, Format};
use crate::input::{Inputs, STDIN};
use crate::report::{Style, counted};
use crate::{Outcome, names, report};

pub use findings::{Findings, SCHEMA};
pub use manifests::{Manifests, Target};
pub use selection::unknown;
pub use text::text;

/// Where clusters are rendered to by custom: findings name their files there.
const RENDERED: &str = "rendered";

/// Prints what checks find in clusters, or in manifests.
pub fn outcome(clusters: &[Cluster], checks: &[&Check], flags: &flags::Check) -> Result<Outcome, Error> {
    let selected = selection::selected(checks, flags)?;
    let target = flags.cluster.as_ref().map(|name| names::cluster(clusters, name)).transpose()?;
    let previous = flags.previous.as_ref().map(|path| Inputs::read(std::slice::from_ref(path))).transpose()?;
    let previous = previous.map(Manifests::of);
    let target = Target {
        namespace: &flags.namespace,
        kubernetes: flags.kubernetes,
        closed: flags.closed,
        cluster: target,
        previous: previous.as_ref(),
        now: SystemTime::now(),
    };
    let (mut chosen, paths) = split(clusters, &flags.what)?;
    if flags.what.is_empty() {
        chosen.extend(clusters);
    }

    let mut findings = Findings::default();
    let mut objects = 0;
    for cluster in chosen {
        objects += cluster.stacks.iter().map(|stack| stack.objects.len()).sum::<usize>();
        findings = findings.and(Findings::of_cluster(cluster, &selected, RENDERED.into())?);
    }
    if !paths.is_empty() {
        let manifests = Manifests::of(Inputs::read(&paths)?);
        objects += manifests.objects.len();
        let sources = manifests.sources.len();
        let found = Findings::of_manifests(manifests, &selected, &target)?;
        findings = findings.and(match target.cluster {
            Some(cluster) => found.beside(cluster, &selected, sources),
            None => found,
        });
    }

    report::data(&match flags.format {
        Format::Text => text(&findings, Style::of(&io::stdout())),
        Format::Json => json::text(&findings),
        Format::Sarif => sarif::text(&findings, &selected),
        Format::Github => github::text(&findings),
    })?;
    report::note(&summary(&findings, objects));
    for what in findings.unchecked.iter().collect::<BTreeSet<_>>() {
        report::note(&format!("not checked {what}"));
    }
    if findings.found.iter().any(|found| found.finding.id == SCHEMA) {
        report::note("what may only follow from what cannot be read is left out until that is repaired");
    }
    let worst = match flags.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    let fails = findings.found.iter().any(|found| found.finding.severity <= worst);
    Ok(if fails { Outcome::Found } else { Outcome::Clean })
}

/// The clusters and the paths among the arguments.
pub fn split<'a>(clusters: &'a [Cluster], what: &[String]) -> Result<(Vec<&'a Cluster>, Vec<Utf8PathBuf>), Error> {
    let (mut chosen, mut paths) = (Vec::new(), Vec::new());
    for name in what {
        match names::cluster(clusters, name) {
            Ok(cluster) => chosen.push(cluster),
            Err(_) if name == STDIN || Utf8Path::new(name).exists() => paths.push(name.into()),
            Err(error) => {
                return Err(Error::new(format!("there is no cluster, file or folder named `{name}`"), error.help()));
            }
        }
    }
    Ok((chosen, paths))
}

fn summary(findings: &Findings, objects: usize) -> String {
    let objects = counted(objects, "object");
    let counts = [Severity::Error, Severity::Warning, Severity::Information]
        .map(|severity| (findings.count(severity), severity));
    let counts: Vec<_> = counts.iter().filter(|(count, _)| *count > 0).collect();
    let counts: Vec<_> = counts
        .into_iter()
        .map(|(count, severity)| match severity {
            // It has no plural.
            Severity::Information => format!("{count} info"),
            _ => counted(*count, &severity.to_string()),
        })
        .collect();
    if counts.is_empty() { format!("{objects}, no findings") } else { format!("{objects}: {}", counts.join(", ")) }
}
