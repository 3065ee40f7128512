//! A picture of what a change touches: who leans on whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use stackwright::check::{Index, Item};
use stackwright::template::mermaid_text;
use stackwright::{Change, Consequence, Severity, edges};

use super::compared::severity;

/// More than this nobody can read.
const MOST: usize = 40;

/// What changes, and what leads to it.
#[derive(Clone, Default)]
pub struct Picture {
    /// The objects by their labels, with what becomes of those that change.
    nodes: BTreeMap<String, Option<Consequence>>,
    edges: BTreeSet<(String, String)>,
}

impl Picture {
    /// What changes among an index' objects. Too many would show nothing, and what nothing leads to is told as well in words.
    pub fn of<'a>(index: &Index<'a>, changes: &[Change<'a>]) -> Self {
        let present: Vec<_> = changes.iter().filter(|change| !change.is_removed).collect();
        if present.is_empty() || present.len() > MOST {
            return Self::default();
        }
        let edges = edges(index);
        let mut touched: BTreeMap<usize, Option<Consequence>> =
            present.iter().map(|change| (change.item.index, Some(change.consequence()))).collect();
        let mut leading: BTreeMap<usize, Vec<Item<'a>>> = BTreeMap::new();
        for (from, to) in &edges {
            leading.entry(to.index).or_default().push(*from);
        }
        let mut ahead: Vec<usize> = touched.keys().copied().collect();
        while let Some(next) = ahead.pop() {
            for from in leading.get(&next).into_iter().flatten() {
                touched.entry(from.index).or_insert_with(|| {
                    ahead.push(from.index);
                    None
                });
            }
        }
        let drawn =
            edges.iter().filter(|(from, to)| touched.contains_key(&from.index) && touched.contains_key(&to.index));
        let mut picture = Self::default();
        for (from, to) in drawn {
            for item in [from, to] {
                picture.nodes.insert(item.label(), touched[&item.index]);
            }
            picture.edges.insert((from.label(), to.label()));
        }
        if picture.nodes.len() > MOST { Self::default() } else { picture }
    }

    /// A Mermaid flowchart, if there is anything to see.
    pub fn mermaid(&self) -> Option<String> {
        if self.edges.is_empty() {
            return None;
        }
        let numbers: BTreeMap<_, _> = self.nodes.keys().zip(0..).collect();
        let mut out = String::from("```mermaid\nflowchart LR\n");
        for ((label, consequence), number) in self.nodes.iter().zip(0..) {
            let (class, what) = match consequence {
                Some(consequence) => (class(*consequence), format!("<br>{consequence}")),
                None => ("", String::new()),
            };
            _ = writeln!(out, "  n{number}[\"{}{what}\"]{class}", mermaid_text(label));
        }
        for (from, to) in &self.edges {
            _ = writeln!(out, "  n{} --> n{}", numbers[from], numbers[to]);
        }
        for (name, colour) in [("bad", "#f4c7c3"), ("care", "#fce8b2"), ("fine", "#b7e1cd")] {
            _ = writeln!(out, "  classDef {name} fill:{colour},color:#000");
        }
        Some(out + "```\n")
    }
}

fn class(consequence: Consequence) -> &'static str {
    match severity(consequence) {
        Severity::Error => ":::bad",
        Severity::Warning => ":::care",
        Severity::Information => ":::fine",
    }
}
