//! Pods on nodes: where each can run, and whether all fit.

mod anti_affinity_exceeds_nodes;
mod cluster_overcommit;
mod extended_resource_missing;
mod host_port_conflict;
mod limit_overcommit;
mod limitrange_conflict;
mod max_pods;
mod node_loss_intolerant;
mod node_name_unknown;
mod node_selector_no_match;
mod pod_fits_no_node;
mod pv_affinity_conflict;
pub(in crate::check) mod quota_exceeded;
mod rollout_deadlock;
mod spread_unsatisfiable;
mod taint_not_tolerated;

use super::scale::replicas;
use super::world::is_decided;
use super::{Check, Index, Pods};
use crate::capacity::{Model, Refusal, Workload};

pub(super) const CHECKS: &[Check] = &[
    node_name_unknown::CHECK,
    node_selector_no_match::CHECK,
    taint_not_tolerated::CHECK,
    pv_affinity_conflict::CHECK,
    extended_resource_missing::CHECK,
    pod_fits_no_node::CHECK,
    anti_affinity_exceeds_nodes::CHECK,
    spread_unsatisfiable::CHECK,
    host_port_conflict::CHECK,
    max_pods::CHECK,
    cluster_overcommit::CHECK,
    node_loss_intolerant::CHECK,
    rollout_deadlock::CHECK,
    limit_overcommit::CHECK,
    limitrange_conflict::CHECK,
    quota_exceeded::CHECK,
];

/// The workloads among the objects that have pods but no node, with the refusal that the last nodes have which were left:
/// each refusal is looked at only where the ones before it leave a node.
fn without_node<'i, 'a>(
    index: &'i Index<'a>,
    refusal: Refusal,
) -> impl Iterator<Item = (&'i Workload<'a>, &'i Pods<'a>, usize)> {
    let analysis = index.analysis();
    let model = &analysis.model;
    analysis.workloads().filter_map(move |(number, workload)| {
        let pods = workload.pods.as_ref()?;
        let none_is_open = !model.nodes.is_empty() && model.plans[number].nodes.is_empty();
        let last = || model.nodes.iter().map(|node| workload.refusal(node)).max().flatten();
        // A workload that is spread by a label that no node carries is refused by none.
        let open = || model.nodes.iter().any(|node| workload.refusal(node).is_none());
        (none_is_open && !open() && last() == Some(refusal)).then_some((workload, pods, number))
    })
}

/// Where somebody wrote how many pods a workload has; where nobody did, what they run.
fn count_path(pods: &Pods) -> String {
    let is_said = replicas(pods.item).is_some() && is_decided(pods.item.object, &["spec", "replicas"]);
    if is_said { "spec.replicas".to_owned() } else { pods.spec_path("containers") }
}

/// The names of nodes.
fn names<'n>(model: &'n Model, nodes: &[usize]) -> Vec<&'n str> {
    nodes.iter().map(|node| model.nodes[*node].name).collect()
}

/// `1 pod`, `2 pods`.
fn number_of(number: impl Into<u64>, what: &str) -> String {
    let number = number.into();
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
