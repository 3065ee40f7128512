//! Findings for code scanning: SARIF 2.1.0, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::HashMap;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use stackwright::Severity;
use stackwright::check::{Check, GroupKind, Place};

use super::findings::{At, Findings, Found};
use crate::flags::NAME;
use crate::input::Source;
use crate::program;

/// The findings as one run of one tool, whose rules are the checks that ran.
pub fn text(findings: &Findings, checks: &[&Check]) -> String {
    let numbers: HashMap<_, _> = checks.iter().enumerate().map(|(number, check)| (check.id, number)).collect();
    let mut seen = HashMap::new();
    let results = findings.found.iter().map(|found| {
        let times = seen.entry(identity(found)).or_insert(0);
        *times += 1;
        result(found, &findings.sources, numbers.get(found.finding.id), *times)
    });
    log(&checks.iter().map(|check| rule(check)).collect::<Vec<_>>(), &results.collect::<Vec<_>>())
}

/// One run of this tool with these rules.
pub fn log(rules: &[Value], results: &[Value]) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": NAME,
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(check: &Check) -> Value {
    let first = check.about.split_inclusive(". ").next().unwrap_or_default().trim_end();
    json!({
        "id": check.id,
        "shortDescription": { "text": first },
        "fullDescription": { "text": check.about },
        "helpUri": format!("{}/blob/main/docs/checks/{}.md", env!("CARGO_PKG_REPOSITORY"), check.id),
        "help": { "text": format!("`{} explain {}` shows examples.", program::name(), check.id) },
        "defaultConfiguration": { "level": level(check.severity) },
        "properties": { "tags": [check.group.to_string()] },
    })
}

fn result(found: &Found, sources: &[Source], rule: Option<&usize>, times: usize) -> Value {
    let finding = &found.finding;
    let mut result = json!({
        "ruleId": finding.id,
        "level": level(finding.severity),
        "message": { "text": found.whole_text() },
        "locations": [location(found, sources)],
        "partialFingerprints": { "finding/v1": fingerprint(&identity(found), times) },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    if !found.related.is_empty() {
        let related = found
            .related
            .iter()
            .map(|(at, what)| json!({ "physicalLocation": physical(at, sources), "message": { "text": what } }));
        result["relatedLocations"] = related.collect();
    }
    result
}

/// Where a finding is. GitHub takes no result without a file.
fn location(found: &Found, sources: &[Source]) -> Value {
    let physical = match &found.at {
        Some(at) => physical(at, sources),
        None => json!({ "artifactLocation": { "uri": uri(&found.file) }, "region": { "startLine": 1 } }),
    };
    let mut location = json!({ "physicalLocation": physical });
    if let Some(place) = &found.finding.place {
        let namespace = if place.namespace.is_empty() { String::new() } else { format!("{}/", place.namespace) };
        let name = format!("{} {namespace}{} {}", place.kind, place.name, place.path);
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name.trim_end(), "kind": "resource" }]);
    }
    location
}

fn physical(at: &At, sources: &[Source]) -> Value {
    let Source { name, text } = &sources[at.source];
    let length = text.get(at.span.start..at.span.end).map_or(0, |marked| marked.chars().count());
    json!({
        "artifactLocation": { "uri": uri(name) },
        "region": {
            "startLine": at.span.line,
            "startColumn": at.span.column,
            // The column after the last one: a region of nothing is not shown.
            "endColumn": at.span.column + length.max(1),
        },
    })
}

/// A path as the relative reference of a URI.
pub fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}

/// What stays the same while lines move: the check, and the object and field; without those the file, and the fact without its numbers.
fn identity(found: &Found) -> String {
    let id = found.finding.id;
    if let Some(Place { api_version, kind, namespace, name, path, .. }) = &found.finding.place {
        let kind = GroupKind::new(api_version, kind).to_string();
        return [id, &kind, namespace, name, path].join("\0");
    }
    let fact: String = found.finding.message.chars().filter(|c| !c.is_ascii_digit()).collect();
    [id, &found.file, &fact].join("\0")
}

/// A number in place of the identity; the second of two that are the same has another.
pub fn fingerprint(identity: &str, times: usize) -> String {
    let digest = Sha256::digest(format!("{identity}\0{times}"));
    digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
