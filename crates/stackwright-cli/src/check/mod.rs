//! `check`: what is wrong with clusters or manifests, in several formats.

mod findings;
mod github;
pub mod json;
mod manifests;
mod previous;
pub mod sarif;
mod selection;
mod shared;
mod text;
mod variables;

use std::collections::BTreeSet;
use std::io;
use std::time::SystemTime;

use camino::Utf8PathBuf;
use stackwright::check::Check;
use stackwright::{Cluster, Error, Severity};

use crate::flags::{self, FailOn, Format};
use crate::gitops::{self, WithHelm};
use crate::input::{Inputs, STDIN};
use crate::report::{Style, counted};
use crate::{Outcome, input, names, report};

pub use findings::{Findings, SCHEMA};
pub use manifests::{Applied, Manifests, Target, local};
pub use previous::{Rendered, is_delivery};
pub use selection::unknown;
pub use shared::Documents;
pub use text::text;

/// Prints what checks find in clusters, or in manifests.
pub fn outcome(
    clusters: Result<Vec<Cluster>, Error>,
    checks: &[&Check],
    flags: &flags::Check,
) -> Result<Outcome, Error> {
    let selected = selection::selected(checks, flags)?;
    let clusters = names::if_asked(clusters, &flags.what, flags.cluster.as_deref())?;
    let target = flags.cluster.as_ref().map(|name| names::cluster(&clusters, name)).transpose()?;
    let kubernetes = match target {
        Some(cluster) if flags.kubernetes.is_none() => Some(stackwright::kubernetes::minor(&cluster.kubernetes)?),
        _ => flags.kubernetes,
    };
    let read = |paths: &[Utf8PathBuf]| manifests(paths, &flags.helm, kubernetes);
    let previous = flags.previous.as_ref().map(|path| read(std::slice::from_ref(path))).transpose()?;
    let target = Target {
        namespace: &flags.namespace,
        kubernetes: flags.kubernetes,
        closed: flags.closed,
        cluster: target,
        out: &flags.out,
        previous: previous.as_deref(),
        now: SystemTime::now(),
    };
    let asked = Asked::of(&clusters, &flags.what, "check")?;

    let mut findings = Findings::default();
    let mut objects = 0;
    for cluster in asked.clusters {
        objects += cluster.stacks.iter().map(|stack| stack.objects.len()).sum::<usize>();
        findings = findings.and(Findings::of_cluster(cluster, &selected, &flags.out)?);
    }
    if !asked.paths.is_empty() {
        for manifests in read(&asked.paths)? {
            objects += manifests.objects.len();
            let sources = manifests.sources.len();
            let found = Findings::of_manifests(manifests, &selected, &target)?;
            findings = findings.and(match target.cluster {
                Some(cluster) => found.beside(cluster, &selected, sources),
                None => found,
            });
        }
        findings = findings.distinct();
    }

    report::data(&match flags.format {
        Format::Text => text(&findings, Style::of(&io::stdout())),
        Format::Json => json::text(&findings),
        Format::Sarif => sarif::text(&findings, &selected),
        Format::Github => github::text(&findings),
    })?;
    report::note(&summary(&findings, objects));
    for what in findings.unchecked.iter().collect::<BTreeSet<_>>() {
        report::note(&format!("not checked: {what}"));
    }
    if findings.found.iter().any(|found| found.finding.id == SCHEMA && found.at.is_some()) {
        report::note("what may only follow from what cannot be read is left out until that is repaired");
    }
    asked.unread.iter().for_each(|note| report::note(note));
    let worst = match flags.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Information,
    };
    let fails = findings.found.iter().any(|found| found.finding.severity <= worst);
    Ok(if fails { Outcome::Found } else { Outcome::Clean })
}

/// What arguments ask about.
pub struct Asked<'a> {
    pub clusters: Vec<&'a Cluster>,
    pub paths: Vec<Utf8PathBuf>,
    /// What to say about standard input, if it should have been asked about and was not.
    pub unread: Option<String>,
}

impl<'a> Asked<'a> {
    /// The clusters and paths of these names. Without any it is all clusters, and where there are none, what is piped in.
    pub fn of(clusters: &'a [Cluster], names: &[String], command: &str) -> Result<Self, Error> {
        let mut asked = Self { clusters: Vec::new(), paths: Vec::new(), unread: None };
        match (names, clusters) {
            ([], []) => asked.paths.push(input::piped(command)?),
            ([], _) => {
                asked.clusters.extend(clusters);
                asked.unread = input::unread(command);
            }
            _ => {}
        }
        for name in names {
            match names::cluster(clusters, name) {
                Ok(cluster) => asked.clusters.push(cluster),
                Err(_) if input::is_there(name) => asked.paths.push(name.into()),
                Err(_) if clusters.is_empty() => {
                    return Err(Error::new(
                        format!("there is no file or folder named `{name}`"),
                        "check how its path is written",
                    ));
                }
                Err(error) => {
                    return Err(Error::new(
                        format!("there is no cluster, file or folder named `{name}`"),
                        error.help(),
                    ));
                }
            }
        }
        Ok(asked)
    }
}

/// The manifests at these paths, for each cluster that a repository of Flux or Argo CD applies them to. That there is no object in any is an
/// error: it would be as clean as can be.
pub fn manifests(paths: &[Utf8PathBuf], charts: &WithHelm, kubernetes: Option<u32>) -> Result<Vec<Manifests>, Error> {
    let all = match gitops::manifests(paths, charts, kubernetes)? {
        Some(all) => all,
        None => vec![Manifests::of(Inputs::read("check", paths)?)],
    };
    if all.iter().any(|manifests| !manifests.objects.is_empty() || !manifests.problems.is_empty()) {
        return Ok(all);
    }
    let places: Vec<_> =
        paths.iter().map(|path| if path == STDIN { "standard input" } else { path.as_str() }).collect();
    let help = "name what `kubectl apply -f` would take, or pipe in what makes it, such as `kubectl kustomize` or `helm template`";
    Err(Error::new(format!("there is no Kubernetes object in {}", places.join(", ")), help))
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
