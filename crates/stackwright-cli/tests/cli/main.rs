//! Runs each file of `cases/` as a session at a shell's prompt, and compares what the program says with a snapshot:
//! standard output, standard error and the exit code of every line.
//!
//! The program is this executable under the name `stackwright` or `homelab`, with the clusters that the variable `CLUSTERS` names. In
//! cases whose names hold `linter`, `stackwright` is the program of that name that this package installs.
//! A new case is a new file. `cargo test -p stackwright-cli --test cli -- NAME` runs the cases whose names hold NAME.

mod clusters;
mod delivered;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, panic};

/// What a program of clusters is called here.
const NAMES: [&str; 2] = ["stackwright", "homelab"];

fn main() -> ExitCode {
    let mut arguments = env::args();
    if arguments.next().is_some_and(|program| NAMES.iter().any(|name| Path::new(&program).ends_with(name))) {
        let name = env::var("CLUSTERS").unwrap_or("two".to_owned());
        let own = if name == "own-check" { &[clusters::TEAM_LABEL][..] } else { &[] };
        return stackwright_cli::run_with(clusters::named(&name), own);
    }
    let filter = arguments.find(|argument| !argument.starts_with('-')).unwrap_or_default();

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/cases");
    let entries = fs::read_dir(&folder).expect("the folder of cases is there");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("cases can be listed").path()).collect();
    cases.sort();
    let name = |case: &Path| case.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    // Some need what only Linux has, such as /dev/full.
    let runs_here = |name: &str| cfg!(target_os = "linux") || !name.starts_with("linux-");
    cases.retain(|case| name(case).contains(&filter) && runs_here(&name(case)));
    let failed = cases.iter().filter(|case| !passes(&name(case), case)).count();

    println!("{} cases, {failed} failed", cases.len());
    if failed == 0 && !cases.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn passes(name: &str, case: &Path) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/cli");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let session = fs::read_to_string(case).expect("a case can be read");
    let this = env::current_exe().expect("this program knows where it is");
    let program = if name.contains("linter") { env!("CARGO_BIN_EXE_stackwright").into() } else { this };
    let transcript = transcript(&session, &program);
    let passes = settings.bind(|| panic::catch_unwind(|| insta::assert_snapshot!(name, transcript)).is_ok());
    println!("{name}: {}", if passes { "ok" } else { "FAILED" });
    passes
}

/// Each line of the session as it was typed, and what it printed; lines from standard error have a mark.
fn transcript(session: &str, program: &Path) -> String {
    let scratch = tempfile::tempdir().expect("there is a folder for temporary files");
    let (programs, here) = (scratch.path().join("bin"), scratch.path().join("here"));
    fs::create_dir(&programs).expect("a folder can be made");
    fs::create_dir(&here).expect("a folder can be made");
    for name in NAMES {
        std::os::unix::fs::symlink(program, programs.join(name)).expect("a link can be made");
    }

    let path = env::var("PATH").expect("there is a PATH");
    let mut out = String::new();
    for line in session.lines() {
        if line.is_empty() || line.starts_with('#') {
            _ = writeln!(out, "{line}");
            continue;
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(&here).stdin(Stdio::null());
        shell
            .env("PATH", format!("{}:{path}", programs.display()))
            .env_remove("COLUMNS")
            .env_remove("NO_COLOR")
            .env("LC_ALL", "C")
            .env("TERM", "xterm");
        let done = shell.output().expect("there is a shell");
        _ = writeln!(out, "$ {line}");
        out.push_str(&String::from_utf8_lossy(&done.stdout));
        for line in String::from_utf8_lossy(&done.stderr).lines() {
            _ = writeln!(out, "! {line}");
        }
        if !done.status.success() {
            _ = writeln!(out, "exit code {}", done.status.code().unwrap_or(-1));
        }
    }
    out
}
