//! `explain`: what a check finds, why it matters, and an example of it and one without; docs/checks has the pages.

use std::fmt::Write as _;

use include_dir::{Dir, include_dir};
use stackwright::Error;
use stackwright::check::{Check, Profile};

use crate::{Outcome, check, report};

/// The pages of all checks, each in a file of its name. The folder is a link: packages of this crate hold what it leads to.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/explain/pages");

/// Prints the page of a check, or a list of all checks or of a group's.
pub fn outcome(checks: &[&Check], name: Option<&str>) -> Result<Outcome, Error> {
    let Some(name) = name else {
        report::data(&list(checks))?;
        return Ok(Outcome::Clean);
    };
    let of_group: Vec<_> = checks.iter().copied().filter(|check| check.group.to_string() == name).collect();
    let text = match checks.iter().find(|check| check.id == name) {
        // A check of somebody's own has no page among ours.
        Some(own) => page(name).map_or_else(|| head(own), str::to_owned),
        None if !of_group.is_empty() => list(&of_group),
        None => return Err(check::unknown(checks, name)),
    };
    report::data(&text)?;
    Ok(Outcome::Clean)
}

/// The checks by group, each with its first sentence.
fn list(checks: &[&Check]) -> String {
    let width = checks.iter().map(|check| check.id.len()).max().unwrap_or_default();
    let mut out = String::new();
    let mut group = None;
    for check in checks {
        if group != Some(check.group) {
            _ = writeln!(out, "{}{}", if group.is_some() { "\n" } else { "" }, check.group);
            group = Some(check.group);
        }
        _ = writeln!(out, "  {:width$}  {:7}  {}", check.id, check.severity.to_string(), first_sentence(check));
    }
    out
}

/// What a check finds, in one sentence without its full stop.
fn first_sentence(check: &Check) -> &str {
    check.about.split_once(". ").map_or(check.about, |(first, _)| first).trim_end_matches('.')
}

/// The page of a check of ours.
fn page(id: &str) -> Option<&'static str> {
    PAGES.get_file(format!("{id}.md"))?.contents_utf8()
}

/// What the page of a check begins with.
fn head(check: &Check) -> String {
    let Check { id, group, severity, about, .. } = check;
    let profile = if check.profile == Profile::Lint { ", with `--profile lint`" } else { "" };
    format!("# {id}\n\nGroup {group}, {severity}{profile}.\n\n{about}\n")
}

#[cfg(test)]
mod tests;
