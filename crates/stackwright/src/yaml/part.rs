use super::node::{Node, Span, Value};
use super::problem::Problem;
use super::read::read;

/// A document of a stream, to be read alone.
pub(super) struct Part<'t> {
    text: &'t str,
    /// The bytes and the lines before it.
    before: (usize, usize),
}

/// The documents of a stream. A line that begins with `---` ends a document wherever it stands, even in a scalar.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut first, mut at) = ((0, 0), (0, 0));
    for line in text.split_inclusive('\n') {
        if at.0 > 0
            && line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
        {
            parts.push(Part { text: &text[first.0..at.0], before: first });
            first = at;
        }
        at = (at.0 + line.len(), at.1 + 1);
    }
    parts.push(Part { text: &text[first.0..], before: first });
    parts
}

impl Part<'_> {
    /// Its documents, in their places in the whole stream.
    pub(super) fn read(&self) -> Result<Vec<Node>, Vec<Problem>> {
        match read(self.text) {
            Ok(mut stream) => {
                for document in &mut stream.documents {
                    self.move_node(document);
                }
                Ok(stream.documents)
            }
            Err(mut problems) => {
                for problem in &mut problems {
                    self.move_span(&mut problem.span);
                }
                Err(problems)
            }
        }
    }

    fn move_node(&self, node: &mut Node) {
        self.move_span(&mut node.span);
        match &mut node.value {
            Value::List(items) => {
                for item in items {
                    self.move_node(item);
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    self.move_span(&mut entry.key_span);
                    self.move_node(&mut entry.value);
                }
            }
            _ => {}
        }
    }

    fn move_span(&self, span: &mut Span) {
        let (bytes, lines) = self.before;
        *span = Span { start: span.start + bytes, end: span.end + bytes, line: span.line + lines, ..*span };
    }
}
