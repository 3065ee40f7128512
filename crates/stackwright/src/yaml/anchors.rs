//! What anchors name, within bounds.

use std::collections::HashMap;

use super::node::{Entry, Node, Span, Value};
use super::problem::Problem;
use super::reader::DEEPEST;

/// How much memory anchors and aliases may copy, in bytes.
const MOST_COPIED: usize = 16 << 20;

#[derive(Default)]
pub(super) struct Anchors {
    nodes: HashMap<usize, Node>,
    copied: usize,
}

impl Anchors {
    /// Keeps what an anchor names. Zero is none.
    pub(super) fn keep(&mut self, anchor: usize, node: &Node) -> Result<(), Problem> {
        if anchor == 0 {
            return Ok(());
        }
        let (bytes, _) = size(node);
        self.copied += bytes;
        if self.copied > MOST_COPIED {
            return Err(Problem::new(node.span, "anchors that grow out of bounds"));
        }
        self.nodes.insert(anchor, node.clone());
        Ok(())
    }

    /// What an alias at a depth stands for.
    pub(super) fn copy(&mut self, anchor: usize, depth: usize, span: Span) -> Result<Node, Problem> {
        let Some(node) = self.nodes.get(&anchor) else {
            return Err(Problem::new(span, "an alias inside what it stands for"));
        };
        let (bytes, own_depth) = size(node);
        self.copied += bytes;
        if self.copied > MOST_COPIED || depth + own_depth > DEEPEST {
            return Err(Problem::new(span, "aliases that grow out of bounds"));
        }
        Ok(node.clone())
    }
}

/// kubectl knows fewer names than YAML 1.2. The span is that of the name with its `&` or `*`, and `rest` the text from there on.
pub(super) fn check_name(span: Span, rest: &str) -> Result<(), Problem> {
    let (name, after) = rest.split_at((span.end - span.start).min(rest.len()));
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if name.bytes().skip(1).all(is_known) && !after.starts_with(['[', '{']) {
        return Ok(());
    }
    let message = format!("kubectl refuses the name {name}");
    Err(Problem::new(span, message).help("use letters, digits, - and _, and a space behind it"))
}

/// Roughly the memory of a node in bytes, and the depth of the maps and lists in it.
fn size(node: &Node) -> (usize, usize) {
    let own = size_of::<Entry>();
    let content = match &node.value {
        Value::String(text) => return (own + text.len(), 0),
        Value::Null | Value::Bool(_) | Value::Number(_) => return (own, 0),
        Value::List(items) => items.iter().map(size).fold((own, 0), larger),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| {
                let (bytes, depth) = size(&entry.value);
                (bytes + entry.key.len(), depth)
            })
            .fold((own, 0), larger),
    };
    (content.0, content.1 + 1)
}

fn larger((bytes, depth): (usize, usize), (more, deeper): (usize, usize)) -> (usize, usize) {
    (bytes + more, depth.max(deeper))
}
