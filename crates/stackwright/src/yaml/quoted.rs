//! Quoted scalars, and what YAML 1.1 allows in them.

use std::ops::Range;

/// Where the quoted scalar that begins at a byte ends.
pub(super) fn quoted_end(text: &str, start: usize) -> Option<usize> {
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

/// The lines of a quoted scalar that are indented less than YAML 1.2 asks for, and by how many spaces they should be.
pub(super) fn unindented_lines(text: &str, quoted: &Range<usize>) -> (Vec<usize>, usize) {
    let first = text[..quoted.start].rfind('\n').map_or(0, |found| found + 1);
    // Whatever the scalar is in begins before anything else in its line.
    let indent = text[first..].len() - text[first..].trim_start_matches([' ', '-', '?', ':']).len() + 1;
    let after_breaks = text[quoted.clone()].match_indices('\n').map(|(at, _)| quoted.start + at + 1);
    let lines = after_breaks.filter(|begin| {
        let line = &text[*begin..quoted.end];
        let spaces = line.len() - line.trim_start_matches(' ').len();
        // Three dots end a document, even here.
        let is_end = line.strip_prefix("...").is_some_and(|rest| rest.starts_with(char::is_whitespace));
        spaces < indent && !line.starts_with(['\n', '\r']) && !is_end
    });
    (lines.collect(), indent)
}

/// The single quotes of a text in double quotes that have a backslash.
pub(super) fn escaped_single_quotes(text: &str, quoted: &Range<usize>) -> Vec<usize> {
    if !text[quoted.start..].starts_with('"') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut bytes = text[quoted.clone()].bytes().enumerate();
    while let Some((_, byte)) = bytes.next() {
        if byte == b'\\'
            && let Some((at, b'\'')) = bytes.next()
        {
            found.push(quoted.start + at);
        }
    }
    found
}

/// What looks like quoted scalars behind keys and dashes, from a byte on. In a block scalar, nothing does.
pub(super) fn likely_quoted(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut block = None;
    let mut begin = from;
    for line in text[from..].split_inclusive('\n') {
        let first = begin;
        begin += line.len();
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let is_inside = block.is_some_and(|least| spaces > least) || found.last().is_some_and(|last| last.end > first);
        if line.trim().is_empty() || is_inside {
            continue;
        }
        block = block_scalar(line);
        let Some(quote) = value(line).filter(|at| line[*at..].starts_with(['"', '\''])).map(|at| first + at) else {
            continue;
        };
        let Some(end) = quoted_end(text, quote) else { break };
        found.push(quote..end);
    }
    found
}

/// Where the value begins behind a line's dashes, key, anchor and tag.
fn value(line: &str) -> Option<usize> {
    let content = line.trim_start_matches([' ', '-']);
    let behind_key = if content.starts_with(['"', '\'']) {
        match quoted_end(content, 0).map(|end| &content[end..]) {
            Some(behind) if behind.starts_with(": ") => &behind[1..],
            _ => content,
        }
    } else if content.starts_with(['&', '!']) {
        content
    } else {
        &content[content.find(": ")? + 1..]
    };
    let mut value = behind_key.trim_start();
    while value.starts_with(['&', '!']) {
        value = value[value.find(' ')?..].trim_start();
    }
    Some(line.len() - value.len())
}

/// What the lines of the block scalar are indented more than that begins in a line, if one does.
fn block_scalar(line: &str) -> Option<usize> {
    let header = line.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
    let before = header.strip_suffix(['|', '>'])?;
    let content = before.trim_start_matches([' ', '-']);
    let spaces = before.len() - before.trim_start_matches(' ').len();
    before.ends_with([' ', '\t']).then_some(if content.is_empty() { spaces } else { before.len() - content.len() })
}
