//! What is waited for, as a person sees it: on a terminal a line each that changes in its place, else a line when something changes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use super::id::Id;
use super::wait::Unready;
use crate::report;

/// More lines than this tell nobody more.
const MOST: usize = 12;
const NARROW: u16 = 80;

/// What was shown last.
pub struct Progress {
    is_terminal: bool,
    lines: usize,
    told: BTreeMap<Id, String>,
}

impl Progress {
    pub fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), lines: 0, told: BTreeMap::new() }
    }

    /// Shows how far they are.
    pub fn show(&mut self, all: usize, unready: &[Unready]) {
        if self.is_terminal { self.paint(all, unready) } else { self.tell(unready) }
    }

    fn tell(&mut self, unready: &[Unready]) {
        let now: BTreeMap<_, _> = unready.iter().map(|one| (one.id.clone(), one.fact())).collect();
        for (id, fact) in now.iter().filter(|(id, fact)| self.told.get(*id) != Some(fact)) {
            report::note(&format!("waiting for {id}: {fact}"));
        }
        for id in self.told.keys().filter(|id| !now.contains_key(*id)) {
            report::note(&format!("ready: {id}"));
        }
        self.told = now;
    }

    fn paint(&mut self, all: usize, unready: &[Unready]) {
        let mut text = String::new();
        if self.lines > 0 {
            _ = write!(text, "\x1b[{}A\x1b[J", self.lines);
        }
        let width = rustix::termios::tcgetwinsize(io::stderr()).map_or(NARROW, |size| size.ws_col.max(20));
        let mut line = |line: String| {
            text.extend(line.chars().take(usize::from(width) - 1));
            text.push('\n');
        };
        for one in unready.iter().take(MOST) {
            line(format!("  {}: {}", one.id, one.fact()));
        }
        self.lines = unready.len().min(MOST);
        if !unready.is_empty() {
            line(format!("  {} of {all} are ready", all - unready.len()));
            self.lines += 1;
        }
        report::text(&text);
    }
}
