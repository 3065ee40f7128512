//! What we say to manifests, as the API server says it: accepted, or refused and why. A line of JSON for each path.
//!
//! `verdicts RELEASE PATH...` says it as a server of that release of Kubernetes does, of the paths on the lines of standard input where
//! none is named. What an object needs to be there before, its definition, is in the file `needs.json` beside it.

use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::{env, fs};

use serde_json::json;
use stackwright::Severity;
use stackwright::check::{Check, Group, Index, Input, checks, findings, unreadable};
use stackwright::{kubernetes, yaml};

/// What the API server refuses besides, in the words of other groups.
const ELSEWHERE: [&str; 6] = [
    "crd-missing",
    "hpa-min-max",
    "node-port-range",
    "secret-type-mismatch",
    "selector-template-mismatch",
    "volume-mount-undefined",
];

fn main() -> io::Result<()> {
    let server: Vec<&Check> =
        checks().filter(|check| check.group == Group::Api || ELSEWHERE.contains(&check.id)).collect();
    let mut arguments = env::args().skip(1);
    let release = arguments.next().expect("a release of Kubernetes, such as v1.35.4");
    let minor = kubernetes::minor(&release).expect("a known release of Kubernetes");
    let named: Vec<String> = arguments.collect();
    let paths = if named.is_empty() { io::stdin().lock().lines().collect::<Result<_, _>>()? } else { named };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for path in paths {
        let needs = Path::new(&path).with_file_name("needs.json");
        let needs = if needs.exists() { fs::read_to_string(needs)? } else { String::new() };
        let reasons = reasons(&fs::read_to_string(&path)?, &needs, minor, &server);
        writeln!(out, "{}", json!({"file": path, "accepted": reasons.is_empty(), "reasons": reasons}))?;
    }
    out.flush()
}

/// Why a manifest is refused: ids of checks and messages.
fn reasons(text: &str, needs: &str, minor: u32, server: &[&Check]) -> Vec<(String, String)> {
    let (mut read, needed) = (yaml::readable(text), yaml::readable(needs));
    read.objects.extend(needed.objects);
    // The server knows what it has.
    let index = Index::new(Input { closed: true, kubernetes: Some(minor), ..Input::new(&read.objects) });
    let mut found = findings(&index, server.iter().copied());
    found.extend(read.problems.iter().map(unreadable));
    let errors = found.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.id.to_owned(), finding.message)).collect()
}
