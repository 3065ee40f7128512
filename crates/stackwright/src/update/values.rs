//! Which values of an object are others than before, as the API server takes them.

use std::sync::LazyLock;

use super::lines;
use crate::check::tree::Value;
use crate::{HashMap, Quantity};

/// A value as it was, and what takes its place. One of them may not be set.
pub type Difference<'t> = (Value<'t>, Value<'t>);

/// What the API server fills in, by the type and the field.
static DEFAULTS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let rows = lines(include_str!("defaults.txt")).filter_map(|line| {
        let (kind, rest) = line.split_once(' ')?;
        let (field, value) = rest.split_once(' ')?;
        Some(((kind, field), value))
    });
    rows.collect()
});

/// Each value of one that is another in the other, the API server's defaults and these fields of it or of its items aside. Of a list that
/// got longer or shorter it is the list.
pub fn differences<'t>(old: Value<'t>, new: Value<'t>, free: &[&str], is_live: bool) -> Vec<Difference<'t>> {
    let mut found = Vec::new();
    compare((old, new), free, is_live, &mut found);
    found
}

fn compare<'t>((old, new): Difference<'t>, free: &[&str], is_live: bool, found: &mut Vec<Difference<'t>>) {
    if is_live && !new.is_set() {
        return;
    }
    if old.is_leaf() && new.is_leaf() {
        if value(old) != value(new) {
            found.push((old, new));
        }
        return;
    }
    if old.items().chain(new.items()).any(|item| item.key().is_empty()) {
        // That is what is to be seen, not the first field of an item.
        if old.len() != new.len() {
            found.push((old, new));
            return;
        }
        for items in old.items().zip(new.items()) {
            compare(items, free, is_live, found);
        }
        return;
    }
    // Of all that holds nothing, only this is no default: other pods are made for it.
    let is_seen = |value: Value<'t>| value.key() == "securityContext" && value.parent().type_name() == "Container";
    if old.is_set() != new.is_set() && (is_seen(old) || is_seen(new)) {
        found.push((old, new));
        return;
    }
    let gone = old.items().filter(|field| !new.get(field.key()).is_set());
    for key in new.items().chain(gone).map(Value::key).filter(|key| !free.contains(key)) {
        compare((old.get(key), new.get(key)), &[], is_live, found);
    }
}

/// What a value means to the API server: nothing for an empty one or a default, amounts by their size.
fn value(leaf: Value<'_>) -> Option<Meaning<'_>> {
    if leaf.is_amount() {
        return Some(Meaning::Amount(Quantity::parse(leaf.text())));
    }
    // Zero is nothing but where something else is filled in; false is something, but where it is filled in.
    let says_nothing = leaf.is_blank() && !leaf.is_false() && default(leaf).is_none();
    if !leaf.is_set() || says_nothing || is_default(leaf) {
        return None;
    }
    Some(match leaf.int() {
        Some(number) => Meaning::Number(number),
        None if leaf.is_false() => Meaning::Text("false"),
        None => Meaning::Text(leaf.text()),
    })
}

#[derive(PartialEq, Eq)]
enum Meaning<'t> {
    Amount(Option<Quantity>),
    Number(i64),
    /// Text; empty for `true`.
    Text(&'t str),
}

fn is_default(leaf: Value<'_>) -> bool {
    let (parent, key) = (leaf.parent(), leaf.key());
    let is_it = |default: &str| match leaf.int() {
        Some(number) => number.to_string() == default,
        None if leaf.is_true() => default == "true",
        None if leaf.is_false() => default == "false",
        None => leaf.text() == default,
    };
    match (parent.type_name(), key) {
        ("Container", "imagePullPolicy") => leaf.text() == pull_policy(parent),
        ("CustomResourceDefinitionNames", "listKind") => {
            leaf.text().strip_suffix("List") == Some(parent.get("kind").text())
        }
        ("ServicePort", "targetPort") => leaf.int().is_some() && leaf.int() == parent.get("port").int(),
        _ => default(leaf).is_some_and(is_it),
    }
}

/// What the API server fills in for a field, if it does.
fn default(leaf: Value<'_>) -> Option<&'static str> {
    let (kind, key) = (leaf.parent().type_name(), leaf.key());
    let in_pod = kind == "PodSpec" && leaf.root().type_name() == "Pod";
    let of_pod = || in_pod.then(|| DEFAULTS.get(&("Pod.PodSpec", key))).flatten();
    DEFAULTS.get(&(kind, key)).or_else(of_pod).or_else(|| DEFAULTS.get(&("*", key))).copied()
}

/// When an image is pulled if nothing says so.
fn pull_policy(container: Value<'_>) -> &'static str {
    let image = container.get("image").text();
    let name = image.rsplit('/').next().unwrap_or_default();
    if name.ends_with(":latest") || !name.contains([':', '@']) { "Always" } else { "IfNotPresent" }
}

/// A clause about the change of a value.
pub fn fact(old: Value<'_>, new: Value<'_>) -> String {
    let path = if new.is_set() { new.path() } else { old.path() };
    // Zero and false are said.
    let is_nothing =
        |value: Value<'_>| value.is_blank() && !value.is_amount() && value.int().is_none() && !value.is_false();
    match (is_nothing(old), is_nothing(new)) {
        (false, false) if old.is_leaf() && new.is_leaf() => format!("{path} changes from {old} to {new}"),
        (true, false) if new.is_leaf() => format!("{path} is set to {new}"),
        (true, false) => format!("{path} is added"),
        (false, true) => format!("{path} is removed"),
        _ => format!("{path} changes"),
    }
}

/// The value, or where it would be.
pub fn in_text(mut value: Value<'_>) -> Value<'_> {
    while !value.is_set() {
        value = value.parent();
    }
    value
}
