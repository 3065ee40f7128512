//! Consequences as annotations of a GitHub workflow, at the code that makes the object.

use camino::Utf8Path;
use stackwright::{Consequence, Direction, Severity};

use super::compared::{Compared, Place, Told, severity};
use super::files::FileChange;
use super::shifts::ToldShift;
use crate::report::{workflow_data, workflow_property};

/// One workflow command an object or host file, and one for each shift of the whole cluster for the weaker; what is only new, or changes in place, is none.
pub fn text(sides: &[Compared], out: &Utf8Path) -> String {
    let changes = sides.iter().flat_map(|compared| &compared.changes).filter_map(of_object);
    let files = sides.iter().flat_map(|compared| {
        let folder = out.join(compared.cluster.as_deref().unwrap_or_default());
        compared.files.iter().filter_map(move |file| of_file(file, &folder))
    });
    let shifts = sides.iter().flat_map(|compared| &compared.shifts);
    let weaker = shifts.filter(|told| told.direction == Direction::Weaker).map(of_shift);
    changes.chain(files).chain(weaker).collect()
}

/// The command that tells of a consequence, if one does.
fn command(consequence: Consequence, is_allowed: bool) -> Option<&'static str> {
    match severity(consequence) {
        _ if is_allowed => Some("notice"),
        Severity::Error => Some("error"),
        Severity::Warning => Some("warning"),
        Severity::Information => (consequence == Consequence::Restart).then_some("notice"),
    }
}

fn of_object(told: &Told) -> Option<String> {
    let command = command(told.consequence, told.allowed().is_some())?;
    let title = workflow_property(&format!("{}: {}", told.consequence, told.label));
    let facts = told.lines().into_iter().map(|(effect, then)| match then {
        Some(then) => format!("{}\nso: {then}", effect.fact),
        None => effect.fact.clone(),
    });
    let allowed = told.allowed().map(|reason| format!("allowed: {reason}"));
    let facts: Vec<_> = facts.chain(allowed).collect();
    Some(format!("::{command} {}title={title}::{}\n", at(told.place.as_ref()), workflow_data(&facts.join("\n"))))
}

fn of_file(file: &FileChange, folder: &Utf8Path) -> Option<String> {
    let command = command(file.consequence, file.allowed.is_some())?;
    let path = folder.join(&file.path);
    // What is removed has no line.
    let place = Place { file: path.into_string(), line: 1, is_code: false };
    let place = Some(&place).filter(|_| !file.is_removed);
    let title = workflow_property(&format!("{}: {}", file.consequence, file.path));
    let allowed = file.allowed.iter().map(|reason| format!("allowed: {reason}"));
    let facts: Vec<_> = [file.fact.clone(), format!("so: {}", file.then)].into_iter().chain(allowed).collect();
    Some(format!("::{command} {}title={title}::{}\n", at(place), workflow_data(&facts.join("\n"))))
}

fn of_shift(told: &ToldShift) -> String {
    let title = workflow_property(&format!("{}: {}", told.word, told.matter));
    format!("::warning {}title={title}::{}\n", at(told.place.as_ref()), workflow_data(&told.fact))
}

fn at(place: Option<&Place>) -> String {
    place.map(|Place { file, line, .. }| format!("file={},line={line},", workflow_property(file))).unwrap_or_default()
}
