//! Sums that exceed what nodes have.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::analysis::Refused;
use super::super::model::UNKNOWN;
use super::super::workload::Count;
use super::{Class, Proofs, number_open};

/// More than the nodes have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shortfall {
    /// The nodes that are all that is open to these pods.
    pub(crate) nodes: Arc<[usize]>,
    pub(crate) resource: usize,
    pub(crate) asked: i128,
    pub(crate) room: i128,
}

impl Proofs<'_, '_> {
    /// Nodes that pods ask more of than they have, together: then some pods find no place in any order. The widest first.
    /// Workloads that do not even fit alone are left out: they are not what is too much.
    pub(crate) fn shortfalls(&self, refused: &[Refused]) -> Vec<Shortfall> {
        let model = self.model;
        let mut sets: Vec<Arc<[usize]>> = Vec::new();
        let every: BTreeSet<usize> =
            self.classes.iter().flat_map(|class| model.plans[class.workload].nodes.iter().copied()).collect();
        sets.push(every.into_iter().collect());
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
            let held: Vec<_> = classes.iter().map(|class| i128::from(self.held(class, &inside))).collect();
            for resource in 0..model.resources.len() {
                let room: i128 = nodes.iter().map(|node| i128::from(model.room[*node][resource].max(0))).sum();
                let asked = |class: &Class| i128::from(model.plans[class.workload].request[resource]);
                let asked: i128 = classes.iter().zip(&held).map(|(class, held)| held * asked(class)).sum();
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
