//! Whether other pods can be so placed that a workload's find no place.

use super::super::workload::{Count, Workload};
use super::{Proofs, subtract};

/// With more classes than this, only sums are compared: the finer bound compares each with each.
const FEW: usize = 400;

/// A whole, in millionths.
const WHOLE: i128 = 1_000_000;

impl Proofs<'_, '_> {
    /// Whether all other pods may be so placed that none of these nodes takes a pod of a workload, where so many of the nodes
    /// are closed to it by their ports and their distance. Where this says no, that is certain; where it says yes, it may be
    /// wrong.
    pub(super) fn may_be_blocked(&self, workload: usize, nodes: &[usize], taken: u64) -> bool {
        let model = self.model;
        if !self.may_be_blocked_by_sums(workload, nodes, taken) {
            return false;
        }
        if self.classes.len() > FEW {
            return true;
        }
        let request = &model.plans[workload].request;
        // What has to be taken of each node for it to have too little left.
        let mut needed: Vec<Vec<i64>> = nodes.iter().map(|node| model.room[*node].clone()).collect();
        for needed in &mut needed {
            subtract(needed, request, 1);
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
                    if plan.nodes.binary_search(node).is_ok() {
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
            let there = open.iter().copied().filter(|node| at.binary_search(&nodes[*node]).is_ok());
            there.map(part).max().unwrap_or(0).min(WHOLE) * i128::from(*pods)
        });
        parts.sum::<i128>() >= i128::from(open_number) * WHOLE
    }

    /// The same, by the sums of all other pods alone: coarser, and quick for any number of them.
    fn may_be_blocked_by_sums(&self, workload: usize, nodes: &[usize], taken: u64) -> bool {
        let model = self.model;
        let request = &model.plans[workload].request;
        let class = &self.classes[self.class_of[workload]];
        let own = i64::from(class.is_tied(model));
        let asked = || (0..request.len()).filter(|resource| request[*resource] > 0);
        // What has to be taken of a node for it to have too little left; its own pod may be counted there already.
        let needed = |node: usize, resource: usize| {
            self.untied[node][resource].saturating_sub(request[resource] * (1 - own)).saturating_add(1)
        };
        let (mut number, mut easiest) = (0, vec![i64::MAX; request.len()]);
        for node in nodes.iter().copied().filter(|node| asked().all(|resource| needed(*node, resource) > 0)) {
            number += 1;
            for resource in asked() {
                easiest[resource] = easiest[resource].min(needed(node, resource));
            }
        }
        let blocked = asked().map(|resource| {
            let total = self.movable[resource] - i128::from(request[resource] * (1 - own));
            u64::try_from(total / i128::from(easiest[resource])).unwrap_or(u64::MAX)
        });
        blocked.fold(taken, u64::saturating_add) >= number
    }

    /// How many of these nodes, at most, are closed to a workload by the ports and the distance of other pods.
    pub(super) fn blocked_by_relations(&self, workload: usize, nodes: &[usize]) -> u64 {
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
}
