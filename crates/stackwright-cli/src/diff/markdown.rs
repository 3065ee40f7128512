//! Consequences for a pull request: a table that one understands at a glance, and what is behind it folded.

use std::fmt::Write as _;

use stackwright::{Consequence, Direction, Matter, Severity};

use super::compared::{Compared, Told, severity};
use super::shifts;
use crate::report::counted;

/// As many objects a row of the table names.
const MOST_NAMED: usize = 3;

/// What each side of a comparison changes.
pub fn text(sides: &[Compared]) -> String {
    let mut out = String::new();
    for compared in sides {
        let whose = compared.cluster.as_deref().unwrap_or("What changes");
        _ = writeln!(out, "### {}\n", escaped(whose));
        let counts = compared.counts();
        if counts.is_empty() && compared.shifts.is_empty() && compared.new.is_empty() && compared.repaired.is_empty() {
            _ = writeln!(out, "Nothing changes.\n");
            continue;
        }
        table(&mut out, compared, &counts);
        if let Some(picture) = compared.picture.mermaid() {
            _ = writeln!(out, "{picture}");
        }
        steps(&mut out, compared);
        details(&mut out, compared);
    }
    out
}

fn table(out: &mut String, compared: &Compared, counts: &[(Consequence, usize, usize)]) {
    _ = writeln!(out, "| | What | Which |\n|---|---|---|");
    for (consequence, count, allowed) in counts {
        let objects = compared.changes.iter().filter(|told| told.consequence == *consequence);
        let mut named: Vec<_> = objects.map(|told| code(&told.label)).collect();
        let files = compared.files.iter().filter(|file| file.consequence == *consequence);
        named.extend(files.map(|file| code(file.path.as_str())));
        let more = named.len().saturating_sub(MOST_NAMED);
        named.truncate(MOST_NAMED);
        let (sign, allowed) = match allowed {
            0 => (sign(*consequence), String::new()),
            all if all == count => ("✅", ", allowed".to_owned()),
            some => (sign(*consequence), format!(", {some} of them allowed")),
        };
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        _ = writeln!(
            out,
            "| {sign} | **{count} {consequence}**: {}{allowed} | {}{rest} |",
            about(*consequence),
            named.join(", ")
        );
    }
    for alike in shifts::alike(&compared.shifts) {
        let (first, count) = (&alike[0], alike.len());
        let sign = if first.direction == Direction::Weaker { "🟡" } else { "🟢" };
        let rest = if count > 1 { ", ..." } else { "" };
        let (word, about) = (first.word, of_whole(first.matter));
        _ = writeln!(out, "| {sign} | **{count} {word}**: {about} | {}{rest} |", escaped(&first.fact));
    }
    for (findings, what) in [(&compared.new, "new"), (&compared.repaired, "repaired")] {
        if let Some(first) = findings.first() {
            let noun = format!("{what} finding");
            let rest = if findings.len() > 1 { ", ..." } else { "" };
            _ = writeln!(out, "| | **{}** | {}{rest} |", counted(findings.len(), &noun), escaped(&first.message));
        }
    }
    out.push('\n');
}

fn steps(out: &mut String, compared: &Compared) {
    if compared.steps.is_empty() {
        return;
    }
    _ = writeln!(out, "In this order:\n");
    for (number, step) in (1..).zip(&compared.steps) {
        _ = writeln!(out, "{number}. {step}");
    }
    out.push('\n');
}

fn details(out: &mut String, compared: &Compared) {
    _ = writeln!(out, "<details><summary>Each change</summary>\n");
    compared.changes.iter().for_each(|told| object(out, told));
    for file in &compared.files {
        let (path, fact, then) = (code(file.path.as_str()), escaped(&file.fact), escaped(&file.then));
        _ = writeln!(out, "- **{}** {path}: {fact} **→** {then}", file.consequence);
        allowed(out, file.allowed.as_deref());
    }
    for told in &compared.shifts {
        _ = writeln!(out, "- **{}** {}", told.word, escaped(&told.fact));
    }
    for (findings, what) in [(&compared.new, "new"), (&compared.repaired, "repaired")] {
        for finding in findings {
            _ = writeln!(out, "- {what} {} `{}`: {}", finding.severity, finding.id, escaped(&finding.message));
        }
    }
    _ = writeln!(out, "\n</details>\n");
}

fn object(out: &mut String, told: &Told) {
    let place = told.place.as_ref().map(|place| escaped(&place.to_string())).unwrap_or_default();
    _ = writeln!(out, "- **{}** {}{place}", told.consequence, code(&told.label));
    for (effect, then) in told.lines() {
        let then = then.map(|then| format!(" **→** {}", escaped(then))).unwrap_or_default();
        _ = writeln!(out, "  - {}{then}", escaped(&effect.fact));
    }
    allowed(out, told.allowed());
}

fn allowed(out: &mut String, reason: Option<&str>) {
    if let Some(reason) = reason {
        _ = writeln!(out, "  - ✅ allowed: {}", escaped(reason));
    }
}

fn sign(consequence: Consequence) -> &'static str {
    match severity(consequence) {
        Severity::Error => "🔴",
        Severity::Warning => "🟡",
        Severity::Information => "🟢",
    }
}

pub fn about(consequence: Consequence) -> &'static str {
    match consequence {
        Consequence::DataLoss => "data is deleted",
        Consequence::Refused => "the API server won't take it",
        Consequence::Outage => "all pods are away for a while",
        Consequence::Removed => "it is there no more",
        Consequence::ByHand => "a person has to do something",
        Consequence::Unknown => "its operator decides",
        Consequence::Restart => "pods are replaced, some stay",
        Consequence::Added => "it is new",
        _ => "no pod restarts",
    }
}

pub fn of_whole(matter: Matter) -> &'static str {
    match matter {
        Matter::Reachability => "who reaches whom",
        Matter::Rights => "who may do what",
        Matter::PodSecurity => "what pods may do on their node",
        Matter::Images => "what images are",
        _ => "whether pods have a place",
    }
}

/// Text in which nothing is Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '@' => out.extend(['\\', letter]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// Text as code, whatever is in it.
fn code(text: &str) -> String {
    if text.contains(['`', '|', '\n']) { escaped(text) } else { format!("`{text}`") }
}
