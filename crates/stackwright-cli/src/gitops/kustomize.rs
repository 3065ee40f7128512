//! What `kustomize build` makes of a folder, each value with the place where somebody wrote it.
//!
//! Read in kubernetes-sigs/kustomize, api/internal/target/kusttarget.go and api/internal/konfig/builtinpluginconsts, on 2026-11-28.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::check::{GroupKind, is_cluster_wide};
use stackwright::yaml::{Document, Node, Problem, Span, Value};

use super::files::{Files, Found};
use super::names::Referrer;
use super::node::{self, text_at};
use super::{Helm, charts, generate, names, patch, replace, transform};
use crate::input::{KUSTOMIZATIONS, plain};

/// An object on its way.
#[derive(Clone)]
pub struct Built {
    pub document: Document,
    /// The namespaces and names that it had before.
    pub before: Vec<(String, String)>,
    /// Whether its name gets a digest of what is in it.
    pub hashed: bool,
}

impl Built {
    pub fn of(document: Document) -> Self {
        Self { document, before: Vec::new(), hashed: false }
    }

    pub fn kind(&self) -> &str {
        text_at(&self.document.node, "kind").unwrap_or_default()
    }

    pub fn group_version(&self) -> (&str, &str) {
        let text = text_at(&self.document.node, "apiVersion").unwrap_or_default();
        text.split_once('/').unwrap_or(("", text))
    }

    pub fn name(&self) -> &str {
        text_at(&self.document.node, "metadata.name").unwrap_or_default()
    }

    /// The namespace that it names; empty where it names none.
    pub fn namespace(&self) -> &str {
        text_at(&self.document.node, "metadata.namespace").unwrap_or_default()
    }

    /// Its namespaces and names: those that it had, and what they are now.
    pub fn ids(&self) -> impl Iterator<Item = (&str, &str)> {
        let before = self.before.iter().map(|(namespace, name)| (namespace.as_str(), name.as_str()));
        before.chain([(self.namespace(), self.name())])
    }

    /// Whether it is called otherwise than it was written.
    pub fn is_renamed(&self) -> bool {
        self.ids().next() != Some((self.namespace(), self.name()))
    }

    /// Notes what it is called before it is called otherwise.
    pub fn remember(&mut self) {
        let id = (self.namespace().to_owned(), self.name().to_owned());
        if self.before.last() != Some(&id) {
            self.before.push(id);
        }
    }

    /// Gives it a namespace, if it names none and is of a kind that is in one.
    pub fn place_in(&mut self, namespace: &Node) {
        let (group, _) = self.group_version();
        let is_wide = is_cluster_wide(GroupKind { group, kind: self.kind() });
        if self.namespace().is_empty() && !is_wide && namespace.text().is_some_and(|text| !text.is_empty()) {
            let root = &mut self.document.node;
            let span = root.span;
            node::set(node::child(root, "metadata", span), "namespace", namespace.clone());
        }
    }

    /// The place that stands for it.
    pub fn span(&self) -> Span {
        let node = &self.document.node;
        node.at("metadata.name").map_or(node.span, |name| name.span)
    }
}

/// What was gathered on the way, and the fields of one's own in which names stand.
#[derive(Default)]
pub struct Gathered {
    pub objects: Vec<Built>,
    pub referrers: Vec<Referrer>,
}

/// A build.
pub struct Build<'f> {
    pub files: &'f mut Files,
    /// The person's Helm, if it is to make the objects of charts.
    pub helm: Option<&'f Helm>,
    /// What is wrong, in places of all texts.
    pub problems: Vec<Problem>,
    /// What was not done, in words.
    pub notes: BTreeSet<String>,
    /// Whether what was not done changes objects.
    pub is_part: bool,
    /// Whether objects that were not fetched are among those of the folder that is gone through.
    pub lacks_objects: bool,
    /// The texts that it read.
    pub used: BTreeSet<usize>,
    way: Vec<Utf8PathBuf>,
}

impl<'f> Build<'f> {
    pub fn new(files: &'f mut Files, helm: Option<&'f Helm>) -> Self {
        Self {
            files,
            helm,
            problems: Vec::new(),
            notes: BTreeSet::new(),
            is_part: false,
            lacks_objects: false,
            used: BTreeSet::new(),
            way: Vec::new(),
        }
    }

    /// The objects of a folder with this kustomization.
    pub fn built(&mut self, folder: &Utf8Path, kustomization: &Node) -> Vec<Built> {
        let mut all = Gathered::default();
        self.gather(folder, kustomization, &mut all);
        generate::add_digests(&mut all.objects);
        names::follow(&mut all.objects, &all.referrers);
        let is_local = |built: &Built| {
            let local = "metadata.annotations[\"config.kubernetes.io/local-config\"]";
            built.document.node.at(local).is_some_and(|value| value.text() != Some("false"))
        };
        all.objects.retain(|built| !is_local(built));
        all.objects
    }

    /// The kustomization of a folder, if it has one.
    pub fn kustomization(&mut self, folder: &Utf8Path) -> Option<Node> {
        let entries = self.files.entries(folder);
        let name = KUSTOMIZATIONS.into_iter().find(|name| entries.iter().any(|(entry, _)| entry == name))?;
        let path = folder.join(name);
        self.used.extend(self.files.source(&path));
        let empty = Node { span: Span::default(), value: Value::Map(Vec::new()) };
        Some(self.files.documents(&path).into_iter().next().map_or(empty, |document| document.node))
    }

    /// Whether a folder is seen for the first time.
    pub fn enters(&mut self, folder: &Utf8Path) -> bool {
        let is_new = !self.way.iter().any(|known| known == folder);
        if is_new {
            self.way.push(folder.to_owned());
        }
        is_new
    }

    /// Whether an object that is not there may be one that was not fetched or not made.
    pub fn may_have_more(&self) -> bool {
        self.is_part || self.lacks_objects
    }

    pub fn problem(&mut self, span: Span, message: String, help: &str) {
        self.problems.push(Problem::new(span, message).help(help));
    }

    fn gather(&mut self, folder: &Utf8Path, kustomization: &Node, into: &mut Gathered) {
        const NOT_DONE: [&str; 5] = ["generators", "helmChartInflationGenerator", "transformers", "validators", "vars"];
        self.way.push(folder.to_owned());
        for field in NOT_DONE {
            if let Some(node) = kustomization.get(field).filter(|node| !node.items().is_empty()) {
                self.notes.insert(format!("not done: {field} of {}", self.files.place(node.span)));
                self.is_part = true;
            }
        }
        let listed = |field: &str| kustomization.get(field).map(Node::items).unwrap_or_default();
        for entry in listed("resources").iter().chain(listed("bases")) {
            self.resource(folder, entry, into);
        }
        for entry in listed("configurations") {
            let path = Utf8PathBuf::from(plain(&folder.join(entry.text().unwrap_or_default())));
            let documents = self.files.documents(&path);
            into.referrers.extend(documents.iter().flat_map(|document| Referrer::of(&document.node)));
        }
        generate::config_maps_and_secrets(self, folder, kustomization, &mut into.objects);
        charts::kustomize::add(self, folder, kustomization, &mut into.objects);
        for entry in listed("components") {
            self.component(folder, entry, into);
        }
        patch::old_merges(self, folder, kustomization, &mut into.objects);
        patch::patches(self, folder, kustomization, "patches", &mut into.objects);
        transform::namespace(kustomization, &mut into.objects);
        transform::affixes(kustomization, &mut into.objects);
        transform::labels(kustomization, &mut into.objects);
        patch::patches(self, folder, kustomization, "patchesJson6902", &mut into.objects);
        transform::replicas(kustomization, &mut into.objects);
        transform::images(kustomization, &mut into.objects);
        replace::replacements(self, folder, kustomization, &mut into.objects);
        self.way.pop();
    }

    fn resource(&mut self, folder: &Utf8Path, entry: &Node, into: &mut Gathered) {
        let Some(text) = entry.text() else { return };
        if is_remote(text) {
            self.lacks_objects = true;
            self.notes.insert(format!("not fetched: {text}, of {}", self.files.place(entry.span)));
            return;
        }
        let path = Utf8PathBuf::from(plain(&folder.join(text)));
        match self.files.at(&path) {
            Found::File => {
                self.used.extend(self.files.source(&path));
                for document in self.files.documents(&path) {
                    let (documents, problems) = document.opened();
                    self.problems.extend(problems);
                    into.objects.extend(documents.into_iter().map(Built::of));
                }
            }
            Found::Folder if self.way.contains(&path) => {
                self.problem(entry.span, format!("{text} leads back to where it is listed"), "list no folder above");
            }
            Found::Folder => {
                if let Some(kustomization) = self.kustomization(&path) {
                    let mut below = Gathered::default();
                    // What it lacks, those above it lack, and not those beside it that were gone through before.
                    let before = std::mem::take(&mut self.lacks_objects);
                    self.gather(&path, &kustomization, &mut below);
                    self.lacks_objects |= before;
                    into.objects.append(&mut below.objects);
                    into.referrers.append(&mut below.referrers);
                } else {
                    let help = "list its files, or put a kustomization.yaml into it";
                    self.problem(entry.span, format!("{text} is listed, a folder without a kustomization.yaml"), help);
                }
            }
            Found::Included => {
                self.lacks_objects = true;
                self.notes.insert(format!("not fetched: {path}, which a GitRepository includes from another one"));
            }
            Found::Nothing => {
                let help = "correct the path, or leave it out: nothing of this kustomization is applied until then";
                let why = self.files.left_out(&path);
                self.problem(entry.span, format!("{text} is listed and {why}"), help);
            }
        }
    }

    fn component(&mut self, folder: &Utf8Path, entry: &Node, into: &mut Gathered) {
        let Some(text) = entry.text() else { return };
        let path = Utf8PathBuf::from(plain(&folder.join(text)));
        if is_remote(text) || self.files.at(&path) == Found::Included {
            // It may change what is there, too.
            self.is_part = true;
            self.notes.insert(format!("not fetched: {text}, of {}", self.files.place(entry.span)));
            return;
        }
        if let Some(kustomization) = self.kustomization(&path).filter(|_| !self.way.contains(&path)) {
            self.gather(&path, &kustomization, into);
        } else {
            let help = "correct the path, or leave it out: nothing of this kustomization is applied until then";
            self.problem(entry.span, format!("there is no component in {text}"), help);
        }
    }
}

/// Whether a resource is one of another repository.
pub fn is_remote(path: &str) -> bool {
    path.contains("://") || path.contains("?ref=") || path.starts_with("git@") || path.starts_with("github.com/")
}
