//! What makes pods, found by what selects these.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::Given;
use super::references::{Key, Target};

/// The workloads among the objects.
#[derive(Debug, Default)]
pub struct Workloads {
    all: Vec<Workload>,
    /// The first of each namespace with a selector of its own, written as JSON.
    by_selector: HashMap<(String, String), usize>,
    /// The same by the labels that it asks for.
    by_match_labels: HashMap<(String, String), usize>,
    /// Those whose pods carry a label: by namespace, key and value.
    by_label: HashMap<(String, String, String), Vec<usize>>,
    /// The names of their containers' ports.
    ports: HashSet<String>,
}

#[derive(Debug)]
struct Workload {
    key: Key,
    labels: BTreeMap<String, String>,
}

impl Workloads {
    pub fn new(objects: &[Given]) -> Self {
        let mut workloads = Self::default();
        for given in objects {
            workloads.add(given);
        }
        workloads
    }

    fn add(&mut self, given: &Given) -> Option<()> {
        let spec = given.value.get("spec").filter(|_| given.is_typed)?;
        let template = spec.get("template")?;
        let place = self.all.len();
        let key = Key::of(given);
        if let (Some(selector), "DaemonSet" | "Deployment" | "StatefulSet") =
            (spec.get("selector"), given.kind.as_str())
        {
            let of = |selector: &Value| (key.namespace.clone(), selector.to_string());
            self.by_selector.entry(of(selector)).or_insert(place);
            if let Some(labels) = selector.get("matchLabels") {
                self.by_match_labels.entry(of(labels)).or_insert(place);
            }
        }
        let labels = template.pointer("/metadata/labels").and_then(|found| serde_json::from_value(found.clone()).ok());
        let labels: BTreeMap<String, String> = labels.unwrap_or_default();
        for (label, value) in &labels {
            let label = (key.namespace.clone(), label.clone(), value.clone());
            self.by_label.entry(label).or_default().push(place);
        }
        let containers = template.pointer("/spec/containers").and_then(Value::as_array).into_iter().flatten();
        let ports = containers.filter_map(|container| container.get("ports")?.as_array()).flatten();
        self.ports.extend(ports.filter_map(|port| Some(port.get("name")?.as_str()?.to_owned())));
        self.all.push(Workload { key, labels });
        Some(())
    }

    /// The workload of this selector, for an object of a namespace.
    pub fn selected(&self, namespace: &str, selector: &Value, is_map: bool) -> Option<Target> {
        let entries = selector.as_object().filter(|entries| !entries.is_empty())?;
        let target = |place: usize, is_exact| {
            let workload = self.all[place].key.clone();
            Some(Target::Selector { workload, is_exact, is_map })
        };
        let exact = if is_map { &self.by_match_labels } else { &self.by_selector };
        if let Some(place) = exact.get(&(namespace.to_owned(), selector.to_string())) {
            return target(*place, true);
        }
        let wanted = if is_map { entries } else { selector.get("matchLabels")?.as_object()? };
        let carrying = wanted.iter().map(|(key, value)| {
            let label = (namespace.to_owned(), key.clone(), value.as_str().unwrap_or_default().to_owned());
            self.by_label.get(&label).map_or(&[][..], Vec::as_slice)
        });
        let fewest = carrying.min_by_key(|places| places.len())?;
        let has_all = |place: &&usize| {
            let labels = &self.all[**place].labels;
            wanted.iter().all(|(key, value)| labels.get(key).map(String::as_str) == value.as_str())
        };
        // Several workloads of these labels are meant together.
        let mut matching = fewest.iter().filter(has_all);
        let only = matching.next()?;
        if matching.next().is_none() { target(*only, false) } else { None }
    }

    /// Whether some workload's container has a port of this name.
    pub fn has_port(&self, name: &str) -> bool {
        self.ports.contains(name)
    }
}
