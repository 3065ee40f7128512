//! Pods that no object makes: those of the installer and of releases, as far as somebody says what they are.

use super::input::Input;
use super::request::{self, Resources};
use super::volumes::Claims;
use super::workload::{Count, Workload};
use crate::facts::release_kinds;
use crate::links::Item;
use crate::{Cluster, HashSet, ProvidedPods, Release, Spread};

/// The pods of the cluster's installer, but for those that the objects of a live cluster show.
pub(super) fn installed<'a>(input: &Input<'_, 'a>) -> impl Iterator<Item = Workload<'a>> {
    let namespaces = |cluster: &'a Cluster| cluster.provided.namespaces.iter().map(String::as_str);
    let namespaces: HashSet<_> = input.cluster.into_iter().flat_map(namespaces).chain(["kube-system"]).collect();
    let theirs = input.pods.iter().map(|pods| pods.item).filter(|item| namespaces.contains(item.namespace));
    let names: Vec<_> = theirs.map(|item| item.object.name()).collect();
    // A static pod has the node's name after its own.
    let shown = move |pods: &&ProvidedPods| {
        names
            .iter()
            .any(|name| name.strip_prefix(&*pods.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    };
    let pods = input.cluster.into_iter().flat_map(|cluster| &cluster.provided.pods);
    pods.filter(move |pods| !shown(pods)).map(provided)
}

/// The pods of the cluster's releases, but for those that the objects of a live cluster show.
pub(super) fn released<'a>(input: &Input<'_, 'a>) -> impl Iterator<Item = Workload<'a>> {
    let shown = shown(input);
    let releases = releases(input).filter(move |release| !shown.contains(&*release.name));
    releases.flat_map(|release| &release.pods).map(|pods| Workload { priority: 0, ..provided(pods) })
}

/// The releases that say nothing of their pods, and whose pods are not among the objects either.
pub(super) fn uncounted(input: &Input) -> Vec<String> {
    let shown = shown(input);
    let silent = releases(input).filter(|release| release.pods.is_empty() && !shown.contains(&*release.name));
    let silent = silent.map(|release| format!("release {} of namespace {}", release.name, release.namespace));
    let is_release = |item: &&Item| item.object.content().is_some() && release_kinds::of(item.kind()).is_some();
    let is_shown = |item: &&Item| {
        let name = item.object.name();
        // Flux puts the namespace before the name.
        shown.iter().any(|own| own.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('-')))
    };
    let objects = input.items.iter().filter(is_release).filter(|item| !is_shown(item));
    silent.chain(objects.map(Item::label)).collect()
}

fn releases<'a>(input: &Input<'_, 'a>) -> impl Iterator<Item = &'a Release> {
    input.cluster.into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases)
}

/// The releases that made some of the objects which make pods, as Helm and the usual label say on these.
fn shown<'a>(input: &Input<'_, 'a>) -> HashSet<&'a str> {
    let names = input.pods.iter().flat_map(|pods| {
        let metadata = pods.item.object.metadata();
        let annotation = metadata.annotations.as_ref().and_then(|all| all.get("meta.helm.sh/release-name"));
        let label = metadata.labels.as_ref().and_then(|all| all.get("app.kubernetes.io/instance"));
        annotation.into_iter().chain(label).map(String::as_str)
    });
    names.collect()
}

/// Pods of the installer, which have the priority of what the cluster needs.
fn provided(pods: &ProvidedPods) -> Workload<'_> {
    let mut resources = Resources::default();
    for container in &pods.containers {
        resources.add(&request::of_container(Some(container), None));
    }
    Workload {
        pods: None,
        made_by: None,
        name: pods.name.clone(),
        count: match pods.spread {
            Spread::EveryNode | Spread::EveryControlPlane | Spread::EveryWorker => Count::EveryNode,
            Spread::Workers(number) | Spread::Anywhere(number) => Count::Pods(number),
        },
        most: None,
        priority: 2_000_000_000,
        preempts: true,
        resources,
        tolerations: Vec::new(),
        runtime: None,
        claims: Claims::default(),
        ports: Vec::new(),
        spread: Some(pods.spread),
        is_bound: false,
        is_gated: false,
        waits: None,
    }
}
