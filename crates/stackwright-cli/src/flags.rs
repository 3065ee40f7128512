use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// The name that the program goes by.
pub const NAME: &str = "stackwright";

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
    #[command(subcommand)]
    Secrets(Secrets),
    /// List the clusters, their stacks, and how much each of them holds
    #[command(after_help = "Objects have a file each; the files counted here are those for machines and hosts.")]
    List,
    /// Print a script that completes this program's commands and flags in a shell
    #[command(after_help = "For bash: source <(stackwright completions bash)")]
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
  stackwright render --out rendered          write the whole tree
  stackwright render edge --out rendered     write one cluster of it
  stackwright render > all.yaml              print the default cluster's objects
  stackwright render edge --stack monitoring print those of one stack")]
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
    #[arg(long, value_name = "DIR", default_value = "rendered", value_parser = folder)]
    pub out: Utf8PathBuf,
}

/// List or replace the secrets' material on this machine; no value is ever shown
#[derive(Subcommand)]
pub enum Secrets {
    /// List the secrets and their files: what is there, how old it is, when a certificate ends
    List {
        /// The cluster whose secrets to list; those of all if none is given
        cluster: Option<String>,

        /// The folder that the clusters are rendered to
        #[arg(long, value_name = "DIR", default_value = "rendered", value_parser = folder)]
        out: Utf8PathBuf,
    },
    /// Replace the material of one secret by new, and say what is left to do in the cluster
    Rotate {
        /// The secret's name, as `secrets list` has it; its namespace can be left out where that is clear
        name: String,

        /// The cluster that has it; the default one if none is given
        #[arg(long)]
        cluster: Option<String>,

        /// The folder that the clusters are rendered to
        #[arg(long, value_name = "DIR", default_value = "rendered", value_parser = folder)]
        out: Utf8PathBuf,
    },
}

fn folder(text: &str) -> Result<Utf8PathBuf, &'static str> {
    if text.is_empty() { Err("the name of a folder is empty") } else { Ok(text.into()) }
}
