//! The flags of the commands that tell of changes and make them.

use std::time::Duration;

use camino::Utf8PathBuf;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use stackwright::Consequence;

use super::{DataFormat, OUT, folder};

/// Say what a change does to a cluster, before it is applied
///
/// Which pods restart and how, what the API server refuses, what is away meanwhile, which data goes, what is left to a person. The worst
/// comes first. Both sides are files, folders, or revisions of git, alone or as REVISION:PATH. A live cluster is what
/// `kubectl get -o yaml` prints of it: what a cluster added is no change, and what only the cluster has is left alone.
///
/// What is removed is told as if it were deleted: `kubectl apply` leaves it in the cluster.
///
/// What is meant to be can be allowed, with a reason: by `.allow(CONSEQUENCE, REASON)` on an object in code, by its annotation
/// `stackwright.dev/allow.CONSEQUENCE: REASON`, or by such a line in a commit's message between the two sides, for all objects or, as
/// `stackwright.dev/allow.CONSEQUENCE KIND NAMESPACE/NAME: REASON`, for one. It is shown as allowed, and no reason to fail.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} diff                       what the code changes against the last commit
  {program} diff main                  the same against a branch
  {program} diff main:deploy deploy    two folders of manifests
  {program} diff live.yaml             what the code changes in a cluster, by a dump of it
  {program} diff --format markdown     a summary for a pull request")]
pub struct Diff {
    /// What is applied: a revision of git, or files; HEAD if none is given
    #[arg(value_name = "BEFORE")]
    pub before: Option<String>,

    /// What is to be applied; what the code renders, if none is given
    #[arg(value_name = "AFTER")]
    pub after: Option<String>,

    /// Only this cluster
    #[arg(long, value_name = "NAME", conflicts_with = "after")]
    pub cluster: Option<String>,

    /// The namespace of manifests that name none
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    pub namespace: String,

    /// The folder that clusters are rendered to
    #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
    pub out: Utf8PathBuf,

    /// How to print it
    #[arg(long, default_value = "text")]
    pub format: DiffFormat,

    /// How bad a consequence must be for the exit code 1
    #[arg(long, value_name = "CONSEQUENCE", default_value = "outage", value_parser = consequences())]
    pub fail_on: Consequence,
}

/// How consequences are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum DiffFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// For a pull request: a table, and what is behind it folded
    Markdown,
    /// Annotations of a GitHub workflow
    Github,
    /// For code scanning: SARIF 2.1.0
    Sarif,
}

/// Apply a cluster, once you have seen what that does to it
///
/// What is applied is the tree as it was reviewed, by your own kubectl: server-side, in the computed order, with what has to be waited for.
/// Releases are installed by your own Helm. Before anything is changed, the server is asked what would become of it.
/// An inventory in the cluster knows what was applied. What the code no longer has is deleted; with what data would go it is kept, unless you
/// name it.
///
/// It can be ended at any point and run again. Two at once wait for each other.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} apply                  show what changes in the default cluster, ask, apply
  {program} apply edge --dry-run   show it only
  {program} apply edge --yes       ask nobody; data is never deleted by that
  {program} apply --delete-data PersistentVolumeClaim/shop/data")]
pub struct Apply {
    /// The cluster to apply; the default one if none is given
    pub cluster: Option<String>,

    /// The folder that clusters are rendered to
    #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
    pub out: Utf8PathBuf,

    /// The context of your kubeconfig; the current one if none is given
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,

    /// Ask nobody; where data would go, objects are kept all the same
    #[arg(long)]
    pub yes: bool,

    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Overwrite what others have changed in the cluster
    #[arg(long)]
    pub force_conflicts: bool,

    /// An object whose data may go, which it is kept for otherwise
    #[arg(long, value_name = "KIND/NAMESPACE/NAME")]
    pub delete_data: Vec<String>,

    /// How long workloads may take to become ready
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = duration)]
    pub timeout: Duration,
}

/// Say how a cluster differs from its tree, and what isn't ready in it
///
/// It reads as `apply` does, and changes nothing. The exit code is 1 when anything differs or isn't ready.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} status                      the default cluster
  {program} status edge --format json   another one, for a script")]
pub struct Status {
    /// The cluster to look at; the default one if none is given
    pub cluster: Option<String>,

    /// The folder that clusters are rendered to
    #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
    pub out: Utf8PathBuf,

    /// The context of your kubeconfig; the current one if none is given
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,

    /// How to print it
    #[arg(long, default_value = "text")]
    pub format: DataFormat,
}

/// As kubectl takes it: `90s`, `10m`, `1h30m`.
fn duration(text: &str) -> Result<Duration, &'static str> {
    let (mut seconds, mut number) = (0_u64, String::new());
    for sign in text.chars() {
        let unit = match sign {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            digit => {
                number.push(digit);
                continue;
            }
        };
        seconds += u64::from(number.parse::<u32>().map_err(|_| DURATION)?) * unit;
        number.clear();
    }
    if text.is_empty() || !number.is_empty() { Err(DURATION) } else { Ok(Duration::from_secs(seconds)) }
}

const DURATION: &str = "write it as 90s, 10m or 1h30m";

/// The names of consequences.
fn consequences() -> impl TypedValueParser<Value = Consequence> {
    let named = |name: String| Consequence::ALL.into_iter().find(|known| known.to_string() == name);
    PossibleValuesParser::new(Consequence::ALL.map(|known| known.to_string()))
        .try_map(move |name| named(name).ok_or("there is no such consequence"))
}
