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
mod with_helm;

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::Error;
use stackwright::yaml::{Document, Problem};

use self::cluster::Cluster;
use self::files::{Files, Found};
use self::walker::Walker;
pub use self::with_helm::{Helm, WithHelm};
use crate::check::{Documents, Manifests, local};
use crate::input::{self, Inputs, Source};
use crate::report;

/// What is applied to one cluster.
struct Walked {
    /// The folder that it begins in.
    pub name: String,
    pub documents: Vec<Document>,
    pub problems: Vec<Problem>,
    /// Whether a tool makes something else of the objects.
    pub is_part: bool,
}

/// A repository that was walked.
struct Walk {
    pub sources: Vec<Source>,
    /// Where each text begins in the space of all places.
    pub starts: Vec<usize>,
    pub clusters: Vec<Walked>,
    pub notes: BTreeSet<String>,
}

/// The manifests of each cluster that Flux or Argo CD apply some of these folders to, beside what is at the other paths; none if they apply none.
pub fn manifests(
    paths: &[Utf8PathBuf],
    helm: &WithHelm,
    kubernetes: Option<u32>,
) -> Result<Option<Vec<Manifests>>, Error> {
    let helm = helm.program(kubernetes)?;
    let (mut walks, mut others) = (Vec::new(), Vec::new());
    for path in paths {
        match walk(path, helm.as_ref()) {
            Some(walk) => walks.push(walk),
            None => others.push(path.clone()),
        }
    }
    if walks.is_empty() {
        return Ok(None);
    }
    let others = Inputs::read("check", &others)?;
    others.notes.iter().for_each(|note| report::note(note));
    let mut all = Vec::new();
    for mut walk in walks {
        walk.notes.iter().for_each(|note| report::note(note));
        let clusters = std::mem::take(&mut walk.clusters);
        all.extend(clusters.into_iter().map(|cluster| cluster.manifests(&walk, &others.sources)));
    }
    Ok(Some(all))
}

impl Walked {
    /// What is applied to the cluster, and other manifests that are applied there too.
    fn manifests(self, walk: &Walk, others: &[Source]) -> Manifests {
        let mut manifests = Manifests {
            starts: walk.starts.clone(),
            name: Some(self.name),
            // What is walked is applied together.
            folders: vec![0; walk.sources.len()],
            sources: walk.sources.clone(),
            objects: Vec::new(),
            problems: Vec::new(),
            is_part: self.is_part,
        };
        let mut problems = self.problems;
        for document in self.documents {
            match document.located() {
                Ok(located) => {
                    let (source, _) = local(&walk.starts, 0, located.node.span);
                    manifests.objects.push((source, located.into()));
                }
                Err(more) => problems.extend(more),
            }
        }
        for mut problem in problems {
            let source;
            (source, problem.span) = local(&walk.starts, 0, problem.span);
            manifests.problems.push((source, problem));
        }
        manifests.read(others.to_vec(), &Documents::default());
        manifests
    }
}

/// The repository of a folder, if Flux or Argo CD apply something of it. Helm makes the objects of charts in it, if it is given.
fn walk(folder: &Utf8Path, helm: Option<&Helm>) -> Option<Walk> {
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
    walker.take_source(&found);
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
