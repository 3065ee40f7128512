//! The checks, on manifests: `tests/checks/<id>/bad*.yaml` has what the check of that id finds, `good*.yaml` has not.
//!
//! `snapshots/checks/<id>/` holds what is found in each case by every check of the link profile, and by the case's own. A good case is
//! one that could be applied: it has no such file, unless another check rightly has something to say. After a change,
//!
//! ```sh
//! INSTA_UPDATE=always cargo test -p stackwright --test checks
//! ```
//!
//! writes them all anew, to be read as a diff. A first line `# cluster: NAME` puts the objects on one of the clusters below, whose
//! machines the checks then see; `# closed` says that the objects are all that there is, and `# another file` or `# another folder`
//! that what follows is from another. What was applied before stands in `<case>.previous.yaml`.

mod clusters;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{env, fs, panic};

use stackwright::check::{Check, Finding, Given, Index, Input, Profile, checks, findings, unreadable};
use stackwright::{kubernetes, shifts, yaml};

/// When the fixtures are checked: the beginning of 2026-11-21.
const NOW: Duration = Duration::from_hours(498_672);

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks");
    let mut failed = Vec::new();
    for check in checks() {
        let cases = cases(&folder.join(check.id));
        for kind in ["bad", "good"] {
            if !cases.iter().any(|case| name(case).starts_with(kind)) {
                failed.push(format!("{} has no {kind} fixture", check.id));
            }
        }
        for case in cases {
            // Each case is looked at, so that all that changed is seen at once; insta prints the differences.
            if panic::catch_unwind(|| run(check, &case)).is_err() {
                failed.push(format!("{}/{}", check.id, name(&case)));
            }
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

/// Compares what is found in a case with its golden file: that of a good case is not there as long as nothing is found.
fn run(check: &Check, case: &Path) {
    let found = found(check, case);
    let is_good = name(case).starts_with("good");
    let own = found.iter().filter(|(id, _)| *id == check.id).count();
    assert!(if is_good { own == 0 } else { own > 0 }, "{}: {own} findings of {}: {found:#?}", case.display(), check.id);

    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshots/checks").join(check.id);
    let golden = goldens.join(format!("{}.snap", name(case)));
    if found.is_empty() && golden.exists() {
        assert!(is_updated(), "{}: nothing is found any more, but {} is there", case.display(), golden.display());
        fs::remove_file(golden).expect("a golden file can be removed");
    } else if !found.is_empty() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(goldens);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let found: String = found.into_iter().map(|(_, shown)| shown).collect();
        settings.bind(|| insta::assert_snapshot!(name(case), found));
    }
}

fn is_updated() -> bool {
    env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always")
}

/// What the checks that always run find in a case, and the one that it is for: the check, and the finding as the golden file shows it.
fn found(check: &Check, case: &Path) -> Vec<(&'static str, String)> {
    let text = fs::read_to_string(case).expect("a fixture can be read");
    let cluster = text.lines().next().and_then(|line| line.strip_prefix("# cluster: ")).map(clusters::cluster);
    let yaml::Readable { objects: located, problems, .. } = yaml::readable(&text);
    // What is applied before a case stands in a file beside it.
    let previous = fs::read_to_string(case.with_extension("previous.yaml")).ok();
    let previous = previous.map(|text| yaml::objects(&text).expect("what is applied can be read")).unwrap_or_default();
    let index = Index::new(Input {
        now: Some(SystemTime::UNIX_EPOCH + NOW),
        previous: Some(previous.iter().map(|located| &located.object).collect()),
        has_unreadable: !problems.is_empty(),
        cluster: cluster.as_ref(),
        kubernetes: cluster.as_ref().and_then(|cluster| kubernetes::minor(&cluster.kubernetes).ok()),
        closed: cluster.is_some() || text.starts_with("# closed\n"),
        objects: located.iter().map(|located| given(&text, located)).collect(),
        ..Input::new(&located)
    });
    // Nothing is otherwise than it is.
    assert!(shifts(&index, &index).is_empty(), "{}: {:#?}", case.display(), shifts(&index, &index));
    // All of them run, since what is allowed without need is known only then.
    let found = problems.iter().map(unreadable).chain(findings(&index, checks()));
    let advice: HashSet<_> = checks().filter(|check| check.profile == Profile::Lint).map(|check| check.id).collect();
    let found = found.filter(|finding| finding.id == check.id || !advice.contains(finding.id));
    found.map(|finding| (finding.id, shown(&finding, &located))).collect()
}

/// An object of a case, with the numbers of the file and the folder that it is from.
fn given<'a>(text: &str, located: &'a yaml::Located) -> Given<'a> {
    let number = |line| text[..located.node.span.start].lines().filter(|before| *before == line).count();
    let folder = number("# another folder");
    Given { file: number("# another file") + folder, folder, ..located.into() }
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
