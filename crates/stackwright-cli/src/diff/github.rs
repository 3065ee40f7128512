//! Consequences as annotations of a GitHub workflow, at the code that makes the object.

use stackwright::{Consequence, Direction, Severity};

use super::compared::{Compared, Told, severity};
use super::shifts::ToldShift;
use crate::report::{workflow_data, workflow_property};

/// One workflow command an object, and one for each shift of the whole cluster for the weaker; what is only new, or changes in place, is none.
pub fn text(sides: &[Compared]) -> String {
    let changes = sides.iter().flat_map(|compared| &compared.changes).filter_map(command);
    let shifts = sides.iter().flat_map(|compared| &compared.shifts);
    changes.chain(shifts.filter(|told| told.direction == Direction::Weaker).map(warning)).collect()
}

fn command(told: &Told) -> Option<String> {
    let command = match severity(told.consequence) {
        _ if told.allowed().is_some() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information if told.consequence == Consequence::Restart => "notice",
        Severity::Information => return None,
    };
    let place = told.place.as_ref().map(|(file, line)| (file.as_str(), *line));
    let title = workflow_property(&format!("{}: {}", told.consequence, told.label));
    let facts = told.lines().into_iter().map(|(effect, then)| match then {
        Some(then) => format!("{}\nso: {then}", effect.fact),
        None => effect.fact.clone(),
    });
    let allowed = told.allowed().map(|reason| format!("allowed: {reason}"));
    let facts: Vec<_> = facts.chain(allowed).collect();
    Some(format!("::{command} {}title={title}::{}\n", at(place), workflow_data(&facts.join("\n"))))
}

fn warning(told: &ToldShift) -> String {
    let title = workflow_property(&format!("{}: {}", told.word, told.matter));
    format!("::warning {}title={title}::{}\n", at(told.made_at), workflow_data(&told.fact))
}

fn at(place: Option<(&str, u32)>) -> String {
    place.map(|(file, line)| format!("file={},line={line},", workflow_property(file))).unwrap_or_default()
}
