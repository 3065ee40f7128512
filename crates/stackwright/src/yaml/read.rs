use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::lines::Lines;
use super::mended::Mended;
use super::node::{Node, Span};
use super::part::{Part, parts};
use super::problem::Problem;
use super::reader::{Reader, Repair, Stop};

/// The documents of a text and the comments between them.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Stream {
    /// The documents, without the empty ones, which kubectl skips.
    pub documents: Vec<Node>,
    /// The comments.
    pub comments: Vec<Comment>,
}

/// A comment in YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// Its text, without the `#` and white space around it.
    pub text: String,
}

/// A document, and what can be said of it that its data doesn't show. Whoever changes it as kustomize does keeps the places of the rest.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// Its data.
    pub node: Node,
    /// Keys that stand twice.
    pub problems: Vec<Problem>,
    /// What kubectl reads otherwise than other readers, or than a person.
    pub doubts: Vec<Problem>,
}

impl Document {
    /// A document of this data alone.
    pub fn new(node: Node) -> Self {
        Self { node, problems: Vec::new(), doubts: Vec::new() }
    }
}

/// What can be read of a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) documents: Vec<Document>,
    pub(super) comments: Vec<Comment>,
    /// Why the other documents can't be read.
    pub(super) problems: Vec<Problem>,
}

/// How many bytes are read again where YAML 1.2 asks for more than kubectl does.
const MOST_REREAD: usize = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// Reads YAML or JSON as kubectl does: a stream of documents, YAML 1.1 scalars, anchors, aliases and merge keys.
///
/// # Errors
/// The text isn't YAML, a key stands twice in one map, or the text would grow out of bounds: depth, aliases, scalars.
pub fn read(text: &str) -> Result<Stream, Vec<Problem>> {
    let Found { documents, comments, mut problems } = documents(text);
    let documents = documents.into_iter().map(|mut document| {
        document.node.name_paths(&mut document.problems);
        problems.append(&mut document.problems);
        document.node
    });
    let documents = documents.collect();
    problems.sort_by_key(|problem| problem.span);
    if problems.is_empty() { Ok(Stream { documents, comments }) } else { Err(problems) }
}

/// What can be read of a text: a document that can't be read doesn't hide the others.
pub(super) fn documents(text: &str) -> Found {
    let mut documents = Found::default();
    for mut found in in_pieces(&[text], |found| found).into_iter().flatten() {
        documents.documents.append(&mut found.documents);
        documents.comments.append(&mut found.comments);
        documents.problems.append(&mut found.problems);
    }
    documents
}

/// So many bytes are worth a thread's while.
const PIECE: usize = 1 << 16;

/// What a function makes of what can be read of texts: for each of them, of its pieces in their order. Several threads read them.
pub(super) fn in_pieces<R: Send>(texts: &[&str], of: impl Fn(Found) -> R + Sync) -> Vec<Vec<R>> {
    let mut pieces = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let lines = Lines::new(text);
        let mut parts = parts(text).into_iter().peekable();
        while let Some(first) = parts.next() {
            let end = first.bytes.start + PIECE;
            let more = std::iter::from_fn(|| parts.next_if(|part| part.bytes.end <= end));
            let piece: Vec<_> = [first].into_iter().chain(more).collect();
            pieces.push((number, lines.clone(), piece));
        }
    }
    let worth = texts.iter().map(|text| text.len()).sum::<usize>() / PIECE;
    // To ask how many there can be takes longer than to read one object.
    let threads = if worth == 0 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(worth + 1) };
    let left = Mutex::new(pieces.into_iter().enumerate());
    let work = || {
        let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
        let read = |(place, (text, lines, piece))| (place, text, of(Found::of(&lines, piece)));
        std::iter::from_fn(next).map(read).collect::<Vec<_>>()
    };
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    });
    made.sort_by_key(|(place, ..)| *place);
    let mut of_texts: Vec<_> = texts.iter().map(|_| Vec::new()).collect();
    for (_, text, made) in made {
        of_texts[text].push(made);
    }
    of_texts
}

impl Found {
    fn of(lines: &Lines<'_>, parts: Vec<Part>) -> Self {
        let mut found = Self::default();
        let is_blank = |part: &Part| lines.text[part.bytes.clone()].bytes().all(|byte| matches!(byte, b' ' | b'\n'));
        for part in parts.into_iter().filter(|part| part.refused.is_some() || !is_blank(part)) {
            let outcome = match part.refused {
                Some((message, help)) => {
                    Err(Problem::new(lines.span(part.bytes.start, part.bytes.start), message).help(help))
                }
                None => found.take(Mended::new(lines, part)),
            };
            found.problems.extend(outcome.err());
        }
        found
    }

    fn take(&mut self, mut text: Mended<'_>) -> Result<(), Problem> {
        let mut reread = 0;
        loop {
            match Reader::new(&text).read() {
                Ok((document, mut comments)) => {
                    self.documents.extend(document);
                    self.comments.append(&mut comments);
                    return Ok(());
                }
                Err(Stop::Problem(problem)) => return Err(*problem),
                Err(Stop::Guessed { right }) => text.take_guesses_back(right),
                Err(Stop::Repairable { repair, problem }) => {
                    reread += text.as_str().len();
                    if reread > MOST_REREAD {
                        let help = "indent the lines of quoted texts, and put a space before comments";
                        let message = "white space is missing in more places than can be mended".to_owned();
                        return Err(Problem { message, ..*problem }.help(help));
                    }
                    let is_repaired = match repair {
                        Repair::Quoted { scanned, at } => text.mend_quoted(scanned, at),
                        Repair::Comment { at } => text.space_comment(at),
                    };
                    if !is_repaired {
                        return Err(*problem);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
