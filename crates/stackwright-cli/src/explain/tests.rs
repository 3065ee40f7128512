use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{env, fs};

use stackwright::check::{Check, Group, checks};

use super::{Examples, list, page, page_in};
use crate::check::{Findings, Manifests, Target, text};
use crate::input::{Inputs, Source};
use crate::report::Style;

/// The clusters that fixtures put their objects on.
#[path = "../../../stackwright/tests/clusters/mod.rs"]
mod clusters;

/// When the fixtures are checked, as in the library's tests: the beginning of 2026-11-21.
const NOW: Duration = Duration::from_hours(498_672);

/// `INSTA_UPDATE=always cargo test -p stackwright-cli explain` writes the pages.
#[test]
fn the_pages_are_those_of_the_checks() {
    let pages = pages();
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/checks.md");
    if env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        fs::write(place, pages).expect("docs/checks.md can be written");
        return;
    }
    let written = fs::read_to_string(place).expect("docs/checks.md can be read");
    assert!(
        written == pages,
        "docs/checks.md is out of date: INSTA_UPDATE=always cargo test -p stackwright-cli explain"
    );
}

#[test]
fn each_check_has_its_page_and_a_line_in_the_list() {
    let (pages, checks) = (pages(), checks().collect::<Vec<_>>());
    let list = list(&checks);
    for check in checks {
        assert_eq!(page_in(&pages, check.id), Some(page(check, &examples(check)).as_str()));
        assert!(list.contains(&format!("  {} ", check.id)));
    }
    assert_eq!(page_in(&pages, "no-such-check"), None);
}

fn pages() -> String {
    let mut out =
        "# Checks\n\nWhat `check` finds, by group. `explain ID` prints a page of this file. It is generated: see \
                   [the guide](guide.md#add-a-check).\n"
            .to_owned();
    let mut group = None;
    for check in checks() {
        if group != Some(check.group) {
            _ = write!(out, "\n## {}\n", check.group);
            if check.group == Group::Api {
                _ = write!(out, "\n{}", agreement());
            }
            group = Some(check.group);
        }
        _ = write!(out, "\n{}", page(check, &examples(check)));
    }
    out
}

/// How far the checks of the API agree with an API server: e2e/agreement/run measures it.
fn agreement() -> String {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/agreement/rates.md");
    fs::read_to_string(place).expect("the rates can be read")
}

fn examples(check: &Check) -> Examples {
    let bad = fixture(check, "bad").map(|(path, text)| (readable(&text), found_in(check, &path, text)));
    Examples { bad, good: fixture(check, "good").map(|(_, text)| readable(&text)) }
}

/// A text without the rest of lines that are long for the sake of their length.
fn readable(text: &str) -> String {
    let line = |line: &str| match line.char_indices().nth(160) {
        Some((end, _)) => format!("{}...\n", &line[..end]),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// What a check finds in a fixture, as it is printed.
fn found_in(check: &Check, path: &Path, bad: String) -> String {
    let cluster = bad.lines().next().and_then(|line| line.strip_prefix("# cluster: ")).map(clusters::cluster);
    let manifests = |text: String| {
        let source = Source { name: "bad.yaml".to_owned(), text };
        Manifests::of(Inputs { sources: vec![source], ..Inputs::default() })
    };
    let previous = fs::read_to_string(path.with_extension("previous.yaml")).ok().map(manifests);
    let target = Target {
        closed: false,
        namespace: "default",
        kubernetes: None,
        cluster: cluster.as_ref(),
        previous: previous.as_ref(),
        now: SystemTime::UNIX_EPOCH + NOW,
    };
    // All of them run, since what is allowed without need is known only then.
    let mut findings = Findings::of_manifests(manifests(bad), &checks().collect::<Vec<_>>(), &target)
        .expect("a fixture can be checked");
    findings.found.retain(|found| found.finding.id == check.id);
    text(&findings, Style::PLAIN)
}

/// The first fixture of a kind, which shows the simplest case. The library's tests see to it that there is one.
fn fixture(check: &Check, kind: &str) -> Option<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stackwright/tests/checks").join(check.id);
    let paths = fs::read_dir(&folder).ok()?.flatten().map(|entry| entry.path());
    let stem = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let of_kind = paths.filter(|path| stem(path).starts_with(kind) && !stem(path).ends_with(".previous"));
    // `bad.yaml` comes before `bad-hosts.yaml`.
    let first = of_kind.min_by_key(stem)?;
    let text = fs::read_to_string(&first).ok()?;
    Some((first, text))
}
