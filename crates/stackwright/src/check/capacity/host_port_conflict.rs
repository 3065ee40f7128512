use std::collections::{BTreeMap, BTreeSet};

use super::number_of;
use crate::capacity::{Analysis, Count, HostPort, PortShortfall, lacking_ports, list};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-port-conflict",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Pods that have to be on one node take the same port of it, or something on the host or a Service's node port has it.",
    run,
};

/// Pods that take a port.
type Taker<'m> = (usize, &'m HostPort);

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    if analysis.model.nodes.is_empty() {
        return;
    }
    let mut takers: BTreeMap<i32, Vec<Taker>> = BTreeMap::new();
    for (number, workload) in analysis.workloads() {
        for port in &workload.ports {
            takers.entry(port.port).or_default().push((number, port));
        }
    }
    let before = findings.len();
    for takers in takers.values() {
        for (position, taker) in takers.iter().enumerate() {
            findings.extend(too_many(analysis, *taker));
            findings.extend(taken_on_host(analysis, *taker));
            findings.extend(taken_by_service(index, analysis, *taker));
            let earlier = takers[..position].iter().find(|earlier| meet(analysis, **earlier, *taker));
            findings.extend(earlier.and_then(|earlier| between(analysis, *earlier, *taker)));
        }
    }
    if findings.len() == before {
        findings.extend(analysis.port_shortfalls.iter().filter_map(|shortfall| together(analysis, shortfall)));
    }
}

/// More pods of several workloads than nodes, where no two of these are too many.
fn together(analysis: &Analysis, shortfall: &PortShortfall) -> Option<Finding> {
    let takes = |workload: &usize| {
        let workload = &analysis.model.workloads[*workload];
        let port = workload.ports.iter().find(|port| port.port == shortfall.port)?;
        Some((workload.pods?.item, port.path.clone()))
    };
    let mut places: Vec<_> = shortfall.workloads.iter().filter_map(takes).collect();
    let (item, path) = places.pop()?;
    let help = "give some of them another port, or nodes of their own";
    let finding = CHECK.finding(lacking_ports(&analysis.model, shortfall), help).at(item, path);
    Some(places.into_iter().fold(finding, |finding, (item, path)| finding.see(item, path, "takes it as well")))
}

/// Whether pods of both have to be on one node, at ports that clash.
fn meet(analysis: &Analysis, (one, port): Taker, (other, taken): Taker) -> bool {
    let model = &analysis.model;
    if one == other || !port.clashes(taken) {
        return false;
    }
    let nodes = |workload: usize| model.plans[workload].nodes.iter().copied().collect::<BTreeSet<_>>();
    let (ones, others) = (nodes(one), nodes(other));
    let (pods, more) = (model.number(one, false), model.number(other, false));
    let everywhere = |workload: usize| model.workloads[workload].count == Count::EveryNode;
    pods > 0
        && more > 0
        && match (everywhere(one), everywhere(other)) {
            (true, true) => !ones.is_disjoint(&others),
            (true, false) => others.difference(&ones).count() < more as usize && !others.is_empty(),
            (false, true) => ones.difference(&others).count() < pods as usize && !ones.is_empty(),
            (false, false) => {
                let either = ones.union(&others).count();
                !ones.is_empty()
                    && !others.is_empty()
                    && ones.len() >= pods as usize
                    && others.len() >= more as usize
                    && either < (pods + more) as usize
            }
        }
}

fn between(analysis: &Analysis, (one, taken): Taker, (other, port): Taker) -> Option<Finding> {
    let (first, second) = (&analysis.model.workloads[one], &analysis.model.workloads[other]);
    let (pods, item) = (second.pods?, first.pods?.item);
    let message =
        format!("{} and {} both take port {} of a node, and have to share one", first.name, second.name, port.port);
    let help = "give one of them another port, or nodes of its own";
    Some(CHECK.finding(message, help).at(pods.item, port.path.clone()).see(
        item,
        taken.path.clone(),
        "takes it as well",
    ))
}

/// More pods of one workload than nodes that are open to it.
fn too_many(analysis: &Analysis, (number, port): Taker) -> Option<Finding> {
    let model = &analysis.model;
    let (pods, workload) = (model.number(number, false), &model.workloads[number]);
    let nodes = &model.plans[number].nodes;
    if nodes.is_empty() || pods as usize <= nodes.len() {
        return None;
    }
    let message = format!(
        "{} of {} take port {} of a node each, and {} open to them",
        number_of(pods, "pod"),
        workload.name,
        port.port,
        if nodes.len() == 1 { "1 node is".to_owned() } else { format!("{} nodes are", nodes.len()) }
    );
    let help = "have no more pods than nodes, or reach them by a Service instead of a port of the node";
    Some(CHECK.finding(message, help).at(workload.pods?.item, port.path.clone()))
}

/// A port at which something on the host listens, where the pods have to be on such a node.
fn taken_on_host(analysis: &Analysis, (number, port): Taker) -> Option<Finding> {
    let model = &analysis.model;
    let (workload, nodes) = (&model.workloads[number], &model.plans[number].nodes);
    let service = |node: usize| {
        let mut listeners = model.nodes[node].listeners.iter();
        let taken =
            listeners.find(|listener| i32::from(listener.port) == port.port && listener.protocol == port.protocol)?;
        Some((model.nodes[node].name, taken.name.as_str()))
    };
    let taken: Vec<_> = nodes.iter().filter_map(|node| service(*node)).collect();
    let free = nodes.len() - taken.len();
    let (_, name) = *taken.first()?;
    if workload.count != Count::EveryNode && free >= model.number(number, false) as usize {
        return None;
    }
    let message = format!(
        "{} takes port {} of nodes, and {name} of {} listens there",
        workload.name,
        port.port,
        list(taken.iter().map(|(node, _)| *node))
    );
    let finding = CHECK.finding(message, "give the pods another port, or keep them off these nodes");
    Some(finding.at(workload.pods?.item, port.path.clone()))
}

/// A port that is some Service's on every node.
fn taken_by_service(index: &Index<'_>, analysis: &Analysis, (number, port): Taker) -> Option<Finding> {
    let workload = &analysis.model.workloads[number];
    let ports =
        index.topology().services.iter().flat_map(|service| service.ports.iter().map(move |own| (service, own)));
    let mut same = ports.filter(|(_, own)| own.node_port == Some(port.port) && own.protocol == port.protocol);
    let (service, own) = same.next()?;
    let message = format!(
        "{} takes port {} of nodes, the node port of {}",
        workload.name,
        port.port,
        service.node_port_label(own)
    );
    let finding = CHECK.finding(message, "give one of them another port").at(workload.pods?.item, port.path.clone());
    Some(finding.see_any(service.item(), format!("{}.nodePort", own.path), "the same on every node"))
}
