//! The flags of the commands that write Rust: only the program `stackwright` has them.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::{folder, minor};

/// Write manifests as the Rust code of a stack
///
/// Reads files, folders, and what `kustomize build`, `helm template` or `kubectl get -o yaml` print. What a cluster added is
/// removed, and named. Constructors are used where they make exactly what is there; names of other objects become references.
/// Long texts and CustomResourceDefinitions are files beside the code. What Secrets hold is in no file: they are declared.
///
/// The code is compiled with the crates of the repository that it is written to, and what it makes is compared with what
/// was read. What differs is listed, with the exit code 1.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} adopt manifests/ --name shop --namespace shop   write src/shop.rs
  helm template shop | {program} adopt - --name shop        write what another tool prints")]
pub struct Adopt {
    /// Files and folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<Utf8PathBuf>,

    /// The name of the stack and of its module
    #[arg(long, value_name = "NAME")]
    pub name: String,

    /// The folder to write to, made if need be; nothing is written over what is there
    #[arg(long, value_name = "DIR", default_value = "src", value_parser = folder)]
    pub out: Utf8PathBuf,

    /// The namespace of objects that name none
    #[arg(long, value_name = "NAMESPACE")]
    pub namespace: Option<String>,

    /// A checkout of Stackwright to prove it with, where the folder is in no repository that uses it
    #[arg(long, value_name = "CHECKOUT", value_parser = folder, conflicts_with = "no_proof")]
    pub path: Option<Utf8PathBuf>,

    /// Don't compile it and compare
    #[arg(long)]
    pub no_proof: bool,
}

/// Print Rust types for the kinds of CRDs
///
/// Each version that is served is a module with a struct for each of its kinds: `Object::from` takes it, and `..default()` fills it. What a
/// schema leaves open is open in the types: nothing that the API server takes can't be written. Their status is left out, which a
/// controller writes.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} types crds/ > src/crds.rs                        of all CRDs in a folder
  kubectl get crd -o yaml | {program} types > src/crds.rs    of those that a cluster has
  helm show crds CHART | {program} types > src/crds.rs       of a chart's")]
pub struct Types {
    /// Files and folders, or - for standard input, which is read if none is given and something is piped in
    #[arg(value_name = "PATH")]
    pub paths: Vec<Utf8PathBuf>,

    /// What the types say of themselves
    #[arg(long, default_value = "full")]
    pub docs: Docs,

    /// Only the version of each kind that clients prefer: the newest stable one, if there is one
    #[arg(long)]
    pub newest: bool,
}

/// What generated types say of themselves.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Docs {
    /// What the CRDs say
    Full,
    /// Nothing of what the CRDs say
    None,
}

/// Make a repository of your own: clusters, a stack, tests and what continuous integration runs
///
/// It writes all files or none, and never over one that is there. They are yours from then on.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} init homelab                       what runs on a cluster that is there already
  {program} init homelab --clusters dev,prod   two clusters from one function
  {program} init homelab --machines            K3s on machines of your own, too")]
pub struct Init {
    /// The folder to write to, made if need be
    #[arg(default_value = ".", value_parser = folder)]
    pub dir: Utf8PathBuf,

    /// The name of its crate and program; the folder's if none is given
    #[arg(long)]
    pub name: Option<String>,

    /// The names of its clusters, the default one first
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "dev")]
    pub clusters: Vec<String>,

    /// The Kubernetes release that the clusters run; 1.36 if none is given
    #[arg(long, value_name = "VERSION", value_parser = release, conflicts_with = "machines")]
    pub kubernetes: Option<String>,

    /// Describe the clusters' machines as well: they are yours, and K3s comes there by ssh
    #[arg(long)]
    pub machines: bool,

    /// Depend on a checkout of Stackwright, and not on published crates
    #[arg(long, value_name = "CHECKOUT", value_parser = folder)]
    pub path: Option<Utf8PathBuf>,
}

/// Write any Helm chart's values as a Rust module, or say what an upgrade changes
///
/// Types come from the chart's schema, else from its defaults, else from what its templates read. A folder or an archive is read as it
/// is; anything else is pulled by your own Helm, and only then is there network.
///
/// With --since, says which values are gone, have another type or default, or are new. The exit code is 1 when one of --values is no longer taken.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} chart web/ --repo https://charts.example --out src/web.rs     type a chart's values
  {program} chart web --repo https://charts.example --version 1.1.0       pull it with Helm first
  {program} chart web-1.1.0.tgz --since web-1.0.0.tgz --values rendered/lab/releases/web.yaml")]
pub struct Chart {
    /// A chart's folder or archive, or what `helm pull` takes: a URL, oci://..., repository/name, or a name with --repo
    #[arg(value_name = "CHART")]
    pub named: String,

    /// The URL of the repository that Helm installs it from
    #[arg(long, value_name = "URL")]
    pub repo: Option<String>,

    /// The version to pull; the newest if none is given
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,

    /// The file to write the module to, which must not be there; standard output if none is given
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    pub out: Option<Utf8PathBuf>,

    /// The chart before the upgrade: a folder, an archive, or a version to pull
    #[arg(long, value_name = "OLD")]
    pub since: Option<String>,

    /// Values that you set, such as a rendered release's: said where the upgrade is about them
    #[arg(long, value_name = "FILE", requires = "since", num_args = 1..)]
    pub values: Vec<Utf8PathBuf>,
}

fn release(text: &str) -> Result<String, String> {
    minor(text)?;
    // It will stand in code, between quotes.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte));
    if is_plain { Ok(text.to_owned()) } else { Err("a release is letters, digits and . + -".to_owned()) }
}
