//! Which sources are the repository that is walked.

use std::collections::{HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{Document, Node};

use super::files::{Files, Found};
use super::node::text_at;
use super::{argo, flux};
use crate::diff::git;
use crate::input;

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

/// What tells a source from others: its kind and name, or the path of its address, however that is written.
fn key(node: &Node) -> String {
    if flux::is_one(node) {
        return source(node);
    }
    let address = argo::repository(node);
    repository(address).unwrap_or_else(|| address.to_owned())
}

/// Which sources are this repository: those of its address, and those whose paths are mostly there.
pub struct Ours {
    known: HashMap<String, Paths>,
    /// Those that have the address that git has of this repository.
    own: HashSet<String>,
    /// Whether any is this repository by its address, or by a path that is not the root.
    is_told: bool,
    /// The GitRepositories that lie in the repository.
    repositories: Vec<Node>,
}

/// How many paths of a source are there, and how many there are: but for the root, which every repository has.
#[derive(Default)]
struct Paths {
    there: usize,
    all: usize,
}

impl Paths {
    fn are_there(&self) -> bool {
        self.all > 0 && self.there * 2 >= self.all
    }
}

impl Ours {
    /// Those that are, by the Kustomizations and Applications that name them.
    pub fn of(files: &mut Files, found: &[Document]) -> Self {
        let mut known: HashMap<String, Paths> = HashMap::new();
        for document in found {
            let Some(path) = path(&document.node) else { continue };
            let paths = known.entry(key(&document.node)).or_default();
            if !is_root(&path) {
                paths.there += usize::from(files.at(&path) == Found::Folder);
                paths.all += 1;
            }
        }
        let repositories = git_repositories(files);
        let own = origin(files).map(|origin| {
            let is_of_it = |node: &&Node| text_at(node, "spec.url").and_then(repository).as_ref() == Some(&origin);
            let named = repositories.iter().filter(is_of_it).map(name);
            let own: HashSet<_> = named.chain([origin.clone()]).filter(|key| known.contains_key(key)).collect();
            own
        });
        let own = own.unwrap_or_default();
        let is_told = !own.is_empty() || known.values().any(Paths::are_there);
        Self { known, own, is_told, repositories }
    }

    /// The GitRepositories that are this repository, as far as they lie in it and are named.
    pub fn git_repositories(&self) -> Vec<Node> {
        self.repositories.iter().filter(|node| self.knows(&name(node)) == Some(true)).cloned().collect()
    }

    /// Whether what a Kustomization or an Application applies is in this repository.
    pub fn has(&self, files: &mut Files, node: &Node) -> bool {
        let is_there = |path: &Utf8PathBuf| files.at(path) == Found::Folder && !(self.is_told && is_root(path));
        self.knows(&key(node)).unwrap_or_else(|| path(node).as_ref().is_some_and(is_there))
    }

    /// Whether a source is this repository, if any Kustomization or Application names it. That it has a root says so only of one that
    /// has no better.
    pub fn knows(&self, key: &str) -> Option<bool> {
        let paths = self.known.get(key)?;
        let is_alone = paths.all == 0 && !self.is_told;
        Some(self.own.contains(key) || is_alone || paths.are_there())
    }
}

fn is_root(path: &Utf8Path) -> bool {
    path.as_str().is_empty()
}

/// The key of a GitRepository.
fn name(repository: &Node) -> String {
    format!("GitRepository {}", text_at(repository, "metadata.name").unwrap_or_default())
}

fn git_repositories(files: &mut Files) -> Vec<Node> {
    let mut found = Vec::new();
    for path in files.below("".into(), &["yaml", "yml"]) {
        if files.text(&path).is_some_and(|text| text.contains("source.toolkit.fluxcd.io")) {
            let nodes = files.documents(&path).into_iter().map(|document| document.node);
            found.extend(nodes.filter(|node| text_at(node, "kind") == Some("GitRepository")));
        }
    }
    found
}

/// The repository from which git has what is walked, if it says so.
fn origin(files: &Files) -> Option<String> {
    let (root, _) = input::repository(&files.on_disk("".into()))?;
    let folder = format!("--git-dir={}", root.join(".git"));
    let address = git(&[&folder, "config", "--get", "remote.origin.url"], "").ok()?;
    repository(String::from_utf8(address).ok()?.trim())
}

/// The path of a repository's address, such as `me/home` of `git@github.com:me/home.git`. Hosts have several names.
fn repository(address: &str) -> Option<String> {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => address.split_once(':')?.1,
    };
    let path = path.trim_matches('/').trim_end_matches(".git").to_ascii_lowercase();
    (!path.is_empty() && !path.contains(['{', '$'])).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::repository;

    #[test]
    fn an_address_is_written_in_several_ways() {
        let ways = [
            "https://github.com/Me/home",
            "https://token@github.com/me/home.git/",
            "ssh://git@ssh.github.com:443/me/home.git",
            "git@github.com:me/home.git",
        ];
        assert!(ways.into_iter().all(|address| repository(address).as_deref() == Some("me/home")), "{ways:?}");
        assert_eq!(repository("https://github.com/${OWNER}/home"), None);
        assert_eq!(repository("../home"), None);
    }
}
