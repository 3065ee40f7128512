use stackwright::yaml::{self, Located, Problem};

use crate::input::{Inputs, Source};

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
        let mut manifests =
            Self { sources: inputs.sources, objects: Vec::new(), problems: Vec::new(), is_part: inputs.is_kustomized };
        for (number, source) in manifests.sources.iter().enumerate() {
            let read = yaml::readable(&source.text);
            // What kustomize reads is no object that is applied.
            let is_applied = |located: &Located| !located.object.api_version().starts_with("kustomize.config.k8s.io/");
            let objects = read.objects.into_iter().filter(is_applied);
            manifests.objects.extend(objects.map(|located| (number, located)));
            manifests.problems.extend(read.problems.into_iter().map(|problem| (number, problem)));
        }
        manifests
    }
}
