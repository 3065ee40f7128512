//! Where the lines of a text begin.

use std::cell::Cell;

use super::node::Span;

/// A text, and where its lines begin.
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    begins: Vec<usize>,
    /// The byte and the column that were asked for last: a line can be as long as the text.
    last: Cell<(usize, usize)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, begins: std::iter::once(0).chain(after_breaks).collect(), last: Cell::new((0, 1)) }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let line = self.begins.partition_point(|begin| *begin <= start);
        let begin = self.begins[line - 1];
        let (from, column) = match self.last.get() {
            (byte, column) if (begin..=start).contains(&byte) => (byte, column),
            _ => (begin, 1),
        };
        let column = column + self.text[from..start].chars().count();
        self.last.set((start, column));
        Span { start, end, line, column }
    }
}
