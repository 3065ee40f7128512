//! Changes to YAML that was read: what is put in stands where the one who put it there says so.

use stackwright::yaml::{Entry, Node, Span, Value};

/// A text at a place.
pub fn text(text: impl Into<String>, span: Span) -> Node {
    Node { span, value: Value::String(text.into()) }
}

/// A map without entries, or a list without items.
pub fn map(span: Span) -> Node {
    Node { span, value: Value::Map(Vec::new()) }
}

/// A list.
pub fn list(items: Vec<Node>, span: Span) -> Node {
    Node { span, value: Value::List(items) }
}

/// The value of a map's key.
pub fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
}

/// The entries of a map; what is no map becomes one.
fn entries(node: &mut Node) -> &mut Vec<Entry> {
    if !matches!(node.value, Value::Map(_)) {
        node.value = Value::Map(Vec::new());
    }
    let Value::Map(entries) = &mut node.value else { unreachable!("it is a map by now") };
    entries
}

/// Gives a map's key a value.
pub fn set(node: &mut Node, key: &str, value: Node) {
    let entries = entries(node);
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => entry.value = value,
        None => entries.push(Entry { key: key.to_owned(), key_span: value.span, value }),
    }
}

/// Takes a map's key away.
pub fn remove(node: &mut Node, key: &str) -> Option<Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(at).value)
}

/// The value of a map's key, which becomes a map if there is none.
pub fn child<'n>(node: &'n mut Node, key: &str, span: Span) -> &'n mut Node {
    let entries = entries(node);
    let place = entries.iter().position(|entry| entry.key == key).unwrap_or_else(|| {
        entries.push(Entry { key: key.to_owned(), key_span: span, value: map(span) });
        entries.len() - 1
    });
    let value = &mut entries[place].value;
    if value.value == Value::Null {
        *value = map(span);
    }
    value
}

/// Calls a function with each value at a path. The items of lists on the way are all gone through; `create` makes maps where there are none.
pub fn each(node: &mut Node, path: &[&str], create: Option<Span>, visit: &mut dyn FnMut(&mut Node)) {
    if let Value::List(items) = &mut node.value {
        for item in items {
            each(item, path, create, visit);
        }
        return;
    }
    let Some((key, rest)) = path.split_first() else { return visit(node) };
    match (create, &node.value) {
        (Some(span), Value::Map(_) | Value::Null) => each(child(node, key, span), rest, create, visit),
        _ => {
            if let Some(below) = get_mut(node, key) {
                each(below, rest, create, visit);
            }
        }
    }
}

/// The text of a field, if it has one.
pub fn text_at<'n>(node: &'n Node, path: &str) -> Option<&'n str> {
    node.at(path).and_then(Node::text).filter(|text| !text.is_empty())
}

/// Whether a field is `true`.
pub fn is_set(node: &Node, path: &str) -> bool {
    node.at(path).is_some_and(|node| node.value == Value::Bool(true))
}

/// The entries of a map whose values are texts; numbers and the like are written as they are.
pub fn pairs(node: &Node) -> Vec<(&str, String, Span)> {
    let value = |node: &Node| match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    node.entries()
        .iter()
        .filter_map(|entry| Some((entry.key.as_str(), value(&entry.value)?, entry.value.span)))
        .collect()
}

/// Moves all places of a node.
pub fn move_by(node: &mut Node, bytes: usize) {
    at_spans(node, &mut |span| {
        span.start += bytes;
        span.end += bytes;
    });
}

/// Changes each place of a node.
pub fn at_spans(node: &mut Node, change: &mut dyn FnMut(&mut Span)) {
    change(&mut node.span);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| at_spans(item, change)),
        Value::Map(entries) => {
            for entry in entries {
                change(&mut entry.key_span);
                at_spans(&mut entry.value, change);
            }
        }
        _ => {}
    }
}
