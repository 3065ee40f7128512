//! What another version of a chart changes: values that are gone or new, other types, other defaults.

use std::fmt::Write as _;

use serde_json::Value;
use stackwright::nearest;

use super::chart::Chart;
use super::fields::{Field, Fields, Type};

/// The values that a person sets, and where.
pub struct Ours {
    pub file: String,
    pub values: Value,
}

/// What an upgrade changes, in words.
pub struct Upgrade {
    pub text: String,
    /// Whether a value that a person sets is gone, or no longer taken.
    pub breaks_ours: bool,
}

/// What the new version of a chart changes for whoever has the old one.
pub fn upgrade(old: (&Chart, &Fields), new: (&Chart, &Fields), ours: &[Ours]) -> Upgrade {
    let (before, after) = (leaves(old.1), leaves(new.1));
    let mut changes = Vec::new();
    let added: Vec<_> = after.iter().filter_map(|(path, field)| Some((missing(old.1, path)?, *field))).collect();
    let names: Vec<_> = added.iter().map(|(path, _)| path.join(".")).collect();
    for (path, field) in &before {
        let Some(other) = find(new.1, path) else {
            if let Some(gone) = missing(new.1, path) {
                changes.push(Change::new(Word::Gone, gone, renamed(path, &names)));
            }
            continue;
        };
        if field.of.name() != other.of.name() && other.of != Type::Any {
            let details = format!(": {} -> {}", field.of.name(), other.of.name());
            changes.push(Change::new(Word::Type, path, details));
        }
        if field.default != other.default {
            let details = format!(": {} -> {}", short(field.default.as_ref()), short(other.default.as_ref()));
            changes.push(Change::new(Word::Default, path, details));
        }
    }
    for (path, field) in added {
        let is_whole = find(new.1, path).is_some_and(|found| std::ptr::eq(found, field));
        let details = field.default.as_ref().filter(|_| is_whole).map(|default| format!(": {}", short(Some(default))));
        changes.push(Change::new(Word::Added, path, details.unwrap_or_default()));
    }
    changes.dedup_by(|one, other| (one.word, &one.path) == (other.word, &other.path));
    changes.sort_by_key(|change| change.word);

    let mut upgrade =
        Upgrade { text: format!("{} {} -> {}\n", new.0.name, old.0.version, new.0.version), breaks_ours: false };
    let set: Vec<_> =
        ours.iter().flat_map(|ours| settings(&ours.values).map(move |(path, value)| (ours, path, value))).collect();
    for change in &changes {
        _ = writeln!(upgrade.text, "{:<9}{}{}", change.word.text(), change.path.join("."), change.details);
        for (ours, path, value) in &set {
            if path.starts_with(&change.path) || change.path.starts_with(path) {
                _ = writeln!(upgrade.text, "         {} sets {} to {}", ours.file, path.join("."), short(Some(value)));
            }
        }
    }
    if changes.is_empty() {
        upgrade.text.push_str("no value changes\n");
    }
    for (ours, path, value) in &set {
        if let Some(why) = refusal(new.1, path, value) {
            upgrade.breaks_ours = true;
            _ = writeln!(upgrade.text, "breaks   {} in {}: {why}", path.join("."), ours.file);
        }
    }
    upgrade
}

struct Change {
    word: Word,
    path: Vec<String>,
    details: String,
}

/// What happened to a value, in the order in which it is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Gone,
    Type,
    Default,
    Added,
}

impl Word {
    fn text(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Type => "type",
            Self::Default => "default",
            Self::Added => "added",
        }
    }
}

impl Change {
    fn new(word: Word, path: &[String], details: String) -> Self {
        Self { word, path: path.to_vec(), details }
    }
}

/// Why a version of the chart has no use for what a person sets.
fn refusal(fields: &Fields, path: &[String], value: &Value) -> Option<String> {
    if let Some(gone) = missing(fields, path) {
        return Some(format!("the chart reads no {}", gone.join(".")));
    }
    let of = &find(fields, path)?.of;
    (!of.takes(value)).then(|| format!("{} is not {}", short(Some(value)), of.name()))
}

/// The value that was perhaps meant by the name of one that is gone.
fn renamed(path: &[String], added: &[String]) -> String {
    let key = |name: &'_ str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let last = path.last().map_or("", String::as_str);
    let stem = last.trim_end_matches('s');
    let same = added.iter().find(|name| key(name) == last);
    let longer = added.iter().find(|name| stem.len() > 3 && key(name).starts_with(stem));
    let near = nearest(&path.join("."), added.iter().map(String::as_str));
    let meant = near.or(same.or(longer).map(String::as_str));
    meant.map_or_else(String::new, |name| format!(" (is it {name} now?)"))
}

/// The values that hold no others.
fn leaves(fields: &Fields) -> Vec<(Vec<String>, &Field)> {
    let mut leaves = Vec::new();
    for field in &fields.known {
        let path = vec![field.key.clone()];
        match &field.of {
            Type::Struct(fields) if !fields.known.is_empty() => {
                leaves.extend(
                    self::leaves(fields).into_iter().map(|(below, field)| ([&path[..], &below].concat(), field)),
                );
            }
            _ => leaves.push((path, field)),
        }
    }
    leaves
}

/// What a person sets, by path: maps are looked into, lists are values.
fn settings(value: &Value) -> impl Iterator<Item = (Vec<String>, &Value)> {
    let mut settings = Vec::new();
    let mut open = vec![(Vec::new(), value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(members) if !members.is_empty() || path.is_empty() => {
                open.extend(
                    members.iter().rev().map(|(key, value)| ([&path[..], std::slice::from_ref(key)].concat(), value)),
                );
            }
            _ if path.is_empty() => {}
            _ => settings.push((path, value)),
        }
    }
    settings.into_iter()
}

/// The field of a path, if it is one of those that are known.
fn find<'f>(fields: &'f Fields, path: &[String]) -> Option<&'f Field> {
    let (key, below) = path.split_first()?;
    let field = fields.get(key)?;
    match &field.of {
        _ if below.is_empty() => Some(field),
        Type::Struct(fields) => find(fields, below),
        _ => None,
    }
}

/// The beginning of a path up to where nothing takes it any more; none where all of it has a place.
fn missing<'p>(fields: &Fields, path: &'p [String]) -> Option<&'p [String]> {
    let mut fields = fields;
    for (at, key) in path.iter().enumerate() {
        match fields.get(key).map(|field| &field.of) {
            None if fields.is_open => return None,
            None => return Some(&path[..=at]),
            Some(Type::Struct(below)) => fields = below,
            Some(Type::Any | Type::Map(_) | Type::Kubernetes(_)) => return None,
            Some(_) => return path.get(..at + 2),
        }
    }
    None
}

/// A value as it fits on a line.
fn short(value: Option<&Value>) -> String {
    const MOST: usize = 60;
    let text = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
