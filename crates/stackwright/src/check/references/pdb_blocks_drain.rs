use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::check::scale::fewest;
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
    let fewest = fewest(index);
    for (item, budget) in index.all::<PodDisruptionBudget>() {
        let Some(spec) = &budget.spec else { continue };
        let Some(selector) = &spec.selector else { continue };
        let matched = index.matched(item.namespace, selector);
        let workloads: Vec<_> =
            matched.iter().filter_map(|pods| Some((*pods, *fewest.get(&pods.item.index)?))).collect();
        let expected: i32 = workloads.iter().map(|(_, replicas)| replicas).sum();
        let (field, value, allowed) = if let Some(most) = &spec.max_unavailable {
            ("maxUnavailable", most, scaled(most, expected))
        } else if let Some(least) = &spec.min_available {
            ("minAvailable", least, scaled(least, expected).map(|least| expected - least))
        } else {
            continue;
        };
        let never = is_never(field, value);
        // Of pods that are not among the objects only this much is sure: "none may be missing" lets none go.
        let blocks =
            never || (expected > 0 && matched.len() == workloads.len() && allowed.is_some_and(|allowed| allowed <= 0));
        if !blocks || (expected == 0 && !workloads.is_empty()) {
            continue;
        }
        let value = shown(value);
        let message = if never {
            format!("{} never lets a pod be evicted: {field} is {value}", item.label())
        } else {
            let of = workloads.iter().map(|(pods, replicas)| format!("{} has {replicas}", pods.item.label()));
            let of = of.collect::<Vec<_>>().join(", ");
            let rounded = if value.ends_with('%') { ", rounded up" } else { "" };
            format!("{} never lets a pod be evicted: {field} is {value}{rounded}, and {of}", item.label())
        };
        let help = if expected == 1 {
            "run two replicas, or set maxUnavailable: 1 and accept that the one pod moves"
        } else {
            "set maxUnavailable: 1: then one pod at a time may move, whatever their number"
        };
        let mut finding = CHECK.finding(message, help).why("kubectl drain waits until it is deleted");
        finding = finding.at(item, format!("spec.{field}"));
        if let Some((pods, _)) = workloads.first() {
            finding = finding.see(pods.item, "metadata.name", "the pods that it protects");
        }
        findings.push(finding);
    }
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
