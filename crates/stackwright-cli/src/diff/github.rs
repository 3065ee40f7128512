//! Consequences as annotations of a GitHub workflow, at the code that makes the object.

use stackwright::{Consequence, Direction};

use super::compared::{Compared, Told};
use super::shifts::ToldShift;
use crate::report::{workflow_data, workflow_property};

/// One workflow command an object, and one for each shift of the whole cluster for the weaker; what is only new, or changes in place, is none.
pub fn text(sides: &[Compared]) -> String {
    let changes = sides.iter().flat_map(|compared| &compared.changes).filter_map(command);
    let shifts = sides.iter().flat_map(|compared| &compared.shifts);
    changes.chain(shifts.filter(|told| told.direction == Direction::Weaker).map(warning)).collect()
}

fn command(told: &Told) -> Option<String> {
    let command = match told.consequence {
        Consequence::DataLoss | Consequence::Refused | Consequence::Outage => "error",
        Consequence::Removed | Consequence::ByHand | Consequence::Unknown => "warning",
        Consequence::Restart => "notice",
        _ => return None,
    };
    let title = workflow_property(&format!("{}: {}", told.consequence, told.label));
    let facts = told.lines().into_iter().map(|(effect, then)| match then {
        Some(then) => format!("{}\nso: {then}", effect.fact),
        None => effect.fact.clone(),
    });
    let facts: Vec<_> = facts.collect();
    Some(format!("::{command} {}title={title}::{}\n", place(told.made_at), workflow_data(&facts.join("\n"))))
}

fn warning(told: &ToldShift) -> String {
    let title = workflow_property(&format!("{}: {}", told.word, told.matter));
    format!("::warning {}title={title}::{}\n", place(told.made_at), workflow_data(&told.fact))
}

fn place(made_at: Option<(&str, u32)>) -> String {
    made_at.map(|(file, line)| format!("file={},line={line},", workflow_property(file))).unwrap_or_default()
}
