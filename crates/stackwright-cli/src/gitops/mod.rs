//! A repository that Flux or Argo CD applies, walked as they would: what reaches the cluster, and where in the repository each value of it was written.

mod argo;
mod envsubst;
mod fields;
mod files;
mod flux;
mod generate;
mod kustomize;
mod merge;
mod names;
mod node;
mod patch;
mod selector;
mod substitute;
mod transform;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::nearest;
use stackwright::yaml::{Document, Node, Problem, Span};

use self::files::{Files, Found};
use self::kustomize::{Build, Built};
use self::node::text_at;
use self::substitute::{Data, Variables};
use crate::input::{self, KUSTOMIZATIONS, Source};

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

/// The repository of a folder, if Flux or Argo CD apply something of it.
pub fn walk(folder: &Utf8Path) -> Option<Walk> {
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
                .filter(|document| path(&document.node).is_some_and(|path| files.at(&path) == Found::Folder))
                .count()
        };
        if there(&mut whole, &found) > there(&mut files, &found) {
            found = appliers(&mut whole, &below);
            files = whole;
        }
    }
    let mut walker = Walker { ours: Ours::of(&mut files, &found), files, notes: BTreeSet::new() };
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
    let Walker { files, notes, .. } = walker;
    let clusters = clusters.into_iter().map(|cluster| cluster.walked(&files)).collect();
    Some(Walk { sources: files.sources, starts: files.starts, clusters, notes })
}

/// The folder that is probably meant by a path that leads nowhere.
fn meant(files: &mut Files, path: &Utf8Path) -> Option<String> {
    let mut folder = Utf8PathBuf::new();
    for part in path.components() {
        let folders: Vec<_> = files.entries(&folder).iter().filter(|(_, is_folder)| *is_folder).cloned().collect();
        let names = || folders.iter().map(|(name, _)| name.as_str());
        let name = names().find(|name| *name == part.as_str()).or_else(|| nearest(part.as_str(), names()))?;
        folder.push(name);
    }
    Some(folder.into_string())
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

/// The folder that a Kustomization or an Application applies, if it is one.
fn path(node: &Node) -> Option<Utf8PathBuf> {
    if flux::is_one(node) { Some(flux::path(node)) } else { argo::path(node) }
}

/// The kind and name of a source, or the address of a repository.
fn source(node: &Node) -> String {
    let text = |path| text_at(node, path).unwrap_or_default();
    if flux::is_one(node) {
        format!("{} {}", text("spec.sourceRef.kind"), text("spec.sourceRef.name"))
    } else {
        argo::repository(node).to_owned()
    }
}

/// Which sources are this repository: those whose paths are mostly there.
struct Ours {
    known: HashMap<String, (usize, usize)>,
}

impl Ours {
    fn of(files: &mut Files, found: &[Document]) -> Self {
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

    fn has(&self, files: &mut Files, node: &Node) -> bool {
        let is_there = path(node).is_some_and(|path| files.at(&path) == Found::Folder);
        self.known.get(&source(node)).map_or(is_there, |(there, all)| there * 2 >= *all)
    }
}

struct Walker {
    files: Files,
    ours: Ours,
    notes: BTreeSet<String>,
}

/// What is applied from one beginning.
struct Cluster {
    name: String,
    /// Each with the Kustomization that applies it, by its number.
    objects: Vec<(Option<usize>, Built)>,
    data: Data,
    kustomizations: Vec<Node>,
    /// Those by namespace and name, so that two clusters are told apart.
    appliers: HashSet<String>,
    problems: Vec<Problem>,
    /// The texts that were read.
    used: BTreeSet<usize>,
    is_part: bool,
}

impl Walker {
    /// The folders in which the Kustomizations and Applications lie that no other one applies.
    fn roots(&mut self, found: &[Document]) -> Vec<Utf8PathBuf> {
        let numbers: Vec<_> = found.iter().map(|document| self.files.file(document.node.span)).collect();
        let mut reached = vec![false; found.len()];
        let mut read: HashMap<Utf8PathBuf, BTreeSet<usize>> = HashMap::new();
        for (number, document) in found.iter().enumerate() {
            let Some(path) = path(&document.node).filter(|_| self.ours.has(&mut self.files, &document.node)) else {
                continue;
            };
            let files = &mut self.files;
            let used = read.entry(path.clone()).or_insert_with(|| {
                let mut build = Build::new(files);
                flux::reach(&mut build, &path, &document.node);
                build.used
            });
            for (other, source) in numbers.iter().enumerate() {
                reached[other] |= other != number && numbers[number] != *source && used.contains(source);
            }
        }
        let folder = |source: usize, files: &Files| {
            let span = Span { start: files.starts[source], ..Span::default() };
            files.path(span).parent().unwrap_or(Utf8Path::new("")).to_owned()
        };
        let mut roots: Vec<_> = numbers
            .iter()
            .zip(&reached)
            .filter(|(_, reached)| !**reached)
            .map(|(source, _)| folder(*source, &self.files))
            .collect();
        // Where each applies another, the first is where it begins.
        roots.extend(numbers.first().filter(|_| roots.is_empty()).map(|source| folder(*source, &self.files)));
        let mut seen = HashSet::new();
        roots.retain(|root| seen.insert(root.clone()));
        roots
    }

    fn cluster(&mut self, found: &[Document], root: &Utf8Path) -> Cluster {
        let mut cluster = Cluster {
            name: root.to_string(),
            objects: Vec::new(),
            data: Data::new(),
            kustomizations: Vec::new(),
            appliers: HashSet::new(),
            problems: Vec::new(),
            used: BTreeSet::new(),
            is_part: false,
        };
        let mut build = Build::new(&mut self.files);
        let mut first = match build.kustomization(root) {
            Some(kustomization) => build.built(root, &kustomization),
            None => Vec::new(),
        };
        if first.is_empty() {
            for (name, is_folder) in build.files.entries(root).to_vec() {
                if !is_folder && matches!(Utf8Path::new(&name).extension(), Some("yaml" | "yml")) {
                    build.used.extend(build.files.source(&root.join(&name)));
                    let documents = build.files.documents(&root.join(name));
                    let is_object = |document: &Document| {
                        text_at(&document.node, "kind").is_some() && text_at(&document.node, "apiVersion").is_some()
                    };
                    first.extend(documents.into_iter().filter(is_object).map(Built::of));
                }
            }
        }
        // What lies in this folder and its kustomization doesn't list is applied by hand.
        let ids: HashSet<_> = first.iter().map(|built| id(&built.document.node)).collect();
        let here = found.iter().filter(|document| build.files.path(document.node.span).parent() == Some(root));
        let more: Vec<_> = here.filter(|document| !ids.contains(&id(&document.node))).cloned().map(Built::of).collect();
        first.extend(more);
        cluster.take(&mut build, &mut self.notes);
        let mut queue: VecDeque<_> =
            first.iter().filter(|built| is_applier(built)).map(|built| built.document.node.clone()).collect();
        cluster.add(None, first);
        while let Some(node) = queue.pop_front() {
            if cluster.appliers.insert(id(&node)) {
                self.apply(&node, &mut cluster, &mut queue);
            }
        }
        cluster
    }

    /// Adds what a Kustomization or an Application applies.
    fn apply(&mut self, node: &Node, cluster: &mut Cluster, queue: &mut VecDeque<Node>) {
        let label = format!(
            "{} {}",
            text_at(node, "kind").unwrap_or_default(),
            text_at(node, "metadata.name").unwrap_or_default()
        );
        if node.at("spec.kubeConfig").is_some() {
            self.notes.insert(format!("not walked: {label}, which applies to another cluster"));
            return;
        }
        if !flux::is_one(node) {
            self.apply_of_argo(node, cluster, queue);
            return;
        }
        if !self.ours.has(&mut self.files, node) {
            self.notes.insert(format!("not walked: {label}, of {}, which is not this repository", source(node)));
            return;
        }
        let folder = flux::path(node);
        if self.files.at(&folder) != Found::Folder {
            let span = node.at("spec.path").map_or(node.span, |path| path.span);
            cluster.problems.push(self.nothing_at(&folder, &label, span));
            return;
        }
        let mut build = Build::new(&mut self.files);
        let objects = flux::built(&mut build, node);
        cluster.take(&mut build, &mut self.notes);
        let owner = cluster.kustomizations.len();
        cluster.kustomizations.push(node.clone());
        let variables = Variables::of(node, &cluster.data);
        for built in &objects {
            if is_applier(built) {
                // Its own path may be a variable.
                let mut applied = built.document.node.clone();
                variables.replace_in(&mut applied, &mut Vec::new());
                queue.push_back(applied);
            }
        }
        cluster.add(Some(owner), objects);
    }

    /// The problem that there is no folder to apply.
    fn nothing_at(&mut self, folder: &Utf8Path, label: &str, span: Span) -> Problem {
        let fact = format!("{label} is to apply the folder {folder}, which is not there");
        let help = match meant(&mut self.files, folder) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "correct the path, which is told from the root of the repository".to_owned(),
        };
        Problem::new(span, fact).help(help)
    }

    fn apply_of_argo(&mut self, node: &Node, cluster: &mut Cluster, queue: &mut VecDeque<Node>) {
        for application in argo::applications(&mut self.files, node, &mut self.notes) {
            let label = text_at(&application, "metadata.name").unwrap_or_default().to_owned();
            for one in argo::sources(&application) {
                if !self.ours.has(&mut self.files, &one) {
                    self.notes.insert(format!(
                        "not walked: Application {label}, of {}, which is not this repository",
                        source(&one)
                    ));
                    continue;
                }
                if let Some(folder) = argo::path(&one).filter(|folder| self.files.at(folder) != Found::Folder) {
                    let span = one.at("spec.source.path").map_or(one.span, |path| path.span);
                    cluster.problems.push(self.nothing_at(&folder, &format!("Application {label}"), span));
                    continue;
                }
                let mut build = Build::new(&mut self.files);
                let objects = argo::built(&mut build, &one);
                cluster.take(&mut build, &mut self.notes);
                queue.extend(objects.iter().filter(|built| is_applier(built)).map(|built| built.document.node.clone()));
                cluster.add(None, objects);
            }
        }
    }
}

/// What tells an object from others.
fn id(node: &Node) -> String {
    let text = |path| text_at(node, path).unwrap_or_default();
    format!("{} {} {}/{}", text("apiVersion"), text("kind"), text("metadata.namespace"), text("metadata.name"))
}

fn is_applier(built: &Built) -> bool {
    flux::is_one(&built.document.node) || argo::is_one(&built.document.node)
}

impl Cluster {
    fn take(&mut self, build: &mut Build<'_>, notes: &mut BTreeSet<String>) {
        self.is_part |= build.is_part;
        self.problems.append(&mut build.problems);
        self.used.append(&mut build.used);
        notes.append(&mut build.notes);
    }

    /// Adds objects that a Kustomization applies, or that are there without one.
    fn add(&mut self, owner: Option<usize>, objects: Vec<Built>) {
        for built in objects {
            // Variables may come from it.
            if matches!(built.kind(), "ConfigMap" | "Secret") {
                let id = (built.kind().to_owned(), built.namespace().to_owned(), built.name().to_owned());
                self.data.insert(id, built.document.node.clone());
            }
            self.objects.push((owner, built));
        }
    }

    /// Adds what is applied to the same cluster from elsewhere.
    fn join(&mut self, other: Self) {
        let before = self.kustomizations.len();
        self.kustomizations.extend(other.kustomizations);
        self.objects.extend(other.objects.into_iter().map(|(owner, built)| (owner.map(|owner| owner + before), built)));
        self.data.extend(other.data);
        self.appliers.extend(other.appliers);
        self.problems.extend(other.problems);
        self.used.extend(other.used);
        self.is_part |= other.is_part;
    }

    /// The objects as they are applied: with variables replaced, and each once that is written where it also applies itself.
    fn walked(mut self, files: &Files) -> Walked {
        let variables: Vec<_> = self.kustomizations.iter().map(|node| Variables::of(node, &self.data)).collect();
        let applied: HashSet<_> = self
            .objects
            .iter()
            .filter(|(owner, _)| owner.is_some())
            .map(|(_, built)| id(&built.document.node))
            .collect();
        self.objects.retain(|(owner, built)| owner.is_some() || !applied.contains(&id(&built.document.node)));
        let mut documents = Vec::new();
        for (owner, built) in self.objects {
            let mut document = built.document;
            if let Some(owner) = owner {
                variables[owner].replace_in(&mut document.node, &mut self.problems);
            }
            let is_read_by_tools =
                text_at(&document.node, "apiVersion").is_some_and(|text| text.starts_with("kustomize.config.k8s.io/"));
            if !is_read_by_tools {
                documents.push(document);
            }
        }
        let of_used = files.problems.iter().filter(|problem| self.used.contains(&files.file(problem.span)));
        self.problems.extend(of_used.cloned());
        self.problems.sort_by_key(|problem| problem.span);
        self.problems.dedup();
        Walked { name: self.name, documents, problems: self.problems, is_part: self.is_part }
    }
}

/// The names of kustomizations, for whoever looks for one.
fn has_kustomization(files: &mut Files, folder: &Utf8Path) -> bool {
    files.entries(folder).iter().any(|(name, _)| KUSTOMIZATIONS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests;
