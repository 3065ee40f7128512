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
use types::Struct;

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

    /// The struct that it is a literal of.
    fn structure(&self) -> Option<&'static Struct> {
        let found = types::object(&self.api_version, &self.kind)?;
        let is_known = self.is_typed || found.feature.is_some();
        (is_known && found.misfit(&self.value).is_none()).then_some(found)
    }

    /// What the type of a custom resource can't hold of it, as a path: without that it would be a literal of the type.
    pub fn misfit(&self) -> Option<String> {
        let found = types::object(&self.api_version, &self.kind).filter(|found| found.feature.is_some())?;
        Some(found.misfit(&self.value)?.trim_start_matches('.').to_owned())
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
