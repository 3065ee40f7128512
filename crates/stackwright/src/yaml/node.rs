use std::collections::{HashMap, HashSet};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

use super::Problem;

/// Where something stands in the text that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The line of the first byte, from 1.
    pub line: usize,
    /// The column of the first character, from 1.
    pub column: usize,
}

/// A value and the place where it was read.
///
/// The value of an alias stands where its anchor is. Two nodes are equal when their values are, wherever they stand.
#[derive(Debug, Clone)]
pub struct Node {
    /// The place.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What Kubernetes knows as data: JSON, in the order in which it was written.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key of a map, with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

impl Node {
    /// The value of a map's key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries of a map; none for any other value.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for any other value.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The node at a field path as findings print it, such as `spec.ports[0].name` or `metadata.labels["a.b/c"]`.
    ///
    /// ```
    /// let service = &stackwright::yaml::read("spec:\n  ports:\n  - name: http\n").unwrap().documents[0];
    /// let name = service.at("spec.ports[0].name").unwrap();
    /// assert_eq!((name.span.line, name.span.column), (3, 11));
    /// ```
    pub fn at(&self, path: &str) -> Option<&Node> {
        let mut node = self;
        let mut rest = path;
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix("[\"") {
                let (key, after) = quoted.split_once("\"]")?;
                (node, rest) = (node.get(key)?, after);
            } else if let Some(bracket) = rest.strip_prefix('[') {
                let (index, after) = bracket.split_once(']')?;
                (node, rest) = (node.items().get(index.parse::<usize>().ok()?)?, after);
            } else {
                let field = rest.strip_prefix('.').unwrap_or(rest);
                let end = field.find(['.', '[']).unwrap_or(field.len());
                (node, rest) = (node.get(&field[..end])?, &field[end..]);
            }
        }
        Some(node)
    }

    /// Gives problems the paths of their places, where this node has them.
    pub(super) fn name_paths(&self, problems: &mut [Problem]) {
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.span.start);
            self.name_paths_below(&Path::Root, problems);
        }
    }

    fn name_paths_below(&self, path: &Path<'_>, problems: &mut [Problem]) {
        let name = |span: Span, path: &Path<'_>, problems: &mut [Problem]| {
            let first = problems.partition_point(|problem| problem.span.start < span.start);
            for problem in problems[first..].iter_mut().take_while(|problem| problem.span.start == span.start) {
                problem.path = path.to_string();
            }
        };
        match &self.value {
            Value::Map(entries) => {
                for entry in entries {
                    let path = Path::Field(path, &entry.key);
                    name(entry.key_span, &path, problems);
                    entry.value.name_paths_below(&path, problems);
                }
            }
            Value::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    item.name_paths_below(&Path::Item(path, number), problems);
                }
            }
            _ => name(self.span, path, problems),
        }
    }

    /// Removes what stands in one of these places.
    pub(super) fn remove(&mut self, places: &HashSet<Span>) {
        match &mut self.value {
            Value::Map(entries) => {
                entries.retain(|entry| !entry.is_at(places));
                entries.iter_mut().for_each(|entry| entry.value.remove(places));
            }
            Value::List(items) => {
                items.retain(|item| !places.contains(&item.span));
                items.iter_mut().for_each(|item| item.remove(places));
            }
            _ => {}
        }
    }

    /// The node's own values, its keys in another node's order; keys that the other lacks come last.
    pub(super) fn ordered_like(&self, other: &Node) -> Node {
        let value = match (&self.value, &other.value) {
            (Value::Map(entries), Value::Map(others)) => {
                let others: HashMap<_, _> =
                    others.iter().enumerate().map(|(at, other)| (other.key.as_str(), (at, &other.value))).collect();
                let mut ordered: Vec<_> = entries
                    .iter()
                    .map(|entry| match others.get(entry.key.as_str()) {
                        Some((at, other)) => (*at, Entry { value: entry.value.ordered_like(other), ..entry.clone() }),
                        None => (others.len(), entry.clone()),
                    })
                    .collect();
                ordered.sort_by_key(|(at, _)| *at);
                Value::Map(ordered.into_iter().map(|(_, entry)| entry).collect())
            }
            (Value::List(items), Value::List(others)) if items.len() == others.len() => {
                Value::List(items.iter().zip(others).map(|(item, other)| item.ordered_like(other)).collect())
            }
            (value, _) => value.clone(),
        };
        Node { span: self.span, value }
    }
}

impl Entry {
    /// Whether its key or its value stands in one of these places.
    pub(super) fn is_at(&self, places: &HashSet<Span>) -> bool {
        places.contains(&self.key_span) || places.contains(&self.value.span)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}

/// A field path, built on the stack while a value is decoded.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Field(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Root => Ok(()),
            Self::Item(parent, index) => write!(formatter, "{parent}[{index}]"),
            Self::Field(parent, key) if key.contains(|c: char| !c.is_ascii_alphanumeric() && !"_-$".contains(c)) => {
                write!(formatter, "{parent}[\"{key}\"]")
            }
            Self::Field(Self::Root, key) => formatter.write_str(key),
            Self::Field(parent, key) => write!(formatter, "{parent}.{key}"),
        }
    }
}
