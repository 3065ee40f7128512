use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::check::scale::{fewest, most};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pdb-blocks-drain",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A PodDisruptionBudget never lets a pod be evicted.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let (fewest, most) = (fewest(index), most(index));
    for (item, budget) in index.all::<PodDisruptionBudget>() {
        let Some(spec) = &budget.spec else { continue };
        let Some(selector) = &spec.selector else { continue };
        let matched = index.matched(item.namespace, selector);
        let workloads: Vec<_> =
            matched.iter().filter_map(|pods| Some((*pods, *fewest.get(&pods.item.index)?))).collect();
        let expected: i32 = workloads.iter().map(|(_, replicas)| replicas).sum();
        let (field, value) = match (&spec.max_unavailable, &spec.min_available) {
            (Some(most), _) => ("maxUnavailable", most),
            (None, Some(least)) => ("minAvailable", least),
            (None, None) => continue,
        };
        let never = is_never(field, value);
        let blocks_at = |pods: i32| allowed(field, value, pods).is_some_and(|allowed| allowed <= 0);
        // Of pods that are not among the objects only this much is sure: "none may be missing" lets none go.
        let blocks = never || (expected > 0 && matched.len() == workloads.len() && blocks_at(expected));
        if !blocks || (expected == 0 && !workloads.is_empty()) {
            continue;
        }
        let of_most = workloads.iter().filter_map(|(pods, _)| most.get(&pods.item.index));
        let grows = !never && !blocks_at(of_most.fold(0, |sum: i32, pods| sum.saturating_add(*pods)));
        let value = shown(value);
        let rounded = if value.ends_with('%') && !never { ", rounded up" } else { "" };
        let of = workloads.iter().map(|(pods, replicas)| format!("{} has {replicas}", pods.item.label()));
        let of = of.collect::<Vec<_>>().join(", ");
        let label = item.label();
        let message = match (never, grows) {
            (true, _) => format!("{label} never lets a pod be evicted: {field} is {value}"),
            (false, true) => format!("{label} lets no pod be evicted while {of}: {field} is {value}{rounded}"),
            (false, false) => format!("{label} never lets a pod be evicted: {field} is {value}{rounded}, and {of}"),
        };
        let help = match (expected, grows) {
            (1, true) => "set minReplicas: 2, or set maxUnavailable: 1 and accept that the one pod moves",
            (1, false) => "run two replicas, or set maxUnavailable: 1 and accept that the one pod moves",
            _ => "set maxUnavailable: 1: then one pod at a time may move, whatever their number",
        };
        let why = if grows {
            "its autoscaler goes down to that, and kubectl drain waits until there are more"
        } else {
            "kubectl drain waits until it is deleted"
        };
        let mut finding = CHECK.finding(message, help).why(why);
        finding = finding.at(item, format!("spec.{field}"));
        if let Some((pods, _)) = workloads.first() {
            finding = finding.see(pods.item, "metadata.name", "the pods that it protects");
        }
        findings.push(finding);
    }
}

/// How many of so many pods may go at a time; none where the value is none that Kubernetes reads.
fn allowed(field: &str, value: &IntOrString, pods: i32) -> Option<i32> {
    let number = scaled(value, pods)?;
    Some(if field == "maxUnavailable" { number } else { pods - number })
}

/// Whether no pod may go, however many there are.
fn is_never(field: &str, value: &IntOrString) -> bool {
    match value {
        IntOrString::Int(number) => field == "maxUnavailable" && *number == 0,
        IntOrString::String(text) if field == "maxUnavailable" => text == "0%",
        IntOrString::String(text) => text == "100%",
    }
}

/// So many of `total` pods. Kubernetes rounds both percentages up.
fn scaled(value: &IntOrString, total: i32) -> Option<i32> {
    match value {
        IntOrString::Int(number) => Some(*number),
        IntOrString::String(text) => {
            let percent: i32 = text.strip_suffix('%')?.parse().ok()?;
            Some(total.checked_mul(percent)?.checked_add(99)? / 100)
        }
    }
}

fn shown(value: &IntOrString) -> String {
    match value {
        IntOrString::Int(number) => number.to_string(),
        IntOrString::String(text) => text.clone(),
    }
}
