//! How many pods of a workload find a place when they come first.

use super::super::model::Model;
use super::super::workload::{Count, Workload};
use super::{Class, Proofs, subtract};
use crate::HashMap;

impl Proofs<'_, '_> {
    /// How many pods of a workload find a place at the very best: when they come right after what every node runs anyway.
    pub(crate) fn at_best(&self, workload: usize) -> u32 {
        self.at_best_of(workload, self.model.number(workload, self.most))
    }

    /// The same of so many pods.
    pub(crate) fn at_best_of(&self, workload: usize, number: u32) -> u32 {
        let (model, plan) = (self.model, &self.model.plans[workload]);
        let found = &model.workloads[workload];
        let rooms = self.rooms_at_best(workload);
        let alone = !found.ports.is_empty() || found.count == Count::EveryNode;
        let most = if alone { 1 } else { u32::MAX };
        let on = |node: usize| u64::from(model.how_many(workload, &rooms[node]).min(most));
        let mut best = 0;
        for node in &*plan.nodes {
            best += on(*node);
            if best >= number.into() {
                break; // There is no need to look further.
            }
        }
        if found.claims.are_exclusive {
            best = best.min(1);
        }
        let Some(relations) = &plan.relations else { return cut(best, number) };
        let mut numbers: Vec<u64> = vec![0; model.nodes.len()];
        for node in &*plan.nodes {
            numbers[*node] = on(*node);
        }
        let by_domain = |topology: usize| {
            let topology = &model.topologies[topology];
            let mut domains = vec![0; topology.number];
            let mut outside = 0;
            for (node, domain) in topology.domains.iter().enumerate() {
                *domain.map_or(&mut outside, |domain| &mut domains[domain]) += numbers[node];
            }
            (domains, outside)
        };
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

    /// What each node has for a workload once the pods are there that are there for certain.
    pub(crate) fn rooms_at_best(&self, workload: usize) -> &[Vec<i64>] {
        let Workload { priority, preempts, .. } = self.model.workloads[workload];
        &self.rooms[&(priority, preempts)]
    }
}

/// What each node has once the pods are there that are there for certain, seen from each priority of pods that push out others
/// or not: what is there already and is not pushed out, and what every node runs and comes first by its priority.
pub(super) fn rooms(model: &Model, classes: &[Class]) -> HashMap<(i32, bool), Vec<Vec<i64>>> {
    let mut rooms = HashMap::default();
    for Workload { priority, preempts, .. } in &model.workloads {
        rooms.entry((*priority, *preempts)).or_insert_with(|| {
            let mut left = model.room.clone();
            for class in classes {
                let other = &model.workloads[class.workload];
                let plan = &model.plans[class.workload];
                let is_there = other.is_bound && (other.priority >= *priority || !preempts);
                let comes_first = other.count == Count::EveryNode
                    && other.priority > *priority
                    && other.preempts
                    && plan.relations.is_none()
                    && other.ports.is_empty()
                    && !plan.unknown;
                for node in plan.nodes.iter().filter(|_| is_there || comes_first) {
                    subtract(&mut left[*node], &plan.request, class.on_each(model));
                }
            }
            // Where not even they have room, it is not certain which of them are there.
            let is_enough = |left: &[i64]| left.iter().all(|left| *left >= 0);
            left.into_iter()
                .zip(&model.room)
                .map(|(left, room)| if is_enough(&left) { left } else { room.clone() })
                .collect()
        });
    }
    rooms
}

fn cut(best: u64, number: u32) -> u32 {
    u32::try_from(best).unwrap_or(u32::MAX).min(number)
}
