//! What runs already: a live cluster's objects hold its pods beside what makes them.

use k8s_openapi::api::core::v1::Pod;

use super::input::Input;
use crate::HashMap;
use crate::links::{GroupKind, Item, ObjectId, Pods};

/// The pods to place, each once: those of workloads, and those that are on their nodes already.
pub(crate) struct Counted<'a> {
    /// What they are, with the position of the object that made them where that is another one and has them in its number.
    pub(crate) pods: Vec<(Pods<'a>, Option<usize>)>,
    /// How many pods of an object, by its position, are on their nodes as objects of their own.
    running: HashMap<usize, u32>,
}

impl Counted<'_> {
    /// How many pods of an object are on their nodes already.
    pub(crate) fn running(&self, item: Item) -> u32 {
        self.running.get(&item.index).copied().unwrap_or(0)
    }
}

/// The pods among the objects. What another of them made is part of it; but a pod that runs is where it is, unless what made it is
/// scaled by an autoscaler: how many of these run, and where, is a matter of the load and nobody's decision.
pub(crate) fn counted<'a>(input: &Input<'_, 'a>, is_scaled: impl Fn(Item<'a>) -> bool) -> Counted<'a> {
    let makers: HashMap<_, _> = input.pods.iter().map(|pods| (pods.item.id(), pods.item)).collect();
    let maker = |item: Item<'a>| -> Option<Item<'a>> {
        let owners = item.object.metadata().owner_references.iter().flatten();
        let mut owners = owners.filter(|owner| owner.controller == Some(true));
        // An owner that makes no pods, such as a custom resource or the node of a static pod, doesn't count them.
        owners.find_map(|owner| {
            let kind = GroupKind::new(&owner.api_version, &owner.kind);
            makers.get(&ObjectId { kind, namespace: item.namespace, name: &owner.name }).copied()
        })
    };
    let mut counted = Counted { pods: Vec::new(), running: HashMap::default() };
    for pods in input.pods.iter().filter(|pods| !is_over(pods)) {
        // A pod is a ReplicaSet's, and that is a Deployment's: no chain is longer than the kinds that make pods.
        let chain = std::iter::successors(maker(pods.item), |item| maker(*item));
        match chain.take(3).last() {
            None => counted.pods.push((*pods, None)),
            // Of a DaemonSet there is one on each of its nodes, whether it runs yet or not.
            Some(first) if is_bound(pods) && first.object.kind() != "DaemonSet" && !is_scaled(first) => {
                *counted.running.entry(first.index).or_default() += 1;
                counted.pods.push((*pods, Some(first.index)));
            }
            Some(_) => {}
        }
    }
    counted
}

/// Whether a pod is on its node already, as `kubectl get` shows it.
pub(crate) fn is_bound(pods: &Pods) -> bool {
    let pod = pods.item.object.get::<Pod>();
    let has_phase = pod.is_some_and(|pod| pod.status.as_ref().is_some_and(|status| status.phase.is_some()));
    has_phase && pods.spec.node_name.as_ref().is_some_and(|name| !name.is_empty())
}

/// Whether a pod has run already, or is about to go.
fn is_over(pods: &Pods) -> bool {
    let Some(pod) = pods.item.object.get::<Pod>() else { return false };
    let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
    matches!(phase, Some("Succeeded" | "Failed")) || pod.metadata.deletion_timestamp.is_some()
}
