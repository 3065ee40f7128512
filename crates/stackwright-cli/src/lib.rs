//! The command line of a Stackwright program.
//!
//! A program is its clusters and one call; the first cluster is the default one:
//!
//! ```no_run
//! # mod my_clusters { pub fn all() -> Result<Vec<stackwright::Cluster>, stackwright::Error> { Ok(Vec::new()) } }
//! fn main() -> std::process::ExitCode {
//!     stackwright_cli::run(my_clusters::all())
//! }
//! ```
//!
//! Without clusters it is a linter of anyone's manifests: `run(Ok(Vec::new()))` is the program `stackwright` of this package.
//!
//! It leaves with 0 when all is well, 1 when it found something (findings of the checks, drift), and 2 when it could not
//! work. Data goes to standard output, everything else to standard error.

#[cfg(feature = "program")]
mod adopt;
mod apply;
mod capacity;
#[cfg(feature = "program")]
mod chart;
mod check;
#[cfg(feature = "program")]
mod code;
mod diff;
mod explain;
mod flags;
mod fmt;
#[cfg_attr(not(feature = "program"), path = "without_gitops.rs")]
mod gitops;
mod helm;
mod inflate;
#[cfg(feature = "program")]
mod init;
mod input;
mod list;
mod names;
mod program;
mod render;
mod report;
#[cfg(feature = "program")]
mod rust;
mod secrets;
mod threads;
mod trace;
mod tree;
#[cfg(feature = "program")]
mod types;
mod verify;
mod writer;

use std::process::ExitCode;
use std::time::SystemTime;

use camino::Utf8Path;
use clap::FromArgMatches as _;
use stackwright::check::Check;
use stackwright::{Cluster, Error};

use flags::{Command, Flags, Secrets};
use writer::Folder;

/// Runs the command of the program's arguments on these clusters, the first of which is the default.
///
/// Clusters that could not be described stop only the commands that ask for one. Where there are none, only the commands are
/// offered that read anyone's manifests.
pub fn run(clusters: Result<Vec<Cluster>, Error>) -> ExitCode {
    run_with(clusters, &[])
}

/// As [`run`], with checks of one's own beside those that there are.
pub fn run_with(clusters: Result<Vec<Cluster>, Error>, checks: &[Check]) -> ExitCode {
    let has_clusters = clusters.as_ref().map_or(true, |clusters| !clusters.is_empty());
    let arguments = program::command(has_clusters).try_get_matches();
    let flags = match arguments.and_then(|arguments| Flags::from_arg_matches(&arguments)) {
        Ok(flags) => flags,
        Err(error) => {
            // A help text that nobody reads to its end is no failure.
            _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut all: Vec<&Check> = stackwright::check::checks().collect();
    all.extend(checks);
    match outcome(flags.command, has_clusters, clusters, &all) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}

/// How a command that could work went.
enum Outcome {
    /// There is nothing to say.
    Clean,
    /// It found something, and has reported it.
    Found,
}

fn outcome(
    command: Command,
    has_clusters: bool,
    clusters: Result<Vec<Cluster>, Error>,
    checks: &[&Check],
) -> Result<Outcome, Error> {
    let clusters = clusters.and_then(names::distinct);
    match command {
        Command::Render(flags) => render::outcome(&names::some("render", clusters)?, checks, flags),
        Command::Verify(flags) => verify::outcome(&names::some("verify", clusters)?, &flags),
        Command::Secrets(flags) => secrets_outcome(&names::some("secrets", clusters)?, flags),
        Command::Apply(flags) => apply::outcome(&names::some("apply", clusters)?, &flags),
        Command::Status(flags) => apply::status::outcome(&names::some("status", clusters)?, &flags),
        Command::List(flags) => list::outcome(&names::some("list", clusters)?, flags.format),
        Command::Check(flags) => check::outcome(clusters, checks, &flags),
        Command::Capacity(flags) => capacity::outcome(clusters, checks, &flags),
        Command::Trace(flags) => trace::outcome(clusters, &flags),
        Command::Diff(flags) => diff::outcome(clusters, checks, &flags),
        #[cfg(feature = "program")]
        Command::Adopt(flags) => adopt::outcome(&flags),
        Command::Explain { name } => explain::outcome(checks, name.as_deref()),
        #[cfg(feature = "program")]
        Command::Init(flags) => init::outcome(&flags),
        Command::Fmt(flags) => fmt::outcome(&flags),
        #[cfg(feature = "program")]
        Command::Chart(flags) => chart::outcome(&flags),
        Command::Inflate(flags) => inflate::outcome(&names::some("inflate", clusters)?, &flags),
        #[cfg(feature = "program")]
        Command::Types(flags) => types::outcome(&flags),
        Command::Completions { shell } => {
            report::data(&program::completions(shell, has_clusters))?;
            Ok(Outcome::Clean)
        }
    }
}

fn secrets_outcome(clusters: &[Cluster], flags: Secrets) -> Result<Outcome, Error> {
    match flags {
        Secrets::List { cluster, out } => {
            let chosen: Vec<_> = chosen(clusters, cluster)?.iter().collect();
            report::data(&secrets::list(writer::existing(&out)?, &chosen, SystemTime::now())?)?;
        }
        Secrets::Rotate { name, cluster, out } => {
            let cluster = match cluster {
                Some(cluster) => names::cluster(clusters, &cluster)?,
                None => secrets::whose(clusters, &name)?,
            };
            let _folder = Folder::locked(writer::existing(&out)?)?;
            report::note(secrets::rotate(&out, cluster, &name)?.trim_end());
        }
        Secrets::Seal { cluster, mut recipients, recipients_file, force, out } => {
            for line in recipients_file.map(|file| named_text(&file)).transpose()?.iter().flat_map(|text| text.lines())
            {
                let line = line.trim();
                recipients.extend((!line.is_empty() && !line.starts_with('#')).then(|| line.to_owned()));
            }
            let _folder = Folder::locked(writer::existing(&out)?)?;
            for cluster in chosen(clusters, cluster)? {
                let notes = secrets::seal(&out, cluster, &recipients, force, SystemTime::now())?;
                for note in &notes {
                    report::note(note);
                }
            }
        }
        Secrets::Open { cluster, identity, force, out } => {
            let identities = named_text(&identity)?;
            let _folder = Folder::locked(writer::existing(&out)?)?;
            for cluster in chosen(clusters, cluster)? {
                let notes = secrets::open(&out, cluster, &identities, force)?;
                for note in &notes {
                    report::note(note);
                }
            }
        }
    }
    Ok(Outcome::Clean)
}

/// The cluster of a name, or all of them.
fn chosen(clusters: &[Cluster], name: Option<String>) -> Result<&[Cluster], Error> {
    name.map_or(Ok(clusters), |name| names::cluster(clusters, &name).map(std::slice::from_ref))
}

/// The text of a file that an argument names.
fn named_text(file: &Utf8Path) -> Result<String, Error> {
    let missing = || Error::new(format!("there is no file {file}"), "check how its path is written");
    writer::disk::text(file)?.ok_or_else(missing)
}
