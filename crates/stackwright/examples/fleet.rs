//! `cargo run --release --example fleet 2000` builds 2,000 applications of five objects each, indexes them for the checks and
//! writes their YAML to stdout; with `--check` it also runs every check, as a render does. `docs/performance.md` says how long
//! that takes, and how long other tools take.

#[path = "fleet/application.rs"]
mod application;

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use stackwright::check::{Check, Index, Profile, checks, findings};
use stackwright::{Severity, render};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (applications, is_checked) = match &arguments[..] {
        [applications] => (applications.parse().ok(), false),
        [applications, flag] if flag == "--check" => (applications.parse().ok(), true),
        _ => (None, false),
    };
    let Some(applications) = applications else {
        eprintln!("how many applications? For example: fleet 2000 --check");
        return ExitCode::from(2);
    };
    // As in a render: errors are found before a byte is written, while the stream is made.
    let wanted = |check: &&Check| is_checked && check.profile == Profile::Link;
    let stream = application::fleet(applications).and_then(|fleet| {
        let (findings, stream) = thread::scope(|scope| {
            let stream = scope.spawn(|| render::stream(&fleet, None));
            (findings(&Index::of(&fleet), checks().filter(wanted)), stream.join().expect("no panic"))
        });
        let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        if let Some(error) = errors.next() {
            eprintln!("error[{}]: {} (and {} more errors)", error.id, error.message, errors.count());
        }
        std::mem::forget(fleet); // the process ends, and with it all that it has
        stream
    });
    match stream.map(|stream| io::stdout().write_all(stream.as_bytes())) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            eprintln!("cannot write: {error}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("{error}: {}", error.help());
            ExitCode::from(2)
        }
    }
}
