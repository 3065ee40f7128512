//! Pods placed by queues against pods placed by looking at every node for each of them.

use std::cmp::Reverse;

use proptest::prelude::*;

use super::{Brute, SmallNode, node, pods};
use crate::capacity::model::Model;
use crate::capacity::order::Order;
use crate::capacity::place::Placement;
use crate::capacity::workload::Count;
use crate::check::{Index, Input};
use crate::yaml;

/// Places the pods of these workloads, each on the first in order of all nodes that take it; says in which sequence.
fn fill(
    placement: &mut Placement,
    model: &Model,
    mut workloads: Vec<usize>,
    order: Order,
    lost: Option<usize>,
) -> Vec<usize> {
    workloads.sort_by_cached_key(|workload| model.precedence(*workload, order));
    loop {
        let before = placement.left.clone();
        for workload in &workloads {
            let takes = |placement: &Placement, node: usize| {
                placement.left[*workload] > 0
                    && Some(node) != lost
                    && placement.obstacle(model, *workload, node).is_none()
            };
            let nodes = model.plans[*workload].nodes.iter().copied();
            if model.workloads[*workload].count == Count::EveryNode {
                for node in nodes {
                    if takes(placement, node) && !placement.on[*workload].contains_key(&node) {
                        placement.put(model, *workload, node, 1);
                    }
                }
                continue;
            }
            let score = |placement: &Placement, node: usize| placement.score(model, *workload, node, order);
            let first = |placement: &Placement| {
                let taking = nodes.clone().filter(|node| takes(placement, *node));
                taking.max_by_key(|node| (score(placement, *node), Reverse(*node)))
            };
            while let Some(node) = first(placement) {
                placement.put(model, *workload, node, 1);
            }
        }
        if placement.left == before {
            return workloads;
        }
    }
}

fn placed(model: &Model, order: Order, lost: Option<usize>) -> Placement {
    let mut placement = Placement::before(model, false);
    fill(&mut placement, model, (0..model.workloads.len()).collect(), order, lost);
    placement
}

/// The pods that find no other place when a node is lost.
fn homeless(mut placement: Placement, model: &Model, node: usize, workloads: &[usize]) -> Vec<(usize, u32)> {
    let displaced: Vec<_> = workloads.iter().copied().filter(|workload| model.is_movable(*workload)).collect();
    for workload in &displaced {
        placement.left[*workload] = placement.on[*workload].remove(&node).expect("pods on the node");
    }
    let displaced = fill(&mut placement, model, displaced, Order::AsGiven, Some(node));
    displaced.into_iter().map(|workload| (workload, placement.left[workload])).filter(|(_, left)| *left > 0).collect()
}

/// Compares both ways; says how many nodes were lost, and how many of them left pods without a place.
fn compare(nodes: &[SmallNode], workloads: &[super::SmallPods], rules: bool) -> Result<[usize; 2], TestCaseError> {
    let objects = yaml::objects(&Brute { nodes, workloads }.manifests()).expect("manifests");
    let index = Index::new(Input::new(&objects));
    let model = Model::new(&index);
    for lost in [None, Some(0)] {
        // Pods with rules are packed in rounds, not each on the first node that takes it.
        for order in [Order::AsGiven, Order::LargestFirst].into_iter().take(if rules { 1 } else { 2 }) {
            let (slow, quick) = (placed(&model, order, lost), Placement::new(&model, order, false, lost));
            prop_assert_eq!(&slow.on, &quick.on);
            prop_assert_eq!(&slow.left, &quick.left);
            prop_assert_eq!(&slow.free, &quick.free);
        }
    }
    let mut placement = Placement::new(&model, Order::AsGiven, false, None);
    if !placement.is_complete() {
        return Ok([0; 2]);
    }
    let (before, by_node) = (placement.clone(), placement.by_node(&model));
    let mut losses = 0;
    for (node, workloads) in by_node.iter().enumerate() {
        let found = placement.homeless(&model, node, workloads);
        losses += usize::from(!found.is_empty());
        prop_assert_eq!(found, homeless(before.clone(), &model, node, workloads));
        prop_assert_eq!(&before.on, &placement.on);
        prop_assert_eq!(&before.free, &placement.free);
        prop_assert!(placement.is_complete());
    }
    Ok([nodes.len(), losses])
}

/// Nodes with room for so many times what a small one has.
fn nodes(times: i64) -> impl Strategy<Value = Vec<SmallNode>> {
    let larger = move |SmallNode { cpu, memory, pods, zone, tainted }| SmallNode {
        cpu: cpu * times,
        memory: memory * times,
        pods: pods * times,
        zone,
        tainted,
    };
    prop::collection::vec(node().prop_map(larger), 2..7)
}

#[test]
fn queues_find_what_a_look_at_every_node_finds() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut sum = [0; 2];
    for (times, rules) in [(2, 0.0), (5, 0.0), (3, 0.15), (6, 0.15)] {
        let strategy = (nodes(times), prop::collection::vec(pods(rules), 3..14));
        for _ in 0..100 {
            let (nodes, workloads) = strategy.new_tree(&mut runner).expect("a cluster").current();
            let found = compare(&nodes, &workloads, rules > 0.0).expect("the same");
            sum = [sum[0] + found[0], sum[1] + found[1]];
        }
    }
    let [lost, losses] = sum;
    eprintln!("{lost} nodes lost, {losses} of them left pods without a place");
    assert!(losses > 50 && lost - losses > 50, "{lost} nodes lost, {losses} of them left pods without a place");
}
