//! One document, from the parser's events.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle, Tag};

use super::anchors::{Anchors, check_name};
use super::key::key_text;
use super::mended::Mended;
use super::merge::{Merge, merge_sources, merged};
use super::node::{Entry, Node, Span, Value};
use super::problem::Problem;
use super::read::{Comment, Document};
use super::refused::{OddBreaks, check_begin, check_key, check_question_mark, check_tabs};
use super::resolve::{Scalar, is_doubtful, scalar};
use super::syntax;
use super::tag::{foreign_tag, tagged};

/// To YAML, of characters. JSON's keys can be longer.
const LONGEST_KEY: usize = 1024;
/// More nested than any object, and shallow enough for the stack.
pub(super) const DEEPEST: usize = 128;
/// The API server refuses a request of more than 3 MiB.
pub(super) const LONGEST_SCALAR: usize = 3 << 20;

/// Why there is no document.
pub(super) enum Stop {
    Problem(Box<Problem>),
    /// kubectl doesn't ask for what is missing.
    Repairable {
        repair: Repair,
        problem: Box<Problem>,
    },
    /// So many of the guesses at quoted scalars are right, and the next one is wrong.
    Guessed {
        right: usize,
    },
}

pub(super) enum Repair {
    /// A quoted scalar goes on in a line that isn't indented, or with a tab, or has a `\'`: where the last event ended, and
    /// a byte of the scalar.
    Quoted { scanned: usize, at: usize },
    /// A comment stands close behind something.
    Comment { at: usize },
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// A list or a map that isn't complete yet.
struct Open {
    span: Span,
    is_flow: bool,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        merges: Vec<Merge>,
        key: Option<Key>,
    },
    /// `[a:]`, which is a map to YAML 1.2.
    Text(String),
}

enum Key {
    Field(String, Span),
    Merge(Span),
}

pub(super) struct Reader<'t> {
    text: &'t Mended<'t>,
    document: Option<Node>,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
    doubts: Vec<Problem>,
    documents_begun: usize,
    in_flow: usize,
    is_behind_plain: bool,
    open: Vec<Open>,
    anchors: Anchors,
    right_guesses: usize,
    odd_breaks: OddBreaks,
    /// Where the parser stopped, with the rest of the line.
    stopped: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t Mended<'t>) -> Self {
        Self {
            text,
            document: None,
            comments: Vec::new(),
            problems: Vec::new(),
            doubts: Vec::new(),
            documents_begun: 0,
            in_flow: 0,
            is_behind_plain: false,
            open: Vec::new(),
            anchors: Anchors::default(),
            right_guesses: 0,
            odd_breaks: OddBreaks::new(text),
            stopped: usize::MAX,
        }
    }

    /// The document, if there is one, and the comments.
    pub(super) fn read(mut self) -> Result<(Option<Document>, Vec<Comment>), Stop> {
        let outcome = match self.read_events() {
            // What stands behind the place where the parser stopped has nothing to do with that.
            Err(Stop::Problem(problem)) => {
                Err(self.odd_breaks.check(self.text, self.stopped).err().unwrap_or(*problem).into())
            }
            Ok(()) => self.odd_breaks.check(self.text, usize::MAX).map_err(Stop::from),
            stopped => stopped,
        };
        // What a wrong guess has changed proves nothing.
        let proven_until = match &outcome {
            Err(Stop::Repairable { repair: Repair::Quoted { at, .. } | Repair::Comment { at }, .. }) => {
                self.text.span(*at, *at).start
            }
            _ => usize::MAX,
        };
        if self.text.guess(self.right_guesses).is_some_and(|guess| guess.start < proven_until) {
            return Err(Stop::Guessed { right: self.right_guesses });
        }
        outcome?;
        let Self { document, comments, problems, mut doubts, .. } = self;
        doubts.extend(self.text.doubt.clone());
        Ok((document.map(|node| Document { node, problems, doubts }), comments))
    }

    fn read_events(&mut self) -> Result<(), Stop> {
        let options = granit_parser::options! {
            emit_anchor_events: true,
            max_buffered_comment_events: usize::MAX,
            simple_key_max_lookahead: if self.text.is_json() { usize::MAX } else { LONGEST_KEY },
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
        };
        let (mut scanned, mut last) = (0, 0..0);
        for event in Parser::new_from_str_with_options(self.text.as_str(), options) {
            match event {
                Ok((Event::Anchor(..), span)) => {
                    let bytes = span.byte_range().unwrap_or_default();
                    let span = self.text.span(bytes.start, bytes.end);
                    check_name(span, self.text.original_from(span.start))?;
                }
                Ok((event, span)) => {
                    let bytes = span.byte_range().unwrap_or_default();
                    self.check_before(&event, scanned, bytes.start)?;
                    scanned = bytes.end.max(scanned);
                    if !bytes.is_empty() {
                        last = bytes.clone();
                    }
                    self.is_behind_plain =
                        matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..)) && !bytes.is_empty();
                    self.note_quoted(&event, &bytes);
                    self.take(event, self.text.span(bytes.start, bytes.end))?;
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or_default();
                    self.stopped = self.text.as_str()[at..].find('\n').map_or(usize::MAX, |found| at + found);
                    let repair = match error.kind() {
                        ErrorKind::InvalidQuotedScalarIndent
                        | ErrorKind::TabInIndentation
                        | ErrorKind::UnknownQuotedScalarEscape => Some(Repair::Quoted { scanned, at }),
                        ErrorKind::CommentNotSeparated => Some(Repair::Comment { at }),
                        ErrorKind::RecursionLimitExceeded => return Err(too_deep(self.text.span(at, at)).into()),
                        _ => None,
                    };
                    let problem = Box::new(syntax::problem(&error, self.text, &last));
                    return Err(match repair {
                        Some(repair) => Stop::Repairable { repair, problem },
                        None => Stop::Problem(problem),
                    });
                }
            }
        }
        Ok(())
    }

    /// What is known of a quoted scalar beside its text: that a guess was right, and which odd breaks are harmless.
    fn note_quoted(&mut self, event: &Event<'_>, bytes: &Range<usize>) {
        if !matches!(event, Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..)) {
            return;
        }
        if let Some(guess) = self.text.guess(self.right_guesses) {
            let span = self.text.span(bytes.start, bytes.end);
            self.right_guesses += usize::from(*guess == (span.start..span.end));
        }
        if !self.awaits_key() {
            self.odd_breaks.note_quoted(self.text.as_str(), bytes);
        }
    }

    /// Whether what comes next is a key.
    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }))
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(..) => {
                self.documents_begun += 1;
                if self.documents_begun > 1 {
                    return Err(Problem::new(span, "kubectl reads nothing here, after the end of a document")
                        .help("begin the next document with a line ---"));
                }
                Ok(())
            }
            Event::Comment(text, _) => {
                let text = self.text.restored(text.trim_start_matches('#').trim().to_owned());
                self.comments.push(Comment { span, text });
                Ok(())
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.note_tag(tag.as_deref(), span)?;
                let is_flow = style == StructureStyle::Flow;
                self.begin(Open { span, is_flow, anchor, content: Content::List(Vec::new()) })
            }
            Event::MappingStart(style, anchor, tag) => {
                self.note_tag(tag.as_deref(), span)?;
                let is_flow = style == StructureStyle::Flow;
                let content = Content::Map { entries: Vec::new(), merges: Vec::new(), key: None };
                self.begin(Open { span, is_flow, anchor, content })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Scalar(text, style, anchor, tag) => {
                self.note_tag(tag.as_deref(), span)?;
                self.scalar(self.text.restored(text.into_owned()), style, anchor, tag.as_deref(), span)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    /// What kubectl refuses before an event, which ends at `scanned`.
    fn check_before(&self, event: &Event<'_>, scanned: usize, at: usize) -> Result<(), Problem> {
        if self.in_flow == 0 && !self.text.is_json() {
            let column = self.open.last().map_or(0, |open| open.span.column);
            check_tabs(self.text, scanned..at, self.is_behind_plain.then_some(column))?;
        }
        match event {
            Event::DocumentStart(..) if self.documents_begun == 0 => check_begin(self.text, &self.text.as_str()[..at]),
            Event::StreamEnd if self.documents_begun == 0 && !self.text.is_explicit => {
                check_begin(self.text, self.text.as_str())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open) -> Result<(), Problem> {
        if self.open.len() >= DEEPEST {
            return Err(too_deep(open.span));
        }
        self.in_flow += usize::from(open.is_flow);
        self.open.push(open);
        Ok(())
    }

    fn scalar(
        &mut self,
        text: String,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Problem> {
        if text.len() > LONGEST_SCALAR {
            return Err(Problem::new(span, "longer than the 3 MiB that the API server accepts"));
        }
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
            && text.trim_start_matches('\n').starts_with('\t')
        {
            let header = self.text.header(span.start);
            if !header.contains(|c: char| c.is_ascii_digit()) {
                return Err(Problem::new(
                    span,
                    "a tab begins the first line of the block, where kubectl looks for its indentation",
                )
                .help("write |2, or whatever number of spaces it is indented by more than its key"));
            }
        }
        let is_key = self.awaits_key();
        if self.in_flow > 0 && !self.text.is_json() {
            if is_key {
                check_key(self.text, span)?;
            }
            if style == ScalarStyle::Plain {
                check_question_mark(&text, span)?;
            }
        }
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if plain && span.start == span.end && self.key_takes_colon() {
            return Ok(());
        }
        let value = match tag {
            Some(tag) => tagged(tag, text, span)?,
            None if !plain => Value::String(text),
            None => {
                if text.starts_with('\u{feff}') {
                    let message = "kubectl takes the byte order mark (U+FEFF) for a part of the text".to_owned();
                    let doubt = Problem::doubt(span, message).help("remove it: files were joined there");
                    self.doubts.push(doubt);
                }
                match scalar(&text) {
                    Scalar::Merge if is_key => {
                        self.merge_key(span);
                        return Ok(());
                    }
                    Scalar::String | Scalar::Merge => Value::String(text),
                    scalar => self.plain(&text, scalar, is_key, span)?,
                }
            }
        };
        self.finish(value, span, anchor)
    }

    /// kubectl reads what follows another program's tag without it, and takes signs between brackets for a part of it.
    fn note_tag(&mut self, tag: Option<&Tag>, span: Span) -> Result<(), Problem> {
        let Some(tag) = tag else { return Ok(()) };
        let (until, from) = (self.text.original_until(span.start), self.text.original_from(span.start));
        if self.in_flow > 0 && !until.ends_with(char::is_whitespace) && !from.starts_with(char::is_whitespace) {
            let message = "kubectl takes what follows a tag without a space for a part of the tag";
            return Err(Problem::new(span, message).help("write a space behind the tag"));
        }
        if let Some(tag) = foreign_tag(tag) {
            let message = format!("kubectl drops the tag {tag}");
            let help = "write what the program that knows the tag would make of the value";
            self.doubts.push(Problem::doubt(span, message).help(help));
        }
        Ok(())
    }

    /// Whether the key that waits for a value has none, as kubectl takes the colon of `{a:}` and `[a:]` for its end.
    fn key_takes_colon(&mut self) -> bool {
        let Some(Open { span, content, .. }) = self.open.last_mut() else { return false };
        let Content::Map { entries, key, .. } = content else { return false };
        let Some(Key::Field(_, key_span)) = key else { return false };
        let (source, after) = (self.text.original_from(key_span.start), self.text.original_from(key_span.end));
        if source.starts_with(['"', '\'']) || ![":,", ":]", ":}"].iter().any(|end| after.starts_with(end)) {
            return false;
        }
        // As it is written: `[on:]` is no boolean.
        let name = source[..key_span.end - key_span.start].to_owned() + ":";
        let key_span = *key_span;
        *key = None;
        self.doubts.retain(|doubt| doubt.span != key_span);
        if self.text.original_from(span.start).starts_with('{') {
            let value = Node { span: Span { start: key_span.end, ..key_span }, value: Value::Null };
            entries.push(Entry { key: name, key_span, value });
        } else {
            *content = Content::Text(name);
        }
        true
    }

    /// A plain scalar that is no string to kubectl.
    fn plain(&mut self, text: &str, scalar: Scalar, is_key: bool, span: Span) -> Result<Value, Problem> {
        if is_key && scalar == Scalar::NotFinite {
            return Ok(Value::String(text.trim_start_matches('+').to_ascii_lowercase())); // as kubectl does
        }
        let is_doubtful = is_doubtful(text, &scalar);
        let node = Node { span, value: scalar.into_value(text, span)? };
        if is_key {
            let key = key_text(&node)?;
            if key != text {
                let message = format!("kubectl makes the key \"{key}\" of {text}");
                self.doubts.push(Problem::doubt(span, message).help(format!("put it in quotes: \"{text}\"")));
            }
        } else if is_doubtful {
            let read = key_text(&node)?;
            let message = format!("kubectl reads {text} as {read}");
            self.doubts
                .push(Problem::doubt(span, message).help(format!("write {read}, or \"{text}\" if that text is meant")));
        }
        Ok(node.value)
    }

    fn merge_key(&mut self, span: Span) {
        if let Some(Open { content: Content::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(Key::Merge(span));
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Problem> {
        check_name(span, self.text.original_from(span.start))?;
        let node = self.anchors.copy(anchor, self.open.len(), span)?;
        self.place(node)
    }

    fn end(&mut self, end: Span) -> Result<(), Problem> {
        let Some(Open { mut span, is_flow, anchor, content }) = self.open.pop() else { return Ok(()) };
        self.in_flow -= usize::from(is_flow);
        // A block ends with its last value; what the parser reports is the next token.
        let (value, last) = match content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::List(items), last)
            }
            Content::Map { entries, merges, .. } => {
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end));
                let last = last.max(merges.last().map(|merge| merge.span.end));
                (Value::Map(merged(entries, merges, &mut self.problems, &mut self.doubts)), last)
            }
            Content::Text(text) => (Value::String(text), None),
        };
        span.end = if end.end > end.start { end.end } else { last.unwrap_or(end.start).max(span.end) };
        self.finish(value, span, anchor)
    }

    /// Completes a value.
    fn finish(&mut self, value: Value, span: Span, anchor: usize) -> Result<(), Problem> {
        let node = Node { span, value };
        self.anchors.keep(anchor, &node)?;
        self.place(node)
    }

    /// Puts a complete value where it belongs.
    fn place(&mut self, node: Node) -> Result<(), Problem> {
        match self.open.last_mut().map(|open| &mut open.content) {
            None if node.value != Value::Null => self.document = Some(node),
            None | Some(Content::Text(_)) => {}
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, merges, key }) => match key.take() {
                None if self.text.original_from(node.span.start.saturating_sub(1)).starts_with("{{") => {
                    return Err(Problem::new(node.span, syntax::TEMPLATE).help(syntax::RENDER));
                }
                None => *key = Some(Key::Field(key_text(&node)?, node.span)),
                Some(Key::Field(key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                Some(Key::Merge(span)) => {
                    merges.push(Merge { after: entries.len(), span, sources: merge_sources(node)? });
                }
            },
        }
        Ok(())
    }
}

fn too_deep(span: Span) -> Problem {
    Problem::new(span, format!("more than {DEEPEST} maps and lists in each other"))
}
