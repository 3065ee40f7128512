//! What is applied to one cluster, on its way to the objects that it is then.

use std::collections::{BTreeSet, HashSet};

use stackwright::yaml::{Document, Node, Problem};

use super::files::Found;
use super::kustomize::{Build, Built};
use super::node::text_at;
use super::substitute::{Data, Variables};
use super::walker::Walker;
use super::{Walked, argo, charts, flux};

/// What is applied from one beginning.
#[derive(Default)]
pub struct Cluster {
    pub name: String,
    /// Each with the Kustomization that applies it, by its number.
    pub objects: Vec<(Option<usize>, Built)>,
    pub data: Data,
    pub kustomizations: Vec<Node>,
    /// Those by namespace and name, so that two clusters are told apart.
    pub appliers: HashSet<String>,
    pub problems: Vec<Problem>,
    /// The texts that were read.
    pub used: BTreeSet<usize>,
    pub is_part: bool,
}

impl Cluster {
    /// Takes what a build says beside its objects.
    pub fn take(&mut self, build: &mut Build<'_>, notes: &mut BTreeSet<String>) {
        self.is_part |= build.is_part;
        self.problems.append(&mut build.problems);
        self.used.append(&mut build.used);
        notes.append(&mut build.notes);
    }

    /// Adds objects that a Kustomization applies, or that are there without one.
    pub fn add(&mut self, owner: Option<usize>, objects: Vec<Built>) {
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
    pub fn join(&mut self, other: Self) {
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
    pub fn walked(mut self, walker: &mut Walker<'_>) -> Walked {
        let variables: Vec<_> = self.kustomizations.iter().map(|node| Variables::of(node, &self.data)).collect();
        let applied: HashSet<_> = self
            .objects
            .iter()
            .filter(|(owner, _)| owner.is_some())
            .map(|(_, built)| id(&built.document.node))
            .collect();
        self.objects.retain(|(owner, built)| owner.is_some() || !applied.contains(&id(&built.document.node)));
        let mut documents = Vec::new();
        for (owner, built) in std::mem::take(&mut self.objects) {
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
        walker.notes.extend(documents.iter().flat_map(|document| flux::unknown(&document.node)));
        self.install(&mut documents, walker);
        let files = &walker.files;
        let of_used = files.problems.iter().filter(|problem| self.used.contains(&files.file(problem.span)));
        self.problems.extend(of_used.cloned());
        self.problems.sort_by_key(|problem| problem.span);
        self.problems.dedup();
        Walked { name: self.name, documents, problems: self.problems, is_part: self.is_part }
    }

    /// Adds what HelmReleases among the objects make of charts that lie in the repository.
    fn install(&mut self, documents: &mut Vec<Document>, walker: &mut Walker<'_>) {
        let releases: Vec<_> = documents
            .iter()
            .map(|document| &document.node)
            .filter(|node| charts::flux::is_one(node))
            .cloned()
            .collect();
        let apis = if releases.is_empty() {
            Vec::new()
        } else {
            charts::apis(documents.iter().map(|document| &document.node))
        };
        for release in releases {
            let Some(wanted) = charts::flux::wanted(&release, documents) else { continue };
            let place = &wanted.chart;
            let is_there = wanted.is_of_files && charts::is_there(&mut walker.files, place);
            let is_ours = wanted.is_of_files
                && walker.ours.knows(&wanted.source).unwrap_or(is_there)
                && walker.files.at(place) != Found::Included;
            if !is_ours {
                // Whoever didn't ask for charts isn't told about them.
                if walker.helm.is_some() {
                    let chart = format!("the chart {place}").trim_end().to_owned();
                    walker.notes.insert(format!("not fetched: {chart} of {}", wanted.source));
                }
                continue;
            }
            let chart = charts::flux::chart(&release, &wanted, documents);
            if !is_there {
                let fact = format!("{} is to install the chart {place}, which is not there", chart.label);
                self.problems.push(walker.missing(place, fact, wanted.written.span));
                continue;
            }
            let Some(helm) = walker.helm else {
                walker.notes.insert(charts::unseen(place));
                continue;
            };
            if release.at("spec.kubeConfig").is_some() {
                walker.notes.insert(format!("not rendered: the chart {place} of {}, for another cluster", chart.label));
                continue;
            }
            let mut build = Build::new(&mut walker.files, Some(helm));
            let objects = charts::built(&mut build, helm, &chart, &apis);
            let objects = charts::flux::finished(&mut build, &release, &chart, objects);
            self.take(&mut build, &mut walker.notes);
            documents.extend(objects.into_iter().map(|built| built.document));
        }
    }
}

/// What tells an object from others.
pub fn id(node: &Node) -> String {
    let text = |path| text_at(node, path).unwrap_or_default();
    format!("{} {} {}/{}", text("apiVersion"), text("kind"), text("metadata.namespace"), text("metadata.name"))
}

/// Whether it applies others.
pub fn is_applier(built: &Built) -> bool {
    flux::is_one(&built.document.node) || argo::is_one(&built.document.node)
}
