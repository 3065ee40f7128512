use std::fmt;

/// Why a value can't be written as YAML.
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Bytes,
    Key(&'static str),
    Message(String),
}

impl Error {
    pub(super) fn bytes() -> Self {
        Self(Box::new(Kind::Bytes))
    }

    pub(super) fn key(what: &'static str) -> Self {
        Self(Box::new(Kind::Key(what)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Bytes => f.write_str("YAML that Kubernetes reads has no bytes: write them as a base64 string"),
            Kind::Key(what) => write!(f, "{what} can't be the key of a map: use a string"),
            Kind::Message(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

impl serde::ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Kind::Message(message.to_string())))
    }
}
