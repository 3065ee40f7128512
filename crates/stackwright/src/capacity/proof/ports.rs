//! Ports of nodes that more pods take than there are nodes for them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::Model;
use super::super::workload::Count;
use super::Proofs;

/// More pods that take a port of their node than there are nodes for them: some find no place in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PortShortfall {
    pub(crate) port: i32,
    /// Whose pods take it.
    pub(crate) workloads: Vec<usize>,
    /// How many pods have to be on the nodes, each on one of its own.
    pub(crate) pods: usize,
    pub(crate) nodes: Vec<usize>,
}

impl Proofs<'_, '_> {
    /// The ports that more pods take than there are nodes for them, each once.
    pub(crate) fn port_shortfalls(&self) -> Vec<PortShortfall> {
        let model = self.model;
        let mut takers: BTreeMap<(i32, &str), BTreeSet<(usize, &str)>> = BTreeMap::new();
        for (number, workload) in model.workloads.iter().enumerate() {
            for port in &workload.ports {
                takers.entry((port.port, &port.protocol)).or_default().insert((number, &port.address));
            }
        }
        let found = takers.into_iter().filter_map(|((port, _), takers)| {
            // Who takes it at every address meets all others, who take it at one meet only those that take it there.
            let addresses: BTreeSet<&str> = takers.iter().map(|(_, address)| *address).collect();
            let here = |address: &str| -> BTreeSet<usize> {
                let meet = |(_, own): &&(usize, &str)| own.is_empty() || *own == address;
                takers.iter().filter(meet).map(|(workload, _)| *workload).collect()
            };
            addresses.into_iter().find_map(|address| self.too_many(port, &here(address)))
        });
        found.collect()
    }

    /// Nodes on which more pods of these workloads have to be than there are nodes, where no two may be on one.
    fn too_many(&self, port: i32, takers: &BTreeSet<usize>) -> Option<PortShortfall> {
        let nodes = |workload: usize| self.model.plans[workload].nodes.iter().copied();
        let sets: BTreeSet<BTreeSet<usize>> = takers.iter().map(|workload| nodes(*workload).collect()).collect();
        let all = takers.iter().flat_map(|workload| nodes(*workload)).collect();
        sets.into_iter().chain([all]).filter(|set| !set.is_empty()).find_map(|set| {
            let held = takers.iter().map(|workload| (*workload, held(self.model, *workload, self.most, &set)));
            let held: Vec<_> = held.filter(|(_, pods)| *pods > 0).collect();
            let pods = held.iter().fold(0_usize, |sum, (_, pods)| sum.saturating_add(*pods));
            let workloads = held.into_iter().map(|(workload, _)| workload).collect();
            (pods > set.len()).then(|| PortShortfall { port, workloads, pods, nodes: set.into_iter().collect() })
        })
    }
}

/// How many pods of a workload have to be on nodes of a set.
fn held(model: &Model, workload: usize, most: bool, set: &BTreeSet<usize>) -> usize {
    let nodes = &model.plans[workload].nodes;
    let there = nodes.iter().filter(|node| set.contains(node)).count();
    let number = model.number(workload, most) as usize;
    match model.workloads[workload].count {
        Count::EveryNode => there.min(number),
        Count::Pods(_) if there > 0 && there == nodes.len() => number,
        Count::Pods(_) => 0,
    }
}
