//! Pods, found by their namespace and their labels.

use std::collections::BTreeMap;
use std::ops::Deref;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::pods::{Pods, RUN_TIME_LABELS};
use crate::HashMap;

/// Pods in the order of the objects that make them, found by their namespace and labels: a slice of [`Pods`], and more.
#[derive(Debug, Default)]
pub struct PodSet<'a> {
    all: Vec<Pods<'a>>,
    by_label: HashMap<(&'a str, &'a str, &'a str), Vec<usize>>,
    by_namespace: HashMap<&'a str, Vec<usize>>,
}

impl<'a> PodSet<'a> {
    /// The namespace's pods.
    pub fn within(&self, namespace: &str) -> impl Iterator<Item = &Pods<'a>> {
        self.numbered(self.by_namespace.get(namespace))
    }

    /// The namespace's pods that carry all of these labels; an empty map selects none, as in a Service.
    pub fn selected(&self, namespace: &str, labels: &BTreeMap<String, String>) -> Vec<&Pods<'a>> {
        // The rarest label first: the others are looked up on few pods.
        let rarest = labels
            .iter()
            .filter(|(key, _)| !RUN_TIME_LABELS.contains(&key.as_str()))
            .map(|(key, value)| self.by_label.get(&(namespace, key.as_str(), value.as_str())))
            .min_by_key(|pods| pods.map_or(0, Vec::len));
        let candidates = match rarest {
            Some(rarest) => rarest,
            None if labels.is_empty() => None,
            None => self.by_namespace.get(namespace),
        };
        self.numbered(candidates).filter(|pods| pods.carry(labels)).collect()
    }

    /// The namespace's pods that a label selector matches; an empty selector matches all of them.
    pub fn matched(&self, namespace: &str, selector: &LabelSelector) -> Vec<&Pods<'a>> {
        let mut matched = match &selector.match_labels {
            Some(labels) if !labels.is_empty() => self.selected(namespace, labels),
            _ => self.within(namespace).collect(),
        };
        matched.retain(|pods| pods.match_selector(selector));
        matched
    }

    /// The namespace's pods that carry a label.
    pub fn labelled(&self, namespace: &str, key: &str, value: &str) -> Vec<&Pods<'a>> {
        self.numbered(self.by_label.get(&(namespace, key, value))).collect()
    }

    fn numbered<'i, 'n>(
        &'i self,
        numbers: Option<&'n Vec<usize>>,
    ) -> impl Iterator<Item = &'i Pods<'a>> + use<'i, 'n, 'a> {
        numbers.into_iter().flatten().map(|number| &self.all[*number])
    }
}

impl<'a> FromIterator<Pods<'a>> for PodSet<'a> {
    fn from_iter<I: IntoIterator<Item = Pods<'a>>>(pods: I) -> Self {
        let mut set = Self { all: pods.into_iter().collect(), ..Self::default() };
        for (number, pods) in set.all.iter().enumerate() {
            set.by_namespace.entry(pods.item.namespace).or_default().push(number);
            for (key, value) in pods.labels {
                set.by_label.entry((pods.item.namespace, key, value)).or_default().push(number);
            }
        }
        set
    }
}

impl<'a> Deref for PodSet<'a> {
    type Target = [Pods<'a>];

    fn deref(&self) -> &[Pods<'a>] {
        &self.all
    }
}

impl<'i, 'a> IntoIterator for &'i PodSet<'a> {
    type Item = &'i Pods<'a>;
    type IntoIter = std::slice::Iter<'i, Pods<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
