//! What a person's computer needs to bring the cluster up: `bootstrap.sh prerequisites` looks for it, the cluster's README tells it.

use serde::Serialize;
use stackwright::prelude::*;

/// The oldest versions that do, and how much disk.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Needs {
    virtualbox: &'static str,
    vagrant: &'static str,
    helm: &'static str,
    rust: &'static str,
    gibibytes_per_machine: u32,
}

pub(super) const NEEDS: Needs = Needs {
    virtualbox: "7.1",
    // The first that attaches disks to every controller that bento's boxes have: its CHANGELOG, GH-13587.
    vagrant: "2.4.4",
    helm: "4",
    rust: env!("CARGO_PKG_RUST_VERSION"),
    // A guess: a box, packages and the images of a node, with room for the first volumes. The disks grow as they fill.
    gibibytes_per_machine: 10,
};

/// A line for each thing that is needed beside kubectl and Helm.
pub(super) fn needs(machines: &[Machine]) -> Vec<String> {
    let memory: u32 = machines.iter().map(|machine| machine.memory).sum();
    let count = u32::try_from(machines.len()).unwrap_or_default();
    let Needs { virtualbox, vagrant, rust, gibibytes_per_machine, .. } = NEEDS;
    vec![
        "Linux or macOS; its Bash 3.2 is enough".to_owned(),
        format!("VirtualBox {virtualbox} or newer, Vagrant {vagrant} or newer, Rust {rust} or newer"),
        format!("{memory} MiB of free memory, and {} GiB of free disk for a start", count * gibibytes_per_machine),
    ]
}
