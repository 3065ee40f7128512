use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::template::mermaid_text;

/// What a node stands for: a kind, a namespace where it has one, and a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'a>(pub(super) &'a str, pub(super) &'a str, pub(super) &'a str);

impl Key<'_> {
    /// The node's name in the picture, made of what it stands for, so that one more node changes no other line.
    fn id(self) -> String {
        let Self(kind, namespace, name) = self;
        let parts = [kind, namespace, name].into_iter().filter(|part| !part.is_empty());
        parts.map(plain).collect::<Vec<_>>().join("_")
    }
}

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group<'a> {
    /// Outside of everything, such as the names that people type.
    Outside,
    /// Among the hosts.
    Hosts,
    /// In a namespace.
    Namespace(&'a str),
}

/// The nodes by group, and the arrows between them.
#[derive(Default)]
pub(super) struct Chart {
    ids: BTreeSet<String>,
    groups: BTreeMap<(String, String), BTreeSet<String>>,
    edges: BTreeSet<String>,
}

impl Chart {
    /// A node of this shape, such as `["label"]`, if it is not there yet.
    pub(super) fn node(&mut self, group: Group, key: Key, shape: &str) {
        let id = key.id();
        self.groups.entry((group.id(), group.title())).or_default().insert(format!("{id}{shape}"));
        self.ids.insert(id);
    }

    /// An arrow between two nodes that are there.
    pub(super) fn edge(&mut self, from: Key, arrow: &str, to: Key) {
        let (from, to) = (from.id(), to.id());
        if self.ids.contains(&from) && self.ids.contains(&to) {
            self.edges.insert(format!("{from} {arrow} {to}"));
        }
    }

    /// An arrow to a whole group, if anything is in it.
    pub(super) fn edge_to_group(&mut self, from: Key, arrow: &str, group: Group) {
        let (from, to) = (from.id(), group.id());
        if self.ids.contains(&from) && self.groups.keys().any(|(id, _)| *id == to) {
            self.edges.insert(format!("{from} {arrow} {to}"));
        }
    }

    /// The flowchart, in a block of Markdown.
    pub(super) fn text(&self) -> String {
        let mut out = String::from("```mermaid\nflowchart LR\n");
        for ((id, title), nodes) in &self.groups {
            let (indent, is_titled) = if title.is_empty() { ("  ", false) } else { ("    ", true) };
            if is_titled {
                _ = writeln!(out, "  subgraph {id}[\"{title}\"]");
            }
            for node in nodes {
                _ = writeln!(out, "{indent}{node}");
            }
            if is_titled {
                out.push_str("  end\n");
            }
        }
        for edge in &self.edges {
            _ = writeln!(out, "  {edge}");
        }
        out + "```\n"
    }
}

impl Group<'_> {
    fn id(self) -> String {
        match self {
            Self::Outside => String::new(),
            Self::Hosts => "hosts".to_owned(),
            Self::Namespace(name) => format!("namespace_{}", plain(name)),
        }
    }

    fn title(self) -> String {
        match self {
            Self::Outside => String::new(),
            Self::Hosts => "hosts".to_owned(),
            Self::Namespace(name) => format!("namespace {}", mermaid_text(name)),
        }
    }
}

/// A name as part of an id: small letters, digits and what separates them stay. A hyphen may begin an arrow, as Mermaid reads it
/// (packages/mermaid/src/diagrams/flowchart/parser/flow.jison: `NODE_STRING`), unless a letter or a digit follows.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(char) = chars.next() {
        let next = chars.peek().is_some_and(char::is_ascii_alphanumeric);
        match char {
            'a'..='z' | '0'..='9' => out.push(char),
            '-' | '.' if next && !out.is_empty() => out.push(char),
            other => _ = write!(out, "X{:X}", u32::from(other)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_stay_themselves_and_apart() {
        for same in ["kube-node1", "cccr-miniproject.com", "a-1.b"] {
            assert_eq!(plain(same), same);
        }
        let odd = ["a--b", "a-", "*.example.com", "a_b", "A", "a.-b", "a b", "a\"]", "-", "é"];
        let ids: std::collections::BTreeSet<_> = odd.map(plain).into();
        assert_eq!(ids.len(), odd.len());
        let breaks = |id: &&String| id.contains("--") || id.ends_with('-') || id.contains("-.") || id.contains("->");
        assert_eq!(ids.iter().find(breaks), None);
        assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))));
    }
}
