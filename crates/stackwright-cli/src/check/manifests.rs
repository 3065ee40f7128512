use std::collections::HashMap;
use std::time::SystemTime;

use stackwright::check::Index;
use stackwright::yaml::{self, Located, Problem};
use stackwright::{Cluster, Object};

use crate::input::{Inputs, Source};
use crate::report;

/// Manifests that somebody wrote, as far as they can be read.
pub struct Manifests {
    pub sources: Vec<Source>,
    /// The objects, each with the position of its source.
    pub objects: Vec<(usize, Located)>,
    /// What is wrong where there is no object.
    pub problems: Vec<(usize, Problem)>,
    /// Whether a tool makes more objects of them than are written there.
    pub is_part: bool,
}

impl Manifests {
    pub fn of(inputs: Inputs) -> Self {
        inputs.notes.iter().for_each(|note| report::note(note));
        let mut manifests =
            Self { sources: inputs.sources, objects: Vec::new(), problems: Vec::new(), is_part: inputs.is_kustomized };
        for (number, source) in manifests.sources.iter().enumerate() {
            let read = yaml::readable(&source.text);
            if read.objects.is_empty() && read.problems.is_empty() {
                report::note(&format!("{} has no objects, or only in comments", source.name));
            }
            // What kustomize reads is no object that is applied.
            let is_applied = |located: &Located| !located.object.api_version().starts_with("kustomize.config.k8s.io/");
            let objects = read.objects.into_iter().filter(is_applied);
            manifests.objects.extend(objects.map(|located| (number, located)));
            manifests.problems.extend(read.problems.into_iter().map(|problem| (number, problem)));
        }
        manifests
    }

    /// The index of the objects, those of the cluster first that they would be applied to.
    pub fn applied<'a>(&'a self, target: &Target<'a>) -> Applied<'a> {
        let own = target.cluster.into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.objects);
        let mut all: Vec<&Object> = own.collect();
        // What a manifest applies again takes the place of the cluster's own object.
        let own = all.iter().enumerate().map(|(number, object)| (identity(object, "default"), number));
        let mut places: HashMap<_, _> = own.collect();
        let mut read = HashMap::new();
        for (source, located) in &self.objects {
            let number = places.remove(&identity(&located.object, target.namespace)).unwrap_or(all.len());
            match all.get_mut(number) {
                Some(own) => *own = &located.object,
                None => all.push(&located.object),
            }
            read.insert(number, (*source, located));
        }

        let mut index = Index::new(all, target.namespace, target.cluster);
        index.now = Some(target.now);
        index.kubernetes = target.kubernetes.or(index.kubernetes);
        index.closed |= target.closed;
        index.files = read.iter().map(|(number, (source, _))| (*number, *source)).collect();
        index.has_unreadable = !self.problems.is_empty() || self.is_part;
        let with_problems = read.iter().filter(|(_, (_, located))| !located.problems.is_empty());
        index.problems = with_problems.map(|(number, (_, located))| (*number, located.problems.as_slice())).collect();
        index.problems.sort_by_key(|(number, _)| *number);
        let previous = target.previous.iter().flat_map(|manifests| &manifests.objects);
        let previous = previous.map(|(_, located)| (identity(&located.object, target.namespace), &located.object));
        let previous: HashMap<_, _> = previous.collect();
        let namespace = target.namespace;
        index.previous = Some(Box::new(move |item| previous.get(&identity(item.object, namespace)).copied()));
        index.doubts = read.iter().map(|(number, (_, located))| (*number, located.doubts.as_slice())).collect();
        index.doubts.sort_by_key(|(number, _)| *number);
        Applied { index, read }
    }
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
    /// What is applied today.
    pub previous: Option<&'a Manifests>,
    /// When they are: certificates end.
    pub now: SystemTime,
}

/// Manifests in an index.
pub struct Applied<'a> {
    pub index: Index<'a>,
    /// The source of each object that was read, by its position in the index.
    pub read: HashMap<usize, (usize, &'a Located)>,
}

/// What makes two objects the same one for the API server.
fn identity<'a>(object: &'a Object, namespace: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let group = object.api_version().split_once('/').map_or("", |(group, _)| group);
    (group, object.kind(), object.namespace().unwrap_or(namespace), object.name())
}
