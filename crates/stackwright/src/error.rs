use std::panic::Location;
use std::sync::Arc;
use std::{error, fmt, io};

use camino::{Utf8Path, Utf8PathBuf};

use crate::yaml;

/// Why a cluster could not be described, or something be done with it: a value that is no address, a template that names no
/// value, a file that can't be read.
///
/// The message is the fact, the help is the way out. Rules about what a cluster should hold are findings of
/// the checks, not errors.
///
/// ```
/// use stackwright::{Error, ErrorKind, Subnet};
///
/// let error = Subnet::new("192.168.56.0").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Value);
/// assert_eq!(error.to_string(), "`192.168.56.0` is not a subnet");
/// assert_eq!(error.help(), "write it as address/prefix, such as 192.168.56.0/24 or fd00:56::/64");
/// ```
// One pointer, so that a result is no larger than what it holds.
#[derive(Debug, Clone)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    help: String,
    path: Option<Utf8PathBuf>,
    place: Option<&'static Location<'static>>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
}

/// What kind of thing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value can't be part of a cluster, or names something that is not there. So is every error of [`Error::new`].
    Value,
    /// A template can't be filled: it does not parse, names no value, or a value can't stand in its language.
    Template,
    /// A value can't be written as YAML.
    Yaml,
    /// The operating system refused something: the source is an [`io::Error`].
    Io,
}

impl Error {
    /// An error of a value, with its fact (lower case, no full stop) and the way out of it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::of(ErrorKind::Value, message, help)
    }

    /// An error of the operating system, which refused what the message says. Why, the source says.
    ///
    /// ```
    /// use std::error::Error as _;
    ///
    /// let read = std::fs::read_to_string("prices.yaml").unwrap_err();
    /// let error = stackwright::Error::io("cannot read prices.yaml", "check how its path is written", read).at("prices.yaml");
    /// assert_eq!(error.path().unwrap(), "prices.yaml");
    /// assert!(error.source().unwrap().is::<std::io::Error>());
    /// ```
    pub fn io(message: impl Into<String>, help: impl Into<String>, source: io::Error) -> Self {
        Self::of(ErrorKind::Io, message, help).because(source)
    }

    /// An error of a value that can't be written as YAML. Why, the source says.
    pub fn yaml(message: impl Into<String>, help: impl Into<String>, source: yaml::Error) -> Self {
        Self::of(ErrorKind::Yaml, message, help).because(source)
    }

    /// The same error, about the file or folder at this path.
    #[must_use]
    pub fn at(mut self, path: impl Into<Utf8PathBuf>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    /// The same error, about the value in this line of a program.
    #[must_use]
    pub(crate) fn written_at(mut self, place: &'static Location<'static>) -> Self {
        self.0.place = Some(place);
        self
    }

    /// The file and line of the program in which the value stands that is wrong, where that is known.
    pub fn place(&self) -> Option<String> {
        self.0.place.map(|place| format!("{}:{}", place.file(), place.line()))
    }

    pub(crate) fn of(kind: ErrorKind, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            help: help.into(),
            path: None,
            place: None,
            source: None,
        }))
    }

    fn because(mut self, source: impl error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// What kind of thing failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        &self.0.help
    }

    /// The file or folder that it is about, where it is about one.
    pub fn path(&self) -> Option<&Utf8Path> {
        self.0.path.as_deref()
    }
}

/// The fact alone: why is for [`source`](error::Error::source) to say.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::error::Error as _;

    use super::*;
    use crate::template::template;

    #[test]
    fn kinds_and_sources_say_what_failed() {
        let error = template("greet.sh", "echo {{ name }}", BTreeMap::<&str, &str>::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Template);

        let unwritable = yaml::to_string(&BTreeMap::from([((), 1)])).unwrap_err();
        let error = Error::yaml("the values cannot be written", "use text as keys", unwritable).at("values.yaml");
        assert_eq!((error.kind(), error.path()), (ErrorKind::Yaml, Some("values.yaml".into())));
        let source = error.source().and_then(|source| source.downcast_ref::<yaml::Error>());
        assert_eq!(source.map(ToString::to_string).as_deref(), Some("null can't be the key of a map: use a string"));
        // What was kept is kept by a copy.
        assert_eq!(error.clone().source().map(ToString::to_string), error.source().map(ToString::to_string));
    }
}
