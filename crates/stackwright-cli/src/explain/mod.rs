//! `explain`: what a check finds, why, and an example; docs/checks.md has the same pages.

use std::fmt::Write as _;

use stackwright::Error;
use stackwright::check::{Check, Profile};

use crate::{Outcome, check, report};

/// The pages of all checks, written by the test below. The file is a link: packages of this crate hold what it leads to.
const PAGES: &str = include_str!("checks.md");

/// Prints the page of a check, or a list of all checks or of a group's.
pub fn outcome(checks: &[&Check], name: Option<&str>) -> Result<Outcome, Error> {
    let Some(name) = name else {
        report::data(&list(checks))?;
        return Ok(Outcome::Clean);
    };
    let of_group: Vec<_> = checks.iter().copied().filter(|check| check.group.to_string() == name).collect();
    let text = match checks.iter().find(|check| check.id == name) {
        // A check of somebody's own has no page among ours.
        Some(own) => page_in(PAGES, name).map_or_else(|| page(own, &Examples::default()), str::to_owned),
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
        let about = check.about.split_once(". ").map_or(check.about, |(first, _)| first);
        let about = about.trim_end_matches('.');
        _ = writeln!(out, "  {:width$}  {:7}  {about}", check.id, check.severity.to_string());
    }
    out
}

/// Manifests that show a check at work.
#[derive(Default)]
struct Examples {
    /// One that has what it finds, and the findings as they are printed.
    bad: Option<(String, String)>,
    /// One that it has nothing against.
    good: Option<String>,
}

/// The page of a check in Markdown.
fn page(check: &Check, examples: &Examples) -> String {
    let Check { id, group, severity, about, .. } = check;
    let profile = if check.profile == Profile::Lint { ", with `--profile lint`" } else { "" };
    let mut out = format!("### {id}\n\nGroup {group}, {severity}{profile}.\n\n{about}\n");
    if let Some((bad, findings)) = &examples.bad {
        _ = write!(out, "\nIt finds something in\n\n{}", fenced("yaml", bad));
        _ = write!(out, "\nnamely\n\n{}", fenced("text", findings));
    }
    if let Some(good) = &examples.good {
        _ = write!(out, "\nand nothing in\n\n{}", fenced("yaml", good));
    }
    out
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// The page of a check among all pages.
fn page_in<'a>(pages: &'a str, id: &str) -> Option<&'a str> {
    let heading = format!("\n### {id}\n");
    let page = &pages[pages.find(&heading)? + 1..];
    // What looks like a heading in an example is none.
    let is_outside = |at: usize| page[..at].matches("\n```").count().is_multiple_of(2);
    let ends = page.match_indices("\n#").map(|(at, _)| at).filter(|at| is_outside(*at));
    Some(ends.min().map_or(page, |end| &page[..end]))
}

#[cfg(test)]
mod tests;
