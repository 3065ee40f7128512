//! Everything that is found out about a cluster's capacity, once for all checks.

use super::every_way;
use super::input::Input;
use super::model::{Model, PODS};
use super::order::Order;
use super::place::Placement;
use super::proof::{Answer, PortShortfall, Proofs, Shortfall};
use super::text;
use super::workload::{Count, Workload};

/// What is known about where the pods of a cluster fit.
pub(crate) struct Analysis<'a> {
    pub(crate) model: Model<'a>,
    /// Whether all pods of each workload find a place.
    pub(crate) answers: Vec<Answer>,
    /// The same when autoscalers have made as many as they may; none where there are no autoscalers.
    pub(crate) at_most: Option<Vec<Answer>>,
    /// The pods as the scheduler would place them, in the order given.
    pub(crate) placement: Placement,
    /// Whether the pods find a place in one of the orders that are tried.
    pub(crate) fits: bool,
    /// The same when autoscalers have made as many as they may.
    pub(crate) fits_at_most: bool,
    /// Sums that exceed what nodes have.
    pub(crate) shortfalls: Vec<Shortfall>,
    /// The same when autoscalers have made as many as they may.
    pub(crate) shortfalls_at_most: Vec<Shortfall>,
    /// Ports that more pods take of their nodes than there are nodes for them.
    pub(crate) port_shortfalls: Vec<PortShortfall>,
    /// The workloads whose pods do not all find a place, even at best.
    pub(crate) refused: Vec<Refused>,
    /// The nodes whose loss leaves pods without a place.
    pub(crate) losses: Vec<Loss>,
    /// Those whose loss may do so: there is room for all that may run elsewhere, but who comes late may find it taken.
    pub(crate) risks: Vec<usize>,
}

/// A workload whose pods do not all find a place, even at best.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) workload: usize,
    /// How many pods it has.
    pub(crate) pods: u32,
    /// How many find a place.
    pub(crate) best: u32,
    /// How many would, if only resources counted.
    pub(crate) by_resources: u64,
    /// How many would, if nodes had enough of everything but a number of pods that they run.
    pub(crate) by_number: u64,
    /// What each of the nodes that are open to it has for it, of each resource.
    pub(crate) rooms: Vec<(usize, Vec<i64>)>,
}

/// A node whose loss leaves pods without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss {
    pub(crate) node: usize,
    /// The pods, by workload.
    pub(crate) homeless: Vec<(usize, u32)>,
}

impl<'a> Analysis<'a> {
    pub(crate) fn new(input: &Input<'_, 'a>) -> Self {
        let mut model = Model::new(input);
        if model.nodes.is_empty() {
            return Self::unknown(model);
        }
        let proofs = Proofs::new(&model, false);
        let answers = every_way::decided(&model, false, proofs.answers());
        let not = |workload: &usize| answers[*workload] == Answer::No;
        let refused: Vec<_> =
            (0..answers.len()).filter(not).map(|workload| refused(&model, &proofs, workload)).collect();
        let shortfalls = proofs.shortfalls(&refused);
        let port_shortfalls = proofs.port_shortfalls();

        let scaled = model.workloads.iter().any(|workload| workload.most.is_some());
        let proofs = scaled.then(|| Proofs::new(&model, true));
        let at_most = proofs.as_ref().map(|proofs| every_way::decided(&model, true, proofs.answers()));
        let shortfalls_at_most = proofs.map(|proofs| proofs.shortfalls(&refused)).unwrap_or_default();

        let mut placement = Placement::new(&model, Order::AsGiven, false, None);
        let is_enough = shortfalls.is_empty() && port_shortfalls.is_empty() && !model.lacks_volumes();
        let may_pack = |most| is_enough && packs(&model, most, None);
        let fits = placement.is_complete() || may_pack(false);
        let fits_at_most =
            !scaled || Placement::new(&model, Order::AsGiven, true, None).is_complete() || may_pack(true);
        let (losses, risks) =
            if placement.is_complete() { losses(&mut model, &mut placement) } else { (Vec::new(), Vec::new()) };
        Self {
            model,
            answers,
            at_most,
            placement,
            fits,
            fits_at_most,
            shortfalls,
            shortfalls_at_most,
            port_shortfalls,
            refused,
            losses,
            risks,
        }
    }

    /// Without nodes, nothing is known.
    fn unknown(model: Model<'a>) -> Self {
        Self {
            answers: vec![Answer::Depends; model.workloads.len()],
            at_most: None,
            placement: Placement::new(&model, Order::AsGiven, false, None),
            fits: true,
            fits_at_most: true,
            shortfalls: Vec::new(),
            shortfalls_at_most: Vec::new(),
            port_shortfalls: Vec::new(),
            refused: Vec::new(),
            losses: Vec::new(),
            risks: Vec::new(),
            model,
        }
    }

    /// Why each node takes no more pods of a workload. Nodes that take some are left out, and those that are none for a DaemonSet.
    pub(crate) fn reasons(&self, workload: usize) -> Vec<(&'a str, String)> {
        let reason = |node: usize| text::reason(&self.model, &self.placement, workload, node);
        let is_wanted =
            |node: &usize| self.model.is_wanted(workload, *node) || self.model.plans[workload].nodes.is_empty();
        let lacks = |node: &usize| {
            !(self.model.workloads[workload].count == Count::EveryNode
                && self.placement.on[workload].contains_key(node))
        };
        let nodes = (0..self.model.nodes.len()).filter(is_wanted).filter(lacks);
        nodes.filter_map(|node| Some((self.model.nodes[node].name, reason(node)?))).collect()
    }

    /// Whether there is as much as is asked for: of resources, ports and volumes.
    pub(crate) fn is_enough(&self) -> bool {
        self.shortfalls.is_empty() && self.port_shortfalls.is_empty() && !self.model.lacks_volumes()
    }

    /// Whether every pod of the cluster finds a place.
    pub(crate) fn answer(&self) -> Answer {
        if !self.is_enough() {
            return Answer::No;
        }
        self.answers.iter().copied().max().unwrap_or(Answer::Yes)
    }

    /// The number of a workload, from the position of its object.
    pub(crate) fn workloads(&self) -> impl Iterator<Item = (usize, &Workload<'a>)> {
        self.model.workloads.iter().enumerate()
    }
}

fn refused(model: &Model, proofs: &Proofs, workload: usize) -> Refused {
    let nodes = model.plans[workload].nodes.iter();
    let rooms = proofs.rooms_at_best(workload);
    let rooms: Vec<_> = nodes.map(|node| (*node, rooms[*node].clone())).collect();
    let daemon = model.workloads[workload].count == Count::EveryNode;
    let at_most = |number: u64| if daemon { number.min(1) } else { number };
    Refused {
        workload,
        pods: model.number(workload, false),
        best: proofs.at_best(workload),
        by_resources: rooms.iter().map(|(_, room)| at_most(model.how_many(workload, room).into())).sum(),
        by_number: rooms.iter().map(|(_, room)| at_most(u64::try_from(room[PODS]).unwrap_or(0))).sum(),
        rooms,
    }
}

/// Whether the pods find a place when the largest come first.
fn packs(model: &Model, most: bool, lost: Option<usize>) -> bool {
    let placement = Placement::new(model, Order::LargestFirst, most, lost);
    let left = placement.left.iter().enumerate().filter(|(_, left)| **left > 0);
    left.filter(|(workload, _)| lost.is_none() || model.is_movable(*workload)).count() == 0
}

/// The nodes whose loss leaves pods without a place, and those whose loss may. Where only one node runs workloads, its loss is no finding.
fn losses(model: &mut Model, placement: &mut Placement) -> (Vec<Loss>, Vec<usize>) {
    /// How many lost nodes are packed anew: what comes after them is as it was placed.
    const PACKED: usize = 8;
    let by_node = placement.by_node(model);
    let runs = |node: &usize| {
        by_node[*node].iter().any(|workload| {
            model.workloads[*workload].spread.is_none() && model.workloads[*workload].count != Count::EveryNode
        })
    };
    let nodes: Vec<_> = (0..model.nodes.len()).filter(runs).collect();
    let (mut losses, mut risks) = (Vec::new(), Vec::new());
    for node in nodes {
        let homeless = placement.homeless(model, node, &by_node[node]);
        if !homeless.is_empty() && (losses.len() >= PACKED || !packs(model, false, Some(node))) {
            losses.push(Loss { node, homeless });
        } else if !is_lost_safely(model, node) {
            risks.push(node);
        }
    }
    (losses, risks)
}

/// Whether everything that may run on several nodes surely finds a place without one of them, whatever comes first. Pods that run stay where
/// they are, so that only those of the lost node look for a place: they find it as they were placed.
fn is_lost_safely(model: &mut Model, node: usize) -> bool {
    /// With more workloads and nodes than this, it is not looked for: each node would be another cluster.
    const SMALL: usize = 4000;
    if model.workloads.iter().any(|workload| workload.is_bound) {
        return true;
    }
    if model.workloads.len() * model.nodes.len() > SMALL {
        return false;
    }
    let movable: Vec<_> = (0..model.workloads.len()).filter(|workload| model.is_movable(*workload)).collect();
    let plans = model.without(node);
    let plans = std::mem::replace(&mut model.plans, plans);
    let answers = Proofs::new(model, false).answers();
    model.plans = plans;
    movable.into_iter().all(|workload| answers[workload] == Answer::Yes)
}
