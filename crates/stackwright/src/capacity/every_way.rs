//! Every way in which pods can come and be placed, where these are few enough to try them all.

use super::model::Model;
use super::place::Placement;
use super::proof::Answer;
use crate::HashSet;

/// So many workloads, each on so many nodes, are tried: with more, there is no end to it.
const SMALL: usize = 100;
/// So many different placements are looked at.
const PLACEMENTS: usize = 10_000;

/// The answers, where those that depend are made certain if every way leads to the same.
pub(super) fn decided(model: &Model, most: bool, mut answers: Vec<Answer>) -> Vec<Answer> {
    let is_in_doubt = |workload: &usize| answers[*workload] == Answer::Depends && !model.workloads[*workload].is_gated;
    let in_doubt: Vec<_> = (0..answers.len()).filter(is_in_doubt).collect();
    if !in_doubt.is_empty()
        && let Some(ends) = ends(model, most, &in_doubt)
    {
        for (workload, end) in in_doubt.into_iter().zip(ends) {
            answers[workload] = match end {
                End { all: true, left: false } => Answer::Yes,
                End { all: false, left: true } => Answer::No,
                End { .. } => Answer::Depends,
            };
        }
    }
    answers
}

/// How it may end for a workload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct End {
    /// All of its pods are placed.
    all: bool,
    /// Some are left over.
    left: bool,
}

/// How it may end for each of these workloads; none where there are too many ways.
fn ends(model: &Model, most: bool, workloads: &[usize]) -> Option<Vec<End>> {
    let urgent = model.workloads.iter().filter(|workload| workload.preempts).map(|workload| workload.priority).max();
    let pushes_out = model.workloads.iter().any(|workload| urgent.is_some_and(|urgent| urgent > workload.priority));
    let is_known = model.plans.iter().all(|plan| !plan.unknown);
    if pushes_out || !is_known || model.workloads.len() * model.nodes.len() > SMALL {
        return None;
    }
    let mut found = vec![End::default(); workloads.len()];
    let start = Placement::before(model, most);
    let mut seen = HashSet::from_iter([start.on.clone()]);
    let mut open = vec![start];
    while let Some(placement) = open.pop() {
        let next = placement.next(model);
        if next.is_empty() {
            for (end, workload) in found.iter_mut().zip(workloads) {
                let is_left = placement.left[*workload] > 0;
                end.left |= is_left;
                end.all |= !is_left;
            }
            if found.iter().all(|end| end.all && end.left) {
                return Some(found);
            }
        }
        open.extend(next.into_iter().filter(|next| seen.insert(next.on.clone())));
        if seen.len() > PLACEMENTS {
            return None;
        }
    }
    Some(found)
}
