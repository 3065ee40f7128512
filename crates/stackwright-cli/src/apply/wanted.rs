//! The objects of the tree in the order in which they are applied, with those that kustomize makes of the secrets' material.

use camino::Utf8Path;
use serde_json::Value;
use stackwright::check::{Index, Input};
use stackwright::yaml::{self, Located};
use stackwright::{Cluster, Error, Object, Release, render};

use super::id::Id;
use super::kubectl::Kubectl;

/// An object of the tree.
pub struct Wanted<'a> {
    pub id: Id,
    /// As it is sent.
    pub value: Value,
    pub object: &'a Object,
    /// When it is applied.
    pub step: Step,
    /// Whether the program's code made it, and no material did.
    pub is_of_code: bool,
}

/// When an object is applied: the position of its part, and what it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub part: usize,
    pub phase: Phase,
}

/// What is applied together; each comes before the next where the order of a part says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Namespaces,
    Definitions,
    /// What workloads need.
    Needs,
    Workloads,
    /// Custom objects.
    Custom,
    Webhooks,
}

/// The objects of a cluster, and where each release comes between them.
pub struct Tree<'a> {
    pub wanted: Vec<Wanted<'a>>,
    /// The release that comes before each part, if one does.
    pub before: Vec<Option<&'a Release>>,
}

impl<'a> Tree<'a> {
    /// Those of a cluster, and its secrets as [`secrets`] read them.
    pub fn of(cluster: &'a Cluster, secrets: &'a [Located]) -> Result<Self, Error> {
        let parts = render::parts(cluster)?;
        let before = parts.iter().map(|part| part.after).collect();
        let mut objects = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            objects.extend(part.objects.iter().map(|object| (number, *object, true)));
        }
        // Before the first workload, after the namespaces.
        let at = objects.iter().position(|(part, object, _)| *part > 0 || phase(object) > Phase::Needs as usize);
        let at = at.unwrap_or(objects.len());
        objects.splice(at..at, secrets.iter().map(|secret| (0, &secret.object, false)));

        let index = Index::new(Input {
            objects: objects.iter().map(|(_, object, _)| (*object).into()).collect(),
            ..Input::of(cluster)
        });
        let wanted = index.items.iter().zip(&objects).map(|(item, (part, object, is_of_code))| {
            let id = Id::of_item(item);
            let step = Step { part: *part, phase: PHASES[phase(object)] };
            Ok(Wanted { value: value(object, &id)?, id, object, step, is_of_code: *is_of_code })
        });
        Ok(Self { wanted: wanted.collect::<Result<_, Error>>()?, before })
    }

    /// The releases, in their order.
    pub fn releases(&self) -> Vec<&'a Release> {
        self.before.iter().flatten().copied().collect()
    }
}

const PHASES: [Phase; 6] =
    [Phase::Namespaces, Phase::Definitions, Phase::Needs, Phase::Workloads, Phase::Custom, Phase::Webhooks];

/// The position of an object's phase.
fn phase(object: &Object) -> usize {
    let kind = object.group_kind();
    let phase = match (kind.group, kind.kind) {
        ("", "Namespace") => Phase::Namespaces,
        ("apiextensions.k8s.io", _) => Phase::Definitions,
        ("admissionregistration.k8s.io", kind) if kind.ends_with("WebhookConfiguration") => Phase::Webhooks,
        ("apps" | "autoscaling" | "batch", _) | ("", "Pod" | "ReplicationController") => Phase::Workloads,
        ("networking.k8s.io", "Ingress") | ("apiregistration.k8s.io" | "admissionregistration.k8s.io", _) => {
            Phase::Workloads
        }
        _ if object.content().is_some() => Phase::Custom,
        _ => Phase::Needs,
    };
    phase as usize
}

/// An object as JSON, with the namespace that it is applied to.
fn value(object: &Object, id: &Id) -> Result<Value, Error> {
    let unwritable = |what: String| Error::new(format!("{id} can't be written: {what}"), "see `render`");
    let mut text = String::new();
    object.write_yaml(&mut text).map_err(|error| unwritable(error.to_string()))?;
    let read = yaml::read(&text).map_err(|problems| unwritable(format!("{problems:?}")))?;
    let mut value = serde_json::to_value(read.documents.first()).map_err(|error| unwritable(error.to_string()))?;
    if !id.namespace.is_empty() {
        value["metadata"]["namespace"] = id.namespace.clone().into();
    }
    Ok(value)
}

/// The Secrets of a cluster's folder, as kustomize makes them of their material.
pub fn secrets(cluster: &Cluster, out: &Utf8Path) -> Result<Vec<Located>, Error> {
    if cluster.stacks.iter().all(|stack| stack.secrets.is_empty()) {
        return Ok(Vec::new());
    }
    let folder = out.join(&cluster.name).join(render::SECRETS);
    let said = Kubectl { context: None }.run(&["kustomize", folder.as_str()], "", None)?;
    if said.success != Some(true) {
        // It names files, and nothing of what is in them.
        let why = said.err.trim().lines().last().unwrap_or("it said nothing").trim_start_matches("error: ").to_owned();
        let help = "`render --out` makes what is missing; `secrets list` says what is yours to write";
        return Err(Error::new(format!("kustomize can't make the secrets: {why}"), help));
    }
    Ok(yaml::readable(&said.out).objects)
}
