//! `types`: the Rust types of custom resources, from the CRDs that define them.
//!
//! A CRD is read, never decoded into k8s-openapi's struct: one that is older, or says more than that knows, is read as well. What its
//! schema leaves open stays open in the types, so that every object which the API server takes can be written.

mod definition;
mod doc;
mod names;
mod schema;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use stackwright::{Error, yaml};

use crate::flags::{Docs, Types};
use crate::input::{self, Inputs, Source};
use crate::{Outcome, report};
use definition::{Definition, Version};
use write::Group;

/// What a CRD's kind is.
const CRD: &str = "CustomResourceDefinition";

/// Prints the types of all CRDs that are named, and says what else was there.
pub fn outcome(flags: &Types) -> Result<Outcome, Error> {
    let piped;
    let paths = if flags.paths.is_empty() {
        piped = [input::piped("types")?];
        &piped[..]
    } else {
        &flags.paths
    };
    let inputs = Inputs::read("types", paths)?;
    let (source, notes) = source(&inputs.sources, flags.docs, flags.newest)?;
    for note in inputs.notes.iter().chain(&notes) {
        report::note(note);
    }
    report::data(&source)?;
    Ok(Outcome::Clean)
}

/// The types of the CRDs in these texts, and what is to be said of the texts.
fn source(sources: &[Source], docs: Docs, newest: bool) -> Result<(String, Vec<String>), Error> {
    let (mut definitions, mut notes) = (BTreeMap::<_, Definition>::new(), Vec::new());
    for source in sources {
        let found = match definition::definitions(source) {
            // Templates and values lie beside CRDs in a chart's folder.
            Err(_) if !source.text.contains(CRD) => {
                notes.push(format!("{} is not YAML and names no {CRD}: it is left out", source.name));
                continue;
            }
            found => found?,
        };
        if found.others > 0 {
            let documents = report::counted(found.others, "document");
            notes.push(format!("{}: left out, as no CRD: {documents}", source.name));
        }
        for definition in found.definitions {
            if definition.versions.is_empty() {
                notes.push(format!(
                    "{}: no version of {} is served, so it has no types",
                    definition.place, definition.kind
                ));
            }
            let key = (definition.group.clone(), definition.kind.clone());
            match definitions.get(&key) {
                None => _ = definitions.insert(key, definition),
                Some(first) if first.versions == definition.versions => {}
                Some(first) => {
                    let (group, kind) = &key;
                    let (first, other) = (&first.place, &definition.place);
                    notes.push(format!(
                        "{kind} of {group} is at {first} and otherwise at {other}: the first one is taken"
                    ));
                }
            }
        }
    }
    if definitions.is_empty() {
        let help = "name files that have some, such as `kubectl get crd -o yaml` writes";
        return Err(Error::new(format!("there is no {CRD} in what was named"), help));
    }
    let mut groups = BTreeMap::<&str, BTreeMap<&str, Vec<(&Definition, &Version)>>>::new();
    for definition in definitions.values() {
        for version in definition.versions.iter().take(if newest { 1 } else { usize::MAX }) {
            let group = groups.entry(&definition.group).or_default();
            group.entry(&version.name).or_default().push((definition, version));
        }
    }
    let groups =
        groups.into_iter().map(|(name, versions)| Group::new(name, versions, docs)).collect::<Result<_, _>>()?;
    Ok((write::file(groups), notes))
}

/// An error of a value in a file that defines a kind.
fn broken(file: &str, at: &yaml::Node, fact: impl std::fmt::Display) -> Error {
    let place = format!("{file}:{}:{}", at.span.line, at.span.column);
    Error::new(format!("{place}: {fact}"), "repair the CRD: the API server refuses it, too").at(file)
}
