//! Consequences for code scanning: SARIF 2.1.0.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use stackwright::{Consequence, Direction, Matter, Severity};

use super::compared::{Compared, Place, Told, severity};
use super::files::FileChange;
use super::markdown::{about, of_whole};
use super::shifts::ToldShift;
use crate::check::sarif;

/// What changes as one run, whose rules are the consequences. What nothing restarts, and what is new, is no result.
pub fn text(sides: &[Compared], out: &Utf8Path) -> String {
    let consequences = Consequence::ALL.map(|consequence| {
        json!({
            "id": consequence.to_string(),
            "shortDescription": { "text": about(consequence) },
            "defaultConfiguration": { "level": sarif::level(severity(consequence)) },
        })
    });
    let matters = Matter::ALL.map(|matter| {
        json!({
            "id": matter.to_string(),
            "shortDescription": { "text": of_whole(matter) },
            "defaultConfiguration": { "level": sarif::level(Severity::Warning) },
        })
    });
    let results = sides.iter().flat_map(|compared| {
        // GitHub takes no result without a file.
        let otherwise = out.join(compared.cluster.as_deref().unwrap_or_default());
        let objects = compared.changes.iter().filter(|told| told.consequence < Consequence::InPlace);
        let objects: Vec<_> = objects.map(|told| of_object(told, &otherwise)).collect();
        let files = compared.files.iter().map(|file| of_file(file, &otherwise));
        let shifts = compared.shifts.iter().filter(|told| told.direction == Direction::Weaker);
        let others: Vec<_> = files.chain(shifts.map(|told| of_shift(told, &otherwise))).collect();
        objects.into_iter().chain(others)
    });
    sarif::log(&[&consequences[..], &matters[..]].concat(), &results.collect::<Vec<_>>())
}

fn of_object(told: &Told, otherwise: &Utf8Path) -> Value {
    let facts = told.lines().into_iter().map(|(effect, then)| match then {
        Some(then) => format!("{}; so: {then}", effect.fact),
        None => effect.fact.clone(),
    });
    let facts: Vec<_> = facts.collect();
    let text = format!("{}: {}", told.label, facts.join("\n"));
    let (file, line) = place(told.place.as_ref(), otherwise);
    result(told.consequence, &text, (file.as_str(), line), &told.label, told.allowed())
}

fn of_file(file: &FileChange, folder: &Utf8Path) -> Value {
    let text = format!("{}: {}; so: {}", file.path, file.fact, file.then);
    let place = folder.join(&file.path);
    result(file.consequence, &text, (place.as_str(), 1), file.path.as_str(), file.allowed.as_deref())
}

fn of_shift(told: &ToldShift, otherwise: &Utf8Path) -> Value {
    let (file, line) = place(told.place.as_ref(), otherwise);
    let level = sarif::level(Severity::Warning);
    record(&told.matter.to_string(), level, &told.fact, (file.as_str(), line), &told.fact)
}

/// A file and a line, in the folder of the cluster if nothing nearer is known.
fn place(place: Option<&Place>, folder: &Utf8Path) -> (Utf8PathBuf, u32) {
    place.map_or((folder.join("kustomization.yaml"), 1), |place| (place.file.as_str().into(), place.line))
}

fn result(consequence: Consequence, text: &str, (file, line): (&str, u32), what: &str, allowed: Option<&str>) -> Value {
    let level = sarif::level(severity(consequence));
    let mut result = record(&consequence.to_string(), level, text, (file, line), what);
    if let Some(reason) = allowed {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

/// A result of a rule at a line; it stays the same one as long as this is about the same thing.
fn record(rule: &str, level: &str, text: &str, (file, line): (&str, u32), what: &str) -> Value {
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": text },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": sarif::uri(file) },
                "region": { "startLine": line },
            },
            "logicalLocations": [{ "fullyQualifiedName": what, "kind": "resource" }],
        }],
        "partialFingerprints": { "consequence/v1": sarif::fingerprint(&format!("{rule}\0{what}"), 1) },
    })
}
