use std::borrow::Cow;

use super::node::Span;

/// A text whose quoted scalars are indented as YAML 1.2 asks and YAML 1.1, kubectl's, doesn't:
///
/// ```yaml
/// message: '0/3 nodes are available:
/// 3 are cordoned'
/// ```
///
/// Older Go programs write such lines. What is added is white space that folding removes, and places are reported in
/// the text as it was.
pub(super) struct Indented<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    /// Where the lines that were indented begin in `text`, in order.
    added: Vec<usize>,
    /// Where the lines of the original begin.
    lines: Vec<usize>,
}

/// Deeper than any block can be.
const INDENT: &str = match std::str::from_utf8(&[b' '; 1024]) {
    Ok(spaces) => spaces,
    Err(_) => "",
};

impl<'t> Indented<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        let after_breaks = original.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(after_breaks).collect();
        Self { original, text: Cow::Borrowed(original), added: Vec::new(), lines }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The place in the original of two bytes of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (self.original_byte(start), self.original_byte(end));
        let line = self.lines.partition_point(|begin| *begin <= start);
        let column = self.original[self.lines[line - 1]..start].chars().count() + 1;
        Span { start, end, line, column }
    }

    /// Whether the original ends here, in the middle of a line.
    pub(super) fn ends_without_break_at(&self, byte: usize) -> bool {
        byte == self.original.len() && !self.original.ends_with(['\n', '\r'])
    }

    fn original_byte(&self, byte: usize) -> usize {
        let lines_before = self.added.partition_point(|line| *line < byte);
        let Some(last) = self.added[..lines_before].last() else { return byte };
        byte - (lines_before - 1) * INDENT.len() - (byte - last).min(INDENT.len())
    }

    /// Indents the lines of the quoted scalar that goes on at a byte. It begins after `from`, maybe after other quoted
    /// scalars. Says whether there is one.
    pub(super) fn indent_quoted(&mut self, from: usize, at: usize) -> bool {
        let first = self.text[..at].rfind('\n').map_or(0, |found| found + 1);
        if self.added.last().is_some_and(|last| *last >= first) {
            return false;
        }
        let mut start = from;
        let end = loop {
            let Some(quote) = self.text[start..at].find(['\'', '"']).map(|found| start + found) else { return false };
            match quoted_end(&self.text, quote) {
                Some(end) if end > at => break end,
                Some(end) => start = end,
                None => return false,
            }
        };
        let mut text = self.text[..first].to_owned();
        for line in self.text[first..end].split_inclusive('\n') {
            self.added.push(text.len());
            text.push_str(INDENT);
            text.push_str(line);
        }
        text.push_str(&self.text[end..]);
        self.text = Cow::Owned(text);
        true
    }
}

/// Where the quoted scalar that begins at a byte ends.
fn quoted_end(text: &str, start: usize) -> Option<usize> {
    let quote = text.as_bytes()[start];
    let mut bytes = text.bytes().enumerate().skip(start + 1).peekable();
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\' && quote == b'"' {
            bytes.next();
        } else if byte == quote {
            if quote == b'"' || bytes.peek().is_none_or(|(_, next)| *next != quote) {
                return Some(at + 1);
            }
            bytes.next();
        }
    }
    None
}
