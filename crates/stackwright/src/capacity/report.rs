//! What `capacity` says, as data and as a text.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::analysis::Analysis;
use super::model::{CPU, MEMORY, PODS, in_numbers};
use super::proof::Answer;
use super::text::amount;

/// Where the pods of a cluster fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capacity {
    /// Whether every pod finds a place.
    pub fits: Answer,
    /// What each node has, and what its pods take.
    pub nodes: Vec<NodeCapacity>,
    /// Whether the pods of each workload find a place.
    pub workloads: Vec<WorkloadCapacity>,
    /// The nodes whose loss leaves pods without a place; none is named where not even all nodes have one for each.
    pub losses: Vec<NodeLoss>,
}

/// What a node has, and what the pods on it take when the scheduler places them in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// Why each node takes no more of its pods, once all others are placed; empty where all of them surely fit.
    pub reasons: Vec<NodeReason>,
    /// The same when its autoscaler has made as many as it may; none where it has no autoscaler.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<AtMost>,
}

/// The most pods that an autoscaler makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AtMost {
    /// How many they are.
    pub pods: u32,
    /// Whether all of them find a place when all autoscalers have made as many as they may.
    pub fits: Answer,
}

/// What is left over when a node is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeLoss {
    /// The node's name.
    pub node: String,
    /// The pods that find no other place, of those that may be on several nodes.
    pub homeless: Vec<Homeless>,
}

/// Pods that find no other place when their node is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Homeless {
    /// The workload, as `Deployment web/api`, or what the installer or release calls it.
    pub workload: String,
    /// How many of its pods they are.
    pub pods: u32,
}

/// Why a node takes no more pods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeReason {
    /// The node's name.
    pub node: String,
    /// The reason, with the sum where it is one: `memory: 2460Mi - 2400Mi = 60Mi free; needs 256Mi`.
    pub reason: String,
}

impl Capacity {
    pub(super) fn new(analysis: &Analysis) -> Self {
        let model = &analysis.model;
        let nodes = (0..model.nodes.len()).map(|node| node_capacity(analysis, node)).collect();
        let workloads = analysis.workloads().map(|(number, workload)| {
            let (kind, namespace, name) = match &workload.pods {
                Some(pods) => (pods.item.object.kind(), pods.item.namespace, pods.item.object.name()),
                None => ("", "", workload.name.as_str()),
            };
            let placed = analysis.placement.on[number].iter();
            let fits = analysis.answers[number];
            let reasons = if fits == Answer::Yes { Vec::new() } else { analysis.reasons(number) };
            WorkloadCapacity {
                kind: kind.to_owned(),
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                pods: model.number(number, false),
                fits,
                waits: workload.waits.clone(),
                placed: placed.map(|(node, pods)| (model.nodes[*node].name.to_owned(), *pods)).collect(),
                reasons: reasons
                    .into_iter()
                    .map(|(node, reason)| NodeReason { node: node.to_owned(), reason })
                    .collect(),
                at_most: workload
                    .most
                    .zip(analysis.at_most.as_ref())
                    .map(|(pods, fits)| AtMost { pods, fits: fits[number] }),
            }
        });
        let losses = analysis.losses.iter().map(|loss| NodeLoss {
            node: model.nodes[loss.node].name.to_owned(),
            homeless: loss
                .homeless
                .iter()
                .map(|(workload, pods)| Homeless { workload: model.workloads[*workload].name.clone(), pods: *pods })
                .collect(),
        });
        let losses = losses.collect();
        Self { fits: analysis.answer(), nodes, workloads: workloads.collect(), losses }
    }
}

fn node_capacity(analysis: &Analysis, node: usize) -> NodeCapacity {
    let model = &analysis.model;
    let mut limits = [0_i64; 2];
    for (number, workload) in analysis.workloads() {
        let pods = i64::from(analysis.placement.on[number].get(&node).copied().unwrap_or(0));
        for (sum, name) in limits.iter_mut().zip(["cpu", "memory"]) {
            let limit = workload.resources.limits.get(name).map_or(0, |limit| in_numbers(name, *limit));
            *sum = sum.saturating_add(limit.saturating_mul(pods));
        }
    }
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

impl WorkloadCapacity {
    fn label(&self) -> String {
        if self.kind.is_empty() { self.name.clone() } else { format!("{} {}/{}", self.kind, self.namespace, self.name) }
    }
}

/// A table with a bar for each node, the workloads that do not surely fit, and the answer.
impl fmt::Display for Capacity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nodes.is_empty() {
            return writeln!(out, "no nodes are known: give a cluster, or Node objects (kubectl get nodes -o yaml)");
        }
        let rows: Vec<[String; 10]> = self.nodes.iter().map(row).collect();
        let head = ["node", "cpu", "", "", "memory", "", "", "limits", "pods", ""];
        let width =
            |column: usize| rows.iter().map(|row| row[column].len()).chain([head[column].len()]).max().unwrap_or(0);
        for row in std::iter::once(head.map(str::to_owned)).chain(rows.iter().cloned()) {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let width = width(column);
                // Names and bars at the left, numbers at the right.
                if matches!(column, 0 | 1 | 4) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        for workload in self.workloads.iter().filter(|workload| workload.fits != Answer::Yes) {
            let placed: u32 = workload.placed.values().sum();
            writeln!(out)?;
            write!(out, "{}: {}", workload.label(), sentence(workload.fits, placed, workload.pods))?;
            if placed < workload.pods {
                for NodeReason { node, reason } in &workload.reasons {
                    write!(out, "\n  {node}: {reason}")?;
                }
            }
            writeln!(out)?;
        }
        for workload in &self.workloads {
            let Some(at_most) = workload.at_most.filter(|at_most| at_most.fits > workload.fits) else { continue };
            let what = if at_most.fits == Answer::No { "do not fit" } else { "may not all fit" };
            writeln!(out, "\n{}: the {} pods that its autoscaler may make {what}", workload.label(), at_most.pods)?;
        }
        let last = match self.fits {
            Answer::Yes => "Every pod has a place, whatever comes first.",
            Answer::Depends => "Whether every pod has a place depends on the order in which they come.",
            Answer::No => "Not every pod has a place.",
        };
        writeln!(out, "\n{last}")
    }
}

fn sentence(fits: Answer, placed: u32, pods: u32) -> String {
    let some = format!("{placed} of {pods} {}", if pods == 1 { "pod" } else { "pods" });
    match fits {
        Answer::No => format!("{some} placed; they do not all fit in any order"),
        _ if placed == pods => format!("{some} placed; pods that come before them may take their place"),
        _ => format!("{some} placed; it depends on which pods come first"),
    }
}

fn row(node: &NodeCapacity) -> [String; 10] {
    let part = |usage: &Usage| [bar(usage), percent(usage.requested, usage.allocatable)];
    let of = |resource: &str, usage: &Usage| {
        format!("{} / {}", amount(resource, usage.requested), amount(resource, usage.allocatable))
    };
    let ([cpu, cpu_percent], [memory, memory_percent]) = (part(&node.cpu), part(&node.memory));
    [
        node.name.clone(),
        cpu,
        cpu_percent,
        of("cpu", &node.cpu),
        memory,
        memory_percent,
        of("memory", &node.memory),
        percent(node.memory.limits, node.memory.allocatable),
        format!("{} / {}", node.pods.requested, node.pods.allocatable),
        String::new(),
    ]
}

fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 { "-".to_owned() } else { format!("{}%", i128::from(part) * 100 / i128::from(whole)) }
}

/// Twenty characters, as many of them filled as there is requested.
fn bar(usage: &Usage) -> String {
    const WIDTH: i64 = 20;
    let filled = if usage.allocatable <= 0 {
        0
    } else {
        (i128::from(usage.requested) * i128::from(WIDTH) / i128::from(usage.allocatable)).clamp(0, WIDTH.into())
    };
    let filled = usize::try_from(filled).unwrap_or(0);
    format!("[{}{}]", "#".repeat(filled), ".".repeat(20 - filled))
}
