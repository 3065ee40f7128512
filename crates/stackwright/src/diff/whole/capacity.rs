//! Whether pods have a place: afterwards, while they are replaced, and with a node lost.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{Container, PodSpec};

use super::{Direction, Matter, Shift, Sides};
use crate::capacity::{Analysis, Answer, Input, by_reason, homeless_surges, list};
use crate::check::{Index, Item, Pods, Tree, checks, fewest, findings, rolls, steps};
use crate::update::differences;
use crate::{HashMap, HashSet, Object};

/// Objects beside the pods that decide where these may be.
const DECIDING: [&str; 8] = [
    "HorizontalPodAutoscaler.autoscaling",
    "LimitRange",
    "Node",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "PriorityClass.scheduling.k8s.io",
    "RuntimeClass.node.k8s.io",
    "StorageClass.storage.k8s.io",
];

/// What is otherwise about where pods have a place; nothing where one side has no nodes.
pub(super) fn shifts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    if !has_nodes(sides.before) || !has_nodes(sides.after) {
        return Vec::new();
    }
    // Placing all pods takes the longest of all.
    let mut found = if is_touched(sides) { places(sides) } else { Vec::new() };
    let is_told = |item: &Item<'_>| found.iter().flat_map(|shift| &shift.objects).any(|told| told.index == item.index);
    let rollouts: Vec<_> = rollouts(sides).into_iter().filter(|shift| !shift.objects.iter().any(is_told)).collect();
    found.extend(rollouts);
    found
}

fn has_nodes(index: &Index<'_>) -> bool {
    index.cluster().is_some_and(|cluster| !cluster.nodes.is_empty()) || index.of_kind("Node").next().is_some()
}

fn shift(direction: Direction, fact: String, objects: Vec<Item<'_>>) -> Shift<'_> {
    Shift { matter: Matter::Capacity, direction, fact, objects }
}

/// Whether anything is otherwise that decides where pods may be.
fn is_touched<'a>(sides: &Sides<'_, 'a>) -> bool {
    let is_moved = |new: &Pods<'a>| {
        sides.old(new).is_none_or(|old| {
            old.labels != new.labels
                || old.spec != new.spec && demand(old.spec) != demand(new.spec)
                || runs_otherwise(old, new)
        })
    };
    let counts = |index: &Index<'_>| -> HashMap<_, _> {
        fewest(index).into_iter().map(|(number, pods)| (index.items[number].label(), pods)).collect()
    };
    sides.before.pods.len() != sides.after.pods.len()
        || sides.after.pods.iter().any(is_moved)
        || counts(sides.before) != counts(sides.after)
        || DECIDING.iter().any(|kind| are_others(sides, kind))
}

/// What pods ask of nodes: all but what runs in them.
fn demand(spec: &PodSpec) -> PodSpec {
    let bare = |container: &Container| Container {
        name: container.name.clone(),
        ports: container.ports.clone(),
        resources: container.resources.clone(),
        restart_policy: container.restart_policy.clone(),
        ..Container::default()
    };
    PodSpec {
        containers: spec.containers.iter().map(bare).collect(),
        init_containers: spec.init_containers.as_ref().map(|all| all.iter().map(bare).collect()),
        ..spec.clone()
    }
}

fn runs_otherwise(old: &Pods<'_>, new: &Pods<'_>) -> bool {
    let job = |pods: &Pods<'_>| pods.item.object.get::<Job>().and_then(|job| job.spec.clone());
    let scheduled = |pods: &Pods<'_>| pods.item.object.get::<CronJob>().map(|job| job.spec.clone());
    job(old) != job(new) || scheduled(old) != scheduled(new)
}

fn are_others(sides: &Sides<'_, '_>, kind: &str) -> bool {
    let (mut old, mut new) = (Tree::default(), Tree::default());
    let mut is_other = |item: Item<'_>| {
        let Some(was) = sides.before.find(item.id()) else { return true };
        was.object.write_tree(&mut old);
        item.object.write_tree(&mut new);
        !std::ptr::eq(was.object, item.object) && !differences(old.root(), new.root(), &[], false).is_empty()
    };
    sides.before.of_kind(kind).count() != sides.after.of_kind(kind).count()
        || sides.after.of_kind(kind).any(&mut is_other)
}

/// Workloads whose pods don't all find a place, whether there is one for all together, and for all but one node's.
fn places<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    let (old, new) = (sides.before.analysis(), sides.after.analysis());
    let (was, is) = (refused(old), refused(new));
    let homeless = new.refused.iter().filter(|refused| !was.contains(name(new, refused.workload)));
    let homeless = homeless.map(|refused| {
        let (best, pods, label) = (refused.best, refused.pods, name(new, refused.workload));
        let fact =
            format!("{best} of {pods} pods of {label} find a place ({})", by_reason(&new.reasons(refused.workload)));
        shift(Direction::Weaker, fact, item(new, refused.workload))
    });
    let housed = new.workloads().filter(|(_, workload)| {
        let name = workload.name.as_str();
        was.contains(name) && !is.contains(name)
    });
    let housed = housed.map(|(number, workload)| {
        let fact = format!("all pods of {} may find a place, which was not so", workload.name);
        shift(Direction::Stronger, fact, item(new, number))
    });
    let mut found: Vec<_> = homeless.chain(housed).collect();
    if was.is_empty() && is.is_empty() {
        found.extend(together(sides));
    }
    found.extend(losses(old, new));
    found
}

/// Whether all pods have a place together, where each workload has one by itself.
fn together<'a>(sides: &Sides<'_, 'a>) -> Option<Shift<'a>> {
    let fits = |index: &Index<'_>| index.analysis().fits && index.analysis().is_enough();
    let (direction, fact) = match (fits(sides.before), fits(sides.after)) {
        (true, false) => {
            let found = findings(sides.after, checks().filter(|check| check.id == "cluster-overcommit"));
            let fact = found.into_iter().next().map(|finding| finding.message);
            (Direction::Weaker, fact.unwrap_or_else(|| "no placement was found any more for all pods".to_owned()))
        }
        (false, true) => (Direction::Stronger, "all pods together have a place, and had none before".to_owned()),
        _ => return None,
    };
    Some(shift(direction, fact, Vec::new()))
}

/// What the workloads are called whose pods don't all find a place.
fn refused<'i>(analysis: &'i Analysis<'_>) -> HashSet<&'i str> {
    analysis.refused.iter().map(|refused| name(analysis, refused.workload)).collect()
}

fn name<'i>(analysis: &'i Analysis<'_>, workload: usize) -> &'i str {
    &analysis.model.workloads[workload].name
}

fn item<'a>(analysis: &Analysis<'a>, workload: usize) -> Vec<Item<'a>> {
    analysis.model.workloads[workload].pods.map(|pods| pods.item).into_iter().collect()
}

/// The nodes that can be lost no more, or again.
fn losses<'a>(old: &Analysis<'_>, new: &Analysis<'_>) -> Vec<Shift<'a>> {
    // Where not all pods have a place, no loss is told.
    if !old.placement.is_complete() || !new.placement.is_complete() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (was, is) = (lost(old), lost(new));
    for (node, answer) in is.iter().filter(|(node, _)| has_node(old, node)) {
        let before = was.get(node).copied().unwrap_or(Answer::Yes);
        if before < *answer {
            found.push(shift(Direction::Weaker, told(new, node, *answer), Vec::new()));
        }
    }
    for node in was.keys().filter(|node| !is.contains_key(*node) && has_node(new, node)) {
        let fact = format!("without node {node}, every pod that may move finds a place, which was not so");
        found.push(shift(Direction::Stronger, fact, Vec::new()));
    }
    found.sort_by(|one, other| one.fact.cmp(&other.fact));
    found
}

fn has_node(analysis: &Analysis<'_>, name: &str) -> bool {
    analysis.model.nodes.iter().any(|node| node.name == name)
}

/// The nodes whose loss leaves pods without a place, or may do so.
fn lost<'a>(analysis: &Analysis<'a>) -> HashMap<&'a str, Answer> {
    let name = |node: usize| analysis.model.nodes[node].name;
    let risks = analysis.risks.iter().map(|node| (name(*node), Answer::Depends));
    risks.chain(analysis.losses.iter().map(|loss| (name(loss.node), Answer::No))).collect()
}

fn told(analysis: &Analysis<'_>, node: &str, answer: Answer) -> String {
    let model = &analysis.model;
    let loss = analysis.losses.iter().find(|loss| model.nodes[loss.node].name == node);
    let homeless = loss.into_iter().flat_map(|loss| &loss.homeless).map(|(workload, pods)| {
        let noun = if *pods == 1 { "pod" } else { "pods" };
        format!("{pods} {noun} of {}", model.workloads[*workload].name)
    });
    let homeless: Vec<_> = homeless.collect();
    match answer {
        Answer::No => {
            let who = list(homeless.iter().map(String::as_str));
            format!("without node {node}, {who} would find no place, and all found one")
        }
        _ => format!("without node {node}, it depends on which pods come first whether all find a place, and did not"),
    }
}

/// The Deployments whose rollout waits, as not one new pod has a place beside the old ones, of which none may be missing.
fn rollouts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    let pods = fewest(sides.after);
    let rolled = sides.after.all::<Deployment>().filter_map(|(item, new)| {
        let old = sides.before.find(item.id())?;
        let number = pods.get(&item.index).copied().unwrap_or(1);
        let keeps_all = rolls(new) && number > 0 && steps(new, number).missing == 0;
        (keeps_all && has_other_template(old, item)).then_some((old, item, new))
    });
    let rolled: Vec<_> = rolled.collect();
    if rolled.is_empty() {
        return Vec::new();
    }
    let surges: Vec<_> = rolled.iter().map(|(_, _, new)| Object::from(surge(new))).collect();
    let mut items = sides.after.items.clone();
    for (old, new, _) in &rolled {
        items[new.index].object = old.object;
    }
    let first = items.len();
    let items = with_surges(items, &rolled, &surges);
    let is_open = |namespace: &str| sides.after.is_open(namespace);
    let positions: Vec<_> = (first..items.len()).collect();
    let homeless = homeless_surges(&Input::new(sides.after.cluster(), &items, &is_open), &positions);
    let told = homeless.into_iter().map(|(position, why)| {
        let item = rolled[position - first].1;
        let fact =
            format!("the rollout of {} waits: no node takes a new pod beside the old ones ({why})", item.label());
        shift(Direction::Weaker, fact, vec![item])
    });
    told.collect()
}

fn with_surges<'s>(
    items: Vec<Item<'s>>,
    rolled: &[(Item<'_>, Item<'s>, &Deployment)],
    surges: &'s [Object],
) -> Vec<Item<'s>> {
    let first = items.len();
    let surges = surges.iter().zip(rolled).enumerate();
    let surges =
        surges.map(|(number, (object, (_, new, _)))| Item { index: first + number, object, namespace: new.namespace });
    items.into_iter().chain(surges).collect()
}

fn has_other_template(old: Item<'_>, new: Item<'_>) -> bool {
    let template = |item: Item<'_>| item.object.get::<Deployment>().map(|found| found.spec.template.clone());
    if std::ptr::eq(old.object, new.object) || template(old) == template(new) {
        return false;
    }
    let (mut before, mut after) = (Tree::default(), Tree::default());
    old.object.write_tree(&mut before);
    new.object.write_tree(&mut after);
    let (before, after) = (before.root().get("spec").get("template"), after.root().get("spec").get("template"));
    !differences(before, after, &[], old.object.metadata().uid.is_some()).is_empty()
}

/// A Deployment of the new pods alone, of which there are none yet.
fn surge(deployment: &Deployment) -> Deployment {
    let mut surge = deployment.clone();
    // No autoscaler's, and the owner of no pod that runs.
    surge.metadata.name = deployment.metadata.name.as_ref().map(|name| format!("{name} (new pods)"));
    surge.metadata.uid = None;
    surge.spec.replicas = Some(0);
    surge
}
