//! What the program is called and what it offers: more where it has clusters.

use std::env;
use std::env::consts::EXE_SUFFIX;
use std::path::Path;

use clap::{Arg, Command, CommandFactory as _};
use clap_complete::Shell;

use crate::flags::{Flags, NAME};

/// Where a text names the program.
const PLACEHOLDER: &str = "{program}";

/// The commands that work on clusters.
const OF_CLUSTERS: [&str; 7] = ["render", "verify", "apply", "status", "inflate", "secrets", "list"];

/// The commands that write Rust, once: the program that everybody has offers them, and no program of clusters.
const WRITE_CODE: [&str; 4] = ["adopt", "chart", "init", "types"];

/// The name that the program was started by: people call theirs what they like, and copy commands from what it says.
pub fn name() -> String {
    let path = env::args_os().next().unwrap_or_default();
    let name = Path::new(&path).file_name().and_then(|name| name.to_str()).unwrap_or(NAME);
    name.strip_suffix(EXE_SUFFIX).unwrap_or(name).to_owned()
}

/// The commands and flags of the program. Those that need clusters are hidden where there are none, and say so when they are used.
pub fn command(has_clusters: bool) -> Command {
    let name = name();
    let version = env!("CARGO_PKG_VERSION");
    let version = if name == NAME { version.to_owned() } else { format!("({NAME} {version})") };
    let command = Flags::command().name(name.clone()).bin_name(&name).version(version);
    named(if has_clusters { with_clusters(command) } else { without_clusters(command) }, &name)
}

/// A script that completes what the help lists.
pub fn completions(shell: Shell, has_clusters: bool) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut shown(&command(has_clusters)), name(), &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

fn named(command: Command, name: &str) -> Command {
    let examples = command.get_after_help().map(|text| text.to_string().replace(PLACEHOLDER, name));
    let command = examples.into_iter().fold(command, Command::after_help);
    command.mut_subcommands(|command| named(command, name))
}

fn with_clusters(command: Command) -> Command {
    command.mut_subcommands(|command| {
        let writes_code = WRITE_CODE.contains(&command.get_name());
        command.hide(writes_code)
    })
}

fn without_clusters(command: Command) -> Command {
    let of_manifests = |what: Arg| {
        let help =
            "Files and folders, or - for standard input, which is read if none is given and something is piped in";
        what.value_name("PATH").help(help)
    };
    let hidden = |arg: Arg| arg.hide(true);
    command
        .about("What does not fit together in Kubernetes manifests: references, values, addresses, capacity")
        .mut_subcommands(|command| {
            let is_of_clusters = OF_CLUSTERS.contains(&command.get_name());
            command.hide(is_of_clusters)
        })
        .mut_subcommand("check", |check| {
            check
                .about("Check manifests")
                .long_about(
                    "Check manifests\n\nEvery reference, address, port, class, size and name is checked against everything \
                     else.\n\nWhat is meant to be as it is can be allowed, with a reason, by an object's annotation \
                     `stackwright.dev/allow.ID: REASON`.",
                )
                .after_help(
                    "Examples:\n  {program} check manifests/ --namespace shop   check a folder for this namespace\n  \
                     helm template shop | {program} check         check what another tool prints",
                )
                .mut_arg("what", of_manifests)
                .mut_arg("cluster", hidden)
        })
        .mut_subcommand("diff", |diff| {
            diff.after_help(
                "Examples:\n  {program} diff main                  what the files here change against a branch\n  \
                 {program} diff main:deploy deploy    two folders of manifests\n  \
                 {program} diff live.yaml deploy      against what `kubectl get -o yaml` printed",
            )
            .mut_arg("after", |after| after.help("What is to be applied; the files here, if none is given"))
            .mut_arg("cluster", hidden)
        })
        .mut_subcommand("capacity", |capacity| {
            capacity
                .after_help(
                    "Example:\n  kubectl get nodes -o yaml | {program} capacity - manifests/   your nodes and these manifests",
                )
                .mut_arg("what", of_manifests)
                .mut_arg("cluster", hidden)
        })
        .mut_subcommand("trace", |trace| {
            let help = "A URL, or kind/namespace/name and host:port. Where `--` follows: files and folders to look in, or - for standard \
                        input, which is read if none is given and something is piped in";
            trace
                .after_help(
                    "Examples:\n  {program} trace manifests/ nodes.yaml -- http://shop.example       from outside\n  \
                     {program} trace manifests/ -- deployment/shop/web db.data:5432   from a pod\n  \
                     kubectl get all,ing,netpol -A -o yaml | {program} trace http://shop.example",
                )
                .mut_arg("words", |words| words.value_name("REQUEST|PATH").help(help))
                // What is changed comes last, and this has to.
                .mut_arg("request", |request| request)
                .mut_arg("cluster", hidden)
        })
}

/// The same without what is hidden: a shell would offer it.
fn shown(command: &Command) -> Command {
    let args = command.get_arguments().filter(|arg| !arg.is_hide_set()).cloned();
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set()).map(shown);
    Command::new(command.get_name().to_owned())
        .about(command.get_about().cloned().unwrap_or_default())
        .version(command.get_version().unwrap_or_default().to_owned())
        .disable_version_flag(command.get_version().is_none())
        .disable_help_subcommand(true)
        .args(args)
        .subcommands(commands)
}
