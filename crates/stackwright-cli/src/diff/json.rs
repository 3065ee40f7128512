//! Consequences as programs read them: one JSON object.

use serde_json::{Value, json};
use stackwright::Finding;

use super::compared::{Compared, FileChange, Told};

/// What changes, with `null` for what there is not.
pub fn text(sides: &[Compared]) -> String {
    format!("{:#}\n", value(sides))
}

/// The same, to be put into something larger.
pub fn value(sides: &[Compared]) -> Value {
    let all = |of: fn(&Compared) -> Vec<Value>| sides.iter().flat_map(of).collect::<Vec<_>>();
    json!({
        "changes": all(|compared| compared.changes.iter().map(|told| change(compared, told)).collect()),
        "files": all(files),
        "findings": {
            "new": all(|compared| compared.new.iter().map(|found| finding(compared, found)).collect()),
            "repaired": all(|compared| compared.repaired.iter().map(|found| finding(compared, found)).collect()),
        },
    })
}

fn change(compared: &Compared, told: &Told) -> Value {
    let effects = told.effects.iter().map(|effect| {
        json!({
            "consequence": effect.consequence.to_string(),
            "field": effect.field,
            "fact": effect.fact,
            "then": effect.then,
        })
    });
    json!({
        "cluster": compared.cluster,
        "object": {
            "apiVersion": told.api_version,
            "kind": told.kind,
            "namespace": Some(&told.namespace).filter(|namespace| !namespace.is_empty()),
            "name": told.name,
        },
        "consequence": told.consequence.to_string(),
        "madeAt": told.made_at.map(|(file, line)| json!({ "file": file, "line": line })),
        "effects": effects.collect::<Vec<_>>(),
    })
}

fn files(compared: &Compared) -> Vec<Value> {
    let record = |file: &FileChange| {
        json!({
            "cluster": compared.cluster,
            "path": file.path.as_str(),
            "consequence": file.consequence.to_string(),
            "fact": file.fact,
            "then": file.then,
        })
    };
    compared.files.iter().map(record).collect()
}

fn finding(compared: &Compared, finding: &Finding) -> Value {
    json!({
        "cluster": compared.cluster,
        "id": finding.id,
        "severity": finding.severity.to_string(),
        "message": finding.message,
        "help": finding.help,
    })
}
