//! What `capacity` says, as data.

use std::collections::BTreeMap;

use serde::Serialize;

use super::analysis::Analysis;
use super::model::{CPU, MEMORY, PODS, in_numbers};
use super::proof::Answer;
use super::text::{lacking_ports, lacking_volumes};
use crate::Quantity;

/// Where the pods of a cluster fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Capacity {
    /// Whether every pod finds a place.
    pub fits: Answer,
    /// What each node has, and what its pods take.
    pub nodes: Vec<NodeCapacity>,
    /// Whether the pods of each workload find a place.
    pub workloads: Vec<WorkloadCapacity>,
    /// The nodes whose loss leaves pods without a place; none is named where not even all nodes have one for each.
    pub losses: Vec<NodeLoss>,
    /// Claims and ports of nodes that are asked for more often than they are there, each in a sentence.
    pub lacking: Vec<String>,
    /// What makes pods that nothing is known of, so that they are not counted.
    pub uncounted: Vec<String>,
}

/// What a node has, and what the pods on it take when the scheduler places them in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NodeCapacity {
    /// Its name.
    pub name: String,
    /// CPU, in thousandths.
    pub cpu: Usage,
    /// Memory, in bytes.
    pub memory: Usage,
    /// Pods.
    pub pods: Usage,
}

/// How much of a resource there is and is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// What the node has for pods.
    pub allocatable: i64,
    /// What its pods request.
    pub requested: i64,
    /// What its pods may use, as far as they are limited.
    pub limits: i64,
}

/// Where the pods of a workload find a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WorkloadCapacity {
    /// Its kind; empty where the installer or a Helm release makes it.
    pub kind: String,
    /// Its namespace; empty where the installer or a Helm release makes it.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// How many pods it has.
    pub pods: u32,
    /// Whether all of them find a place.
    pub fits: Answer,
    /// Why the scheduler does not look at them, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits: Option<String>,
    /// How many there are on each node, when the scheduler places all pods in the order given.
    pub placed: BTreeMap<String, u32>,
    /// Whether they may run on another node when theirs is lost.
    pub may_move: bool,
    /// The one node of several that may run them: with it they are gone until it is back. None where each node has a pod of its own, and
    /// for a bare Pod, which nobody makes anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_on: Option<String>,
    /// Why each node takes no more of its pods, once all others are placed; empty where all of them surely fit.
    pub reasons: Vec<NodeReason>,
    /// The same when its autoscaler has made as many as it may; none where it has no autoscaler.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<AtMost>,
}

/// The most pods that an autoscaler makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AtMost {
    /// How many they are.
    pub pods: u32,
    /// Whether all of them find a place when all autoscalers have made as many as they may.
    pub fits: Answer,
}

/// What is left over when a node is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NodeLoss {
    /// The node's name.
    pub node: String,
    /// Whether those that may be on several nodes find a place on the others: not all of them, or not in every order.
    pub fits: Answer,
    /// The pods that find no other place, of those that may be on several nodes.
    pub homeless: Vec<Homeless>,
}

/// Pods that find no other place when their node is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Homeless {
    /// The workload, as `Deployment web/api`, or what the installer or release calls it.
    pub workload: String,
    /// How many of its pods they are.
    pub pods: u32,
}

/// Why a node takes no more pods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NodeReason {
    /// The node's name.
    pub node: String,
    /// The reason, with the sum where it is one: `memory: 2460Mi - 2400Mi = 60Mi free; needs 256Mi`.
    pub reason: String,
}

impl Capacity {
    /// What was found out, in words and numbers that stay.
    pub(crate) fn of(analysis: &Analysis) -> Self {
        let model = &analysis.model;
        let limits = limits(analysis);
        let nodes = (0..model.nodes.len()).map(|node| node_capacity(analysis, node, limits[node])).collect();
        let mut workloads: Vec<_> =
            analysis.workloads().map(|(number, _)| WorkloadCapacity::of(analysis, number)).collect();
        // Pods that run are part of what made them.
        for (number, workload) in analysis.workloads() {
            if let Some(maker) = workload.made_by {
                let running = std::mem::take(&mut workloads[number].placed);
                let fits = analysis.answers[number];
                workloads[maker].add(running, fits);
            }
        }
        let is_own = |(number, _): &(usize, _)| model.workloads[*number].made_by.is_none();
        let workloads = workloads.into_iter().enumerate().filter(is_own).map(|(_, workload)| workload).collect();
        let losses = analysis.losses.iter().map(|loss| NodeLoss {
            node: model.nodes[loss.node].name.to_owned(),
            fits: Answer::No,
            homeless: loss
                .homeless
                .iter()
                .map(|(workload, pods)| Homeless { workload: model.workloads[*workload].name.clone(), pods: *pods })
                .collect(),
        });
        let risks = analysis.risks.iter().map(|node| NodeLoss {
            node: model.nodes[*node].name.to_owned(),
            fits: Answer::Depends,
            homeless: Vec::new(),
        });
        let losses = losses.chain(risks).collect();
        Self {
            fits: analysis.answer(),
            nodes,
            workloads,
            losses,
            lacking: lacking(analysis),
            uncounted: model.uncounted.clone(),
        }
    }
}

impl WorkloadCapacity {
    fn of(analysis: &Analysis, number: usize) -> Self {
        let (model, workload) = (&analysis.model, &analysis.model.workloads[number]);
        let (kind, namespace, name) = match &workload.pods {
            Some(pods) => (pods.item.object.kind(), pods.item.namespace, pods.item.object.name()),
            None => ("", "", workload.name.as_str()),
        };
        let fits = analysis.answers[number];
        let reasons = if fits == Answer::Yes { Vec::new() } else { analysis.reasons(number) };
        let reasons = reasons.into_iter().map(|(node, reason)| NodeReason { node: node.to_owned(), reason });
        let placed = analysis.placement.on[number].iter();
        Self {
            kind: kind.to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            pods: model.pods(number, false),
            fits,
            waits: workload.waits.clone(),
            placed: placed.map(|(node, pods)| (model.nodes[*node].name.to_owned(), *pods)).collect(),
            may_move: model.is_movable(number),
            only_on: model.only_node(number).map(|node| model.nodes[node].name.to_owned()),
            reasons: reasons.collect(),
            at_most: workload
                .most
                .zip(analysis.at_most.as_ref())
                .map(|(pods, fits)| AtMost { pods, fits: fits[number] }),
        }
    }

    /// Adds pods that run already.
    fn add(&mut self, running: BTreeMap<String, u32>, fits: Answer) {
        let number: u32 = running.values().sum();
        self.pods += number;
        self.fits = self.fits.max(fits);
        for (node, pods) in running {
            *self.placed.entry(node).or_default() += pods;
        }
        if let Some(at_most) = &mut self.at_most {
            at_most.pods += number;
            at_most.fits = at_most.fits.max(fits);
        }
    }
}

/// What is asked for more often than it is there, by several workloads: what one lacks by itself is told with it.
fn lacking(analysis: &Analysis) -> Vec<String> {
    let ports = analysis.port_shortfalls.iter().filter(|shortfall| shortfall.workloads.len() > 1);
    let ports = ports.map(|shortfall| lacking_ports(&analysis.model, shortfall));
    let lacks = analysis.model.lacks.iter().filter(|lack| lack.is_certain);
    ports.chain(lacks.map(lacking_volumes)).collect()
}

/// How much CPU and memory the pods on each node may use.
fn limits(analysis: &Analysis) -> Vec<[i64; 2]> {
    let mut sums = vec![[0_i64; 2]; analysis.model.nodes.len()];
    for (number, workload) in analysis.workloads() {
        let limit = |name| workload.resources.limits.get(name).map_or(0, |limit: &Quantity| in_numbers(name, *limit));
        let limits = ["cpu", "memory"].map(limit);
        for (node, pods) in &analysis.placement.on[number] {
            for (sum, limit) in sums[*node].iter_mut().zip(limits) {
                *sum = sum.saturating_add(limit.saturating_mul(i64::from(*pods)));
            }
        }
    }
    sums
}

fn node_capacity(analysis: &Analysis, node: usize, limits: [i64; 2]) -> NodeCapacity {
    let model = &analysis.model;
    let usage = |resource: usize, limits: i64| {
        let allocatable = model.room[node][resource];
        Usage { allocatable, requested: allocatable - analysis.placement.free[node][resource], limits }
    };
    NodeCapacity {
        name: model.nodes[node].name.to_owned(),
        cpu: usage(CPU, limits[0]),
        memory: usage(MEMORY, limits[1]),
        pods: usage(PODS, 0),
    }
}
