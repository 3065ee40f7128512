//! What kubectl refuses, and YAML 1.2 allows.

use std::ops::Range;

use super::mended::Mended;
use super::node::Span;
use super::problem::Problem;

/// A tab between two places of a block where a key or an item could begin, even in a line of nothing else. In the lines
/// behind a plain scalar, which could go on, that is only so up to a column.
pub(super) fn check_tabs(text: &Mended<'_>, between: Range<usize>, behind_plain: Option<usize>) -> Result<(), Problem> {
    let from = between.start;
    let all = text.as_str();
    let between = all.get(between).unwrap_or_default();
    if !between.contains('\t') {
        return Ok(());
    }
    let mut block = behind_plain.unwrap_or(usize::MAX);
    let mut at_begin = from == 0 || all[..from].ends_with('\n');
    let mut column = 0;
    for (at, character) in between.char_indices() {
        column += 1;
        match character {
            '\t' if at_begin && column <= block => {
                let span = text.span(from + at, from + at + 1);
                return Err(Problem::new(span, "a tab is no indentation in YAML").help("use spaces"));
            }
            '\n' => (at_begin, column) = (true, 0),
            ' ' | '\t' => {}
            indicator => (at_begin, block) = (indicator == '-', usize::MAX),
        }
    }
    Ok(())
}

/// The end of a document before there is one, in what stands before it. Behind a `---` there is one.
pub(super) fn check_begin(text: &Mended<'_>, before: &str) -> Result<(), Problem> {
    let mut begin = 0;
    for line in before.split_inclusive('\n') {
        if line.strip_prefix("...").is_some_and(|rest| rest.trim().is_empty() || rest.starts_with([' ', '\t'])) {
            let span = text.span(begin, begin + 3);
            return Err(Problem::new(span, "... ends a document, and none has begun").help("remove the line"));
        }
        begin += line.len();
    }
    Ok(())
}

/// A question mark in a plain scalar between brackets.
pub(super) fn check_question_mark(text: &str, span: Span) -> Result<(), Problem> {
    if !text.contains('?') {
        return Ok(());
    }
    let message = "kubectl takes a question mark between brackets for the sign of a key";
    Err(Problem::new(span, message).help("put the text in quotes"))
}

/// A key between brackets that ends, with its colon, in another line.
pub(super) fn check_key(text: &Mended<'_>, span: Span) -> Result<(), Problem> {
    let key_begins = text.original_from(span.start);
    let after = text.original_from(span.end);
    let Some(colon) = after.trim_start().strip_prefix(':') else { return Ok(()) };
    if !key_begins[..key_begins.len() - colon.len()].contains(['\n', '\r', '\u{85}']) {
        return Ok(());
    }
    Err(Problem::new(span, "kubectl asks for a key and its colon in one line").help("join the lines"))
}

const ODD_BREAKS: [char; 2] = ['\u{2028}', '\u{2029}'];

/// The characters of a text that YAML 1.1 takes for line breaks, and YAML 1.2 for text.
pub(super) struct OddBreaks {
    places: Vec<usize>,
    /// How many of the first ones mean the same to both.
    harmless: usize,
}

impl OddBreaks {
    pub(super) fn new(text: &Mended<'_>) -> Self {
        let all = text.as_str();
        let none = text.is_json() || all.is_ascii();
        let places = if none { Vec::new() } else { all.match_indices(ODD_BREAKS).map(|(at, _)| at).collect() };
        Self { places, harmless: 0 }
    }

    /// In a quoted scalar that is no key, such a break stays what it is. kubectl drops white space around it.
    pub(super) fn note_quoted(&mut self, text: &str, quoted: &Range<usize>) {
        let blank = [' ', '\t', '\n', '\r'];
        while let Some(at) = self.places.get(self.harmless).filter(|at| quoted.contains(at)) {
            let rest = text[*at..].trim_start_matches(ODD_BREAKS);
            if text[..*at].ends_with(blank)
                || rest.starts_with(blank)
                || rest.starts_with("---")
                || rest.starts_with("...")
            {
                return;
            }
            self.harmless += 1;
        }
    }

    /// The first one that isn't harmless, if it stands before a place.
    pub(super) fn check(&self, text: &Mended<'_>, before: usize) -> Result<(), Problem> {
        let Some(at) = self.places.get(self.harmless).filter(|at| **at < before) else { return Ok(()) };
        let found = text.as_str()[*at..].chars().next().unwrap_or_default();
        let span = text.span(*at, at + found.len_utf8());
        let code = u32::from(found);
        let message = format!("the character U+{code:04X} is a line break to kubectl, and text to other readers");
        Err(Problem::new(span, message).help(format!("write \"\\u{code:04X}\", or remove it")))
    }
}
