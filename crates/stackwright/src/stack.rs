use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::inflated::Inflated;
use crate::{Artefact, Key, Object, Release, SecretSpec, Step, When};

/// What a stack function returns: the objects, files, releases and secrets of one part of a cluster.
#[derive(Debug, Default)]
pub struct Stack {
    /// Its name, which is also the folder of its objects in the rendered tree.
    pub name: String,
    /// Its Kubernetes objects, in any order: rendering puts them in the order in which they can be applied.
    pub objects: Vec<Object>,
    /// Its files beside those, such as scripts that a person runs.
    pub files: Vec<File>,
    /// What it gives to hosts, in the order in which that has to happen on each.
    pub artefacts: Vec<Artefact>,
    /// Its Helm releases.
    pub releases: Vec<Release>,
    /// Helm releases whose objects are among its own, each added by [`Stack::inflated`].
    pub inflated: Vec<Inflated>,
    /// The secrets that its objects and releases read.
    pub secrets: Vec<SecretSpec>,
    /// Where people find what it runs.
    pub endpoints: Vec<Endpoint>,
    /// What the computer needs that brings it up, a line each.
    pub needs: Vec<String>,
    /// Where it leaves the administrator's kubeconfig, in the cluster's folder, if it makes the cluster.
    pub kubeconfig: Option<Utf8PathBuf>,
    /// The commands that bring it up, beside those that apply its objects and install its releases. Steps of one time are taken in the order of
    /// their stacks' names.
    pub steps: Vec<(When, Step)>,
}

impl Stack {
    /// A stack of these objects.
    pub fn new<const N: usize>(name: &str, objects: [Object; N]) -> Self {
        Self { name: name.to_owned(), objects: objects.into(), ..Self::default() }
    }

    /// Its files and those of its artefacts: what several hosts get is one file.
    pub fn all_files(&self) -> Vec<&File> {
        let given = self.artefacts.iter().flat_map(|artefact| [&artefact.script].into_iter().chain(&artefact.files));
        let mut files: Vec<&File> = self.files.iter().collect();
        for file in given {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }

    /// The secrets that its artefacts give to hosts, by their files: what several hosts get is one.
    pub fn host_secrets(&self) -> Vec<&Key> {
        let given: BTreeMap<_, _> =
            self.artefacts.iter().flat_map(|artefact| &artefact.secrets).map(|key| (&key.file, key)).collect();
        given.into_values().collect()
    }

    /// Whether it needs material that the first render makes, for the cluster or for hosts.
    pub(crate) fn has_secrets(&self) -> bool {
        !self.secrets.is_empty() || self.artefacts.iter().any(|artefact| !artefact.secrets.is_empty())
    }
}

/// Where people find something that a stack runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What they find, in a few words.
    pub what: String,
    /// Its URL.
    pub url: String,
}

impl Endpoint {
    /// This is found there.
    pub fn new(what: impl Into<String>, url: impl Into<String>) -> Self {
        Self { what: what.into(), url: url.into() }
    }
}

/// A text file of the rendered tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it lies, relative to the cluster's folder, such as `machines/Vagrantfile`.
    pub path: Utf8PathBuf,
    /// Its whole text.
    pub text: String,
    /// Whether it is run: scripts are.
    pub executable: bool,
}

impl File {
    /// A file that is read.
    pub fn new(path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), executable: false }
    }

    /// A file that is run.
    pub fn script(path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Self {
        Self { executable: true, ..Self::new(path, text) }
    }
}
