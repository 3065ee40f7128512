//! The way from the Kustomizations and Applications that no other one applies to everything that is applied.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::nearest;
use stackwright::yaml::{Document, Node, Problem, Span};

use super::cluster::{Cluster, id, is_applier};
use super::files::{Files, Found};
use super::ignored::{self, Ignored};
use super::kustomize::{Build, Built};
use super::node::text_at;
use super::sources::{Ours, path, source};
use super::substitute::Variables;
use super::{Helm, application_set, argo, charts, flux};

/// Goes that way.
pub struct Walker<'h> {
    pub files: Files,
    pub ours: Ours,
    pub helm: Option<&'h Helm>,
    /// What is not walked, and why.
    pub notes: BTreeSet<String>,
}

impl<'h> Walker<'h> {
    /// Begins with the Kustomizations and Applications that were found.
    pub fn new(mut files: Files, found: &[Document], helm: Option<&'h Helm>) -> Self {
        Self { ours: Ours::of(&mut files, found), files, helm, notes: BTreeSet::new() }
    }

    /// Leaves out of the repository what a source of Flux does, and knows where it has more. Argo CD takes all files, and no others.
    pub fn take_source(&mut self, found: &[Document]) {
        let files = &mut self.files;
        let repositories = self.ours.git_repositories();
        repositories.iter().flat_map(flux::included).for_each(|folder| files.include(folder));
        let is_of_argo = |document: &Document| argo::is_one(&document.node);
        let mut rules = files.named("".into(), ignored::FILE);
        // A folder's own come after those of the folders above it.
        rules.sort_by_key(|path| path.components().count());
        let mut texts: Vec<(Utf8PathBuf, String)> = Vec::new();
        for path in rules {
            let text = files.text(&path).unwrap_or_default().to_owned();
            texts.push((path.parent().unwrap_or("".into()).to_owned(), text));
        }
        let ignores: BTreeSet<_> =
            repositories.iter().map(|node| text_at(node, "spec.ignore").map(str::to_owned)).collect();
        match ignores.len() {
            0 => {}
            1 => texts.extend(ignores.into_iter().flatten().map(|text| (Utf8PathBuf::new(), text))),
            _ => {
                let note = "not done: ignore of GitRepositories that are all this repository, and differ in it";
                self.notes.insert(note.to_owned());
            }
        }
        if !found.iter().any(is_of_argo) {
            files.leave_out(Ignored::of(texts.iter().map(|(folder, text)| (folder.as_path(), text.as_str()))));
        } else if !texts.is_empty() {
            self.notes.insert(
                "not done: what Flux leaves out of its source, since Argo CD takes files of this repository, too"
                    .to_owned(),
            );
        }
    }

    /// The folders in which the Kustomizations and Applications lie that no other one applies.
    pub fn roots(&mut self, found: &[Document]) -> Vec<Utf8PathBuf> {
        let numbers: Vec<_> = found.iter().map(|document| self.files.file(document.node.span)).collect();
        let mut of_source: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, source) in numbers.iter().enumerate() {
            of_source.entry(*source).or_default().push(number);
        }
        let mut reached = vec![false; found.len()];
        let mut read: HashMap<Utf8PathBuf, BTreeSet<usize>> = HashMap::new();
        for (number, document) in found.iter().enumerate() {
            let Some(path) = path(&document.node).filter(|_| self.ours.has(&mut self.files, &document.node)) else {
                continue;
            };
            let files = &mut self.files;
            let used = read.entry(path.clone()).or_insert_with(|| {
                let mut build = Build::new(files, None);
                flux::reach(&mut build, &path, &document.node);
                build.used
            });
            for source in used.iter().filter(|source| **source != numbers[number]) {
                of_source.get(source).into_iter().flatten().for_each(|other| reached[*other] = true);
            }
        }
        let switched_off = self.switched_off(found, &numbers, &reached);
        let folder = |source: usize, files: &Files| {
            let span = Span { start: files.starts[source], ..Span::default() };
            files.path(span).parent().unwrap_or(Utf8Path::new("")).to_owned()
        };
        let mut roots: Vec<_> = numbers
            .iter()
            .enumerate()
            .filter(|(number, _)| !reached[*number] && !switched_off.contains(number))
            .map(|(_, source)| folder(*source, &self.files))
            .collect();
        // Where each applies another, the first is where it begins.
        roots.extend(numbers.first().filter(|_| roots.is_empty()).map(|source| folder(*source, &self.files)));
        let mut seen = HashSet::new();
        roots.retain(|root| seen.insert(root.clone()));
        roots
    }

    /// The Kustomizations that lie below the folder of another one and that none applies: somebody left them out there.
    fn switched_off(&mut self, found: &[Document], sources: &[usize], reached: &[bool]) -> HashSet<usize> {
        let mut folders: Vec<(usize, Utf8PathBuf)> = Vec::new();
        for (number, document) in found.iter().enumerate() {
            if flux::is_one(&document.node) && self.ours.has(&mut self.files, &document.node) {
                folders.push((number, flux::path(&document.node)));
            }
        }
        // Below the root is everything, so that it tells nothing.
        folders.retain(|(_, folder)| !folder.as_str().is_empty());
        let places: Vec<_> = found.iter().map(|document| self.files.path(document.node.span)).collect();
        let (folders, places) = (&folders, &places);
        let above = |number: usize| {
            let is_above = move |(other, folder): &&(usize, Utf8PathBuf)| {
                sources[*other] != sources[number] && places[number].starts_with(folder)
            };
            folders.iter().filter(is_above).map(|(other, _)| *other)
        };
        // One that is left out itself leaves nothing out.
        let is_applied: Vec<_> =
            (0..found.len()).map(|number| reached[number] || above(number).next().is_none()).collect();
        let is_left = |number: &usize| flux::is_one(&found[*number].node) && !reached[*number];
        (0..found.len()).filter(is_left).filter(|number| above(*number).any(|other| is_applied[other])).collect()
    }

    /// All that is applied from a folder on.
    pub fn cluster(&mut self, found: &[Document], root: &Utf8Path) -> Cluster {
        let mut cluster = Cluster { name: root.to_string(), ..Cluster::default() };
        let mut build = Build::new(&mut self.files, self.helm);
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
        if self.files.at(&folder) == Found::Included {
            self.notes.insert(format!("not walked: {label}, of what a GitRepository includes from another one"));
            return;
        }
        if self.files.at(&folder) != Found::Folder || !self.files.has_files(&folder) {
            let span = node.at("spec.path").map_or(node.span, |path| path.span);
            cluster.problems.push(self.nothing_at(&folder, &label, span));
            return;
        }
        // Flux builds without Helm.
        let mut build = Build::new(&mut self.files, None);
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
        let fact = format!("{label} is to apply the folder {folder}");
        if self.files.at(folder) == Found::Folder {
            let help = "put a file into it that neither .sourceignore nor the GitRepository's ignore leaves out";
            return Problem::new(span, format!("{fact}, of which its source has no file")).help(help);
        }
        self.missing(folder, format!("{fact}, which is not there"), span)
    }

    /// The problem that a folder isn't there, with the one that is probably meant.
    pub fn missing(&mut self, folder: &Utf8Path, fact: String, span: Span) -> Problem {
        let help = match meant(&mut self.files, folder) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "correct the path, which is told from the root of the repository".to_owned(),
        };
        Problem::new(span, fact).help(help)
    }

    fn apply_of_argo(&mut self, node: &Node, cluster: &mut Cluster, queue: &mut VecDeque<Node>) {
        for application in application_set::applications(&mut self.files, node, &mut self.notes) {
            let label = text_at(&application, "metadata.name").unwrap_or_default().to_owned();
            for chart in argo::charts(&application) {
                self.notes.insert(format!("not fetched: the chart {chart}, of Application {label}"));
            }
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
                let known = cluster.objects.iter().map(|(_, built)| &built.document.node);
                let apis = self.helm.map(|_| charts::apis(known)).unwrap_or_default();
                let mut build = Build::new(&mut self.files, self.helm);
                let objects = argo::built(&mut build, &one, &apis);
                cluster.take(&mut build, &mut self.notes);
                queue.extend(objects.iter().filter(|built| is_applier(built)).map(|built| built.document.node.clone()));
                let owner = cluster.kustomizations.len();
                cluster.kustomizations.push(one);
                cluster.add(Some(owner), objects);
            }
        }
    }
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
