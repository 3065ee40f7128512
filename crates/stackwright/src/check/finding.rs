use std::fmt;

use crate::links::Item;
use crate::yaml::Span;

/// Something wrong: the fact, where it stands, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The check that found it.
    pub id: &'static str,
    /// Whether the cluster can work in spite of it.
    pub severity: Severity,
    /// The object and field that it is about; none where it is about a host or the whole cluster.
    pub place: Option<Place>,
    /// The fact, on one line, naming what it is about.
    pub message: String,
    /// What it leads to, where the message does not say so.
    pub why: Option<String>,
    /// What to do.
    pub help: String,
    /// Other places that have to do with it, and what stands there.
    pub related: Vec<(Place, String)>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot work.
    Error,
    /// It works until something happens.
    Warning,
    /// It may well be meant.
    Information,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The object's position among those that were checked: in a cluster, the order of its stacks and their objects.
    pub index: usize,
    /// The object's `apiVersion`.
    pub api_version: String,
    /// The object's kind.
    pub kind: String,
    /// The object's namespace; empty where it is cluster-wide.
    pub namespace: String,
    /// The object's name.
    pub name: String,
    /// The field, such as `spec.ports[0].targetPort`; empty for the object itself.
    pub path: String,
    /// Where it stands in the text that was read, where the path does not say it: a field that the object has no place for.
    pub span: Option<Span>,
}

impl Place {
    /// A field of an object.
    pub fn new(item: Item<'_>, path: impl Into<String>) -> Self {
        Self {
            index: item.index,
            api_version: item.object.api_version().to_owned(),
            kind: item.object.kind().to_owned(),
            namespace: item.namespace.to_owned(),
            name: item.object.name().to_owned(),
            path: path.into(),
            span: None,
        }
    }
}

impl Finding {
    /// The same finding at a field of an object.
    #[must_use]
    pub fn at(self, item: Item<'_>, path: impl Into<String>) -> Self {
        Self { place: Some(Place::new(item, path)), ..self }
    }

    /// The same finding with what it leads to.
    #[must_use]
    pub fn why(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    /// The same finding, pointing at another place as well, and saying what stands there.
    #[must_use]
    pub fn see(mut self, item: Item<'_>, path: impl Into<String>, what: impl Into<String>) -> Self {
        self.related.push((Place::new(item, path), what.into()));
        self
    }

    /// The same finding at a field, where it is an object that has it and not the cluster or one of its releases.
    #[must_use]
    pub(crate) fn at_any(self, item: Option<Item<'_>>, path: impl Into<String>) -> Self {
        match item {
            Some(item) => self.at(item, path),
            None => self,
        }
    }

    /// The same finding, pointing at another place as well, where it is an object that has it.
    #[must_use]
    pub(crate) fn see_any(self, item: Option<Item<'_>>, path: impl Into<String>, what: impl Into<String>) -> Self {
        match item {
            Some(item) => self.see(item, path, what),
            None => self,
        }
    }

    /// The same finding at another severity than its check's.
    #[must_use]
    pub fn rated(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "info",
        })
    }
}
