//! Where the lines of a text begin.

use std::cell::Cell;
use std::sync::Arc;

use super::node::Span;

/// A text, and where its lines begin.
#[derive(Clone)]
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    begins: Arc<[usize]>,
    /// The line, the byte and the column that were asked for last: the next is near, and a line can be as long as the text.
    last: Cell<(usize, usize, usize)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, begins: std::iter::once(0).chain(after_breaks).collect(), last: Cell::new((1, 0, 1)) }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let (line, byte, column) = self.last.get();
        let is_on = |line: usize| self.begins.get(line).is_none_or(|next| start < *next);
        let line = match start >= self.begins[line - 1] {
            true if is_on(line) => line,
            true if is_on(line + 1) => line + 1,
            _ => self.begins.partition_point(|begin| *begin <= start),
        };
        let begin = self.begins[line - 1];
        let (from, column) = if (begin..=start).contains(&byte) { (byte, column) } else { (begin, 1) };
        let column = column + self.text[from..start].chars().count();
        self.last.set((line, start, column));
        Span { start, end, line, column }
    }
}
