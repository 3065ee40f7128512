//! The comments of an object, by the field that each stands at.

use std::collections::BTreeMap;

use stackwright::yaml::{Node, Value};

use super::Given;

/// Comments that are not written yet, by the path of their field.
#[derive(Debug, Default)]
pub struct Comments {
    at: BTreeMap<String, Vec<(usize, String)>>,
}

impl Comments {
    pub fn of(given: &Given) -> Self {
        if given.comments.is_empty() {
            return Self::default();
        }
        let mut places = Vec::new();
        walk(&given.node, "", &mut places);
        let mut comments = Self::default();
        for comment in &given.comments {
            let line = comment.span.line;
            // At the end of a line it is of what begins last there; else of what comes next.
            let same = places.iter().rev().find(|(at, _)| *at == line);
            let next = || places.iter().filter(|(at, _)| *at > line).min_by_key(|(at, _)| *at);
            let path = same.or_else(next).map_or(String::new(), |(_, path)| path.clone());
            comments.at.entry(path).or_default().push((line, comment.text.clone()));
        }
        comments
    }

    /// Those at a field.
    pub fn take(&mut self, path: &str) -> Vec<String> {
        self.at.remove(path).into_iter().flatten().map(|(_, text)| text).collect()
    }

    /// Those at a field and below it.
    pub fn take_below(&mut self, path: &str) -> Vec<String> {
        let is_below = |at: &String| at.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut below: Vec<_> =
            self.at.extract_if(.., |at, _| is_below(at)).flat_map(|(_, comments)| comments).collect();
        below.sort();
        below.into_iter().map(|(_, text)| text).collect()
    }
}

/// The lines and paths of what is in a node, in the order of the text.
fn walk(node: &Node, path: &str, places: &mut Vec<(usize, String)>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let path = format!("{path}/{}", entry.key);
                places.push((entry.key_span.line, path.clone()));
                walk(&entry.value, &path, places);
            }
        }
        Value::List(items) => {
            for (number, item) in items.iter().enumerate() {
                let path = format!("{path}/{number}");
                places.push((item.span.line, path.clone()));
                // A comment above an item is the item's, not that of its first field.
                let before = places.len();
                walk(item, &path, places);
                if let Some((line, first)) = places.get_mut(before).filter(|(line, _)| *line == item.span.line) {
                    (_, *first) = (*line, path.clone());
                }
            }
        }
        _ => {}
    }
}
