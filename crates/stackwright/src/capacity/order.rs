//! What comes first: which pods, and which node each of them takes.

use std::cmp::Reverse;

use super::model::{CPU, MEMORY, Model, PODS};
use super::place::Placement;
use super::workload::Count;

/// Which pods come first, and which node each takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they are given, each on the node with the most left: what the scheduler does.
    AsGiven,
    /// The largest first, each on the first node that takes it: what packs well.
    LargestFirst,
}

impl Placement {
    /// How early a node comes in an order. In that of the scheduler, it is how much the node would have left, in thousandths of
    /// what it has: the mean of CPU and memory, as the scheduler's default. A pod that asks for nothing counts as a small one.
    pub(super) fn score(&self, model: &Model, workload: usize, node: usize, order: Order) -> i64 {
        if order == Order::LargestFirst {
            return 0;
        }
        let request = &model.plans[workload].request;
        let left = |resource: usize, least: i64| {
            let asked = if request[resource] == 0 { least } else { request[resource] };
            let (free, room) = (self.free[node][resource] - asked, model.room[node][resource]);
            match free.checked_mul(1000) {
                _ if room <= 0 => 0,
                Some(thousandths) => thousandths / room,
                None => i64::try_from(i128::from(free) * 1000 / i128::from(room)).unwrap_or(0),
            }
        };
        left(CPU, 100) + left(MEMORY, 200 << 20)
    }
}

impl Model<'_> {
    /// What is placed first: pods of higher priority, those that have one node only, then as the order says.
    pub(super) fn precedence(&self, workload: usize, order: Order) -> impl Ord + use<> {
        let (plan, found) = (&self.plans[workload], &self.workloads[workload]);
        let named = found.spec().is_some_and(|spec| spec.node_name.is_some());
        let tied = found.count == Count::EveryNode || plan.nodes.len() <= 1;
        let share =
            |resource: usize| i128::from(plan.request[resource]) * 1000 / i128::from(self.largest[resource].max(1));
        let size = || (0..plan.request.len()).filter(|resource| *resource != PODS).map(share).max();
        let size = if order == Order::LargestFirst { size() } else { None };
        (!named, Reverse(found.priority), !tied, Reverse(size))
    }
}
