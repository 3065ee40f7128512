//! What is left to do in a cluster once a secret's material was replaced: found from the objects that read it.
//!
//! A pod gets a Secret when it starts. Variables never change after that; mounted files do, but hardly a program reads them twice. So
//! whoever makes pods that read a rotated secret, in whichever namespace it has a copy, is restarted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::links::{Item, Pods, Purpose, reference, shown};
use crate::yaml::Node;
use crate::{Artefact, Cluster, Material, SecretSpec, Step};

mod reader;

use reader::Reader;

/// Who reads the secrets of a cluster, looked up once.
#[derive(Debug)]
pub struct Rotations<'c> {
    by_file: HashMap<&'c str, Vec<&'c SecretSpec>>,
    /// By namespace and name.
    readers: HashMap<(&'c str, &'c str), BTreeSet<Reader<'c>>>,
    /// The hosts that a secret's certificate is shown for, likewise.
    hosts: HashMap<(&'c str, &'c str), BTreeSet<&'c str>>,
    /// What gives its files to hosts.
    given: HashMap<&'c str, Vec<&'c Artefact>>,
}

/// What follows the rotation of one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rotation<'c> {
    /// The secrets that change, as they have the same material: first the one that its files are named after.
    pub secrets: Vec<&'c SecretSpec>,
    /// The commands, in their order, once the new material is in the cluster.
    pub steps: Vec<Step>,
    /// Who else reads it, and why there is no command for that.
    pub notes: Vec<String>,
    /// All of it in a few words.
    pub summary: String,
}

impl<'c> Rotations<'c> {
    /// The readers of a cluster's secrets.
    pub fn of(cluster: &'c Cluster) -> Self {
        let mut rotations =
            Self { by_file: HashMap::new(), readers: HashMap::new(), hosts: HashMap::new(), given: HashMap::new() };
        for secret in cluster.stacks.iter().flat_map(|stack| &stack.secrets) {
            rotations.readers.entry((&secret.namespace, &secret.name)).or_default();
            for file in made(secret) {
                rotations.by_file.entry(file).or_default().push(secret);
            }
        }
        for artefact in cluster.stacks.iter().flat_map(|stack| &stack.artefacts) {
            for key in &artefact.secrets {
                rotations.given.entry(key.file.as_str()).or_default().push(artefact);
            }
        }
        let mut references = Vec::new();
        for item in Item::all(cluster.stacks.iter().flat_map(|stack| &stack.objects), "default") {
            reference::of_object(item, &mut references);
            if let Some(pods) = Pods::of(item) {
                reference::of_pods(&pods, &mut references);
            }
            for shown in shown::of_object(item) {
                rotations.hosts.entry(shown.secret).or_default().insert(shown.host);
                // A Gateway's may be another namespace's.
                rotations.add(shown.secret.0, shown.secret.1, Reader::of(item, false));
            }
            if let Some(content) = item.object.content() {
                named(content, false, &mut |name| rotations.add(item.namespace, name, Reader::custom(item)));
            }
        }
        for reference in references.iter().filter(|reference| reference.kind == "Secret") {
            let pulls = reference.purpose == Purpose::Pull;
            rotations.add(reference.from.namespace, reference.name, Reader::of(reference.from, pulls));
        }
        for release in cluster.stacks.iter().flat_map(|stack| &stack.releases) {
            texts(&release.values, &mut |text| {
                rotations.add(&release.namespace, text, Reader::release(&release.namespace, &release.name));
            });
        }
        rotations
    }

    fn add(&mut self, namespace: &'c str, name: &'c str, reader: Reader<'c>) {
        if let Some(readers) = self.readers.get_mut(&(namespace, name)) {
            readers.insert(reader);
        }
    }

    /// Whether something in the cluster is known to read this secret.
    pub fn is_read(&self, secret: &'c SecretSpec) -> bool {
        let is_given = || made(secret).any(|file| self.given.contains_key(file));
        !secret.after_rotation.is_empty() || self.readers(secret).next().is_some() || is_given()
    }

    /// The hosts that an Ingress or Gateway shows this secret's certificate for.
    pub fn hosts(&self, secret: &SecretSpec) -> Vec<&'c str> {
        let shown = self.hosts.get(&(secret.namespace.as_str(), secret.name.as_str()));
        shown.into_iter().flatten().copied().collect()
    }

    /// What follows this secret's rotation.
    pub fn rotation(&self, secret: &'c SecretSpec) -> Rotation<'c> {
        let secrets = self.sharing(secret);
        let mut done = BTreeSet::new();
        let readers: Vec<_> =
            secrets.iter().flat_map(|secret| self.readers(secret)).filter(|reader| done.insert(*reader)).collect();
        let mut own: Vec<&Step> = Vec::new();
        for step in secrets.iter().flat_map(|secret| &secret.after_rotation) {
            if !own.contains(&step) {
                own.push(step);
            }
        }

        let mut steps: Vec<_> = readers.iter().flat_map(|reader| reader.restart()).collect();
        steps.extend(own.iter().copied().cloned());
        let mut notes: Vec<_> = readers.iter().filter_map(|reader| reader.note(!own.is_empty())).collect();
        // Who declared steps has told what to do on hosts.
        let hosts = if own.is_empty() { self.hosts_given(&secrets) } else { BTreeSet::new() };
        let is_given = !hosts.is_empty();
        notes.extend(hosts);
        if readers.is_empty() && own.is_empty() {
            notes.push("no pod, Ingress, Gateway or release reads it".to_owned());
        }
        if secret.keys.iter().any(|key| matches!(key.material, Material::Certificate { .. })) {
            notes.push("it is self-signed: who trusted the old certificate must trust the new one".to_owned());
        }
        let summary = summary(&readers, &own, is_given);
        Rotation { secrets, steps, notes, summary }
    }

    /// The hosts that have the same files: nothing but a person's command carries the new ones there.
    fn hosts_given(&self, secrets: &[&SecretSpec]) -> BTreeSet<String> {
        let files = secrets.iter().flat_map(|secret| made(secret));
        let given = files.filter_map(|file| self.given.get(file)).flatten();
        let note = |artefact: &&Artefact| {
            format!("host {} has it too, from {}: give it to the host again", artefact.host, artefact.name)
        };
        given.map(note).collect()
    }

    fn readers(&self, secret: &'c SecretSpec) -> impl Iterator<Item = &Reader<'c>> {
        self.readers.get(&(secret.namespace.as_str(), secret.name.as_str())).into_iter().flatten()
    }

    /// A secret, and those that share what is made for it. Where an account's server and its clients are in different namespaces, the
    /// files are named after the server's.
    fn sharing(&self, secret: &'c SecretSpec) -> Vec<&'c SecretSpec> {
        let shared = made(secret).filter_map(|file| self.by_file.get(file)).flatten().copied();
        let mut by_name: BTreeMap<_, _> =
            shared.map(|other| ((!is_original(other), &other.namespace, &other.name), other)).collect();
        by_name.entry((!is_original(secret), &secret.namespace, &secret.name)).or_insert(secret);
        by_name.into_values().collect()
    }
}

/// The files of a secret that a rotation replaces.
fn made(secret: &SecretSpec) -> impl Iterator<Item = &str> {
    let keys = secret.keys.iter().filter(|key| !matches!(key.material, Material::Text(_)));
    keys.map(|key| key.file.as_str())
}

fn is_original(secret: &SecretSpec) -> bool {
    secret.keys.iter().all(|key| key.file.starts_with(&secret.namespace))
}

/// Every text of a custom object that stands where a Secret is named: in or below a field such as `secretName`, `tls.secretRef` or `secrets`.
fn named<'o>(node: &'o Node, is_secret: bool, found: &mut impl FnMut(&'o str)) {
    if let Some(text) = node.text().filter(|_| is_secret) {
        found(text);
    }
    for entry in node.entries() {
        // What its controller made of it, and what it is called, say nothing of what it reads.
        let is_read = !["metadata", "status"].contains(&entry.key.as_str());
        let is_secret = is_secret || entry.key.to_ascii_lowercase().contains("secret");
        if is_read {
            named(&entry.value, is_secret, found);
        }
    }
    node.items().iter().for_each(|item| named(item, is_secret, found));
}

/// Every text in a release's values: one of them may be the name of a secret.
fn texts<'v>(value: &'v Value, found: &mut impl FnMut(&'v str)) {
    match value {
        Value::String(text) => found(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn summary(readers: &[&Reader<'_>], own: &[&Step], is_given: bool) -> String {
    let restarted = readers.iter().filter(|reader| reader.is_restarted(!own.is_empty()));
    let restarted: Vec<_> = restarted.map(|reader| reader.label()).collect();
    let restart = (!restarted.is_empty()).then(|| format!("restart {}", restarted.join(", then ")));
    let given = is_given.then(|| "give it to its hosts again".to_owned());
    let parts: Vec<_> = restart.into_iter().chain(given).chain(own.iter().map(|step| step.does.clone())).collect();
    match (parts.is_empty(), readers.is_empty()) {
        (false, _) => parts.join("; "),
        (true, true) => "nobody reads it".to_owned(),
        (true, false) => "nothing to restart".to_owned(),
    }
}

#[cfg(test)]
mod tests;
