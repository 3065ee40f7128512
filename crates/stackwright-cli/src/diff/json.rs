//! Consequences as programs read them: one JSON object.

use serde_json::{Value, json};
use stackwright::Finding;

use super::compared::{Compared, Place, Told};
use super::files::FileChange;
use super::shifts::{Named, ToldShift};

/// What changes, with `null` for what there is not.
pub fn text(sides: &[Compared]) -> String {
    format!("{:#}\n", value(sides))
}

/// The same, to be put into something larger.
pub fn value(sides: &[Compared]) -> Value {
    let all = |of: fn(&Compared) -> Vec<Value>| sides.iter().flat_map(of).collect::<Vec<_>>();
    json!({
        "changes": all(|compared| compared.changes.iter().map(|told| change(compared, told)).collect()),
        "shifts": all(|compared| compared.shifts.iter().map(|told| shift(compared, told)).collect()),
        "files": all(files),
        "steps": all(|compared| compared.steps.iter().map(|step| json!({ "cluster": compared.cluster, "step": step })).collect()),
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
            "allowed": effect.allowed,
        })
    });
    json!({
        "cluster": compared.cluster,
        "object": object(&told.api_version, &told.kind, &told.namespace, &told.name),
        "consequence": told.consequence.to_string(),
        "allowed": told.allowed(),
        "place": told.place.as_ref().map(place),
        "effects": effects.collect::<Vec<_>>(),
    })
}

fn shift(compared: &Compared, told: &ToldShift) -> Value {
    let named = |named: &Named| object(&named.api_version, &named.kind, &named.namespace, &named.name);
    json!({
        "cluster": compared.cluster,
        "about": told.matter.to_string(),
        "direction": told.direction.to_string(),
        "word": told.word,
        "fact": told.fact,
        "place": told.place.as_ref().map(place),
        "objects": told.objects.iter().map(named).collect::<Vec<_>>(),
    })
}

fn object(api_version: &str, kind: &str, namespace: &str, name: &str) -> Value {
    let namespace = Some(namespace).filter(|namespace| !namespace.is_empty());
    json!({ "apiVersion": api_version, "kind": kind, "namespace": namespace, "name": name })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line })
}

fn files(compared: &Compared) -> Vec<Value> {
    let record = |file: &FileChange| {
        json!({
            "cluster": compared.cluster,
            "path": file.path.as_str(),
            "consequence": file.consequence.to_string(),
            "fact": file.fact,
            "then": file.then,
            "allowed": file.allowed,
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
