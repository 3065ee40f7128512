//! The Applications that an ApplicationSet makes of a list, or of the repository's folders.
//!
//! Read in argoproj/argo-cd, docs/operator-manual/applicationset, on 2026-11-28.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{Node, Value};

use super::argo::glob;
use super::files::{Files, Found};
use super::node::{self, get_mut, is_set, pairs, text_at};

/// An Application itself, or those that an ApplicationSet makes.
pub fn applications(files: &mut Files, node: &Node, notes: &mut BTreeSet<String>) -> Vec<Node> {
    if text_at(node, "kind") != Some("ApplicationSet") {
        return vec![node.clone()];
    }
    let Some(template) = node.at("spec.template") else { return Vec::new() };
    let name = text_at(node, "metadata.name").unwrap_or_default();
    let mut made = Vec::new();
    for generator in node.at("spec.generators").map(Node::items).unwrap_or_default() {
        let Some(sets) = parameters(files, generator) else {
            notes
                .insert(format!("not walked: a generator of ApplicationSet {name} that is neither a list nor folders"));
            continue;
        };
        for set in sets {
            let mut application = template.clone();
            fill(&mut application, &set);
            for (field, value) in [("apiVersion", "argoproj.io/v1alpha1"), ("kind", "Application")] {
                node::set(&mut application, field, node::text(value, node.span));
            }
            if let (Some(namespace), Some(metadata)) =
                (node.at("metadata.namespace"), get_mut(&mut application, "metadata"))
            {
                node::set(metadata, "namespace", namespace.clone());
            }
            if node.at("spec.templatePatch").is_some() {
                notes.insert(format!("not done: templatePatch of ApplicationSet {name}"));
            }
            let mut unknown = Vec::new();
            left(&application, &mut unknown);
            notes.extend(unknown.into_iter().map(|text| format!("not known: {text} in ApplicationSet {name}")));
            made.push(application);
        }
    }
    made
}

/// The templates in texts that nothing was put into.
fn left(node: &Node, found: &mut Vec<String>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| left(item, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| left(&entry.value, found)),
        Value::String(text) => found.extend(
            text.split_once("{{")
                .and_then(|(_, rest)| rest.split_once("}}"))
                .map(|(inner, _)| format!("{{{{{inner}}}}}")),
        ),
        _ => {}
    }
}

type Parameters = Vec<(String, String)>;

/// What a generator fills templates with; none if it is of another kind.
fn parameters(files: &mut Files, generator: &Node) -> Option<Vec<Parameters>> {
    if let Some(elements) = generator.at("list.elements") {
        let flat = |element: &Node| {
            let mut all = Parameters::new();
            flatten(element, "", &mut all);
            all
        };
        return Some(elements.items().iter().map(flat).collect());
    }
    let wanted = generator.at("git.directories")?;
    let mut folders = Vec::new();
    for entry in wanted.items().iter().filter(|entry| !is_set(entry, "exclude")) {
        let pattern = text_at(entry, "path")?;
        let base: Utf8PathBuf = pattern.split('/').take_while(|part| !part.contains(['*', '?', '['])).collect();
        let depth = pattern.split('/').count();
        folders.extend(below(files, &base, depth).into_iter().filter(|folder| glob(pattern, folder.as_str())));
    }
    let excluded: Vec<_> = wanted
        .items()
        .iter()
        .filter(|entry| is_set(entry, "exclude"))
        .filter_map(|entry| text_at(entry, "path"))
        .collect();
    folders.retain(|folder| !excluded.iter().any(|pattern| glob(pattern, folder.as_str())));
    Some(folders.into_iter().map(|folder| of_path(&folder)).collect())
}

fn flatten(node: &Node, prefix: &str, all: &mut Parameters) {
    all.extend(pairs(node).into_iter().map(|(key, value, _)| (format!("{prefix}{key}"), value)));
    for entry in node.entries().iter().filter(|entry| matches!(entry.value.value, Value::Map(_))) {
        flatten(&entry.value, &format!("{prefix}{}.", entry.key), all);
    }
}

fn of_path(folder: &Utf8Path) -> Parameters {
    let base = folder.file_name().unwrap_or_default();
    let normal: String =
        base.chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() || "-.".contains(letter) { letter.to_ascii_lowercase() } else { '-' }
            })
            .collect();
    let mut all = vec![
        ("path".to_owned(), folder.to_string()),
        ("path.path".to_owned(), folder.to_string()),
        ("path.basename".to_owned(), base.to_owned()),
        ("path.basenameNormalized".to_owned(), normal),
    ];
    all.extend(folder.components().enumerate().flat_map(|(number, part)| {
        [format!("path[{number}]"), format!("path.segments[{number}]")].map(|key| (key, part.to_string()))
    }));
    all
}

fn below(files: &mut Files, folder: &Utf8Path, depth: usize) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    if folder.components().count() < depth && files.at(folder) == Found::Folder {
        for (name, is_folder) in files.entries(folder).to_vec() {
            if is_folder && !name.starts_with('.') {
                let path = folder.join(name);
                found.extend(below(files, &path, depth));
                found.push(path);
            }
        }
    }
    found
}

/// Puts parameters into `{{name}}`, `{{.name}}` and `{{index .path.segments 1}}`. What else stands in braces stays, as nobody can know it.
fn fill(node: &mut Node, parameters: &Parameters) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| fill(item, parameters)),
        Value::Map(entries) => entries.iter_mut().for_each(|entry| fill(&mut entry.value, parameters)),
        Value::String(text) if text.contains("{{") => {
            let mut out = String::new();
            let mut rest = text.as_str();
            while let Some((before, inner, after)) = rest
                .split_once("{{")
                .and_then(|(before, rest)| rest.split_once("}}").map(|(inner, after)| (before, inner, after)))
            {
                out.push_str(before);
                let name = inner.trim().trim_start_matches('.');
                let name = match name.strip_prefix("index .path.segments ") {
                    Some(number) => format!("path.segments[{}]", number.trim()),
                    None => name.to_owned(),
                };
                match parameters.iter().find(|(key, _)| *key == name) {
                    Some((_, value)) => out.push_str(value),
                    None => out.extend(["{{", inner, "}}"]),
                }
                rest = after;
            }
            out.push_str(rest);
            *text = out;
        }
        _ => {}
    }
}
