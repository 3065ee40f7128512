use std::fmt;

use super::Span;

/// Something wrong in YAML that was read: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub span: Span,
    /// The field, such as `spec.ports[0].name`; empty where the text isn't even YAML.
    pub path: String,
    /// The fact.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// `12:5: spec.replicas: expected i32, found string "three"`: a file's name and a colon in front make it a place that
/// editors can jump to.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: ", self.span.line, self.span.column)?;
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(formatter, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}
