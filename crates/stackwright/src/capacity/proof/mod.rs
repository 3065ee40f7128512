//! What is certain whatever the order in which pods come, and whichever of the nodes that take a pod the scheduler picks.

mod best;
mod blocked;
mod shortfall;

use std::collections::HashMap;

use super::model::{Model, UNKNOWN};
use super::workload::{Count, Workload};

pub(crate) use shortfall::Shortfall;

/// Whether all pods of a workload find a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// In every order in which the pods may come.
    Yes,
    /// In some order of the pods, or as far as anything is known, but not surely.
    Depends,
    /// In no order, even if they come first.
    No,
}

/// The proofs for every workload, with as many pods as there are, or as autoscalers may make.
pub(crate) struct Proofs<'m, 'a> {
    model: &'m Model<'a>,
    most: bool,
    /// Workloads by what they ask for and where: they are the same to all others.
    classes: Vec<Class>,
    class_of: Vec<usize>,
    /// What each node has once the pods are there that are there for certain, seen from pods of a priority that push out
    /// others or not.
    rooms: HashMap<(i32, bool), Vec<Vec<i64>>>,
    /// The highest priority of pods that may push out others from a node.
    urgency: Vec<i32>,
    /// What the pods of all classes ask for that may be on several nodes.
    movable: Vec<i128>,
    /// What each node is left with when all pods that can be nowhere else are on it.
    untied: Vec<Vec<i64>>,
}

/// Workloads that ask for the same, of the same nodes.
#[derive(Clone)]
struct Class {
    /// One of them.
    workload: usize,
    /// How many pods they are together.
    number: i64,
}

impl Class {
    /// Whether each of its pods can be on one node only.
    fn is_tied(&self, model: &Model) -> bool {
        model.workloads[self.workload].count == Count::EveryNode || model.plans[self.workload].nodes.len() == 1
    }

    /// How many of its pods are on each of its nodes, if it is tied to them.
    fn on_each(&self, model: &Model) -> i64 {
        self.number / i64::try_from(model.plans[self.workload].nodes.len()).unwrap_or(1).max(1)
    }
}

impl<'m, 'a> Proofs<'m, 'a> {
    pub(crate) fn new(model: &'m Model<'a>, most: bool) -> Self {
        let mut known: HashMap<_, usize> = HashMap::new();
        let mut classes: Vec<Class> = Vec::new();
        let mut class_of = Vec::with_capacity(model.workloads.len());
        for (workload, Workload { priority, count, is_bound, is_gated, .. }) in model.workloads.iter().enumerate() {
            let everywhere = *count == Count::EveryNode;
            let key = (model.plans[workload].shape, *priority, everywhere, *is_bound, *is_gated);
            let class = *known.entry(key).or_insert_with(|| {
                classes.push(Class { workload, number: 0 });
                classes.len() - 1
            });
            classes[class].number += number_open(model, workload, most);
            class_of.push(class);
        }
        let mut movable = vec![0; model.resources.len()];
        let mut untied = model.room.clone();
        for class in &classes {
            let plan = &model.plans[class.workload];
            if class.is_tied(model) {
                for node in &*plan.nodes {
                    subtract(&mut untied[*node], &plan.request, class.on_each(model));
                }
            } else {
                for (sum, asked) in movable.iter_mut().zip(&plan.request) {
                    *sum += i128::from(*asked) * i128::from(class.number);
                }
            }
        }
        let mut urgency = vec![i32::MIN; model.nodes.len()];
        for class in &classes {
            let Workload { preempts, priority, .. } = model.workloads[class.workload];
            for node in model.plans[class.workload].nodes.iter().filter(|_| preempts) {
                urgency[*node] = urgency[*node].max(priority);
            }
        }
        let rooms = best::rooms(model, &classes);
        Self { model, most, classes, class_of, rooms, urgency, movable, untied }
    }

    /// Whether pods of a higher priority may take the place of a bound one.
    fn may_be_pushed_out(&self, workload: usize) -> bool {
        let nodes = &self.model.plans[workload].nodes;
        nodes.iter().any(|node| self.urgency[*node] > self.model.workloads[workload].priority)
    }

    /// The answer for every workload.
    pub(crate) fn answers(&self) -> Vec<Answer> {
        let mut known: HashMap<(usize, bool), bool> = HashMap::new();
        let answers = (0..self.model.workloads.len()).map(|workload| {
            let number = self.model.number(workload, self.most);
            if self.model.workloads[workload].is_gated {
                return Answer::Depends;
            }
            if self.model.workloads[workload].is_bound {
                return if self.may_be_pushed_out(workload) { Answer::Depends } else { Answer::Yes };
            }
            let plan = &self.model.plans[workload];
            if self.at_best(workload) < number {
                return Answer::No;
            }
            let alone = plan.relations.is_some() || !self.model.workloads[workload].ports.is_empty();
            let always = match (number, alone || plan.unknown) {
                (0, _) => true,
                (_, true) => self.always(workload),
                (_, false) => {
                    let key = (self.class_of[workload], self.model.workloads[workload].preempts);
                    *known.entry(key).or_insert_with(|| self.always(workload))
                }
            };
            if always { Answer::Yes } else { Answer::Depends }
        });
        answers.collect()
    }

    /// Whether all pods of a workload find a place, whatever comes first.
    fn always(&self, workload: usize) -> bool {
        let (model, plan) = (self.model, &self.model.plans[workload]);
        if plan.unknown {
            return false;
        }
        let related =
            plan.relations.as_ref().is_some_and(|relations| relations.near.is_some() || !relations.spread.is_empty());
        if model.workloads[workload].count == Count::EveryNode {
            return !related && plan.nodes.iter().all(|node| !self.may_be_blocked(workload, &[*node]));
        }
        let Some(relations) = &plan.relations else { return !self.may_be_blocked(workload, &plan.nodes) };
        if relations.near.is_some() || relations.spread.len() > 1 {
            return false;
        }
        let Some(spread) = relations.spread.first() else { return !self.may_be_blocked(workload, &plan.nodes) };
        // The domain with the fewest pods always takes one more, if it has room.
        let topology = &model.topologies[spread.topology];
        let counted = |domain: usize| {
            (0..model.nodes.len()).any(|node| topology.domains[node] == Some(domain) && spread.counted[node])
        };
        let domains: Vec<_> = (0..topology.number).filter(|domain| counted(*domain)).collect();
        domains.len() >= spread.min_domains
            && domains.into_iter().all(|domain| {
                let nodes: Vec<_> =
                    plan.nodes.iter().copied().filter(|node| topology.domains[*node] == Some(domain)).collect();
                !self.may_be_blocked(workload, &nodes)
            })
    }
}

/// How many pods of a workload find a node that is open to them, if it has room.
fn number_open(model: &Model, workload: usize, most: bool) -> i64 {
    match model.workloads[workload].count {
        _ if model.workloads[workload].is_gated => 0,
        Count::EveryNode => i64::try_from(model.plans[workload].nodes.len()).unwrap_or(i64::MAX),
        Count::Pods(_) => model.number(workload, most).into(),
    }
}

fn subtract(from: &mut [i64], request: &[i64], number: i64) {
    for (left, asked) in from.iter_mut().zip(request) {
        if *left < UNKNOWN / 2 {
            *left = left.saturating_sub(asked.saturating_mul(number));
        }
    }
}
