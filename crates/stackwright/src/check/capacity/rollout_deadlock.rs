mod quota;

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::PodSpec;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::count_path;
use crate::capacity::{Model, Obstacle, Stuck, Surges};
use crate::check::scale::{Steps, fewest, rolls, steps};
use crate::check::{Check, Finding, Group, HashMap, Index, Pods, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "rollout-deadlock",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Deployment's rollout can't end: no node or quota takes a new pod beside the old ones, of \
            which none may be missing.",
    run,
};

/// The most Deployments that one finding points at beside its own.
const MOST: usize = 3;

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let pods = fewest(index);
    quota::run(index, &pods, findings);
    let kept: HashMap<usize, (&Deployment, i32)> = index
        .all::<Deployment>()
        .filter_map(|(item, deployment)| {
            let pods = pods.get(&item.index).copied().unwrap_or(1);
            (pods > 0 && keeps_all(deployment, pods)).then_some((item.index, (deployment, pods)))
        })
        .collect();
    if kept.is_empty() {
        return;
    }
    let analysis = index.analysis();
    let model = &analysis.model;
    let kept = |workload: usize| kept.get(&model.workloads[workload].pods.as_ref()?.item.index);
    let workloads = (0..model.workloads.len()).filter(|workload| kept(*workload).is_some());
    // Where the nodes are full, that is one fact.
    let mut of_room: Option<Finding> = None;
    for (workload, stuck) in Surges::stuck(analysis, workloads) {
        let (Some((deployment, number)), Some(pods)) = (kept(workload), &model.workloads[workload].pods) else {
            continue;
        };
        let is_full = stuck.is_by_others && matches!(stuck.obstacle, Obstacle::Resource(_));
        of_room = match of_room {
            Some(first) if is_full && first.related.len() < MOST => {
                Some(first.see(pods.item, count_path(pods), "nor one of these"))
            }
            Some(first) if is_full => Some(first),
            None if is_full => Some(finding(model, workload, pods, deployment, *number, &stuck)),
            other => {
                findings.push(finding(model, workload, pods, deployment, *number, &stuck));
                other
            }
        };
    }
    findings.extend(of_room);
}

/// Whether no old pod goes before a new one is there, and both are meant to be the same to others.
fn keeps_all(deployment: &Deployment, pods: i32) -> bool {
    let Steps { missing, .. } = steps(deployment, pods);
    let spec = deployment.spec.template.spec.as_ref();
    missing == 0 && rolls(deployment) && spec.is_some_and(|spec| !tells_apart(spec))
}

/// Whether new pods are told from the old ones by their labels, as with `pod-template-hash`.
fn tells_apart(spec: &PodSpec) -> bool {
    let affinity = spec.affinity.as_ref().and_then(|affinity| affinity.pod_anti_affinity.as_ref());
    let terms = affinity.and_then(|apart| apart.required_during_scheduling_ignored_during_execution.as_ref());
    let by_keys = |keys: &Option<Vec<String>>| keys.as_ref().is_some_and(|keys| !keys.is_empty());
    let mut terms = terms.into_iter().flatten();
    terms.any(|term| by_keys(&term.match_label_keys) || by_keys(&term.mismatch_label_keys))
        || spec.topology_spread_constraints.iter().flatten().any(|spread| by_keys(&spread.match_label_keys))
}

fn finding(
    model: &Model<'_>,
    workload: usize,
    pods: &Pods<'_>,
    deployment: &Deployment,
    number: i32,
    Stuck { why, is_certain, obstacle, .. }: &Stuck,
) -> Finding {
    let message = format!("no node takes a new pod of {} beside {}: {why}", pods.item.label(), old(number));
    let severity = if *is_certain { CHECK.severity } else { Severity::Warning };
    let finding = CHECK.finding(message, help(obstacle, workload, number)).rated(severity);
    let finding = finding.at(pods.item, strategy_path(deployment).map_or_else(|| count_path(pods), str::to_owned));
    let finding = finding.why(why_forever(deployment, number));
    match obstacle {
        Obstacle::Apart(_, other) if *other == workload => {
            finding.see(pods.item, pods.spec_path("affinity.podAntiAffinity"), "what keeps them apart")
        }
        Obstacle::Port(port, _) => {
            let taken = model.workloads[workload].ports.iter().find(|taken| taken.port == *port);
            let path = taken.map(|taken| taken.path.clone()).unwrap_or_default();
            finding.see(pods.item, path, "the port that each takes of its node")
        }
        _ => finding,
    }
}

fn help(obstacle: &Obstacle, workload: usize, number: i32) -> String {
    let way = way_out(number);
    let other = match obstacle {
        Obstacle::Apart(_, other) if *other == workload && number == 1 => {
            "prefer to keep them apart: preferredDuringSchedulingIgnoredDuringExecution"
        }
        Obstacle::Apart(_, other) if *other == workload => {
            "have fewer replicas than nodes, or prefer to keep them apart: preferredDuringSchedulingIgnoredDuringExecution"
        }
        Obstacle::Port(..) if number == 1 => "take no port of the node",
        Obstacle::Port(..) => "have fewer replicas than nodes, or take no port of the node",
        Obstacle::Resource(_) => "ask for less, so that one pod more fits",
        _ if number == 1 => "make room for one pod more",
        _ => "have fewer replicas, so that one pod more has a place",
    };
    format!("{way}; or {other}")
}

/// How a Deployment of so many pods is rolled out without one more.
fn way_out(number: i32) -> &'static str {
    if number == 1 {
        "set strategy.type: Recreate, or maxUnavailable: 1"
    } else {
        "set strategy.rollingUpdate.maxUnavailable: 1, so that an old pod goes first"
    }
}

fn old(number: i32) -> String {
    if number == 1 { "the old one".to_owned() } else { format!("the {number} old ones") }
}

fn why_forever(deployment: &Deployment, number: i32) -> String {
    format!("{}, so the rollout waits for the new pod forever", none_missing(deployment, number))
}

/// The sum by which no pod may be missing.
fn none_missing(deployment: &Deployment, number: i32) -> String {
    let rolling = deployment.spec.strategy.as_ref().and_then(|strategy| strategy.rolling_update.as_ref());
    match rolling.and_then(|rolling| rolling.max_unavailable.as_ref()) {
        Some(IntOrString::Int(_)) => "maxUnavailable is 0".to_owned(),
        Some(IntOrString::String(share)) => format!("maxUnavailable is {share} of {number} rounded down, which is 0"),
        None => format!("maxUnavailable is by default 25% of {number} rounded down, which is 0"),
    }
}

/// Where somebody wrote how it is rolled out.
fn strategy_path(deployment: &Deployment) -> Option<&'static str> {
    let strategy = deployment.spec.strategy.as_ref()?;
    let rolling = strategy.rolling_update.as_ref()?;
    rolling.max_unavailable.as_ref().map(|_| "spec.strategy.rollingUpdate.maxUnavailable")
}
