//! What is wrong with a text that isn't YAML, in words for who wrote it.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::mended::Mended;
use super::problem::Problem;
use super::unknown::is_unknown;

/// The problem of a text that the parser stopped in, from the bytes of what it read whole last.
pub(super) fn problem(error: &ScanError, text: &Mended<'_>, last: &Range<usize>) -> Problem {
    let at = error.marker().byte_offset().unwrap_or_default();
    let source = Source { text: text.as_str(), last: last.start.min(at)..last.end.min(at), at };
    let fault = source.foreign().unwrap_or_else(|| source.fault(error));
    let Fault { at, message, help } = source.of_variable(fault);
    let end = at + source.text[at..].chars().next().map_or(0, char::len_utf8);
    Problem { help, ..Problem::new(text.span(at, end), message) }
}

/// What `{{` in a text means.
pub(super) const TEMPLATE: &str = "a template's {{ }} is no YAML before it is rendered";
/// What to do about it.
pub(super) const RENDER: &str =
    "render it first, for example with `helm template`, or put text that is meant so in quotes";

/// What `${` in a text means.
pub(super) const VARIABLE: &str = "a variable's ${ } is no YAML here before its value is put in";
/// What to do about it.
pub(super) const PUT_IN: &str = "put it in quotes, or put its value in first, for example with `flux envsubst`";

struct Fault {
    at: usize,
    message: String,
    help: Option<String>,
}

impl Fault {
    fn new(at: usize, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: Some(help.into()) }
    }
}

struct Source<'t> {
    text: &'t str,
    last: Range<usize>,
    at: usize,
}

impl<'t> Source<'t> {
    /// What has nothing to do with YAML.
    fn foreign(&self) -> Option<Fault> {
        let mut lines = self.lines();
        lines.find_map(|(begin, line)| {
            let begins = |marks: &[&str]| marks.iter().any(|mark| line.starts_with(mark));
            if let Some(found) = line.find("{{") {
                return Some(Fault::new(begin + found, TEMPLATE, RENDER));
            }
            if begins(&["<<<<<<< ", ">>>>>>> "]) || line == "=======" {
                return Some(Fault::new(
                    begin,
                    "a merge conflict that is not resolved",
                    "choose between its two sides",
                ));
            }
            begins(&["```"]).then(|| Fault::new(begin, "a code fence of Markdown", "remove the lines with ```"))
        })
    }

    /// A fault, or that of the variable which is there: its bracket is taken for a map's, and a line of its own for a key.
    fn of_variable(&self, fault: Fault) -> Fault {
        let begins = [fault.at.saturating_sub(1), fault.at];
        let is_variable = |begin: &usize| {
            let line = self.text.get(*begin..).and_then(|text| text.lines().next()).unwrap_or_default();
            let is_meant = line.starts_with("${") && !self.text[..*begin].ends_with('$');
            is_meant && line.find('}').is_some_and(|end| is_unknown(&line[..=end]))
        };
        match begins.into_iter().find(is_variable) {
            Some(at) => Fault::new(at, VARIABLE, PUT_IN),
            None => fault,
        }
    }

    fn fault(&self, error: &ScanError) -> Fault {
        let at = self.at;
        match error.kind() {
            ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation => {
                Fault::new(self.tab(), "a tab is no indentation in YAML", "use spaces")
            }
            ErrorKind::UnclosedQuotedScalar
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent => self.unclosed_quote(),
            ErrorKind::InvalidTrailingSingleQuotedScalar => {
                Fault::new(at, "text stands behind the closing quote", "write ' twice where it is a part of the text")
            }
            ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                Fault::new(at, "text stands behind the closing quote", "write \\\" where it is a part of the text")
            }
            ErrorKind::UnknownQuotedScalarEscape => Fault::new(
                at,
                "a backslash in double quotes begins an escape that YAML doesn't know",
                "write \\\\ for a backslash, or use single quotes",
            ),
            ErrorKind::UnexpectedCharacter { character } if "@`%".contains(*character) => {
                Fault::new(at, format!("a value cannot begin with {character}"), "put it in quotes")
            }
            ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => Fault::new(
                at,
                "* and & begin a reference, and this one leads nowhere",
                "put text that begins with them in quotes",
            ),
            ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected => self.colon(),
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidIndentation => Fault::new(
                at,
                "the line is indented as none above it that it could belong to",
                "indent it exactly as the keys or the - beside it",
            ),
            ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::MisplacedFlowCollectionEnd
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::BlockEntryInFlowCollection => self.unclosed_bracket(),
            _ => Fault { at, message: error.info().clone(), help: None },
        }
    }

    /// The lines from what was read last to where the parser stopped, with their first bytes.
    fn lines(&self) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
        let first = self.text[..self.last.start].rfind('\n').map_or(0, |found| found + 1);
        let (text, at) = (self.text, self.at);
        let mut begin = first;
        text[first..].split_inclusive('\n').map_while(move |line| {
            let this = begin;
            begin += line.len();
            (this <= at).then_some((this, line.trim_end()))
        })
    }

    fn tab(&self) -> usize {
        let begin = self.text[..self.at].rfind('\n').map_or(0, |found| found + 1);
        self.text[begin..].find('\t').map_or(self.at, |found| begin + found)
    }

    fn unclosed_quote(&self) -> Fault {
        let from = self.last.end;
        let quote = self.text[from..self.at].find(['"', '\'']).map_or(self.at, |found| from + found);
        Fault::new(
            quote,
            "the quote that begins here is not closed",
            "close it, or indent the lines that go on with its text",
        )
    }

    /// The innermost bracket that is open where the parser stopped.
    fn unclosed_bracket(&self) -> Fault {
        let mut depth = 0;
        let stopped_at_one = self.text[self.at..].starts_with(['[', '{']);
        let open = self.text[..self.at + usize::from(stopped_at_one)].char_indices().rev().find(|(_, character)| {
            match character {
                ']' | '}' => depth += 1,
                '[' | '{' if depth > 0 => depth -= 1,
                '[' | '{' => return true,
                _ => {}
            }
            false
        });
        match open {
            Some((open, bracket)) => {
                let close = if bracket == '[' { ']' } else { '}' };
                Fault::new(
                    open,
                    format!("the {bracket} is not closed where it should be, or a comma is missing behind it"),
                    format!("close it with {close}, and put text that has brackets, commas or colons in quotes"),
                )
            }
            None => {
                Fault::new(self.at, "this bracket closes none that is open", "remove it, or put the text in quotes")
            }
        }
    }

    /// What a line without a colon, or with one too many, lacks.
    fn colon(&self) -> Fault {
        let mut above: Option<(usize, &str)> = None;
        for (begin, line) in self.lines() {
            let content = line.trim_start().trim_start_matches("- ").trim_start();
            if content.is_empty() || content.starts_with('#') || begin + line.len() < self.last.start {
                continue;
            }
            let at = begin + line.len() - content.len();
            if !content.contains(": ") && !content.ends_with(':') {
                return match content.find(':') {
                    Some(colon) => Fault::new(at + colon, "no space after the colon", "write a space after it"),
                    None => Fault::new(at, "no colon after the key", "write `key: value`"),
                };
            }
            let is_deeper = above.is_some_and(|(above, content)| at - begin > above && !content.ends_with(':'));
            if is_deeper && begin <= self.at && self.at <= begin + line.len() {
                return Fault::new(
                    at,
                    "the line is indented more than the one above, which has a value already",
                    "indent it as its neighbours",
                );
            }
            above = Some((at - begin, content));
        }
        Fault::new(self.at, "a second colon in one line", "put the value in quotes")
    }
}
