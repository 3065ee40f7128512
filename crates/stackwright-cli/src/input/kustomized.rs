//! What kustomize reads beside objects: its own files, and parts that it makes objects of.

use std::collections::{HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{self, Node};

use super::plain;
use crate::writer::disk;

/// The names by which kustomize finds its files.
pub const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Whether a file is kustomize's own, by its name and what it says that it is, which it needn't.
pub fn is_kustomization(path: &Utf8Path) -> bool {
    let is_named = KUSTOMIZATIONS.contains(&path.file_name().unwrap_or_default());
    let documents = || documents(&disk::text(path).ok().flatten().unwrap_or_default());
    let is_other = |document: &Node| {
        let version = document.get("apiVersion").and_then(Node::text);
        version.is_some_and(|version| !version.starts_with("kustomize.config.k8s.io/"))
    };
    is_named && !documents().iter().any(is_other)
}

/// The kustomizations of folders, each with its parts: read when a file beside it is looked for.
#[derive(Default)]
pub struct Readers(HashMap<Utf8PathBuf, Option<(Utf8PathBuf, HashSet<String>)>>);

impl Readers {
    /// The kustomization beside a file that reads it as a part of something.
    pub fn of(&mut self, path: &Utf8Path) -> Option<&Utf8Path> {
        let folder = folder(path);
        let read = self.0.entry(folder.to_owned()).or_insert_with(|| found(folder));
        let (kustomization, parts) = read.as_ref()?;
        parts.contains(&plain(path)).then_some(kustomization.as_path())
    }
}

/// The kustomization of a folder, with its parts.
fn found(folder: &Utf8Path) -> Option<(Utf8PathBuf, HashSet<String>)> {
    KUSTOMIZATIONS.iter().map(|name| folder.join(name)).find_map(|path| {
        let text = disk::text(&path).ok()??;
        let parts = documents(&text).iter().flat_map(|document| parts(folder, document)).collect();
        Some((path, parts))
    })
}

/// The folder that a file is in.
pub fn folder(path: &Utf8Path) -> &Utf8Path {
    path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(".".into())
}

pub fn documents(text: &str) -> Vec<Node> {
    yaml::read(text).map(|stream| stream.documents).unwrap_or_default()
}

/// The files that a kustomization changes its objects by, or puts into some: they hold no objects that are applied, however they look.
pub fn parts(folder: &Utf8Path, kustomization: &Node) -> Vec<String> {
    const CHANGES: [&str; 8] = [
        "patches",
        "patchesJson6902",
        "patchesStrategicMerge",
        "replacements",
        "transformers",
        "configurations",
        "generators",
        "validators",
    ];
    let listed = |node: &'_ Node, field: &str| node.get(field).map(Node::items).unwrap_or_default().to_vec();
    let mut paths: Vec<String> = Vec::new();
    let mut add = |path: Option<&str>| paths.extend(path.map(|path| plain(&folder.join(path))));
    for one in CHANGES.iter().flat_map(|field| listed(kustomization, field)) {
        add(one.text().or_else(|| one.get("path")?.text()));
    }
    for generator in ["configMapGenerator", "secretGenerator"].iter().flat_map(|field| listed(kustomization, field)) {
        for file in ["files", "envs"].iter().flat_map(|field| listed(&generator, field)) {
            // A key may stand before the path.
            add(file.text().map(|text| text.split_once('=').map_or(text, |(_, path)| path)));
        }
    }
    for chart in listed(kustomization, "helmCharts") {
        add(chart.get("valuesFile").and_then(Node::text));
        for file in listed(&chart, "additionalValuesFiles") {
            add(file.text());
        }
    }
    let resources = listed(kustomization, "resources");
    let resources: Vec<_> = resources.iter().filter_map(Node::text).map(|path| plain(&folder.join(path))).collect();
    paths.retain(|path| !resources.contains(path));
    paths
}
