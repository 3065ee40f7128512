//! Consequences as a person reads them: the worst first, each with the object, the change, and what comes of it.

use std::fmt::Write as _;

use stackwright::{Consequence, Direction, Finding, Severity};

use super::compared::{Compared, Place, Told, severity};
use super::shifts::ToldShift;
use crate::report::Style;

/// What each side of a comparison changes.
pub fn text(sides: &[Compared], style: Style) -> String {
    let mut out = String::new();
    for compared in sides {
        if let Some(name) = compared.cluster.as_ref().filter(|_| sides.len() > 1 && !compared.counts().is_empty()) {
            _ = writeln!(out, "{}\n", style.label(&format!("cluster {name}")));
        }
        compared.changes.iter().for_each(|told| object(&mut out, told, style));
        for file in &compared.files {
            let (head, so) = (head(file.consequence, style), style.label("so:"));
            _ = writeln!(out, "{head} {}\n  {}\n  {so} {}", file.path, file.fact, file.then);
            allowed(&mut out, file.allowed.as_deref(), style);
            out.push('\n');
        }
        compared.shifts.iter().for_each(|told| shift(&mut out, told, style));
        if !compared.shifts.is_empty() {
            out.push('\n');
        }
        for (findings, what) in [(&compared.new, "new"), (&compared.repaired, "repaired")] {
            for found in findings {
                finding(&mut out, found, what, style);
            }
        }
        steps(&mut out, compared, style);
    }
    out
}

fn object(out: &mut String, told: &Told, style: Style) {
    let place = told.place.as_ref().map(Place::to_string).unwrap_or_default();
    _ = writeln!(out, "{} {}{place}", head(told.consequence, style), told.label);
    for (effect, then) in told.lines() {
        let is_worst = effect.consequence == told.consequence;
        let milder = if is_worst { String::new() } else { format!("{}: ", effect.consequence) };
        _ = writeln!(out, "  {milder}{}", effect.fact);
        if let Some(then) = then {
            _ = writeln!(out, "  {} {then}", style.label("so:"));
        }
    }
    allowed(out, told.allowed(), style);
    out.push('\n');
}

fn allowed(out: &mut String, reason: Option<&str>, style: Style) {
    if let Some(reason) = reason {
        _ = writeln!(out, "  {} {reason}", style.label("allowed:"));
    }
}

/// What people do about all of it; one thing is said by the changes themselves.
fn steps(out: &mut String, compared: &Compared, style: Style) {
    if compared.steps.len() < 2 {
        return;
    }
    _ = writeln!(out, "{}", style.label("in this order:"));
    for (number, step) in (1..).zip(&compared.steps) {
        _ = writeln!(out, "  {number}. {step}");
    }
    out.push('\n');
}

fn shift(out: &mut String, told: &ToldShift, style: Style) {
    let severity = if told.direction == Direction::Weaker { Severity::Warning } else { Severity::Information };
    let place = told.place.as_ref().map(Place::to_string).unwrap_or_default();
    _ = writeln!(out, "{} {}{place}", style.head(severity, &format!("{}:", told.word)), told.fact);
}

fn finding(out: &mut String, finding: &Finding, what: &str, style: Style) {
    let head = style.head(finding.severity, &format!("{what} {}[{}]:", finding.severity, finding.id));
    _ = writeln!(out, "{head} {}\n", finding.message);
}

/// The consequence as the headline of what leads to it.
fn head(consequence: Consequence, style: Style) -> String {
    style.head(severity(consequence), &format!("{consequence}:"))
}
