use std::ops::Range;

use serde::de::IgnoredAny;

/// A part of a stream that kubectl reads alone: a document, and the comments around it.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub(super) bytes: Range<usize>,
    pub(super) is_json: bool,
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
        parts.push(Part { bytes: rest..text.len(), is_json: false, refused });
        return parts;
    }
    let mut begin = rest;
    for end in text[rest..].match_indices("\n---").map(|(at, _)| rest + at + 1) {
        parts.push(document(text, begin..end));
        begin = end;
    }
    parts.push(document(text, begin..text.len()));
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
        parts.push(Part { bytes: begin..values.byte_offset(), is_json: true, refused: None });
        begin = values.byte_offset();
    }
    parts
}

/// kubectl drops the line ---, and whatever `#` follows it is a comment.
fn document(text: &str, bytes: Range<usize>) -> Part {
    let first_line = text[bytes.clone()].lines().next().unwrap_or_default();
    let after = first_line.strip_prefix("---").map(str::trim_start).unwrap_or_default();
    let refused = (!after.is_empty() && !after.starts_with('#'))
        .then_some(("nothing but a comment can follow --- in its line for kubectl", "begin a new line after ---"));
    let begin = bytes.start + if first_line.starts_with("---") { first_line.len() - after.len() } else { 0 };
    Part { bytes: begin..bytes.end, is_json: false, refused }
}
