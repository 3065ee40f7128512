//! Whether new pods find a place beside the old ones, while their workload is rolled out.

use super::analysis::Analysis;
use super::input::Input;
use super::model::Model;
use super::order::Order;
use super::place::{Obstacle, Placement};
use super::proof::Proofs;
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
        if !model.plans[number].unknown && workload.waits.is_none() {
            found.extend(why(&model, &placement, number).map(|why| (position, why)));
        }
    }
    found
}

/// Why no node takes one more pod of a workload; none where one does.
fn why(model: &Model, placement: &Placement, workload: usize) -> Option<String> {
    if placement.has_room(model, workload) {
        return None;
    }
    let reasons: Option<Vec<_>> = (0..model.nodes.len())
        .map(|node| Some((model.nodes[node].name, reason(model, placement, workload, node)?)))
        .collect();
    reasons.map(|reasons| by_reason(&reasons))
}

/// A workload of which no node takes one pod more.
pub(crate) struct Stuck {
    /// Why.
    pub(crate) why: String,
    /// Whether that is so wherever all other pods are, and not only as the scheduler would place them.
    pub(crate) is_certain: bool,
    /// Whether there would be room if it were not for pods of others.
    pub(crate) is_by_others: bool,
    /// What keeps it off the first node that is open to it.
    pub(crate) obstacle: Obstacle,
}

/// Whether one pod more of workloads finds a place beside all that there are.
pub(crate) struct Surges<'m, 'a> {
    analysis: &'m Analysis<'a>,
    proofs: Proofs<'m, 'a>,
    packed: Placement,
}

impl<'m, 'a> Surges<'m, 'a> {
    /// Those of these workloads that find none.
    pub(crate) fn stuck(analysis: &'m Analysis<'a>, workloads: impl Iterator<Item = usize>) -> Vec<(usize, Stuck)> {
        let (model, placement) = (&analysis.model, &analysis.placement);
        let is_stuck = |workload: &usize| {
            let is_known = !model.plans[*workload].unknown && model.workloads[*workload].waits.is_none();
            is_known && placement.left[*workload] == 0 && !placement.has_room(model, *workload)
        };
        let workloads: Vec<_> = workloads.filter(is_stuck).collect();
        if workloads.is_empty() {
            return Vec::new();
        }
        let packed = Placement::new(model, Order::LargestFirst, false, None);
        let surges = Self { analysis, proofs: Proofs::new(model, false), packed };
        workloads.into_iter().filter_map(|workload| Some((workload, surges.of(workload)?))).collect()
    }

    fn of(&self, workload: usize) -> Option<Stuck> {
        let (model, placement) = (&self.analysis.model, &self.analysis.placement);
        let pods = model.number(workload, false);
        let is_alone = self.proofs.at_best_of(workload, pods + 1) <= pods;
        let is_certain = is_alone || model.nodes.len() == 1 && !self.pushes_out(workload);
        if !is_certain && (self.pushes_out(workload) || self.packed.has_room(model, workload)) {
            return None;
        }
        let mut nodes = model.plans[workload].nodes.iter();
        let obstacle = nodes.find_map(|node| placement.obstacle(model, workload, *node))?;
        Some(Stuck { why: why(model, placement, workload)?, is_certain, is_by_others: !is_alone, obstacle })
    }

    /// Whether its pods may take the place of others.
    fn pushes_out(&self, workload: usize) -> bool {
        let workloads = &self.analysis.model.workloads;
        let found = &workloads[workload];
        found.preempts && workloads.iter().any(|other| other.priority < found.priority)
    }
}
