//! YAML that every reader reads the same.
//!
//! Kubernetes' tools read YAML 1.1, most others read YAML 1.2, and the two disagree about `yes`, `012`, `1:30` and more.
//! What this module writes means the same in both: a string that any reader could take for something else is quoted.

mod error;
mod scalar;
mod write;

pub use error::Error;
pub use write::{to_string, write};
