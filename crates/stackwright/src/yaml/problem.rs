use std::fmt;

use super::Span;

/// Something wrong in YAML that was read: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The check that reports it: `schema`, `yaml-duplicate-key`, or `yaml-11-scalar`.
    pub check: &'static str,
    /// Where it stands.
    pub span: Span,
    /// The field, such as `spec.ports[0].name`; empty where the text isn't even YAML.
    pub path: String,
    /// The fact.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    pub(super) const SCHEMA: &str = "schema";
    pub(super) const DUPLICATE_KEY: &str = "yaml-duplicate-key";
    /// Of a value that nobody can know yet: what it will be, its type may allow. No check reports it.
    pub(crate) const PUT_IN_LATER: &str = "put-in-later";
    /// Of a word that scripts replace, as a rule, where it can't be meant as it is.
    pub(crate) const PERHAPS_LATER: &str = "perhaps-later";
    const YAML_1_1: &str = "yaml-11-scalar";

    /// A problem of the text itself, or of an object's form.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { check: Self::SCHEMA, span, path: String::new(), message: message.into(), help: None }
    }

    /// Something that kubectl reads otherwise than other readers.
    pub(super) fn doubt(span: Span, message: String) -> Self {
        Self { check: Self::YAML_1_1, ..Self::new(span, message) }
    }

    /// The same problem with what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// `12:5: spec.replicas: expected an integer, found a string`: a file's name and a colon in front make it a place that
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
