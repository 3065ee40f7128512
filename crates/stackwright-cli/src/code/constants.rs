//! Texts that several objects share, each with one constant: namespaces and the names of ports.

use std::collections::BTreeMap;

use super::names::{Names, shouted};

/// The constants of a module.
#[derive(Debug, Default)]
pub struct Constants {
    namespaces: BTreeMap<String, String>,
    ports: BTreeMap<String, String>,
}

impl Constants {
    /// A constant for each of these namespaces and names of ports.
    pub fn new(namespaces: Vec<String>, ports: Vec<String>) -> Self {
        let mut names = Names::without(["namespace"]);
        let is_alone = namespaces.len() == 1;
        let mut constant = |text: String, kind: &str| {
            let name = match kind {
                "namespace" if is_alone => "NAMESPACE".to_owned(),
                _ => names.name([&text, &format!("{text} {kind}")]),
            };
            (text, shouted(&name))
        };
        let namespaces = namespaces.into_iter().map(|text| constant(text, "namespace")).collect();
        Self { namespaces, ports: ports.into_iter().map(|text| constant(text, "port")).collect() }
    }

    pub fn namespace(&self, text: &str) -> Option<&str> {
        self.namespaces.get(text).map(String::as_str)
    }

    pub fn port(&self, text: &str) -> Option<&str> {
        self.ports.get(text).map(String::as_str)
    }

    /// The name and text of each.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.namespaces.iter().chain(&self.ports).map(|(text, name)| (name.as_str(), text.as_str()))
    }
}
