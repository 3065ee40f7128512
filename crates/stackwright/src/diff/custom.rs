//! Custom resources: that they change can be seen, and what comes of it is up to their operator.

use super::{Consequence, Effect};
use crate::update::is_written_by_cluster;
use crate::yaml::{Entry, Node, Value};

/// The fields in which a custom resource differs.
pub(super) fn effects(old: &Node, new: &Node) -> Vec<Effect> {
    let mut found = Vec::new();
    let keys = new.entries().iter().chain(gone(old, new)).map(|entry| entry.key.as_str());
    for key in keys.filter(|key| !matches!(*key, "apiVersion" | "metadata" | "status")) {
        compare(key, old.get(key), new.get(key), Consequence::Unknown, &mut found);
    }
    for key in ["labels", "annotations"] {
        let path = format!("metadata.{key}");
        compare(&path, old.at(&path), new.at(&path), Consequence::InPlace, &mut found);
    }
    found
}

fn gone<'n>(old: &'n Node, new: &'n Node) -> impl Iterator<Item = &'n Entry> {
    old.entries().iter().filter(|entry| new.get(&entry.key).is_none())
}

fn compare(path: &str, old: Option<&Node>, new: Option<&Node>, consequence: Consequence, found: &mut Vec<Effect>) {
    if old == new || is_written_by_cluster(path) {
        return;
    }
    let (Some(old), Some(new)) = (old, new) else {
        let fact = if new.is_some() { format!("{path} is added") } else { format!("{path} is removed") };
        found.push(Effect::new(consequence, path, fact));
        return;
    };
    match (&old.value, &new.value) {
        (Value::Map(_), Value::Map(_)) => {
            for key in new.entries().iter().chain(gone(old, new)).map(|entry| entry.key.as_str()) {
                let is_plain = key.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-$".contains(letter));
                let path = if is_plain { format!("{path}.{key}") } else { format!("{path}[\"{key}\"]") };
                compare(&path, old.get(key), new.get(key), consequence, found);
            }
        }
        (Value::List(olds), Value::List(news)) if olds.len() == news.len() => {
            for (number, (old, new)) in olds.iter().zip(news).enumerate() {
                compare(&format!("{path}[{number}]"), Some(old), Some(new), consequence, found);
            }
        }
        _ => {
            let fact = match (leaf(old), leaf(new)) {
                (Some(old), Some(new)) => format!("{path} changes from {old} to {new}"),
                _ => format!("{path} changes"),
            };
            found.push(Effect::new(consequence, path, fact));
        }
    }
}

/// A value as it is written, if it is a short one.
fn leaf(node: &Node) -> Option<String> {
    match &node.value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(text) if text.chars().count() <= 60 => Some(format!("{text:?}")),
        _ => None,
    }
}
