//! The program `stackwright`, for people who check manifests and describe no clusters.

use std::process::ExitCode;

fn main() -> ExitCode {
    stackwright_cli::run(Ok(Vec::new()))
}
