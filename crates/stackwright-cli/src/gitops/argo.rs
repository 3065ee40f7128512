//! Applications of Argo CD: what each takes of its folder.
//!
//! Read in argoproj/argo-cd, docs/user-guide/directory.md, on 2026-11-28.

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::Node;

use super::charts;
use super::kustomize::{Build, Built};
use super::node::{self, get_mut, is_set, text_at};
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

/// An Application for each of its sources that is a folder. It keeps the others beside it: values may come from them.
pub fn sources(application: &Node) -> Vec<Node> {
    let Some(sources) = application.at("spec.sources") else { return vec![application.clone()] };
    let one = |source: &Node| {
        let mut one = application.clone();
        let spec = get_mut(&mut one, "spec")?;
        node::set(spec, "source", source.clone());
        source.get("path").is_some().then_some(one)
    };
    sources.items().iter().filter_map(one).collect()
}

/// The charts of repositories among several sources.
pub fn charts(application: &Node) -> Vec<&str> {
    let sources = application.at("spec.sources").map(Node::items).unwrap_or_default();
    sources.iter().filter(|source| source.get("path").is_none()).filter_map(|source| text_at(source, "chart")).collect()
}

/// What an Application applies of its folder. A chart in it is told these APIs.
pub fn built(build: &mut Build<'_>, application: &Node, apis: &[String]) -> Vec<Built> {
    let (Some(folder), Some(source)) = (path(application), application.at("spec.source")) else { return Vec::new() };
    let mut objects = if charts::is_there(build.files, &folder) {
        charts::argo::built(build, &folder, application, apis)
    } else if build.files.has_kustomization(&folder) {
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
    objects.retain(charts::is_applied);
    // An object that names no namespace is applied to the Application's.
    if let Some(namespace) = application.at("spec.destination.namespace") {
        for built in &mut objects {
            built.place_in(namespace);
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
pub fn glob(pattern: &str, path: &str) -> bool {
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
