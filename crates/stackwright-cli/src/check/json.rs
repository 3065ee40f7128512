//! Findings as programs read them: one JSON object a line.

use serde::Serialize;
use stackwright::check::Place;

use super::findings::{Findings, Found};

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    severity: String,
    object: Option<Object<'a>>,
    path: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
}

/// The object that a place is in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Object<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
}

impl<'a> Object<'a> {
    /// What JSON tells of it.
    pub fn of(place: &'a Place) -> Self {
        Self {
            api_version: &place.api_version,
            kind: &place.kind,
            namespace: Some(place.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
            name: &place.name,
        }
    }
}

/// The findings, one a line; what a finding has not is null.
pub fn text(findings: &Findings) -> String {
    findings.found.iter().map(line).collect()
}

fn line(found: &Found) -> String {
    let finding = &found.finding;
    let place = finding.place.as_ref();
    let record = Record {
        id: finding.id,
        severity: finding.severity.to_string(),
        object: place.map(Object::of),
        path: place.map(|place| place.path.as_str()),
        message: &finding.message,
        help: &finding.help,
        file: &found.file,
        line: found.at.map(|at| at.span.line),
        column: found.at.map(|at| at.span.column),
    };
    serde_json::to_string(&record).unwrap_or_default() + "\n"
}
