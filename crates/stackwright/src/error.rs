use std::fmt;
use std::panic::Location;

/// Why a cluster could not be described: a value that is no address, a template that names no value.
///
/// The message is the fact, the help is the way out. Rules about what a cluster should hold are findings of
/// the checks, not errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: String,
    place: Option<&'static Location<'static>>,
}

impl Error {
    /// An error with its fact (lower case, no full stop) and the way out of it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), place: None }
    }

    /// The same error, about the value in this line of a program.
    #[must_use]
    pub fn at(self, place: &'static Location<'static>) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The file and line of the program in which the value stands that is wrong, where that is known.
    pub fn place(&self) -> Option<String> {
        self.place.map(|place| format!("{}:{}", place.file(), place.line()))
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
