//! The clusters of this repository, from the command line: `cargo run -- --help`.

use std::process::ExitCode;

mod clusters;
mod hello;
#[cfg(test)]
mod tests;

fn main() -> ExitCode {
    stackwright_cli::run(clusters::clusters())
}
