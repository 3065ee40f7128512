//! The pods that objects make, as their templates say.

use std::collections::BTreeMap;
use std::fmt;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{Container, Pod, PodSpec, PodTemplateSpec, ReplicationController};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use super::Item;
use super::fulfils;

/// The pods that an object makes: all alike.
#[derive(Debug, Clone, Copy)]
pub struct Pods<'a> {
    /// The object that makes them.
    pub item: Item<'a>,
    /// Where their template stands in it, such as `spec.template.`; empty for a Pod.
    pub path: &'static str,
    /// Their labels.
    pub labels: &'a BTreeMap<String, String>,
    /// What they run.
    pub spec: &'a PodSpec,
}

/// Where a container stands in its object, such as `spec.template.spec.containers[0]`. Only a finding makes a text of it.
#[derive(Debug, Clone, Copy)]
pub struct ContainerPath {
    pods: &'static str,
    /// Whether it runs before the others.
    pub initialises: bool,
    number: usize,
}

impl fmt::Display for ContainerPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = if self.initialises { "initContainers" } else { "containers" };
        write!(formatter, "{}spec.{list}[{}]", self.pods, self.number)
    }
}

impl From<ContainerPath> for String {
    fn from(path: ContainerPath) -> Self {
        path.to_string()
    }
}

static NO_LABELS: BTreeMap<String, String> = BTreeMap::new();

/// Labels that Kubernetes puts on pods when it makes them, so that templates lack them.
pub(crate) const RUN_TIME_LABELS: [&str; 9] = [
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "pod-template-hash",
    "controller-revision-hash",
    "pod-template-generation",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "job-name",
];

impl<'a> Pods<'a> {
    /// The pods of an object, if it makes any.
    pub(crate) fn of(item: Item<'a>) -> Option<Self> {
        let object = item.object;
        let template = |template: &'a PodTemplateSpec, path: &'static str| {
            let labels = template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
            Some(Self { item, path, labels: labels.unwrap_or(&NO_LABELS), spec: template.spec.as_ref()? })
        };
        match object.kind() {
            "Deployment" => template(&object.get::<Deployment>()?.spec.template, "spec.template."),
            "StatefulSet" => template(&object.get::<StatefulSet>()?.spec.template, "spec.template."),
            "DaemonSet" => template(&object.get::<DaemonSet>()?.spec.template, "spec.template."),
            "ReplicaSet" => template(object.get::<ReplicaSet>()?.spec.template.as_ref()?, "spec.template."),
            "ReplicationController" => {
                template(object.get::<ReplicationController>()?.spec.as_ref()?.template.as_ref()?, "spec.template.")
            }
            "Job" => template(&object.get::<Job>()?.spec.as_ref()?.template, "spec.template."),
            "CronJob" => {
                let job = object.get::<CronJob>()?.spec.job_template.spec.as_ref()?;
                template(&job.template, "spec.jobTemplate.spec.template.")
            }
            "Pod" => {
                let pod = object.get::<Pod>()?;
                let labels = pod.metadata.labels.as_ref().unwrap_or(&NO_LABELS);
                Some(Self { item, path: "", labels, spec: pod.spec.as_ref()? })
            }
            _ => None,
        }
    }

    /// The path of a field of the pods' spec.
    pub fn spec_path(&self, field: &str) -> String {
        format!("{}spec.{field}", self.path)
    }

    /// Every container with its path, those that initialise first.
    pub fn containers(&self) -> impl Iterator<Item = (ContainerPath, &'a Container)> + use<'a> {
        let (pods, spec) = (self.path, self.spec);
        let init = spec.init_containers.iter().flatten().enumerate();
        let init = init.map(move |(number, container)| (ContainerPath { pods, initialises: true, number }, container));
        let main = spec.containers.iter().enumerate();
        init.chain(main.map(move |(number, container)| (ContainerPath { pods, initialises: false, number }, container)))
    }

    /// Whether they carry all of these labels, those that are put on at run time taken for granted.
    pub fn carry(&self, labels: &BTreeMap<String, String>) -> bool {
        labels.iter().all(|(key, value)| self.labels.get(key) == Some(value) || self.gets(key))
    }

    /// Whether a label selector matches them.
    pub fn match_selector(&self, selector: &LabelSelector) -> bool {
        selector.match_labels.as_ref().is_none_or(|labels| self.carry(labels))
            && selector.match_expressions.iter().flatten().all(|expression| self.fulfil(expression))
    }

    fn fulfil(&self, wanted: &LabelSelectorRequirement) -> bool {
        fulfils(self.labels.get(&wanted.key).map(String::as_str), wanted)
            || matches!(wanted.operator.as_str(), "In" | "Exists") && self.gets(&wanted.key)
    }

    /// Whether Kubernetes will put a label of this key on them.
    fn gets(&self, key: &str) -> bool {
        self.item.object.kind() != "Pod" && !self.labels.contains_key(key) && RUN_TIME_LABELS.contains(&key)
    }
}
