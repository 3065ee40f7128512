//! A repository that Flux or Argo CD applies, walked as they would: what reaches the cluster, and where in the repository each value of it was written.

mod application_set;
mod argo;
mod charts;
mod cluster;
mod envsubst;
mod fields;
mod files;
mod flux;
mod generate;
mod ignored;
mod kustomize;
mod merge;
mod names;
mod node;
mod patch;
mod replace;
mod selector;
mod sources;
mod substitute;
mod transform;
mod walker;

use std::collections::BTreeSet;

use camino::Utf8Path;
use stackwright::yaml::{Document, Problem};

use self::cluster::Cluster;
use self::files::{Files, Found};
use self::walker::Walker;
use crate::helm::Helm;
use crate::input::{self, Source};

/// What is applied to one cluster.
pub struct Walked {
    /// The folder that it begins in.
    pub name: String,
    pub documents: Vec<Document>,
    pub problems: Vec<Problem>,
    /// Whether a tool makes something else of the objects.
    pub is_part: bool,
}

/// A repository that was walked.
pub struct Walk {
    pub sources: Vec<Source>,
    /// Where each text begins in the space of all places.
    pub starts: Vec<usize>,
    pub clusters: Vec<Walked>,
    pub notes: BTreeSet<String>,
}

/// The repository of a folder, if Flux or Argo CD apply something of it. Helm makes the objects of charts in it, if it is given.
pub fn walk(folder: &Utf8Path, helm: Option<&Helm>) -> Option<Walk> {
    let mut files = Files::new(folder.to_owned());
    let mut found = appliers(&mut files, Utf8Path::new(""));
    if found.is_empty() {
        return None;
    }
    // Paths are told from the repository's root, which may lie above.
    if let Some((root, below)) = input::repository(folder) {
        let mut whole = Files::new(root);
        let there = |files: &mut Files, found: &[Document]| {
            found
                .iter()
                .filter(|document| sources::path(&document.node).is_some_and(|path| files.at(&path) == Found::Folder))
                .count()
        };
        if there(&mut whole, &found) > there(&mut files, &found) {
            found = appliers(&mut whole, &below);
            files = whole;
        }
    }
    let mut walker = Walker::new(files, &found, helm);
    walker.leave_out(&found);
    let roots = walker.roots(&found);
    let mut clusters: Vec<Cluster> = Vec::new();
    for root in roots {
        let cluster = walker.cluster(&found, &root);
        let apart = |known: &&mut Cluster| known.appliers.is_disjoint(&cluster.appliers);
        match clusters.iter_mut().find(apart) {
            Some(known) => known.join(cluster),
            None => clusters.push(cluster),
        }
    }
    let clusters = clusters.into_iter().map(|cluster| cluster.walked(&mut walker)).collect();
    let Walker { files, notes, .. } = walker;
    Some(Walk { sources: files.sources, starts: files.starts, clusters, notes })
}

/// The Kustomizations and Applications that are written below a folder.
fn appliers(files: &mut Files, below: &Utf8Path) -> Vec<Document> {
    let mut found = Vec::new();
    for path in files.below(below, &["yaml", "yml"]) {
        let is_likely = |text: &str| text.contains(flux::GROUP) || text.contains("argoproj.io");
        if files.text(&path).is_some_and(is_likely) {
            let documents = files.documents(&path).into_iter();
            found.extend(documents.filter(|document| flux::is_one(&document.node) || argo::is_one(&document.node)));
        }
    }
    found
}

#[cfg(test)]
mod tests;
