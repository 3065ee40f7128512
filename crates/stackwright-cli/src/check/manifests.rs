use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use camino::Utf8Path;
use stackwright::check::{Given, GroupKind, Index, Input};
use stackwright::yaml::{self, Located, Problem, Span};
use stackwright::{Cluster, Object};

use super::shared::Documents;
use crate::input::{Inputs, Source};
use crate::report;

/// Manifests that somebody wrote, as far as they can be read.
pub struct Manifests {
    pub sources: Vec<Source>,
    /// Where the texts begin that share one space of places: those of a repository that was walked. They come first.
    pub starts: Vec<usize>,
    /// The folder in which what was walked begins.
    pub name: Option<String>,
    /// The number of each source's folder.
    pub folders: Vec<usize>,
    /// The objects, each with the position of its source.
    pub objects: Vec<(usize, Arc<Located>)>,
    /// What is wrong where there is no object.
    pub problems: Vec<(usize, Problem)>,
    /// Whether a tool makes more objects of them than are written there.
    pub is_part: bool,
}

impl Manifests {
    pub fn of(inputs: Inputs) -> Self {
        Self::beside(inputs, &Documents::default())
    }

    /// The same, where documents that are known are those objects: their places are the known ones.
    pub fn beside(inputs: Inputs, known: &Documents<'_>) -> Self {
        inputs.notes.iter().for_each(|note| report::note(note));
        let mut manifests = Self {
            starts: Vec::new(),
            name: None,
            folders: Vec::new(),
            sources: Vec::new(),
            objects: Vec::new(),
            problems: Vec::new(),
            is_part: inputs.is_kustomized,
        };
        manifests.read(inputs.sources, known);
        if let Some((source, located)) = manifests.objects.iter().find(|(_, located)| is_applier(&located.object)) {
            let (name, object) = (&manifests.sources[*source].name, &located.object);
            let help = "`stackwright check FOLDER` follows what is in a folder";
            report::note(&format!("{name}: {object} is not followed to what it has applied: {help}"));
        }
        manifests
    }

    /// Reads manifests that are applied there, too, as [`Self::beside`] does.
    pub fn read(&mut self, sources: Vec<Source>, known: &Documents<'_>) {
        let (before, folders_before) = (self.sources.len(), self.folders.len());
        self.folders.extend(folders(&sources).into_iter().map(|folder| folder + folders_before));
        self.sources.extend(sources);
        let sources = &self.sources[before..];
        let (left, taken): (Vec<_>, Vec<_>) = sources.iter().map(|source| known.taken(&source.text)).unzip();
        let left: Vec<_> = left.iter().map(|text| &**text).collect();
        for ((number, read), taken) in (before..).zip(yaml::readable_all(&left)).zip(taken) {
            if read.objects.is_empty() && read.problems.is_empty() && taken.is_empty() {
                report::note(&format!("{} has no objects, or only in comments", self.sources[number].name));
            }
            // What kustomize reads is no object that is applied.
            let is_applied = |located: &Located| !located.object.api_version().starts_with("kustomize.config.k8s.io/");
            let objects = read.objects.into_iter().filter(is_applied);
            let own = objects.map(|located| (located.node.span.start, Arc::new(located)));
            let mut objects: Vec<_> = own.chain(taken).collect();
            objects.sort_by_key(|(place, _)| *place);
            self.objects.extend(objects.into_iter().map(|(_, located)| (number, located)));
            self.problems.extend(read.problems.into_iter().map(|problem| (number, problem)));
        }
    }

    /// What is wrong where there is no object, with the place, in words.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        self.problems.iter().map(|(source, problem)| {
            format!("{}:{}: {}", self.sources[*source].name, problem.span.line, problem.message)
        })
    }

    /// The source of a place in what was read as one, and the place there.
    pub fn local(&self, source: usize, span: Span) -> (usize, Span) {
        local(&self.starts, source, span)
    }

    /// The positions of objects that a cluster has as its own, with the positions there; of several that are one object, the first.
    fn replaced(&self, own: &Index<'_>, namespace: &str) -> Vec<(usize, usize)> {
        let alone = Index::new(Input { namespace, ..Input::new(self.objects.iter().map(|(_, located)| &**located)) });
        let mut places: HashMap<_, _> = own.items.iter().map(|item| (item.id(), item.index)).collect();
        let replaced = alone.items.iter().enumerate();
        replaced.filter_map(|(position, item)| Some((position, places.remove(&item.id())?))).collect()
    }

    /// The index of the objects, those of the cluster first that they would be applied to.
    pub fn applied<'a>(&'a self, target: &Target<'a>) -> Applied<'a> {
        let own = target.cluster.map(Index::of);
        let mut all: Vec<Given<'_>> = own.iter().flat_map(|own| &own.items).map(|item| item.object.into()).collect();
        // What a manifest applies again takes the place of the cluster's own object.
        let replaced = own.iter().flat_map(|own| self.replaced(own, target.namespace));
        let replaced: HashMap<_, _> = replaced.collect();
        let mut read = HashMap::new();
        for (position, (source, located)) in self.objects.iter().enumerate() {
            // One object of both sides of a comparison.
            let is_known = Arc::strong_count(located) > 1;
            let located = &**located;
            let given = Given { file: *source, folder: self.folders[*source], is_known, ..located.into() };
            let number = replaced.get(&position).copied().unwrap_or(all.len());
            match all.get_mut(number) {
                Some(own) => *own = given,
                None => all.push(given),
            }
            read.insert(number, (*source, located));
        }

        let previous = target
            .previous
            .map(|all| all.iter().flat_map(|manifests| &manifests.objects).map(|(_, located)| &located.object));
        let of_cluster = target.cluster.map(Input::of).unwrap_or_default();
        let index = Index::new(Input {
            objects: all,
            namespace: target.namespace,
            kubernetes: target.kubernetes.or(of_cluster.kubernetes),
            has_unreadable: !self.problems.is_empty() || self.is_part,
            previous: previous.map(Iterator::collect),
            now: Some(target.now),
            closed: target.closed || of_cluster.closed,
            ..of_cluster
        });
        Applied { index, read }
    }
}

/// Whether an object has Flux or Argo CD apply others.
fn is_applier(object: &Object) -> bool {
    let GroupKind { group, kind } = object.group_kind();
    match group {
        "kustomize.toolkit.fluxcd.io" => kind == "Kustomization",
        "argoproj.io" => matches!(kind, "Application" | "ApplicationSet"),
        _ => false,
    }
}

/// The source of a place, where the first of them share one space of places, and the place there.
pub fn local(starts: &[usize], source: usize, span: Span) -> (usize, Span) {
    if source >= starts.len() {
        return (source, span);
    }
    let source = starts.partition_point(|start| *start <= span.start).saturating_sub(1);
    let start = starts[source];
    (source, Span { start: span.start.saturating_sub(start), end: span.end.saturating_sub(start), ..span })
}

/// The number of each source's folder.
fn folders(sources: &[Source]) -> Vec<usize> {
    let mut known = HashMap::new();
    let folders = sources.iter().map(|source| Utf8Path::new(&source.name).parent());
    let number = |folder| {
        let next = known.len();
        *known.entry(folder).or_insert(next)
    };
    folders.map(number).collect()
}

/// What manifests are checked against.
pub struct Target<'a> {
    /// The namespace of objects that name none.
    pub namespace: &'a str,
    /// The minor version of the Kubernetes release that they are for.
    pub kubernetes: Option<u32>,
    /// Whether they are all that there is.
    pub closed: bool,
    /// The cluster that they would be applied to.
    pub cluster: Option<&'a Cluster>,
    /// Where that cluster is rendered to.
    pub out: &'a Utf8Path,
    /// What is applied today.
    pub previous: Option<&'a [Manifests]>,
    /// When they are: certificates end.
    pub now: SystemTime,
}

/// Manifests in an index.
pub struct Applied<'a> {
    pub index: Index<'a>,
    /// The source of each object that was read, by its position in the index.
    pub read: HashMap<usize, (usize, &'a Located)>,
}
