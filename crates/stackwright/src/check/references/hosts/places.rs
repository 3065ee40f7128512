//! Where pods are told of hosts: in their environment, their commands, and the ConfigMaps and Secrets that they use.

use k8s_openapi::api::core::v1::{ConfigMap, Secret};

use super::command::Command;
use super::{Host, file, of_setting};
use crate::check::references::missing::entry_path;
use crate::check::{ContainerPath, HashSet, Index, Item, Pods};

/// A word that is, or may be, a host's name, and the pods that are told it.
pub(in crate::check::references) struct Place<'i, 'a> {
    /// The pods; some of them, where several are.
    pub(in crate::check::references) pods: &'i Pods<'a>,
    /// The object that has the word.
    pub(in crate::check::references) item: Item<'a>,
    /// The word.
    pub(in crate::check::references) host: Host<'a>,
    field: Field<'a>,
}

/// The field of a word. Only a finding makes a path of it.
#[derive(Clone, Copy)]
enum Field<'a> {
    Variable(ContainerPath, usize),
    Word(ContainerPath, &'static str, usize),
    Entry(&'static str, &'a str),
}

impl Place<'_, '_> {
    /// The path of the field.
    pub(in crate::check::references) fn path(&self) -> String {
        match self.field {
            Field::Variable(container, number) => format!("{container}.env[{number}].value"),
            Field::Word(container, list, number) => format!("{container}.{list}[{number}]"),
            Field::Entry(map, key) => entry_path(map, key),
        }
    }
}

/// Every such word. An entry of a ConfigMap or Secret is read once, for the first of the pods that take it.
pub(in crate::check::references) fn places<'i, 'a>(index: &'i Index<'a>, mut look: impl FnMut(&Place<'i, 'a>)) {
    let mut hosts = Vec::new();
    for pods in &index.pods {
        let mut tell = |hosts: &mut Vec<Host<'a>>, field| {
            for host in hosts.drain(..) {
                look(&Place { pods, item: pods.item, host, field });
            }
        };
        for (path, container) in pods.containers() {
            for (number, variable) in container.env.iter().flatten().enumerate() {
                if let Some(value) = &variable.value {
                    of_setting(&variable.name, value, &mut hosts);
                    tell(&mut hosts, Field::Variable(path, number));
                }
            }
            let mut command = Command::default();
            for (list, words) in [("command", &container.command), ("args", &container.args)] {
                for (number, word) in words.iter().flatten().enumerate() {
                    command.read(word, &mut hosts);
                    tell(&mut hosts, Field::Word(path, list, number));
                }
            }
        }
    }
    // Whole objects, and entries of others.
    let (mut whole, mut read) = (HashSet::default(), HashSet::default());
    for reference in index.references.iter().filter(|reference| matches!(reference.kind, "ConfigMap" | "Secret")) {
        let Some(pods) = index.pods_of(reference.from) else { continue };
        let (item, map, entries) = if reference.kind == "ConfigMap" {
            let Some((item, object)) = index.get::<ConfigMap>(pods.item.namespace, reference.name) else { continue };
            (item, "data", &object.data)
        } else {
            let Some((item, object)) = index.get::<Secret>(pods.item.namespace, reference.name) else { continue };
            (item, "stringData", &object.string_data)
        };
        let takes_all = reference.keys.is_empty();
        if whole.contains(&item.index) || takes_all && !whole.insert(item.index) {
            continue;
        }
        let takes = |key: &str| takes_all || reference.keys.iter().any(|(taken, _)| *taken == key);
        for (key, text) in entries.iter().flatten().filter(|(key, _)| takes(key)) {
            let entry = (item.index, key.as_str());
            let is_read = if takes_all { read.contains(&entry) } else { !read.insert(entry) };
            if is_read {
                continue;
            }
            file::hosts(key, text, &mut hosts);
            for host in hosts.drain(..) {
                look(&Place { pods, item, host, field: Field::Entry(map, key) });
            }
        }
    }
}
