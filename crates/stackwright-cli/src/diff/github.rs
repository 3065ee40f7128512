//! Consequences as annotations of a GitHub workflow, at the code that makes the object.

use stackwright::{Consequence, Severity};

use super::compared::{Compared, Told, severity};
use crate::report::{workflow_data, workflow_property};

/// One workflow command an object; what is only new, or changes in place, is none.
pub fn text(sides: &[Compared]) -> String {
    sides.iter().flat_map(|compared| &compared.changes).filter_map(command).collect()
}

fn command(told: &Told) -> Option<String> {
    let command = match severity(told.consequence) {
        _ if told.allowed().is_some() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information if told.consequence == Consequence::Restart => "notice",
        Severity::Information => return None,
    };
    let place = told.place.as_ref().map(|(file, line)| format!("file={},line={line},", workflow_property(file)));
    let title = workflow_property(&format!("{}: {}", told.consequence, told.label));
    let facts = told.lines().into_iter().map(|(effect, then)| match then {
        Some(then) => format!("{}\nso: {then}", effect.fact),
        None => effect.fact.clone(),
    });
    let allowed = told.allowed().map(|reason| format!("allowed: {reason}"));
    let facts: Vec<_> = facts.chain(allowed).collect();
    Some(format!("::{command} {}title={title}::{}\n", place.unwrap_or_default(), workflow_data(&facts.join("\n"))))
}
