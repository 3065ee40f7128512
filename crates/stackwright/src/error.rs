use std::fmt;

/// Why a cluster could not be described: a value that is no address, a template that names no value.
///
/// The message is the fact, the help is the way out. Rules about what a cluster should hold are findings of
/// the checks, not errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: String,
}

impl Error {
    /// An error with its fact (lower case, no full stop) and the way out of it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
