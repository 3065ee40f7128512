//! Which sources are the repository that is walked.

use std::collections::HashMap;

use camino::Utf8PathBuf;
use stackwright::yaml::{Document, Node};

use super::files::{Files, Found};
use super::node::text_at;
use super::{argo, flux};

/// The folder that a Kustomization or an Application applies, if it is one.
pub fn path(node: &Node) -> Option<Utf8PathBuf> {
    if flux::is_one(node) { Some(flux::path(node)) } else { argo::path(node) }
}

/// The kind and name of a source, or the address of a repository.
pub fn source(node: &Node) -> String {
    let text = |path| text_at(node, path).unwrap_or_default();
    if flux::is_one(node) {
        format!("{} {}", text("spec.sourceRef.kind"), text("spec.sourceRef.name"))
    } else {
        argo::repository(node).to_owned()
    }
}

/// Which sources are this repository: those whose paths are mostly there.
pub struct Ours {
    /// How many paths of each are there, and how many there are.
    known: HashMap<String, (usize, usize)>,
}

impl Ours {
    /// Those that are, by the Kustomizations and Applications that name them.
    pub fn of(files: &mut Files, found: &[Document]) -> Self {
        let mut known: HashMap<_, (usize, usize)> = HashMap::new();
        for document in found {
            let Some(path) = path(&document.node) else { continue };
            let is_there = files.at(&path) == Found::Folder;
            let counts = known.entry(source(&document.node)).or_default();
            counts.0 += usize::from(is_there);
            counts.1 += 1;
        }
        Self { known }
    }

    /// The GitRepositories that are this repository, as far as they lie in it and are named.
    pub fn git_repositories(&self, files: &mut Files) -> Vec<Node> {
        let mut found = Vec::new();
        for path in files.below("".into(), &["yaml", "yml"]) {
            if !files.text(&path).is_some_and(|text| text.contains("source.toolkit.fluxcd.io")) {
                continue;
            }
            for document in files.documents(&path) {
                let text = |path| text_at(&document.node, path);
                let name = text("metadata.name").unwrap_or_default();
                if text("kind") == Some("GitRepository") && self.knows(&format!("GitRepository {name}")) == Some(true) {
                    found.push(document.node);
                }
            }
        }
        found
    }

    /// Whether what a Kustomization or an Application applies is in this repository.
    pub fn has(&self, files: &mut Files, node: &Node) -> bool {
        let is_there = path(node).is_some_and(|path| files.at(&path) == Found::Folder);
        self.knows(&source(node)).unwrap_or(is_there)
    }

    /// Whether a source is this repository, if any Kustomization or Application names it.
    pub fn knows(&self, source: &str) -> Option<bool> {
        self.known.get(source).map(|(there, all)| there * 2 >= *all)
    }
}
