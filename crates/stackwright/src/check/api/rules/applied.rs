//! What `kubectl apply` keeps of an object in an annotation of it.

use super::Faults;
use super::metadata::MOST_ANNOTATIONS;
use crate::check::api::tree::{Tree, Value};

/// The annotation is the object as JSON, with an empty map of annotations if it has none, in one line that ends with a line break.
pub fn check(tree: &Tree, faults: &mut Faults) {
    if tree.json_is_at_most() <= MOST_ANNOTATIONS {
        return;
    }
    let object = tree.root();
    let others =
        object.at("metadata.annotations").items().map(|annotation| annotation.key().len() + annotation.text().len());
    let without = if object.at("metadata.annotations").is_set() { 0 } else { r#""annotations":{},"#.len() };
    let bytes = others.sum::<usize>() + KEY.len() + json(object) + without + 1;
    if bytes > MOST_ANNOTATIONS {
        let fact = format!(
            "as JSON it makes {bytes} bytes of annotations, and {MOST_ANNOTATIONS} are the most: `kubectl apply` keeps a copy there"
        );
        faults.warn(
            "last-applied-too-large",
            object,
            fact,
            "apply it with `kubectl apply --server-side`, which keeps none",
        );
    }
}

const KEY: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// How many bytes a value has as JSON in the way that kubectl writes it.
fn json(value: Value<'_>) -> usize {
    if value.is_text() || value.is_amount() {
        return quoted(value.text());
    }
    if value.is_leaf() {
        // A number or a boolean; null is as long as true.
        return value.int().map_or(if value.is_true() { 4 } else { 5 }, |number| number.to_string().len());
    }
    let items = value.items().map(|item| match item.key() {
        "" => json(item) + 1,
        key => quoted(key) + 1 + json(item) + 1,
    });
    // A bracket at each end, and a comma after each but the last.
    (items.sum::<usize>() + 1).max(2)
}

fn quoted(text: &str) -> usize {
    let escaped = |c: char| match c {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        // As Go does, so that JSON can stand in a web page.
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => 6,
        _ => c.len_utf8(),
    };
    text.chars().map(escaped).sum::<usize>() + 2
}
