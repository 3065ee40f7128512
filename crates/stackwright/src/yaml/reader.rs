//! One document, from the parser's events.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle, Tag};

use super::merge::{Merge, merge_sources, merged};
use super::node::{Entry, Node, Span, Value};
use super::problem::Problem;
use super::read::{Comment, Document};
use super::resolve::{Scalar, is_doubtful, scalar};
use super::spaced::Spaced;
use super::syntax;
use super::tag::tagged;

/// More nested than any object, and shallow enough for the stack.
pub(super) const DEEPEST: usize = 128;
/// The API server refuses a request of more than 3 MiB.
pub(super) const LONGEST_SCALAR: usize = 3 << 20;
/// How much memory aliases may copy, in bytes.
const MOST_ALIASED: usize = 16 << 20;

/// Why there is no document.
pub(super) enum Stop {
    Problem(Box<Problem>),
    /// White space is missing that kubectl doesn't ask for.
    White {
        repair: Repair,
        problem: Box<Problem>,
    },
}

pub(super) enum Repair {
    /// A quoted scalar goes on in a line that isn't indented: where the last event ended, and where the line begins.
    Indent { scanned: usize, at: usize },
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
    text: &'t Spaced<'t>,
    document: Option<Node>,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
    doubts: Vec<Problem>,
    documents_begun: usize,
    in_flow: usize,
    is_behind_plain: bool,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t Spaced<'t>) -> Self {
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
            anchors: HashMap::new(),
            aliased: 0,
        }
    }

    /// The document, if there is one, and the comments.
    pub(super) fn read(mut self) -> Result<(Option<Document>, Vec<Comment>), Stop> {
        let options = granit_parser::options! {
            max_buffered_comment_events: usize::MAX,
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
        };
        let (mut scanned, mut last) = (0, 0..0);
        for event in Parser::new_from_str_with_options(self.text.as_str(), options) {
            match event {
                Ok((event, span)) => {
                    let bytes = span.byte_range().unwrap_or_default();
                    self.check_tabs(scanned, bytes.start)?;
                    scanned = bytes.end.max(scanned);
                    if !bytes.is_empty() {
                        last = bytes.clone();
                    }
                    self.is_behind_plain =
                        matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..)) && !bytes.is_empty();
                    self.take(event, self.text.span(bytes.start, bytes.end))?;
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or_default();
                    let repair = match error.kind() {
                        ErrorKind::InvalidQuotedScalarIndent => Some(Repair::Indent { scanned, at }),
                        ErrorKind::CommentNotSeparated => Some(Repair::Comment { at }),
                        ErrorKind::RecursionLimitExceeded => return Err(too_deep(self.text.span(at, at)).into()),
                        _ => None,
                    };
                    let problem = Box::new(syntax::problem(&error, self.text, &last));
                    return Err(match repair {
                        Some(repair) => Stop::White { repair, problem },
                        None => Stop::Problem(problem),
                    });
                }
            }
        }
        let Self { document, comments, problems, doubts, .. } = self;
        Ok((document.map(|node| Document { node, problems, doubts }), comments))
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
                let text = text.trim_start_matches('#').trim().to_owned();
                self.comments.push(Comment { span, text });
                Ok(())
            }
            Event::SequenceStart(style, anchor, _) => {
                let is_flow = style == StructureStyle::Flow;
                self.begin(Open { span, is_flow, anchor, content: Content::List(Vec::new()) })
            }
            Event::MappingStart(style, anchor, _) => {
                let is_flow = style == StructureStyle::Flow;
                let content = Content::Map { entries: Vec::new(), merges: Vec::new(), key: None };
                self.begin(Open { span, is_flow, anchor, content })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text.into_owned(), style, anchor, tag.as_deref(), span)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    /// kubectl refuses tabs where a key or an item could begin in a block, even in a line of nothing else. Behind a plain
    /// scalar, which could go on, that is only so within the indentation.
    fn check_tabs(&self, from: usize, to: usize) -> Result<(), Problem> {
        let text = self.text.as_str();
        let between = text.get(from..to).unwrap_or_default();
        if !between.contains('\t') || self.in_flow > 0 || self.text.is_json() {
            return Ok(());
        }
        let mut block =
            if self.is_behind_plain { self.open.last().map_or(0, |open| open.span.column) } else { usize::MAX };
        let mut at_begin = from == 0 || text[..from].ends_with('\n');
        let mut column = 0;
        for (at, character) in between.char_indices() {
            column += 1;
            match character {
                '\t' if at_begin && column <= block => {
                    return Err(Problem::new(
                        self.text.span(from + at, from + at + 1),
                        "a tab is no indentation in YAML",
                    )
                    .help("use spaces"));
                }
                '\n' => (at_begin, column) = (true, 0),
                ' ' | '\t' => {}
                indicator => (at_begin, block) = (indicator == '-', usize::MAX),
            }
        }
        Ok(())
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
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if plain && span.start == span.end && self.key_takes_colon() {
            return Ok(());
        }
        let value = match tag {
            Some(tag) => tagged(tag, text, span)?,
            None if !plain => Value::String(text),
            None => {
                let is_key = matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }));
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

    /// Whether the key that waits for a value has none, as kubectl takes the colon of `{a:}` and `[a:]` for its end.
    fn key_takes_colon(&mut self) -> bool {
        let Some(Open { span, content, .. }) = self.open.last_mut() else { return false };
        let Content::Map { entries, key, .. } = content else { return false };
        let Some(Key::Field(name, key_span)) = key else { return false };
        let (source, after) = (self.text.original_from(key_span.start), self.text.original_from(key_span.end));
        if source.starts_with(['"', '\'']) || ![":,", ":]", ":}"].iter().any(|end| after.starts_with(end)) {
            return false;
        }
        name.push(':');
        let (name, key_span) = (std::mem::take(name), *key_span);
        *key = None;
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
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Problem::new(span, "an alias inside what it stands for"));
        };
        let (bytes, depth) = size(node);
        self.aliased += bytes;
        if self.aliased > MOST_ALIASED || self.open.len() + depth > DEEPEST {
            return Err(Problem::new(span, "aliases that grow out of bounds"));
        }
        let node = node.clone();
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
        if anchor != 0 {
            let (bytes, _) = size(&node);
            self.aliased += bytes;
            if self.aliased > MOST_ALIASED {
                return Err(Problem::new(span, "anchors that grow out of bounds"));
            }
            self.anchors.insert(anchor, node.clone());
        }
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

/// Keys of JSON are strings; kubectl turns numbers and booleans into them.
fn key_text(node: &Node) -> Result<String, Problem> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) if number.is_i64() => Ok(number.to_string()),
        Value::Number(number) if number.is_f64() => Ok(float_key(number.as_f64().unwrap_or_default())),
        _ => Err(Problem::new(node.span, "the key of a map must be a string")),
    }
}

/// A number as Go prints it for kubectl, with as many digits as a number of 32 bits has.
fn float_key(number: f64) -> String {
    #[allow(clippy::cast_possible_truncation)] // as kubectl does
    let number = number as f32;
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    match scientific.split_once('e').and_then(|(digits, exponent)| Some((digits, exponent.parse::<i32>().ok()?))) {
        Some((digits, exponent)) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        _ => number.to_string(),
    }
}

/// Roughly the memory of a node in bytes, and the depth of the maps and lists in it.
fn size(node: &Node) -> (usize, usize) {
    let own = size_of::<Entry>();
    let content = match &node.value {
        Value::String(text) => return (own + text.len(), 0),
        Value::Null | Value::Bool(_) | Value::Number(_) => return (own, 0),
        Value::List(items) => items.iter().map(size).fold((own, 0), larger),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| {
                let (bytes, depth) = size(&entry.value);
                (bytes + entry.key.len(), depth)
            })
            .fold((own, 0), larger),
    };
    (content.0, content.1 + 1)
}

fn larger((bytes, depth): (usize, usize), (more, deeper): (usize, usize)) -> (usize, usize) {
    (bytes + more, depth.max(deeper))
}
