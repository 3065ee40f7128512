//! Commands and flags: their help is what people read first.

mod change;
#[cfg(feature = "program")]
mod rust;
mod trace;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::gitops::WithHelm;

pub use change::{Apply, Diff, DiffFormat, Status};
#[cfg(feature = "program")]
pub use rust::{Adopt, Chart, Docs, Init, Types};
pub use trace::{Trace, TraceFormat};

/// What the tool is called, whatever the program is that it is part of.
pub const NAME: &str = "stackwright";

/// The folder that clusters are rendered to, where no other is named.
pub const OUT: &str = "rendered";

/// Typed clusters on your own machines, rendered to files that you review, commit and apply.
#[derive(Parser)]
#[command(name = NAME, version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "It leaves with 0 when all is well, 1 when it found something, 2 when it could not work.")]
pub struct Flags {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Render(Render),
    Verify(Verify),
    Check(Check),
    Capacity(Capacity),
    Trace(Trace),
    Diff(Diff),
    Apply(Apply),
    Status(Status),
    /// Say what a check finds and why, with an example
    Explain {
        /// The check, or a group of checks to list; all are listed if none is given
        #[arg(value_name = "ID|GROUP")]
        name: Option<String>,
    },
    Fmt(Fmt),
    #[cfg(feature = "program")]
    Init(Init),
    #[cfg(feature = "program")]
    Chart(Chart),
    Inflate(Inflate),
    #[cfg(feature = "program")]
    Types(Types),
    #[cfg(feature = "program")]
    Adopt(Adopt),
    #[command(subcommand)]
    Secrets(Secrets),
    List(List),
    /// Print a script that completes this program's commands and flags in a shell
    #[command(after_help = "For bash: source <({program} completions bash)")]
    Completions {
        /// The shell to print it for
        shell: Shell,
    },
}

/// Write the files of the clusters, or print the objects of one
///
/// With --out, writes the whole tree into a folder, which is made to be committed: only what changed is written, what is no
/// longer rendered is removed, and a file that a render did not write is never touched. Secrets that have no
/// material yet get it, in a folder that git ignores.
///
/// Without --out, prints the objects of one cluster as a stream of YAML documents, in the order in which they can be
/// applied, and writes nothing.
///
/// The checks run first; when they find an error, nothing is written or printed.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} render --out rendered          write the whole tree
  {program} render edge --out rendered     write one cluster of it
  {program} render > all.yaml              print the default cluster's objects
  {program} render edge --stack monitoring print those of one stack")]
pub struct Render {
    /// The cluster to render; all of them with --out, the default one without
    pub cluster: Option<String>,

    /// The folder to write to, made if need be
    #[arg(long, value_name = "DIR", value_parser = folder)]
    pub out: Option<Utf8PathBuf>,

    /// Overwrite or remove files in the way that were edited by hand or not written by a render
    #[arg(long, requires = "out")]
    pub force: bool,

    /// Print only the objects of this stack
    #[arg(long, value_name = "NAME", conflicts_with = "out")]
    pub stack: Option<String>,
}

/// Compare a folder with what would be rendered into it now
///
/// Prints a unified diff from the folder's files to the rendered ones, and names files that are missing, no longer rendered, or
/// not the render's. Writes nothing, needs no secrets and looks at none. Names that begin with a dot and were not
/// rendered are left alone: tools keep their state under such names.
#[derive(Args)]
pub struct Verify {
    /// The cluster to verify; all of them if none is given
    pub cluster: Option<String>,

    /// The folder to look at
    #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
    pub out: Utf8PathBuf,
}

/// Check clusters, or anyone's manifests
///
/// Every reference, address, port, class, size and name is checked against everything else. What is checked is this
/// program's clusters, or the files, folders and, as `-`, standard input that are named.
///
/// What is meant to be as it is can be allowed, with a reason: by `.allow(ID, REASON)` on an object in code, or by its
/// annotation `stackwright.dev/allow.ID: REASON`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} check                               check all clusters of this program
  {program} check edge --ignore rollout         check one of them, without a group of checks
  {program} check manifests/ --namespace shop   check a folder for this namespace
  helm template shop | {program} check -        check what another tool prints")]
pub struct Check {
    /// Clusters, files and folders to check, or - for standard input; all clusters if none is given
    #[arg(value_name = "CLUSTER|PATH")]
    pub what: Vec<String>,

    /// The namespace of manifests that name none
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    pub namespace: String,

    /// The Kubernetes release that manifests are for, such as 1.35
    #[arg(long, value_name = "VERSION", value_parser = minor)]
    pub kubernetes: Option<u32>,

    /// Check manifests as if they were applied to this cluster
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,

    /// Take what is given for all that there is: what it names and doesn't hold is missing, and not made by a chart or an operator
    #[arg(long)]
    pub closed: bool,

    #[command(flatten)]
    pub helm: WithHelm,

    /// The manifests as they are applied today, such as those of the last release: what can't be changed in place is found
    #[arg(long, value_name = "PATH")]
    pub previous: Option<Utf8PathBuf>,

    /// The folder of the last render: findings in clusters name their files there, and what it holds is taken to be applied
    #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
    pub out: Utf8PathBuf,

    /// How to print the findings
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Run only these checks or groups of checks
    #[arg(long, value_name = "GROUP|ID", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Leave out these checks or groups of checks
    #[arg(long, value_name = "GROUP|ID", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Which checks run
    #[arg(long, default_value = "link")]
    pub profile: Profile,

    /// How bad a finding must be for the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
}

/// Show what the nodes have, what pods take of it, and which pods find no place
///
/// Every pod is placed as the scheduler would: by requests, taints, selectors, affinity, spread and volumes, with what the
/// installer and Helm releases bring. Where it depends on the order in which pods come, that is said. The exit code is 1 when not
/// every pod has a place.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} capacity                                          all clusters of this program
  kubectl get nodes -o yaml | {program} capacity - manifests/   anyone's nodes and manifests")]
pub struct Capacity {
    /// Clusters, or files and folders with Node objects, or - for standard input; all clusters if none is given
    #[arg(value_name = "CLUSTER|PATH")]
    pub what: Vec<String>,

    /// The namespace of manifests that name none
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    pub namespace: String,

    /// Place the pods of manifests on this cluster, beside its own
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,

    #[command(flatten)]
    pub helm: WithHelm,

    /// How to print it
    #[arg(long, default_value = "text")]
    pub format: DataFormat,
}

/// List the clusters, their stacks, and how much each of them holds
///
/// As JSON, also what it is that they hold, and the machines.
#[derive(Args)]
#[command(after_help = "Objects have a file each; the files counted here are those for machines and hosts.")]
pub struct List {
    /// How to print it
    #[arg(long, default_value = "text")]
    pub format: DataFormat,
}

/// How data is printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum DataFormat {
    /// For people
    Text,
    /// For scripts: one JSON object a line
    Json,
}

/// How findings are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

/// Which checks run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// Those that find what does not fit together
    Link,
    /// Those that give advice on reliability and security, too
    Lint,
}

/// How bad a finding must be to count.
#[derive(Clone, Copy, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    #[value(alias = "information")]
    Info,
}

/// Print manifests in their canonical form
///
/// It is the form in which clusters are rendered. Reads YAML and JSON as strictly as the API server, and prints it with the API's order of fields and with quotes wherever a reader
/// could take a string for something else. Values are never changed. Comments have no place in this form: each that
/// is lost is named.
#[derive(Args)]
pub struct Fmt {
    /// Files and folders, or - for standard input, which is read if none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<Utf8PathBuf>,

    /// Rewrite the files in place
    #[arg(long)]
    pub write: bool,

    /// List the files that would change, and print and write nothing
    #[arg(long, conflicts_with = "write")]
    pub check: bool,
}

/// Let your own Helm make the objects of releases, to be committed
///
/// For the releases that a stack has by `Stack::inflated`, writes OUT/CLUSTER/RELEASE.yaml, which the program includes. Whoever renders
/// it then needs neither Helm nor a network: `check` finds a release whose chart or values changed since.
///
/// What is not the same without a cluster is said: hooks, `lookup`, the time. Values that a chart makes up, and Secrets with what is
/// secret in them, are refused.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} inflate                                    all of them; Helm pulls their charts
  {program} inflate lab --release web --chart web/     one of them, from a chart that is here")]
pub struct Inflate {
    /// The cluster whose releases to inflate; those of all if none is given
    pub cluster: Option<String>,

    /// The release to inflate; all of them if none is given
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,

    /// The folder or archive of its chart; pulled by Helm if none is given
    #[arg(long, value_name = "PATH")]
    pub chart: Option<Utf8PathBuf>,

    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "inflated", value_parser = folder)]
    pub out: Utf8PathBuf,
}

/// List, replace, seal or open the secrets' material on this machine; no value is ever shown
#[derive(Subcommand)]
pub enum Secrets {
    /// List the secrets and their files: what is there, how old it is, when a certificate ends
    List {
        /// The cluster whose secrets to list; those of all if none is given
        cluster: Option<String>,

        /// The folder that the clusters are rendered to
        #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
        out: Utf8PathBuf,
    },
    /// Replace the material of one secret by new, and say what is left to do in the cluster
    Rotate {
        /// The secret's name, as `secrets list` has it; its namespace can be left out where that is clear
        name: String,

        /// The cluster that has it; can be left out where only one has a secret of that name
        #[arg(long)]
        cluster: Option<String>,

        /// The folder that the clusters are rendered to
        #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
        out: Utf8PathBuf,
    },
    /// Encrypt the material for age recipients, into files that git takes and sops reads
    ///
    /// What is as it was sealed last stays as it is. Who can open the files is kept in them, and named only to change that.
    Seal {
        /// The cluster whose secrets to seal; those of all if none is given
        cluster: Option<String>,

        /// Who is to open them; those of the last time if none is given
        #[arg(short, long = "recipient", value_name = "age1...")]
        recipients: Vec<String>,

        /// A file of recipients, one a line
        #[arg(short = 'R', long, value_name = "FILE")]
        recipients_file: Option<Utf8PathBuf>,

        /// Overwrite what was sealed elsewhere since
        #[arg(long)]
        force: bool,

        /// The folder that the clusters are rendered to
        #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
        out: Utf8PathBuf,
    },
    /// Decrypt what was sealed, on a machine that has the key
    Open {
        /// The cluster whose secrets to open; those of all if none is given
        cluster: Option<String>,

        /// The file of the key, as age-keygen wrote it
        #[arg(short, long, value_name = "KEYFILE")]
        identity: Utf8PathBuf,

        /// Replace what is here and was neither sealed nor opened last
        #[arg(long)]
        force: bool,

        /// The folder that the clusters are rendered to
        #[arg(long, value_name = "DIR", default_value = OUT, value_parser = folder)]
        out: Utf8PathBuf,
    },
}

fn folder(text: &str) -> Result<Utf8PathBuf, &'static str> {
    if text.is_empty() { Err("the name of a folder is empty") } else { Ok(text.into()) }
}

fn minor(text: &str) -> Result<u32, String> {
    stackwright::kubernetes::minor(text).map_err(|error| format!("{error}; {}", error.help()))
}
