//! What a module's code needs beside itself: imports, files, constants.

use std::collections::{BTreeSet, HashMap};

use super::constants::Constants;
use super::files::Files;
use super::types::{last, whole};

/// The types that the prelude has.
const PRELUDE: &[&str] = &[
    "api::apps::v1::DaemonSet",
    "api::apps::v1::Deployment",
    "api::apps::v1::StatefulSet",
    "api::batch::v1::CronJob",
    "api::batch::v1::Job",
    "api::batch::v1::JobSpec",
    "api::core::v1::ConfigMap",
    "api::core::v1::Container",
    "api::core::v1::EnvVar",
    "api::core::v1::PersistentVolumeClaim",
    "api::core::v1::PodSpec",
    "api::core::v1::Probe",
    "api::core::v1::Service",
    "api::core::v1::ServiceAccount",
    "api::core::v1::Volume",
    "api::core::v1::VolumeMount",
    "api::networking::v1::Ingress",
    "api::networking::v1::NetworkPolicy",
];

/// What a module's code needs beside itself.
#[derive(Debug)]
pub struct Needs {
    /// The path of each type that is named, by its name.
    types: HashMap<&'static str, &'static str>,
    /// Other things that are used.
    pub others: BTreeSet<&'static str>,
    pub files: Files,
    pub constants: Constants,
}

impl Needs {
    pub fn new(files: Files, constants: Constants) -> Self {
        let types = PRELUDE.iter().map(|path| (last(path), *path)).collect();
        Self { types, others: BTreeSet::new(), files, constants }
    }

    /// How a type is named in the code.
    pub fn named(&mut self, path: &'static str) -> String {
        let name = last(path);
        if *self.types.entry(name).or_insert(path) == path { name.to_owned() } else { whole(path) }
    }

    /// The paths to import.
    pub fn imports(&self) -> BTreeSet<&'static str> {
        self.types.values().copied().filter(|path| !PRELUDE.contains(path)).collect()
    }
}
