//! Whether new pods find a place beside the old ones, while their workload is rolled out.

use super::input::Input;
use super::model::Model;
use super::order::Order;
use super::place::Placement;
use super::text::{by_reason, reason};

/// Why no node takes a pod more of each of these workloads, once the pods of all others are placed: by the position of its object. It is not
/// told of those that find a place, nor of any where that isn't known.
pub(crate) fn homeless_surges(input: &Input<'_, '_>, workloads: &[usize]) -> Vec<(usize, String)> {
    let model = Model::new(input);
    let placement = Placement::new(&model, Order::AsGiven, false, None);
    if model.nodes.is_empty() || !placement.is_complete() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, workload) in model.workloads.iter().enumerate() {
        let Some(position) = workload.pods.map(|pods| pods.item.index).filter(|index| workloads.contains(index)) else {
            continue;
        };
        if model.plans[number].unknown || workload.waits.is_some() {
            continue;
        }
        let reasons: Option<Vec<_>> = (0..model.nodes.len())
            .map(|node| Some((model.nodes[node].name, reason(&model, &placement, number, node)?)))
            .collect();
        found.extend(reasons.map(|reasons| (position, by_reason(&reasons))));
    }
    found
}
