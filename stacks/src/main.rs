//! The clusters of this repository, from the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    stackwright_cli::run(stackwright_stacks::clusters())
}
