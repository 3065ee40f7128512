//! ConfigMaps and Secrets that a kustomization makes of files and texts.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use k8s_openapi::ByteString;
use stackwright::yaml::{Document, Node, Value};

use super::kustomize::{Build, Built};
use super::node::{self, is_set, pairs, text_at};
use crate::input::plain;
use crate::writer;

/// Makes those of `configMapGenerator` and `secretGenerator`.
pub fn config_maps_and_secrets(
    build: &mut Build<'_>,
    folder: &Utf8Path,
    kustomization: &Node,
    objects: &mut Vec<Built>,
) {
    let options = kustomization.get("generatorOptions");
    for (field, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
        for entry in kustomization.get(field).map(Node::items).unwrap_or_default() {
            let data = data(build, folder, entry);
            let made = made(entry, kind, options, data);
            let same =
                |built: &Built| built.kind() == kind && built.ids().any(|id| id == (made.namespace(), made.name()));
            let behaviour = text_at(entry, "behavior").unwrap_or("create");
            let own = if behaviour == "create" { None } else { objects.iter_mut().find(|built| same(built)) };
            match own {
                Some(own) => join(own, &made, behaviour == "merge"),
                None => objects.push(made),
            }
        }
    }
}

fn data(build: &mut Build<'_>, folder: &Utf8Path, entry: &Node) -> Vec<(String, Node)> {
    let listed = |field: &str| entry.get(field).map(Node::items).unwrap_or_default();
    let mut data = Vec::new();
    let env = entry.get("env").into_iter().chain(listed("envs"));
    for place in env {
        let Some(text) = text_of(build, folder, place, place.text().unwrap_or_default()) else { continue };
        let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with('#'));
        data.extend(lines.map(|line| {
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            (key.to_owned(), node::text(value, place.span))
        }));
    }
    for literal in listed("literals") {
        let Some((key, value)) = literal.text().and_then(|text| text.split_once('=')) else { continue };
        let quote = value
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\'') && value.len() > 1 && value.ends_with(*quote));
        let value = if quote.is_some() { &value[1..value.len() - 1] } else { value };
        data.push((key.to_owned(), node::text(value, literal.span)));
    }
    for file in listed("files") {
        let Some(text) = file.text() else { continue };
        let (key, path) = text.split_once('=').unwrap_or((text.rsplit('/').next().unwrap_or(text), text));
        if let Some(text) = text_of(build, folder, file, path) {
            data.push((key.to_owned(), node::text(text, file.span)));
        }
    }
    data
}

fn text_of(build: &mut Build<'_>, folder: &Utf8Path, listed: &Node, path: &str) -> Option<String> {
    let path = Utf8PathBuf::from(plain(&folder.join(path)));
    if let Some(number) = build.files.source(&path) {
        build.used.insert(number);
        return Some(build.files.sources[number].text.clone());
    }
    if build.files.at(&path) == super::files::Found::Nothing {
        let fact = format!("{path} is listed and is not there");
        build.problem(listed.span, fact, "correct the path; a file that git ignores is not there for Flux or Argo CD");
    } else {
        build.notes.insert(format!("no text, so that what it makes is empty: {}", build.files.place(listed.span)));
    }
    None
}

fn made(entry: &Node, kind: &str, options: Option<&Node>, data: Vec<(String, Node)>) -> Built {
    let name = entry.get("name");
    let span = name.map_or(entry.span, |name| name.span);
    let mut root = node::map(span);
    node::set(&mut root, "apiVersion", node::text("v1", span));
    node::set(&mut root, "kind", node::text(kind, span));
    let mut metadata = node::map(span);
    for (field, value) in [("name", name), ("namespace", entry.get("namespace"))] {
        if let Some(value) = value {
            node::set(&mut metadata, field, value.clone());
        }
    }
    let own = entry.get("options");
    for field in ["labels", "annotations"] {
        for (key, value, at) in
            [options, own].into_iter().flatten().filter_map(|options| options.get(field)).flat_map(pairs)
        {
            node::set(node::child(&mut metadata, field, span), key, node::text(value, at));
        }
    }
    node::set(&mut root, "metadata", metadata);
    if kind == "Secret" {
        let name = text_at(entry, "type").unwrap_or("Opaque");
        node::set(&mut root, "type", node::text(name, entry.get("type").map_or(span, |node| node.span)));
    }
    let is = |field: &str| [options, own].into_iter().flatten().any(|options| is_set(options, field));
    if is("immutable") {
        node::set(&mut root, "immutable", Node { span, value: Value::Bool(true) });
    }
    for (key, mut value) in data {
        // What SOPS encrypted stays as it is: nobody can know it, and it is no text of the Secret.
        if kind == "Secret"
            && let Value::String(text) = &mut value.value
            && !stackwright::yaml::is_unknown(text)
        {
            *text = encoded(text);
        }
        node::set(node::child(&mut root, "data", span), &key, value);
    }
    Built { hashed: !is("disableNameSuffixHash"), ..Built::of(Document::new(root)) }
}

fn join(own: &mut Built, made: &Built, merges: bool) {
    let root = &mut own.document.node;
    if !merges {
        node::remove(root, "data");
    }
    let span = made.document.node.span;
    for field in ["data", "metadata"] {
        for entry in made.document.node.get(field).map(Node::entries).unwrap_or_default() {
            match &entry.value.value {
                Value::Map(_) => {
                    for (key, value, at) in pairs(&entry.value) {
                        node::set(
                            node::child(node::child(root, field, span), &entry.key, span),
                            key,
                            node::text(value, at),
                        );
                    }
                }
                _ if field == "data" => node::set(node::child(root, field, span), &entry.key, entry.value.clone()),
                _ => {}
            }
        }
    }
    own.hashed |= made.hashed;
}

/// The base64 of a text.
fn encoded(text: &str) -> String {
    let value = serde_json::to_value(ByteString(text.as_bytes().to_vec())).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The text of base64, if it is one.
pub fn decoded(text: &str) -> Option<String> {
    let bytes: ByteString = serde_json::from_value(text.trim().into()).ok()?;
    String::from_utf8(bytes.0).ok()
}

/// Gives each generated object the digest of its content as the end of its name (kustomize api/hasher/hasher.go).
pub fn add_digests(objects: &mut [Built]) {
    for built in objects.iter_mut().filter(|built| built.hashed) {
        let digest = digest(&built.document.node, built.kind());
        built.remember();
        let mut name = |node: &mut Node| {
            if let Value::String(name) = &mut node.value {
                *name = format!("{name}-{digest}");
            }
        };
        node::each(&mut built.document.node, &["metadata", "name"], None, &mut name);
    }
}

fn digest(root: &Node, kind: &str) -> String {
    // In order of the keys, as Go writes maps.
    let map = |field: &str| match root.get(field) {
        Some(node) => {
            let pairs: BTreeMap<_, _> = pairs(node).into_iter().map(|(key, value, _)| (key, value)).collect();
            serde_json::to_string(&pairs).unwrap_or_default()
        }
        None => "\"\"".to_owned(),
    };
    let text = |field: &str| serde_json::to_string(text_at(root, field).unwrap_or_default()).unwrap_or_default();
    let binary = root.get("binaryData").map(|_| format!("\"binaryData\":{},", map("binaryData"))).unwrap_or_default();
    let of_secret = if kind == "Secret" { format!(",\"type\":{}", text("type")) } else { String::new() };
    // kustomize looks for the name at a key `metadata/name`, which no object has.
    let hashed = format!("{{{binary}\"data\":{},\"kind\":\"{kind}\",\"name\":\"\"{of_secret}}}", map("data"));
    // Go writes these three so that HTML can hold them.
    let text = hashed.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    let digest = writer::digest(text.as_bytes());
    let letters = digest[..10].chars().map(|letter| match letter {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        letter => letter,
    });
    letters.collect()
}
