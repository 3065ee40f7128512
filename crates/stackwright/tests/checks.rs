//! The checks, on manifests: `tests/checks/<id>/bad*.yaml` has what the check of that id finds, `good*.yaml` has not.
//!
//! What is found in a bad one is a snapshot in `snapshots/checks/<id>/`. A first line `# cluster: NAME` puts the objects on one of the
//! clusters below, whose machines the checks then see; `# closed` says that the objects are all that there is, and
//! `# another file` that what follows is from another.

mod clusters;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use stackwright::check::{Check, Finding, Given, Index, Input, checks, findings, minor, unreadable};
use stackwright::yaml;

/// When the fixtures are checked: the beginning of 2026-11-21.
const NOW: Duration = Duration::from_hours(498_672);

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks");
    for check in checks() {
        let cases = cases(&folder.join(check.id));
        for kind in ["bad", "good"] {
            assert!(cases.iter().any(|case| name(case).starts_with(kind)), "{} has no {kind} fixture", check.id);
        }
        for case in cases {
            run(check, &case);
        }
    }
}

fn run(check: &Check, case: &Path) {
    let text = fs::read_to_string(case).expect("a fixture can be read");
    let cluster = text.lines().next().and_then(|line| line.strip_prefix("# cluster: ")).map(clusters::cluster);
    let yaml::Readable { objects: located, problems } = yaml::readable(&text);
    // What is applied before a case stands in a file beside it.
    let previous = fs::read_to_string(case.with_extension("previous.yaml")).ok();
    let previous = previous.map(|text| yaml::objects(&text).expect("what is applied can be read")).unwrap_or_default();
    let index = Index::new(Input {
        now: Some(SystemTime::UNIX_EPOCH + NOW),
        previous: Some(previous.iter().map(|located| &located.object).collect()),
        has_unreadable: !problems.is_empty(),
        cluster: cluster.as_ref(),
        kubernetes: cluster.as_ref().and_then(|cluster| minor(&cluster.kubernetes)),
        closed: cluster.is_some() || text.starts_with("# closed\n"),
        objects: located.iter().map(|located| Given { file: file(&text, located), ..located.into() }).collect(),
        ..Input::new(&located)
    });
    if !["schema", "secret-base64", "yaml-duplicate-key"].contains(&check.id) {
        assert!(
            problems.is_empty() && index.problems().next().is_none(),
            "{}: {problems:?} {:?}",
            case.display(),
            index.problems().collect::<Vec<_>>()
        );
    }
    // All of them, since what is allowed without need is known only when all have run.
    let mut found: Vec<_> = problems.iter().map(unreadable).chain(findings(&index, checks())).collect();
    found.retain(|finding| finding.id == check.id);
    if name(case).starts_with("good") {
        assert_eq!(found, [], "{}", case.display());
        return;
    }
    assert!(!found.is_empty(), "{} has no finding", case.display());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{}/../../snapshots/checks/{}", env!("CARGO_MANIFEST_DIR"), check.id));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!(name(case), found.iter().map(|finding| shown(finding, &located)).collect::<String>());
    });
}

/// The number of the file that an object is from.
fn file(text: &str, located: &yaml::Located) -> usize {
    text[..located.node.span.start].lines().filter(|line| *line == "# another file").count()
}

/// A finding with the line that its place is at: a path that leads nowhere would underline nothing.
fn shown(finding: &Finding, located: &[yaml::Located]) -> String {
    let mut out = format!("{}[{}]: {}\n", finding.severity, finding.id, finding.message);
    let places = finding.place.iter().map(|place| (place, "here"));
    for (place, what) in places.chain(finding.related.iter().map(|(place, what)| (place, what.as_str()))) {
        let node = located[place.index].node.at(&place.path).map(|node| node.span);
        let span = place.span.or(node);
        let line = span.unwrap_or_else(|| panic!("{} leads nowhere in {}", place.path, place.name)).line;
        _ = writeln!(out, "  line {line}, {} {}: {what}", place.kind, place.path);
    }
    if let Some(why) = &finding.why {
        _ = writeln!(out, "  why: {why}");
    }
    _ = writeln!(out, "  help: {}\n", finding.help);
    out
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|case| !name(case).ends_with(".previous"));
    cases.sort();
    cases
}

fn name(case: &Path) -> &str {
    case.file_stem().and_then(|name| name.to_str()).expect("a name in UTF-8")
}
