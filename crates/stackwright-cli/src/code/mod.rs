//! Kubernetes objects as the Rust code that makes them.

mod apps;
mod comments;
mod constants;
mod constructors;
mod expression;
mod files;
mod groups;
mod literal;
mod module;
mod names;
mod needs;
mod objects;
mod references;
mod secrets;
mod source;
mod types;
mod workloads;

pub use module::{Module, module};
pub use names::is_module;
pub use secrets::{is_declared, keys};
pub use types::is_namespaced;

use serde_json::Value;
use stackwright::yaml::{Comment, Node};

/// An object as it is to be written.
pub struct Given {
    /// Where it was read, such as `shop.yaml:12`.
    pub place: String,
    /// Its apiVersion.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// What it is, as JSON: what its struct holds of it, or all of it where a struct can't hold it.
    pub value: Value,
    /// Whether a struct holds all of it.
    pub is_typed: bool,
    /// Its values where they were read.
    pub node: Node,
    /// The comments in it and above it.
    pub comments: Vec<Comment>,
}

impl Given {
    /// A text of its metadata.
    pub fn metadata(&self, field: &str) -> Option<&str> {
        self.value.get("metadata")?.get(field)?.as_str()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.metadata("name").unwrap_or_default()
    }

    /// Its namespace; empty where it names none.
    pub fn namespace(&self) -> &str {
        self.metadata("namespace").unwrap_or_default()
    }

    /// `Service web/api`, as a person would say it.
    pub fn label(&self) -> String {
        let (kind, name) = (&self.kind, self.name());
        if self.namespace().is_empty() {
            format!("{kind} {name}")
        } else {
            format!("{kind} {}/{name}", self.namespace())
        }
    }
}
