//! The keys of a map: those that stand in it, and those that `<<` brings from others.

use std::collections::{HashMap, HashSet};

use super::node::{Entry, Node, Span, Value};
use super::problem::Problem;

/// `<<` after the first entries of a map.
pub(super) struct Merge {
    pub(super) after: usize,
    pub(super) span: Span,
    pub(super) sources: Vec<Node>,
}

/// The maps that `<<` names.
pub(super) fn merge_sources(node: Node) -> Result<Vec<Node>, Problem> {
    let span = node.span;
    let sources = match node.value {
        Value::List(items) => items,
        value => vec![Node { span, value }],
    };
    match sources.iter().find(|source| !matches!(source.value, Value::Map(_))) {
        Some(_) => Err(Problem::new(span, "<< merges maps, or a list of maps")),
        None => Ok(sources),
    }
}

/// The entries of a map with those that it merges, each key once. The last one counts, wherever it comes from, as
/// it does for kubectl. Keys that stand twice are problems, and doubts are where other readers merge otherwise.
pub(super) fn merged(
    entries: Vec<Entry>,
    merges: Vec<Merge>,
    problems: &mut Vec<Problem>,
    doubts: &mut Vec<Problem>,
) -> Vec<Entry> {
    if merges.is_empty() && !has_twice(&entries) {
        return entries;
    }
    let mut union = Merged::default();
    let mut merges = merges.into_iter().peekable();
    for (number, entry) in entries.into_iter().map(Some).chain([None]).enumerate() {
        while let Some(Merge { span, sources, .. }) = merges.next_if(|merge| merge.after == number) {
            // Of several maps the first one counts.
            for entry in sources.into_iter().rev().flat_map(into_entries) {
                if let Some(own) = union.merge(entry) {
                    let message = format!("kubectl takes {own} from <<, other readers the {own} that stands here");
                    doubts.push(Problem::doubt(span, message).help("write << before the map's own keys"));
                }
            }
        }
        let Some(entry) = entry else { continue };
        let span = entry.key_span;
        if let Some(first) = union.insert(entry) {
            let message = format!("the key stands here and in line {}", first.line);
            let problem = Problem { check: Problem::DUPLICATE_KEY, ..Problem::new(span, message) };
            problems.push(problem.help("remove one of them: kubectl takes the last one without a word"));
        }
    }
    union.entries
}

#[derive(Default)]
struct Merged {
    entries: Vec<Entry>,
    /// Where each key is, and whether it is the map's own.
    places: HashMap<String, (usize, bool)>,
}

impl Merged {
    /// Puts an entry of another map in; returns the key of the map's own that it replaces with another value.
    fn merge(&mut self, entry: Entry) -> Option<String> {
        let Some((at, is_own)) = self.places.get(&entry.key) else {
            self.places.insert(entry.key.clone(), (self.entries.len(), false));
            self.entries.push(entry);
            return None;
        };
        let replaced = std::mem::replace(&mut self.entries[*at].value, entry.value);
        (*is_own && replaced != self.entries[*at].value).then_some(entry.key)
    }

    /// Puts an entry of the map's own in; returns the place of the one that it replaces.
    fn insert(&mut self, entry: Entry) -> Option<Span> {
        let place = self.places.entry(entry.key.clone()).or_insert((self.entries.len(), false));
        let (at, is_own) = (place.0, std::mem::replace(&mut place.1, true));
        if at == self.entries.len() {
            self.entries.push(entry);
            return None;
        }
        let replaced = std::mem::replace(&mut self.entries[at], entry);
        is_own.then_some(replaced.key_span)
    }
}

fn into_entries(node: Node) -> Vec<Entry> {
    match node.value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    }
}

fn has_twice(entries: &[Entry]) -> bool {
    const FEW: usize = 16;
    if entries.len() > FEW {
        let mut seen = HashSet::with_capacity(entries.len());
        return !entries.iter().all(|entry| seen.insert(entry.key.as_str()));
    }
    entries.iter().enumerate().any(|(at, entry)| entries[..at].iter().any(|before| before.key == entry.key))
}
