//! What is certain whatever the order in which pods come, and whichever of the nodes that take a pod the scheduler picks.

mod best;
mod blocked;
mod ports;
mod shortfall;

use std::collections::BTreeSet;

use super::model::{Model, UNKNOWN};
use super::relations::Spread;
use super::workload::{Count, Workload};
use crate::HashMap;

pub(crate) use ports::PortShortfall;
pub(crate) use shortfall::Shortfall;

/// Whether all pods of a workload find a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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

/// What decides whether the pods of a workload always find a place: its class, how many nodes other pods close to them by ports
/// and distance, and how they are spread: topology, fewest domains and the nodes that count.
type Alike<'m> = (usize, u64, Option<(usize, usize, &'m Vec<bool>)>);

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
        let mut known: HashMap<_, usize> = HashMap::default();
        let mut classes: Vec<Class> = Vec::new();
        let mut class_of = Vec::with_capacity(model.workloads.len());
        for (workload, found) in model.workloads.iter().enumerate() {
            let Workload { priority, preempts, count, is_bound, is_gated, .. } = found;
            let everywhere = *count == Count::EveryNode;
            let plan = &model.plans[workload];
            let is_free = plan.relations.is_none() && found.ports.is_empty() && !plan.unknown;
            let key = (plan.shape, *priority, *preempts, *is_bound, *is_gated, everywhere.then_some(is_free));
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
        let mut known = HashMap::default();
        let answers = (0..self.model.workloads.len()).map(|workload| {
            let number = self.model.number(workload, self.most);
            if self.model.workloads[workload].is_gated {
                return Answer::Depends;
            }
            if self.model.workloads[workload].is_bound {
                return if self.may_be_pushed_out(workload) { Answer::Depends } else { Answer::Yes };
            }
            if self.at_best(workload) < number {
                return Answer::No;
            }
            if number == 0 || self.always(workload, &mut known) { Answer::Yes } else { Answer::Depends }
        });
        answers.collect()
    }

    /// Whether all pods of a workload find a place, whatever comes first; found out once for all that are alike.
    fn always(&self, workload: usize, known: &mut HashMap<Alike<'m>, bool>) -> bool {
        let (plan, everywhere) =
            (&self.model.plans[workload], self.model.workloads[workload].count == Count::EveryNode);
        let relations = plan.relations.as_ref();
        let spread = relations.map_or(&[][..], |relations| &relations.spread);
        let is_near = relations.is_some_and(|relations| relations.near.is_some());
        if plan.unknown || is_near || spread.len() > usize::from(!everywhere) {
            return false;
        }
        let spread = spread.first();
        let taken = self.blocked_by_relations(workload, &plan.nodes);
        let find = || match spread {
            Some(spread) => self.always_spread(workload, spread),
            None if everywhere => plan.nodes.iter().all(|node| self.always_on(workload, &[*node])),
            None => !self.may_be_blocked(workload, &plan.nodes, taken),
        };
        if taken > 0 && (everywhere || spread.is_some()) {
            return find(); // It matters which nodes are taken.
        }
        let spread = spread.map(|spread| (spread.topology, spread.min_domains, &spread.counted));
        *known.entry((self.class_of[workload], taken, spread)).or_insert_with(find)
    }

    /// Whether one of these nodes always takes a pod of a workload.
    fn always_on(&self, workload: usize, nodes: &[usize]) -> bool {
        !self.may_be_blocked(workload, nodes, self.blocked_by_relations(workload, nodes))
    }

    /// The domain with the fewest pods always takes one more, if it has room.
    fn always_spread(&self, workload: usize, spread: &Spread) -> bool {
        let (model, plan) = (self.model, &self.model.plans[workload]);
        let topology = &model.topologies[spread.topology];
        let mut nodes = vec![Vec::new(); topology.number];
        for node in &*plan.nodes {
            if let Some(domain) = topology.domains[*node] {
                nodes[domain].push(*node);
            }
        }
        let counted: BTreeSet<_> = (0..model.nodes.len())
            .filter(|node| spread.counted[*node])
            .filter_map(|node| topology.domains[node])
            .collect();
        counted.len() >= spread.min_domains
            && counted.into_iter().all(|domain| self.always_on(workload, &nodes[domain]))
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
