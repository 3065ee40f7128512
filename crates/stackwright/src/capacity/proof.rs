//! What is certain whatever the order in which pods come, and whichever of the nodes that take a pod the scheduler picks.

use std::collections::HashMap;
use std::sync::Arc;

use super::analysis::Refused;
use super::model::{Model, UNKNOWN};
use super::workload::{Count, Workload};

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

/// More than the nodes have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shortfall {
    /// The nodes that are all that is open to these pods.
    pub(crate) nodes: Arc<[usize]>,
    pub(crate) resource: usize,
    pub(crate) asked: i128,
    pub(crate) room: i128,
}

/// The proofs for every workload, with as many pods as there are, or as autoscalers may make.
pub(crate) struct Proofs<'m, 'a> {
    model: &'m Model<'a>,
    most: bool,
    /// Workloads by what they ask for and where: they are the same to all others.
    classes: Vec<Class>,
    class_of: Vec<usize>,
    /// The classes whose pods are on every node that is open to them, or on theirs already.
    settled: Vec<usize>,
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

/// With more classes than this, only sums are compared: the finer bound compares each with each.
const FEW: usize = 400;

/// A whole, in millionths.
const WHOLE: i128 = 1_000_000;

impl<'m, 'a> Proofs<'m, 'a> {
    pub(crate) fn new(model: &'m Model<'a>, most: bool) -> Self {
        let mut known: HashMap<_, usize> = HashMap::new();
        let mut classes: Vec<Class> = Vec::new();
        let mut class_of = Vec::with_capacity(model.workloads.len());
        for (workload, Workload { priority, count, is_bound, is_gated, .. }) in model.workloads.iter().enumerate() {
            let plan = &model.plans[workload];
            let everywhere = *count == Count::EveryNode;
            let key =
                (&plan.request, plan.nodes.as_ptr(), plan.nodes.len(), *priority, everywhere, *is_bound, *is_gated);
            let class = *known.entry(key).or_insert_with(|| {
                classes.push(Class { workload, number: 0 });
                classes.len() - 1
            });
            classes[class].number += number_open(model, workload, most);
            class_of.push(class);
        }
        let settled = (0..classes.len()).filter(|class| {
            let workload = &model.workloads[classes[*class].workload];
            workload.is_bound || workload.count == Count::EveryNode
        });
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
        Self { model, most, settled: settled.collect(), classes, class_of, movable, untied }
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

    /// How many pods of a workload find a place at the very best: when they come right after what every node runs anyway.
    pub(crate) fn at_best(&self, workload: usize) -> u32 {
        let (model, plan) = (self.model, &self.model.plans[workload]);
        let number = self.model.number(workload, self.most);
        let mut on: Vec<u64> = vec![0; model.nodes.len()];
        for node in &*plan.nodes {
            on[*node] = u64::from(model.how_many(workload, &self.room_at_best(workload, *node)));
            if !model.workloads[workload].ports.is_empty() || model.workloads[workload].count == Count::EveryNode {
                on[*node] = on[*node].min(1);
            }
        }
        let mut best: u64 = on.iter().sum();
        if model.workloads[workload].claims.are_exclusive {
            best = best.min(1);
        }
        let by_domain = |topology: usize| {
            let topology = &model.topologies[topology];
            let mut domains = vec![0; topology.number];
            let mut outside = 0;
            for (node, domain) in topology.domains.iter().enumerate() {
                *domain.map_or(&mut outside, |domain| &mut domains[domain]) += on[node];
            }
            (domains, outside)
        };
        let Some(relations) = &plan.relations else { return cut(best, number) };
        for (topology, _) in relations.apart.iter().filter(|(_, other)| *other == workload) {
            let (domains, outside) = by_domain(*topology);
            best = best.min(domains.iter().map(|number: &u64| *number.min(&1)).sum::<u64>() + outside);
        }
        if let Some(near) = &relations.near {
            if near.others.is_empty() && !plan.unknown {
                best = 0;
            } else if near.others == [workload] {
                for topology in &near.topologies {
                    best = best.min(by_domain(*topology).0.into_iter().max().unwrap_or(0));
                }
            }
        }
        for spread in relations.spread.iter().filter(|spread| spread.others == [workload]) {
            let (domains, _) = by_domain(spread.topology);
            let mut counted = vec![false; domains.len()];
            for (node, domain) in model.topologies[spread.topology].domains.iter().enumerate() {
                if let Some(domain) = domain.filter(|_| spread.counted[node]) {
                    counted[domain] = true;
                }
            }
            let number = counted.iter().filter(|counted| **counted).count();
            let fewest = domains.iter().zip(&counted).filter(|(_, counted)| **counted).map(|(most, _)| *most).min();
            let fewest = if number < spread.min_domains { 0 } else { fewest.unwrap_or(0) };
            best =
                best.min(domains.iter().map(|most| (*most).min(fewest.saturating_add(spread.max_skew.into()))).sum());
        }
        cut(best, number)
    }

    /// Whether pods of a higher priority may take the place of a bound one.
    fn may_be_pushed_out(&self, workload: usize) -> bool {
        let (model, priority) = (self.model, self.model.workloads[workload].priority);
        self.classes.iter().any(|class| {
            let other = &model.workloads[class.workload];
            let nodes = &model.plans[class.workload].nodes;
            other.preempts
                && other.priority > priority
                && model.plans[workload].nodes.iter().any(|node| nodes.contains(node))
        })
    }

    /// What a node has for a workload once the pods that are there for certain are: those that are there already, and those
    /// that every node runs and that come before it by their priority.
    pub(crate) fn room_at_best(&self, workload: usize, node: usize) -> Vec<i64> {
        let room = &self.model.room[node];
        let Workload { priority, preempts, .. } = self.model.workloads[workload];
        let mut left = room.clone();
        for class in self.settled.iter().map(|class| &self.classes[*class]) {
            let other = &self.model.workloads[class.workload];
            let plan = &self.model.plans[class.workload];
            let is_there = other.is_bound && (other.priority >= priority || !preempts);
            let comes_first = other.priority > priority
                && other.preempts
                && plan.relations.is_none()
                && other.ports.is_empty()
                && !plan.unknown;
            if class.workload != workload && (is_there || comes_first) && plan.nodes.contains(&node) {
                subtract(&mut left, &plan.request, class.on_each(self.model));
            }
        }
        // Where not even they have room, it is not certain which of them are there.
        if left.iter().all(|left| *left >= 0) { left } else { room.clone() }
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

    /// Whether all other pods may be so placed that none of these nodes takes a pod of a workload. Where this says no, that
    /// is certain; where it says yes, it may be wrong.
    fn may_be_blocked(&self, workload: usize, nodes: &[usize]) -> bool {
        let model = self.model;
        let request = &model.plans[workload].request;
        // What has to be taken of each node for it to have too little left.
        let mut needed: Vec<Vec<i64>> = nodes.iter().map(|node| model.room[*node].clone()).collect();
        for needed in &mut needed {
            subtract(needed, request, 1);
        }
        if self.classes.len() > FEW {
            return self.may_be_blocked_by_sums(workload, nodes);
        }
        let own = self.class_of[workload];
        let mut movable: Vec<(&Vec<i64>, &[usize], i64)> = Vec::new();
        for (number, class) in self.classes.iter().enumerate() {
            let other = &model.workloads[class.workload];
            if model.workloads[workload].preempts && other.priority < model.workloads[workload].priority {
                continue;
            }
            let plan = &model.plans[class.workload];
            let pods = class.number - i64::from(number == own);
            if other.count == Count::EveryNode || plan.nodes.len() == 1 {
                // They can be nowhere else: count them as there.
                let pods = class.on_each(model) - i64::from(number == own);
                for (needed, node) in needed.iter_mut().zip(nodes) {
                    if plan.nodes.contains(node) {
                        subtract(needed, &plan.request, pods);
                    }
                }
            } else if pods > 0 {
                movable.push((&plan.request, &plan.nodes, pods));
            }
        }
        let asked: Vec<_> = (0..request.len()).filter(|resource| request[*resource] > 0).collect();
        let full = |needed: &Vec<i64>| asked.iter().any(|resource| needed[*resource] < 0);
        let open: Vec<_> = (0..nodes.len()).filter(|node| !full(&needed[*node])).collect();
        let taken = self.blocked_by_relations(workload, nodes);
        let Some(open_number) = u64::try_from(open.len()).ok().and_then(|number| number.checked_sub(taken)) else {
            return true;
        };
        if open_number == 0 {
            return true;
        }

        // Each resource alone: so many nodes at most, the easiest first.
        let blocked = asked.iter().map(|resource| {
            let mut total: i128 =
                movable.iter().map(|(request, _, pods)| i128::from(request[*resource]) * i128::from(*pods)).sum();
            let mut each: Vec<_> = open.iter().map(|node| i128::from(needed[*node][*resource]) + 1).collect();
            each.sort_unstable();
            each.into_iter()
                .take_while(|each| {
                    total -= each;
                    total >= 0
                })
                .count() as u64
        });
        if blocked.sum::<u64>() < open_number {
            return false;
        }
        if movable.len() > FEW {
            return true;
        }
        // Each pod at its most: it is on one node, of which it takes at most this part, in millionths, of what blocks it.
        let parts = movable.iter().map(|(other, at, pods)| {
            let part = |node: usize| {
                let part = |resource: &usize| {
                    let needed = i128::from(needed[node][*resource]) + 1;
                    (i128::from(other[*resource]) * WHOLE + needed - 1) / needed
                };
                asked.iter().map(part).max().unwrap_or(0)
            };
            let there = open.iter().copied().filter(|node| at.contains(&nodes[*node]));
            there.map(part).max().unwrap_or(0).min(WHOLE) * i128::from(*pods)
        });
        parts.sum::<i128>() >= i128::from(open_number) * WHOLE
    }

    /// The same, by the sums of all other pods alone: coarser, and quick for any number of them.
    fn may_be_blocked_by_sums(&self, workload: usize, nodes: &[usize]) -> bool {
        let model = self.model;
        let request = &model.plans[workload].request;
        let class = &self.classes[self.class_of[workload]];
        let own = i64::from(class.is_tied(model));
        let asked = || (0..request.len()).filter(|resource| request[*resource] > 0);
        // What has to be taken of a node for it to have too little left; its own pod may be counted there already.
        let needed = |node: usize, resource: usize| self.untied[node][resource] - request[resource] * (1 - own) + 1;
        let open = || nodes.iter().copied().filter(|node| asked().all(|resource| needed(*node, resource) > 0));
        let number = open().count() as u64;
        let taken = self.blocked_by_relations(workload, nodes);
        let blocked = asked().map(|resource| {
            let total = self.movable[resource] - i128::from(request[resource] * (1 - own));
            let easiest = open().map(|node| needed(node, resource)).min().unwrap_or(1);
            u64::try_from(total / i128::from(easiest)).unwrap_or(u64::MAX)
        });
        blocked.fold(taken, u64::saturating_add) >= number
    }

    /// How many of these nodes, at most, are closed to a workload by the ports and the distance of other pods.
    fn blocked_by_relations(&self, workload: usize, nodes: &[usize]) -> u64 {
        let model = self.model;
        let number = |other: usize| u64::from(model.number(other, self.most)) - u64::from(other == workload);
        let own = &model.workloads[workload];
        let clashing =
            |other: &Workload| own.ports.iter().any(|port| other.ports.iter().any(|taken| taken.clashes(port)));
        let by_ports: u64 = if own.ports.is_empty() {
            0
        } else {
            let others = model.workloads.iter().enumerate().filter(|(_, other)| clashing(other));
            others.map(|(other, _)| number(other)).sum()
        };
        let apart = model.plans[workload].relations.iter().flat_map(|relations| &relations.apart);
        let by_distance = apart.map(|(topology, other)| {
            let topology = &model.topologies[*topology];
            let mut sizes = vec![0; topology.number];
            for domain in nodes.iter().filter_map(|node| topology.domains[*node]) {
                sizes[domain] += 1;
            }
            number(*other).saturating_mul(sizes.into_iter().max().unwrap_or(0))
        });
        by_ports + by_distance.sum::<u64>()
    }

    /// Nodes that pods ask more of than they have, together: then some pods find no place in any order. The widest first.
    /// Workloads that do not even fit alone are left out: they are not what is too much.
    pub(crate) fn shortfalls(&self, refused: &[Refused]) -> Vec<Shortfall> {
        let model = self.model;
        let mut sets: Vec<Arc<[usize]>> = Vec::new();
        let mut every: Vec<usize> = model.plans.iter().flat_map(|plan| plan.nodes.iter().copied()).collect();
        every.sort_unstable();
        every.dedup();
        sets.push(every.into());
        for class in &self.classes {
            let nodes = &model.plans[class.workload].nodes;
            if !nodes.is_empty() && sets.len() < 32 && !sets.contains(nodes) {
                sets.push(nodes.clone());
            }
        }
        let mut found = Vec::new();
        let mut classes = self.classes.clone();
        for Refused { workload, .. } in refused {
            classes[self.class_of[*workload]].number -= number_open(model, *workload, self.most);
        }
        for nodes in sets {
            let mut inside = vec![false; model.nodes.len()];
            for node in &*nodes {
                inside[*node] = true;
            }
            for resource in 0..model.resources.len() {
                let room: i128 = nodes.iter().map(|node| i128::from(model.room[*node][resource].max(0))).sum();
                let asked: i128 = classes
                    .iter()
                    .map(|class| {
                        i128::from(self.held(class, &inside))
                            * i128::from(model.plans[class.workload].request[resource])
                    })
                    .sum();
                if asked > room && room < i128::from(UNKNOWN / 2) {
                    found.push(Shortfall { nodes: nodes.clone(), resource, asked, room });
                }
            }
        }
        found
    }

    /// How many pods of a class have to be on the nodes of a set.
    fn held(&self, class: &Class, inside: &[bool]) -> i64 {
        let nodes = &self.model.plans[class.workload].nodes;
        let (count, there) =
            (&self.model.workloads[class.workload].count, nodes.iter().filter(|node| inside[**node]).count());
        if *count == Count::EveryNode {
            class.on_each(self.model) * i64::try_from(there).unwrap_or(0)
        } else if there == nodes.len() && there > 0 {
            class.number
        } else {
            0
        }
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

fn cut(best: u64, number: u32) -> u32 {
    u32::try_from(best).unwrap_or(u32::MAX).min(number)
}

fn subtract(from: &mut [i64], request: &[i64], number: i64) {
    for (left, asked) in from.iter_mut().zip(request) {
        if *left < UNKNOWN / 2 {
            *left = left.saturating_sub(asked.saturating_mul(number));
        }
    }
}
