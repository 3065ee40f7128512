//! Kustomizations of Flux: what each builds of its path, and those that it builds in turn.
//!
//! Read in fluxcd/pkg, kustomize/kustomize_generator.go and kustomize_varsub.go, on 2026-11-28.

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::Node;

use super::files::Files;
use super::kustomize::{Build, Built};
use super::node::{self, is_set, text_at};
use super::transform::{extend, overlay, put_metadata};
use crate::input::plain;

/// The group of Flux' Kustomizations.
pub const GROUP: &str = "kustomize.toolkit.fluxcd.io";

/// Whether an object is one.
pub fn is_one(node: &Node) -> bool {
    let is_of_group = |text: &str| text.split_once('/').is_some_and(|(group, _)| group == GROUP);
    text_at(node, "apiVersion").is_some_and(is_of_group) && text_at(node, "kind") == Some("Kustomization")
}

/// The folder that it applies.
pub fn path(kustomization: &Node) -> Utf8PathBuf {
    let path = text_at(kustomization, "spec.path").unwrap_or(".");
    plain(Utf8Path::new(path.trim_start_matches('/'))).into()
}

/// The folders that a GitRepository has of others.
pub fn included(repository: &Node) -> impl Iterator<Item = Utf8PathBuf> {
    let entries = repository.at("spec.include").map(Node::items).unwrap_or_default();
    let folder = |entry| text_at(entry, "toPath").or_else(|| text_at(entry, "repository.name"));
    entries.iter().filter_map(folder).map(|folder| plain(Utf8Path::new(folder.trim_start_matches('/'))).into())
}

/// What of an object only Flux itself can tell.
pub fn unknown(node: &Node) -> Vec<String> {
    let text = |path| text_at(node, path).unwrap_or_default();
    if !text("apiVersion").split('/').next().is_some_and(|group| group.ends_with(".toolkit.fluxcd.io")) {
        return Vec::new();
    }
    let label = format!("{} {}", text("kind"), text("metadata.name"));
    let suspended = is_set(node, "spec.suspend")
        .then(|| format!("suspended: {label}; it is checked as it is to be once it is resumed"));
    let health = node.at("spec.healthCheckExprs").map(|_| format!("not evaluated: healthCheckExprs of {label}"));
    suspended.into_iter().chain(health).collect()
}

/// What it applies, before its variables are replaced.
pub fn built(build: &mut Build<'_>, flux: &Node) -> Vec<Built> {
    let folder = path(flux);
    let mut kustomization = match build.kustomization(&folder) {
        Some(kustomization) => kustomization,
        None => generated(build.files, &folder, flux),
    };
    for (field, own) in [("targetNamespace", "namespace"), ("namePrefix", "namePrefix"), ("nameSuffix", "nameSuffix")] {
        if let Some(value) = flux.at("spec").and_then(|spec| spec.get(field)) {
            overlay(&mut kustomization, own, value.clone());
        }
    }
    let listed = |field: &str| flux.at("spec").and_then(|spec| spec.get(field)).map(Node::items).unwrap_or_default();
    for field in ["patches", "components", "patchesStrategicMerge", "patchesJson6902"] {
        extend(&mut kustomization, field, listed(field));
    }
    images(&mut kustomization, listed("images"));
    let mut objects = build.built(&folder, &kustomization);

    let mut owner = node::map(flux.span);
    for (key, field) in [("name", "metadata.name"), ("namespace", "metadata.namespace")] {
        if let Some(value) = flux.at(field) {
            node::set(&mut owner, &format!("{GROUP}/{key}"), value.clone());
        }
    }
    for built in &mut objects {
        for field in ["labels", "annotations"] {
            if let Some(entries) = flux.at(&format!("spec.commonMetadata.{field}")) {
                put_metadata(built, field, entries);
            }
        }
        put_metadata(built, "labels", &owner);
    }
    objects
}

/// Images of a Kustomization take the place of those of the same name in its folder's, field by field.
fn images(kustomization: &mut Node, images: &[Node]) {
    for image in images {
        let own = node::get_mut(kustomization, "images").and_then(|list| match &mut list.value {
            stackwright::yaml::Value::List(items) => {
                items.iter_mut().find(|item| item.get("name").is_some_and(|name| image.get("name") == Some(name)))
            }
            _ => None,
        });
        match own {
            Some(own) => {
                if image.get("newTag").or(image.get("digest")).is_some() {
                    node::remove(own, "newTag");
                    node::remove(own, "digest");
                }
                for entry in image.entries() {
                    node::set(own, &entry.key, entry.value.clone());
                }
            }
            None => extend(kustomization, "images", std::slice::from_ref(image)),
        }
    }
}

/// The kustomization that Flux makes for a folder without one: all manifests below it, and folders that have one as they are.
fn generated(files: &mut Files, folder: &Utf8Path, flux: &Node) -> Node {
    let span = flux.at("spec.path").map_or(flux.span, |path| path.span);
    let mut resources = Vec::new();
    gather(files, folder, Utf8Path::new(""), &mut resources);
    let resources = resources.into_iter().map(|path| node::text(path, span)).collect();
    let mut kustomization = node::map(span);
    node::set(&mut kustomization, "resources", node::list(resources, span));
    kustomization
}

fn gather(files: &mut Files, root: &Utf8Path, below: &Utf8Path, resources: &mut Vec<String>) {
    for (name, is_folder) in files.entries(&root.join(below)).to_vec() {
        // Sources leave hidden files out, or what they hold is no manifest.
        if name.starts_with('.') {
            continue;
        }
        let path = below.join(&name);
        if is_folder {
            if files.has_kustomization(&root.join(&path)) {
                resources.push(path.into_string());
            } else {
                gather(files, root, &path, resources);
            }
        } else if matches!(path.extension(), Some("yaml" | "yml")) {
            resources.push(path.into_string());
        }
    }
}

/// The files that a folder's build reads, as far as they are listed: enough to know which Kustomization is in another's folder.
pub fn reach(build: &mut Build<'_>, folder: &Utf8Path, flux: &Node) {
    let kustomization = match build.kustomization(folder) {
        Some(kustomization) => kustomization,
        None => generated(build.files, folder, flux),
    };
    for entry in
        ["resources", "bases", "components"].iter().filter_map(|field| kustomization.get(field)).flat_map(Node::items)
    {
        let Some(text) = entry.text().filter(|text| !super::kustomize::is_remote(text)) else { continue };
        let path = Utf8PathBuf::from(plain(&folder.join(text)));
        match build.files.at(&path) {
            super::files::Found::File => build.used.extend(build.files.source(&path)),
            super::files::Found::Folder if build.enters(&path) => reach(build, &path, flux),
            _ => {}
        }
    }
}
