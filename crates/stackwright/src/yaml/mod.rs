//! YAML that every reader reads the same.
//!
//! Kubernetes' tools read YAML 1.1, most others read YAML 1.2, and the two disagree about `yes`, `012`, `1:30` and more.
//! What this module writes means the same in both: a string that any reader could take for something else is quoted.
//! What it reads, it reads as kubectl does, and it knows where each value stands.

mod anchors;
mod decode;
mod error;
mod format;
mod key;
mod kinds;
mod lines;
mod mended;
mod merge;
mod node;
mod objects;
mod part;
mod problem;
mod quoted;
mod read;
mod reader;
mod refused;
mod resolve;
mod scalar;
mod syntax;
mod tag;
mod unknown;
mod write;

pub use decode::decode;
pub use error::Error;
pub use format::{Formatted, format};
pub(crate) use kinds::{api_versions_in, api_versions_of, is_cluster_wide, is_decoded_into};
pub(crate) use node::Path;
pub use node::{Entry, Node, Span, Value};
pub use objects::{Located, Readable, objects, raw, readable, readable_all};
pub use problem::Problem;
pub use read::{Comment, Document, Stream, read};
pub use unknown::is_unknown;
pub(crate) use unknown::may_have_unknown;
pub use write::{to_string, write};
