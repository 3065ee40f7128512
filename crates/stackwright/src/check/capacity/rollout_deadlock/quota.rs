//! Rollouts for whose new pod a ResourceQuota has no room.

use k8s_openapi::api::apps::v1::Deployment;

use super::{CHECK, count_path, old, strategy_path, way_out, why_forever};
use crate::check::capacity::quota_exceeded::{Room, is_of_others};
use crate::check::scale::{rolls, steps};
use crate::check::{Finding, HashMap, Index, Severity};

pub(super) fn run(index: &Index<'_>, fewest: &HashMap<usize, i32>, findings: &mut Vec<Finding>) {
    let rooms = Room::lasting(index);
    if rooms.is_empty() {
        return;
    }
    let mut of_others: HashMap<usize, bool> = HashMap::default();
    for (item, deployment) in index.all::<Deployment>() {
        let number = fewest.get(&item.index).copied().unwrap_or(1);
        let (Some(room), Some(pods)) = (rooms.get(item.namespace), index.pods_of(item)) else { continue };
        if number == 0 || !rolls(deployment) || steps(deployment, number).missing > 0 {
            continue;
        }
        let Some(limit) = room.refuses(pods) else { continue };
        let message = format!("a new pod of {} is refused beside {}: {}", item.label(), old(number), limit.fact());
        let help = format!("{}; or raise the quota, so that one pod more fits", way_out(number));
        let quota = limit.quota;
        let is_of_others = *of_others.entry(quota.index).or_insert_with(|| is_of_others(index, quota));
        let severity = match (is_of_others, index.file(item) == index.file(quota)) {
            (true, _) => Severity::Information,
            (false, false) if !index.is_closed() => Severity::Warning,
            _ => CHECK.severity,
        };
        let path = strategy_path(deployment).map_or_else(|| count_path(pods), str::to_owned);
        let finding = CHECK.finding(message, help).rated(severity).why(why_forever(deployment, number));
        findings.push(finding.at(item, path).see(quota, "spec.hard", "the quota"));
    }
}
