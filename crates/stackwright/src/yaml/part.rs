use std::ops::Range;

use serde::de::IgnoredAny;

/// A part of a stream that kubectl reads alone: a document, and the comments around it.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub(super) bytes: Range<usize>,
    pub(super) is_json: bool,
    /// Where kubectl begins to read it, if not with the line `---`.
    pub(super) begin: Option<usize>,
    /// Why kubectl refuses the stream from here on, whatever the part holds.
    pub(super) refused: Option<(&'static str, &'static str)>,
}

/// The parts of a stream.
///
/// kubectl looks for JSON objects in a row first. In what is left, a line that begins with `---` ends a document wherever
/// it stands, even in a scalar.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = json_values(text);
    let rest = parts.last().map_or(0, |part| part.bytes.end);
    if parts.len() > 1 && !text[rest..].trim_start().is_empty() {
        let refused =
            Some(("after JSON objects in a row kubectl reads only JSON", "put a line --- between all of them"));
        parts.push(Part { bytes: rest..text.len(), is_json: false, begin: None, refused });
        return parts;
    }
    // Behind JSON, kubectl skips white space up to the next line.
    let blank = text[rest..].len() - text[rest..].trim_start().len();
    let line_end = text[rest..rest + blank].find('\n').map_or(blank, |found| found + 1);
    let rest = if rest == 0 { 0 } else { rest + line_end };
    let ends = text[rest..].match_indices("\n---").map(|(at, _)| rest + at + 1).chain([text.len()]);
    let (mut begin, mut has_lines) = (rest, false);
    for end in ends {
        let part = document(text, begin..end, has_lines);
        let lines_begin = if has_lines { part.begin.unwrap_or(end) } else { begin };
        has_lines = lines_begin < end;
        parts.push(part);
        begin = end;
    }
    parts
}

/// The JSON values that a text begins with, one after the other.
fn json_values(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    if !text.trim_start().starts_with('{') {
        return parts;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let mut begin = 0;
    while let Some(Ok(_)) = values.next() {
        parts.push(Part { bytes: begin..values.byte_offset(), is_json: true, begin: None, refused: None });
        begin = values.byte_offset();
    }
    parts
}

/// kubectl drops the line --- if it ends lines of another document, and whatever `#` follows it is a comment.
fn document(text: &str, bytes: Range<usize>, ends_lines: bool) -> Part {
    let first_line = text[bytes.clone()].lines().next().unwrap_or_default();
    let Some(after) = first_line.strip_prefix("---").map(str::trim_start) else {
        return Part { begin: Some(bytes.start), bytes, is_json: false, refused: None };
    };
    let is_text = !ends_lines && first_line[3..].starts_with(|c| !matches!(c, ' ' | '\t' | '\r'));
    let refused = (is_text || !after.is_empty() && !after.starts_with('#')).then_some((
        "nothing but a space and a comment can follow --- in its line for kubectl",
        "begin a new line after ---",
    ));
    let next_line = text[bytes.clone()].find('\n').map_or(bytes.end, |found| bytes.start + found + 1);
    let begin = ends_lines.then_some(next_line);
    Part { bytes: bytes.start + first_line.len() - after.len()..bytes.end, is_json: false, begin, refused }
}
