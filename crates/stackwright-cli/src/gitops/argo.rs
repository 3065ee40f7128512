//! Applications of Argo CD, and those that an ApplicationSet makes of a list or of folders.
//!
//! Read in argoproj/argo-cd, docs/operator-manual/applicationset and docs/user-guide/directory.md, on 2026-11-28.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{Node, Value};

use super::files::{Files, Found};
use super::has_kustomization;
use super::kustomize::{Build, Built};
use super::node::{self, get_mut, is_set, pairs, text_at};
use super::transform::{extend, overlay};
use crate::input::plain;

/// Whether an object is an Application or an ApplicationSet.
pub fn is_one(node: &Node) -> bool {
    text_at(node, "apiVersion").is_some_and(|text| text.starts_with("argoproj.io/"))
        && matches!(text_at(node, "kind"), Some("Application" | "ApplicationSet"))
}

/// The folder that an Application's first source is; none for a chart, or where a variable stands for it.
pub fn path(node: &Node) -> Option<Utf8PathBuf> {
    let source = node.at("spec.source").or_else(|| node.at("spec.sources[0]"))?;
    let path = text_at(source, "path").filter(|path| !path.contains("{{"))?;
    Some(plain(Utf8Path::new(path.trim_start_matches('/'))).into())
}

/// The address of an Application's repository.
pub fn repository(node: &Node) -> &str {
    let source = node.at("spec.source").or_else(|| node.at("spec.sources[0]"));
    source.and_then(|source| text_at(source, "repoURL")).unwrap_or_default()
}

/// An Application for each of its sources that is a folder.
pub fn sources(application: &Node) -> Vec<Node> {
    let Some(sources) = application.at("spec.sources") else { return vec![application.clone()] };
    let one = |source: &Node| {
        let mut one = application.clone();
        let spec = get_mut(&mut one, "spec")?;
        node::remove(spec, "sources");
        node::set(spec, "source", source.clone());
        source.get("path").is_some().then_some(one)
    };
    sources.items().iter().filter_map(one).collect()
}

/// What an Application applies of its folder.
pub fn built(build: &mut Build<'_>, application: &Node) -> Vec<Built> {
    let (Some(folder), Some(source)) = (path(application), application.at("spec.source")) else { return Vec::new() };
    let entries = build.files.entries(&folder).to_vec();
    let mut objects = if entries.iter().any(|(name, _)| name == "Chart.yaml") {
        build.notes.insert(format!("not looked at: the chart {folder}: `helm template {folder}` makes its objects"));
        return Vec::new();
    } else if has_kustomization(build.files, &folder) {
        let mut kustomization = build.kustomization(&folder).unwrap_or_else(|| node::map(application.span));
        for entry in source.get("kustomize").map(Node::entries).unwrap_or_default() {
            match entry.key.as_str() {
                "images" => {
                    let images: Vec<_> = entry.value.items().iter().filter_map(image).collect();
                    extend(&mut kustomization, "images", &images);
                }
                "patches" | "components" | "replicas" => extend(&mut kustomization, &entry.key, entry.value.items()),
                "namePrefix" | "nameSuffix" | "namespace" | "commonLabels" | "commonAnnotations" => {
                    overlay(&mut kustomization, &entry.key, entry.value.clone());
                }
                _ => {}
            }
        }
        build.built(&folder, &kustomization)
    } else {
        of_folder(build, &folder, source)
    };
    // An object that names no namespace is applied to the Application's.
    if let Some(namespace) = application.at("spec.destination.namespace").filter(|node| node.text().is_some()) {
        for built in &mut objects {
            let (group, _) = built.group_version();
            let kind = stackwright::check::GroupKind { group, kind: built.kind() };
            if built.namespace().is_empty() && !stackwright::check::is_cluster_wide(kind) {
                let root = &mut built.document.node;
                let span = root.span;
                node::set(node::child(root, "metadata", span), "namespace", namespace.clone());
            }
        }
    }
    objects
}

/// `name=new:tag`, as an Application writes images, in a kustomization's form.
fn image(entry: &Node) -> Option<Node> {
    let text = entry.text()?;
    let (name, new) = text.split_once('=').map_or((None, text), |(name, new)| (Some(name), new));
    let (rest, digest) = new.split_once('@').map_or((new, None), |(rest, digest)| (rest, Some(digest)));
    let colon = rest.rfind(':').filter(|colon| !rest[*colon..].contains('/'));
    let (own, tag) = colon.map_or((rest, None), |colon| (&rest[..colon], Some(&rest[colon + 1..])));
    let mut image = node::map(entry.span);
    let fields =
        [("name", Some(name.unwrap_or(own))), ("newName", name.map(|_| own)), ("newTag", tag), ("digest", digest)];
    for (field, value) in fields {
        if let Some(value) = value {
            node::set(&mut image, field, node::text(value, entry.span));
        }
    }
    Some(image)
}

/// The manifests of a folder; of those below it too, where the Application says so.
fn of_folder(build: &mut Build<'_>, folder: &Utf8Path, source: &Node) -> Vec<Built> {
    let extensions = ["yaml", "yml", "json"];
    let mut paths = if is_set(source, "directory.recurse") {
        build.files.below(folder, &extensions)
    } else {
        let entries = build.files.entries(folder).to_vec();
        let files = entries.into_iter().filter(|(_, is_folder)| !is_folder).map(|(name, _)| folder.join(name));
        files.filter(|path| path.extension().is_some_and(|extension| extensions.contains(&extension))).collect()
    };
    let lists = |field: &str, path: &Utf8Path| {
        let relative = path.strip_prefix(folder).unwrap_or(path).as_str();
        text_at(source, &format!("directory.{field}")).map(|pattern| patterns(pattern).any(|one| glob(one, relative)))
    };
    paths.retain(|path| lists("include", path) != Some(false) && lists("exclude", path) != Some(true));
    let mut objects = Vec::new();
    for path in paths {
        build.used.extend(build.files.source(&path));
        for document in build.files.documents(&path) {
            let (documents, problems) = document.opened();
            build.problems.extend(problems);
            objects.extend(documents.into_iter().map(Built::of));
        }
    }
    objects
}

/// The alternatives of `{a,b}`; a pattern without braces alone.
fn patterns(pattern: &str) -> impl Iterator<Item = &str> {
    let inner = pattern.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.unwrap_or(pattern).split(if inner.is_some() { ',' } else { '\0' })
}

/// Whether a pattern with `*`, `**` and `?` matches a whole path.
fn glob(pattern: &str, path: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return path.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    let mut letters = path.chars();
    match first {
        '*' => {
            let deep = rest.starts_with('*');
            let rest = rest.trim_start_matches('*');
            let rest = if deep { rest.strip_prefix('/').unwrap_or(rest) } else { rest };
            let ends = path.char_indices().map(|(at, _)| at).chain([path.len()]);
            ends.take_while(|at| deep || !path[..*at].contains('/')).any(|at| glob(rest, &path[at..]))
        }
        '?' => letters.next().is_some_and(|letter| letter != '/') && glob(rest, letters.as_str()),
        _ => letters.next() == Some(first) && glob(rest, letters.as_str()),
    }
}

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
            made.push(application);
        }
    }
    made
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
