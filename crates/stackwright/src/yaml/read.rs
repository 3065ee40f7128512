use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Tag};

use super::indent::Indented;
use super::node::{Entry, Node, Path, Span, Value};
use super::problem::Problem;
use super::resolve::{Scalar, scalar};

/// The documents of a text and the comments between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stream {
    /// The documents, without the empty ones, which kubectl skips.
    pub documents: Vec<Node>,
    /// The comments.
    pub comments: Vec<Comment>,
}

/// A comment in YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// Its text, without the `#` and white space around it.
    pub text: String,
}

/// More nested than any object, and shallow enough for the stack.
const DEEPEST: usize = 128;
/// The API server refuses a request of more than 3 MiB.
const LONGEST_SCALAR: usize = 3 << 20;
/// How much memory aliases may copy, in bytes.
const MOST_ALIASED: usize = 16 << 20;

/// Reads YAML or JSON as kubectl does: a stream of documents, YAML 1.1 scalars, anchors, aliases and merge keys.
///
/// # Errors
/// The text isn't YAML, a key stands twice in one map, or the text would grow out of bounds: depth, aliases, scalars.
pub fn read(text: &str) -> Result<Stream, Vec<Problem>> {
    let mut indented = Indented::new(text);
    loop {
        match Reader::new(&indented).read() {
            Ok(stream) => return Ok(stream),
            Err(Stop::Problems(problems)) => return Err(problems),
            Err(Stop::Indentation { scanned, at }) => {
                if !indented.indent_quoted(scanned, at) {
                    let message = "the line must be indented more than its key".to_owned();
                    return Err(vec![problem(indented.span(at, at), message)]);
                }
            }
        }
    }
}

/// Why there is no stream.
enum Stop {
    Problems(Vec<Problem>),
    /// A quoted scalar goes on in a line that isn't indented, which kubectl accepts: where the last event ended, and
    /// where the line begins.
    Indentation {
        scanned: usize,
        at: usize,
    },
}

/// A list or a map that isn't complete yet.
struct Open {
    span: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, merged: Vec<(Span, Node)>, key: Option<Key> },
}

enum Key {
    Field(String, Span),
    Merge(Span),
}

struct Reader<'t> {
    text: &'t Indented<'t>,
    stream: Stream,
    problems: Vec<Problem>,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t Indented<'t>) -> Self {
        Self {
            text,
            stream: Stream::default(),
            problems: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            aliased: 0,
        }
    }

    fn read(mut self) -> Result<Stream, Stop> {
        let options = granit_parser::options! {
            max_buffered_comment_events: usize::MAX,
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
        };
        let mut scanned = 0;
        for event in Parser::new_from_str_with_options(self.text.as_str(), options) {
            let outcome = match event {
                Ok((event, span)) => {
                    let bytes = span.byte_range().unwrap_or_default();
                    scanned = bytes.end;
                    self.take(event, self.text.span(bytes.start, bytes.end))
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or_default();
                    match error.kind() {
                        ErrorKind::InvalidQuotedScalarIndent => return Err(Stop::Indentation { scanned, at }),
                        ErrorKind::RecursionLimitExceeded => Err(too_deep(self.text.span(at, at))),
                        _ => Err(problem(self.text.span(at, at), error.info())),
                    }
                }
            };
            if let Err(problem) = outcome {
                self.problems.push(problem);
                break;
            }
        }
        if self.problems.is_empty() { Ok(self.stream) } else { Err(Stop::Problems(self.problems)) }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Comment(text, _) => {
                let text = text.trim_start_matches('#').trim().to_owned();
                self.stream.comments.push(Comment { span, text });
                Ok(())
            }
            Event::SequenceStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "seq", span)?;
                self.begin(Open { span, anchor, content: Content::List(Vec::new()) })
            }
            Event::MappingStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "map", span)?;
                let content = Content::Map { entries: Vec::new(), merged: Vec::new(), key: None };
                self.begin(Open { span, anchor, content })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Scalar(text, style, anchor, tag) => {
                let mut text = text.into_owned();
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                if block && self.text.ends_without_break_at(span.end) && text.ends_with('\n') {
                    text.pop(); // Go's reader doesn't invent the line break that the last line lacks.
                }
                self.scalar(text, style, anchor, tag.as_deref(), span)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open) -> Result<(), Problem> {
        if self.open.len() >= DEEPEST {
            return Err(too_deep(open.span));
        }
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
            return Err(problem(span, "longer than the 3 MiB that the API server accepts".to_owned()));
        }
        let plain = if style == ScalarStyle::Plain || tag.is_some() { scalar(&text) } else { Scalar::String };
        let scalar = match tag {
            Some(tag) => tagged(tag, plain, span)?,
            None => plain,
        };
        let is_key = matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }));
        let value = match scalar {
            Scalar::Merge if is_key => return self.finish(None, span, 0),
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::Number(number) => Value::Number(number),
            Scalar::String | Scalar::Merge => Value::String(text),
            Scalar::NotFinite => {
                return Err(problem(span, format!("{text} is no number that Kubernetes knows")));
            }
        };
        self.finish(Some(value), span, anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Problem> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(problem(span, "an alias inside what it stands for".to_owned()));
        };
        let (bytes, depth) = size(node);
        self.aliased += bytes;
        if self.aliased > MOST_ALIASED || self.open.len() + depth > DEEPEST {
            return Err(problem(span, "aliases that grow out of bounds".to_owned()));
        }
        let node = node.clone();
        self.place(node)
    }

    fn end(&mut self, end: Span) -> Result<(), Problem> {
        let Some(Open { mut span, anchor, content }) = self.open.pop() else { return Ok(()) };
        // A block ends with its last value; what the parser reports is the next token.
        let (value, last) = match content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::List(items), last)
            }
            Content::Map { entries, merged, .. } => {
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end));
                (Value::Map(self.merged(entries, merged)), last)
            }
        };
        span.end = if end.end > end.start { end.end } else { last.unwrap_or(end.start).max(span.end) };
        self.finish(Some(value), span, anchor)
    }

    /// The entries of a map, and those of the maps that it merges where it has none of its own. Reports keys that stand twice.
    fn merged(&mut self, mut entries: Vec<Entry>, merged: Vec<(Span, Node)>) -> Vec<Entry> {
        let mut order: Vec<&Entry> = entries.iter().collect();
        order.sort_by(|a, b| a.key.cmp(&b.key).then(a.key_span.start.cmp(&b.key_span.start)));
        let mut problems = Vec::new();
        for pair in order.windows(2).filter(|pair| pair[0].key == pair[1].key) {
            let message = format!("the key stands twice, first in line {}", pair[0].key_span.line);
            problems.push((pair[1].key_span, pair[1].key.clone(), message, "remove one of them"));
        }
        if !merged.is_empty() {
            let own_entries = entries.len();
            let mut index: HashMap<String, usize> =
                entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
            for (span, node) in merged {
                let Value::Map(more) = node.value else { continue };
                for entry in more {
                    let Some(&at) = index.get(&entry.key) else {
                        index.insert(entry.key.clone(), entries.len());
                        entries.push(entry);
                        continue;
                    };
                    let own = &entries[at];
                    if at < own_entries && own.key_span.start < span.start && own.value != entry.value {
                        let message = format!("<< stands after {}, which it has too: readers disagree", entry.key);
                        problems.push((span, entry.key, message, "write << first"));
                    }
                }
            }
        }
        for (span, key, message, help) in problems {
            let path = self.path();
            let path = if path.is_empty() { key } else { format!("{path}.{key}") };
            self.problems.push(Problem { span, path, message, help: Some(help.to_owned()) });
        }
        entries
    }

    /// Completes a value; `None` is a merge key.
    fn finish(&mut self, value: Option<Value>, span: Span, anchor: usize) -> Result<(), Problem> {
        let Some(value) = value else {
            if let Some(Open { content: Content::Map { key, .. }, .. }) = self.open.last_mut() {
                *key = Some(Key::Merge(span));
            }
            return Ok(());
        };
        let node = Node { span, value };
        if anchor != 0 {
            let (bytes, _) = size(&node);
            self.aliased += bytes;
            if self.aliased > MOST_ALIASED {
                return Err(problem(span, "anchors that grow out of bounds".to_owned()));
            }
            self.anchors.insert(anchor, node.clone());
        }
        self.place(node)
    }

    /// Puts a complete value where it belongs.
    fn place(&mut self, node: Node) -> Result<(), Problem> {
        match self.open.last_mut().map(|open| &mut open.content) {
            None if node.value != Value::Null => self.stream.documents.push(node),
            None => {}
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, merged, key }) => match key.take() {
                None => *key = Some(Key::Field(key_text(&node)?, node.span)),
                Some(Key::Field(key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                Some(Key::Merge(span)) => merged.extend(merge_sources(node)?.into_iter().map(|source| (span, source))),
            },
        }
        Ok(())
    }

    /// The path of the value that is being read.
    fn path(&self) -> String {
        fn path(open: &[Open], inner: &dyn Fn(&Path<'_>) -> String, parent: &Path<'_>) -> String {
            match open {
                [] => inner(parent),
                [Open { content: Content::List(items), .. }, rest @ ..] => {
                    path(rest, inner, &Path::Item(parent, items.len()))
                }
                [Open { content: Content::Map { key: Some(Key::Field(key, _)), .. }, .. }, rest @ ..] => {
                    path(rest, inner, &Path::Field(parent, key))
                }
                [_, rest @ ..] => path(rest, inner, parent),
            }
        }
        path(&self.open, &|path| path.to_string(), &Path::Root)
    }
}

fn problem(span: Span, message: String) -> Problem {
    Problem { span, path: String::new(), message, help: None }
}

fn too_deep(span: Span) -> Problem {
    problem(span, format!("more than {DEEPEST} maps and lists in each other"))
}

/// Keys of JSON are strings; kubectl turns numbers and booleans into them.
fn key_text(node: &Node) -> Result<String, Problem> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
        Value::Number(_) => Err(Problem {
            help: Some("put it in quotes".to_owned()),
            ..problem(
                node.span,
                "the key is a number with a fraction, which readers write in different ways".to_owned(),
            )
        }),
        Value::Null | Value::List(_) | Value::Map(_) => {
            Err(problem(node.span, "the key of a map must be a string".to_owned()))
        }
    }
}

fn merge_sources(node: Node) -> Result<Vec<Node>, Problem> {
    let span = node.span;
    let sources = match node.value {
        Value::List(items) => items,
        value => vec![Node { span, value }],
    };
    match sources.iter().find(|source| !matches!(source.value, Value::Map(_))) {
        Some(_) => Err(problem(span, "<< merges maps, or a list of maps".to_owned())),
        None => Ok(sources),
    }
}

/// `!` alone says that a value is what it looks like in quotes: a string.
fn core_tag(tag: &Tag) -> Option<&str> {
    if format!("{}{}", tag.handle(), tag.suffix()) == "!" { Some("str") } else { tag.core_suffix() }
}

fn check_tag(tag: Option<&Tag>, expected: &str, span: Span) -> Result<(), Problem> {
    match tag {
        Some(tag) if core_tag(tag) != Some(expected) => Err(unknown_tag(tag, span)),
        _ => Ok(()),
    }
}

fn tagged(tag: &Tag, plain: Scalar, span: Span) -> Result<Scalar, Problem> {
    match (core_tag(tag), plain) {
        (Some("str"), _) => Ok(Scalar::String),
        (Some("null"), Scalar::Null) => Ok(Scalar::Null),
        (Some("bool"), Scalar::Bool(value)) => Ok(Scalar::Bool(value)),
        (Some("int"), Scalar::Number(number)) if !number.is_f64() => Ok(Scalar::Number(number)),
        (Some("float"), Scalar::Number(number)) => Ok(Scalar::Number(number)),
        _ => Err(unknown_tag(tag, span)),
    }
}

fn unknown_tag(tag: &Tag, span: Span) -> Problem {
    let help = Some("write the value without a tag".to_owned());
    Problem { help, ..problem(span, format!("the tag {tag} doesn't fit a value that Kubernetes knows")) }
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

#[cfg(test)]
mod tests;
