//! Amounts and reasons in words.

use indexmap::IndexMap;

use super::binding::Lack;
use super::model::Model;
use super::place::{Obstacle, Placement};
use super::proof::PortShortfall;
use super::volumes::{Unbound, Why};
use super::workload::Refusal;
use crate::links::Item;

/// What rounding does to an amount: what there is must not look like more, nor what is asked like less.
#[derive(Clone, Copy)]
enum Round {
    Down,
    Up,
}

/// An amount of a resource as a person would write it.
pub(crate) fn amount(resource: &str, number: i64) -> String {
    shown(resource, number, Round::Up)
}

fn shown(resource: &str, number: i64, round: Round) -> String {
    if is_bytes(resource) {
        bytes(number, round)
    } else if resource == "cpu" && number % 1000 != 0 {
        format!("{number}m")
    } else if resource == "cpu" {
        (number / 1000).to_string()
    } else {
        number.to_string()
    }
}

fn is_bytes(resource: &str) -> bool {
    resource == "memory" || resource == "ephemeral-storage" || resource.starts_with("hugepages-")
}

const MIB: i64 = 1 << 20;

/// Whole Gi where it is that, else Mi.
fn bytes(number: i64, round: Round) -> String {
    let mebibytes = match round {
        Round::Down => number.div_euclid(MIB),
        Round::Up => number.div_euclid(MIB) + i64::from(number.rem_euclid(MIB) > 0),
    };
    match mebibytes {
        0 => "0".to_owned(),
        whole if whole % 1024 == 0 => format!("{}Gi", whole / 1024),
        _ => format!("{mebibytes}Mi"),
    }
}

/// The subtraction that leaves too little: `memory: 2460Mi - 2400Mi = 60Mi free; needs 256Mi`.
pub(crate) fn subtraction(resource: &str, room: i64, free: i64, asked: i64) -> String {
    let whole = |number: i64| if is_bytes(resource) { number.div_euclid(MIB) * MIB } else { number };
    let (room, free) = (whole(room), whole(free));
    let [room, used, free] = [room, room - free, free].map(|number| shown(resource, number, Round::Down));
    format!("{resource}: {room} - {used} = {free} free; needs {}", shown(resource, asked, Round::Up))
}

/// A few names, and how many more there are.
pub(crate) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const SOME: usize = 5;
    let names: Vec<_> = names.into_iter().collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= SOME => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..SOME].join(", "), names.len() - SOME),
    }
}

/// Claims that ask for more volumes than there are: `StatefulSet db/mysql asks for 3 volumes of class manual, and PersistentVolume one is all
/// that suits`.
pub(crate) fn lacking_volumes(lack: &Lack) -> String {
    let labels = |items: &[Item]| {
        let labels: Vec<_> = items.iter().map(Item::label).collect();
        list(labels.iter().map(String::as_str))
    };
    let of_class =
        if lack.class.is_empty() { "without a class".to_owned() } else { format!("of class {}", lack.class) };
    format!(
        "{} {} for {} volumes {of_class}, and {} {} all that {}",
        labels(&lack.claims),
        if lack.claims.len() == 1 { "asks" } else { "ask" },
        lack.asked,
        labels(&lack.volumes),
        if lack.volumes.len() == 1 { "is" } else { "are" },
        if lack.volumes.len() == 1 { "suits" } else { "suit" },
    )
}

/// A port that too many pods take: `Deployment a/x and Deployment a/y take port 80 of 3 nodes, and only n1 and n2 are open to them`.
pub(crate) fn lacking_ports(model: &Model, shortfall: &PortShortfall) -> String {
    let workloads = list(shortfall.workloads.iter().map(|workload| model.workloads[*workload].name.as_str()));
    let (verb, pods) = (if shortfall.workloads.len() == 1 { "takes" } else { "take" }, shortfall.pods);
    let nodes = list(shortfall.nodes.iter().map(|node| model.nodes[*node].name));
    let are = if shortfall.nodes.len() == 1 { "is" } else { "are" };
    format!("{workloads} {verb} port {} of {pods} nodes, and only {nodes} {are} open to them", shortfall.port)
}

/// Reasons with the nodes that have them: `n1 and n2: memory: 2Gi - 1Gi = 1Gi free; needs 3Gi`.
pub(crate) fn grouped<'n>(reasons: impl IntoIterator<Item = (&'n str, &'n str)>) -> Vec<String> {
    let mut groups: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (node, reason) in reasons {
        groups.entry(reason).or_default().push(node);
    }
    groups.into_iter().map(|(reason, nodes)| format!("{}: {reason}", list(nodes))).collect()
}

/// The same in one line, a few of them.
pub(crate) fn by_reason(reasons: &[(&str, String)]) -> String {
    const SOME: usize = 4;
    let mut groups = grouped(reasons.iter().map(|(node, reason)| (*node, reason.as_str())));
    if groups.len() > SOME {
        let more = groups.len() - SOME;
        groups.truncate(SOME);
        groups.push(format!("{more} more reasons"));
    }
    groups.join(", ")
}

/// Why a claim gets no volume.
pub(crate) fn unbound(Unbound { claim, why }: Unbound) -> String {
    match why {
        Why::PassedBy => format!("claim {claim} waits for the scheduler, which does not place a pod with a nodeName"),
        Why::Taken(volume) => format!("claim {claim} names volume {volume}, which is another claim's"),
        Why::NoVolume => format!("no volume suits claim {claim}"),
    }
}

/// Why a node takes no more pods of a workload; none where it does.
pub(crate) fn reason(model: &Model, placement: &Placement, workload: usize, node: usize) -> Option<String> {
    let (found, at) = (&model.workloads[workload], &model.nodes[node]);
    if let Some(refusal) = found.refusal(at) {
        return Some(match refusal {
            Refusal::Name => "the pod names another node".to_owned(),
            Refusal::Selector => "its labels are not those that the pod asks for".to_owned(),
            Refusal::Volume => "a volume of the pod is on another node".to_owned(),
            Refusal::Claim => found.claims.unbound.map_or_else(String::new, unbound),
            Refusal::Taint => match at.taint_against(&found.tolerations) {
                Some(taint) => format!("the pod does not tolerate {}", super::node::taint_text(taint)),
                None => "the pod does not tolerate a taint".to_owned(),
            },
        });
    }
    if !model.plans[workload].nodes.contains(&node) {
        return Some("it lacks the label that the pods are spread by".to_owned());
    }
    let name =
        |other: usize| if other == workload { "another of its pods" } else { model.workloads[other].name.as_str() };
    let key = |topology: usize| model.topologies[topology].key.as_str();
    Some(match placement.obstacle(model, workload, node)? {
        Obstacle::Resource(resource) => subtraction(
            model.resources[resource],
            model.room[node][resource],
            placement.free[node][resource],
            model.plans[workload].request[resource],
        ),
        Obstacle::Port(port, other) => format!("{} has port {port} of the node", name(other)),
        Obstacle::Apart(topology, other) => {
            format!("{} is there, and has to be apart by {}", name(other), key(topology))
        }
        Obstacle::Near(topology) => format!("no pod that it has to be near to is there, by {}", key(topology)),
        Obstacle::Claim => "another of its pods has the volume, which is for one pod only".to_owned(),
        Obstacle::Spread(topology) => format!("it has its share already of the pods spread by {}", key(topology)),
    })
}
