use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

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

/// A part of a text with white space that YAML 1.2 asks for and YAML 1.1, kubectl's, doesn't: before the lines of quoted
/// scalars, which older Go programs write, and before comments.
///
/// ```yaml
/// message: '0/3 nodes are available:
/// 3 are cordoned'# why
/// ```
///
/// It means nothing to the parser, and places are reported in the text as it was.
pub(super) struct Spaced<'t> {
    lines: &'t Lines<'t>,
    begin: usize,
    end: usize,
    is_json: bool,
    text: Cow<'t, str>,
    /// Where white space was added to `text`, how much, and how much before it, in order.
    added: Vec<(usize, usize, usize)>,
}

/// Deeper than any block can be.
const INDENT: &str = match std::str::from_utf8(&[b' '; 1024]) {
    Ok(spaces) => spaces,
    Err(_) => "",
};

impl<'t> Spaced<'t> {
    pub(super) fn new(lines: &'t Lines<'t>, part: Range<usize>, is_json: bool) -> Self {
        let (begin, end) = (part.start, part.end);
        let mut text = Cow::Borrowed(&lines.text[part]);
        // kubectl ends the last line of a stream if nobody else has.
        if !is_json && !text.is_empty() && !text.ends_with('\n') {
            text.to_mut().push('\n');
        }
        Self { lines, begin, end, is_json, text, added: Vec::new() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_json(&self) -> bool {
        self.is_json
    }

    /// What the whole text has from one of its own bytes on, if a character begins there.
    pub(super) fn original_from(&self, byte: usize) -> &'t str {
        self.lines.text.get(byte..).unwrap_or_default()
    }

    /// The header of the block scalar that begins at a byte of the whole text: `|2-`.
    pub(super) fn header(&self, begin: usize) -> &'t str {
        let text = self.lines.text;
        let begin = if text[begin..].starts_with(['|', '>']) {
            begin
        } else {
            text[..begin].rfind(['|', '>']).unwrap_or(begin)
        };
        text[begin..].lines().next().unwrap_or_default()
    }

    /// The place in the whole text of two bytes of this one.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let original = |byte| (self.begin + self.original_byte(byte)).min(self.end);
        self.lines.span(original(start), original(end))
    }

    fn original_byte(&self, byte: usize) -> usize {
        let before = self.added.partition_point(|(at, _, _)| *at < byte);
        let Some((at, length, earlier)) = self.added[..before].last() else { return byte };
        byte - earlier - (byte - at).min(*length)
    }

    fn note_added(&mut self, at: usize, length: usize) {
        let earlier = self.added.last().map_or(0, |(_, length, earlier)| length + earlier);
        self.added.push((at, length, earlier));
    }

    /// Puts a space before a comment. Says whether there is one.
    pub(super) fn space_comment(&mut self, at: usize) -> bool {
        // The parser goes forward, and so do these.
        let is_comment = self.text[at..].starts_with('#') && self.added.last().is_none_or(|(last, ..)| *last < at);
        if is_comment {
            self.text.to_mut().insert(at, ' ');
            self.note_added(at, 1);
        }
        is_comment
    }

    /// Indents the lines of the quoted scalar that goes on at a byte. It begins after `from`, maybe after other quoted
    /// scalars. Says whether there is one.
    pub(super) fn indent_quoted(&mut self, from: usize, at: usize) -> bool {
        let first = self.text[..at].rfind('\n').map_or(0, |found| found + 1);
        if self.added.last().is_some_and(|(last, ..)| *last >= first) {
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
        let quoted = self.text[first..end].to_owned();
        for line in quoted.split_inclusive('\n') {
            self.note_added(text.len(), INDENT.len());
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
