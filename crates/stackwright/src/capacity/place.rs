//! Pods on nodes, one after the other, each where the scheduler's filters let it be.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use rustc_hash::FxHashMap;

use super::host_port::HostPort;
use super::model::{Model, UNKNOWN};
use super::order::Order;
use super::workload::Count;

/// Pods on nodes.
#[derive(Debug, Clone)]
pub(crate) struct Placement {
    /// What each node has left of each resource.
    pub(crate) free: Vec<Vec<i64>>,
    /// How many pods of each workload are on which nodes.
    pub(crate) on: Vec<BTreeMap<usize, u32>>,
    /// How many pods of each workload are on none.
    pub(crate) left: Vec<u32>,
    ports: Vec<Vec<(HostPort, usize)>>,
    /// What was placed: workload, node and how many pods, the last at the end.
    log: Vec<(usize, usize, u32)>,
    /// The nodes that may take pods, by the shape of these.
    queues: FxHashMap<usize, Queue>,
}

/// The nodes that may take one more pod of a shape, the first in order first. A node is there by the score that it has, or had
/// before more pods came: these leave it less, so that whoever is first by its present score is first of all.
type Queue = BinaryHeap<(i64, Reverse<usize>)>;

/// Of so many shapes the queues are kept: so many that no cluster has more, but for one that would fill the memory.
const KEPT: usize = 1000;

/// How many pods are in each domain that counts, and the fewest that are in one.
struct Counts {
    by_domain: Vec<Option<u32>>,
    fewest: u32,
}

/// Why a node does not take one more pod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// Too little is left of a resource.
    Resource(usize),
    /// A pod of that workload has the port.
    Port(i32, usize),
    /// A pod of that workload, from which it has to be apart, is in the same domain of a topology.
    Apart(usize, usize),
    /// No pod that it has to be near to is in the same domain of a topology.
    Near(usize),
    /// The domain has as many more pods than another as it may.
    Spread(usize),
    /// Another pod has what it claims, and may share it with none.
    Claim,
}

impl Placement {
    /// The pods of all workloads, as many as find a place; on all nodes but one, where one is lost.
    pub(crate) fn new(model: &Model, order: Order, most: bool, lost: Option<usize>) -> Self {
        let mut placement = Self::before(model, most);
        if let Some(node) = lost {
            let on: Vec<_> =
                (0..model.workloads.len()).filter(|workload| placement.on[*workload].contains_key(&node)).collect();
            placement.lose(model, node, &on);
        }
        placement.fill(model, (0..model.workloads.len()).collect(), order, lost);
        placement
    }

    /// Before the scheduler has placed any: with the pods alone that are on their nodes already.
    pub(crate) fn before(model: &Model, most: bool) -> Self {
        let mut placement = Self {
            free: model.room.clone(),
            on: vec![BTreeMap::new(); model.workloads.len()],
            left: (0..model.workloads.len()).map(|workload| model.number(workload, most)).collect(),
            ports: vec![Vec::new(); model.nodes.len()],
            log: Vec::new(),
            queues: FxHashMap::default(),
        };
        for workload in (0..model.workloads.len()).filter(|workload| model.workloads[*workload].is_bound) {
            for node in &*model.plans[workload].nodes {
                placement.put(model, workload, *node, 1);
            }
        }
        placement
    }

    /// What may come next: one pod more on a node that takes it.
    pub(crate) fn next(&self, model: &Model) -> Vec<Self> {
        let mut found = Vec::new();
        for workload in (0..model.workloads.len()).filter(|workload| self.left[*workload] > 0) {
            let counts = self.spread(model, workload);
            for node in &*model.plans[workload].nodes {
                let is_there =
                    model.workloads[workload].count == Count::EveryNode && self.on[workload].contains_key(node);
                if !is_there && self.obstacle_to(model, workload, *node, &counts).is_none() {
                    let mut next = self.clone();
                    next.put(model, workload, *node, 1);
                    found.push(next);
                }
            }
        }
        found
    }

    /// The workloads on each node.
    pub(crate) fn by_node(&self, model: &Model) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new(); model.nodes.len()];
        for (workload, on) in self.on.iter().enumerate() {
            for node in on.keys() {
                found[*node].push(workload);
            }
        }
        found
    }

    /// The pods that find no other place, by workload, when a node is lost that these workloads are on, and every pod has a
    /// place before. Pods that could never be elsewhere are not among them: that was someone's choice.
    pub(crate) fn homeless(&mut self, model: &Model, node: usize, workloads: &[usize]) -> Vec<(usize, u32)> {
        let lost = self.lose(model, node, workloads);
        let displaced: BTreeSet<_> = lost.iter().map(|(_, to, _)| *to).collect();
        let shapes: BTreeSet<_> = displaced.iter().map(|workload| model.plans[*workload].shape).collect();
        let queues: Vec<_> = shapes.into_iter().map(|shape| (shape, self.queues.get(&shape).cloned())).collect();
        let before = self.log.len();
        let displaced = self.fill(model, displaced.into_iter().collect(), Order::AsGiven, Some(node));
        let homeless = displaced.iter().map(|workload| (*workload, self.left[*workload])).filter(|(_, left)| *left > 0);
        let homeless = homeless.collect();

        // All is as it was before, so that the next may be lost.
        while self.log.len() > before {
            self.take_back(model);
        }
        for (from, to, pods) in lost {
            self.left[to] -= pods;
            self.on[from].insert(node, pods);
        }
        for (shape, queue) in queues {
            // One that was made since lacks the node that was lost.
            match queue {
                Some(queue) => self.queues.insert(shape, queue),
                None => self.queues.remove(&shape),
            };
        }
        homeless
    }

    /// Takes pods off a node that is lost, so that who made them has to place them anew: which workloads, whose they are now, and
    /// how many. Pods that could never be elsewhere stay.
    fn lose(&mut self, model: &Model, node: usize, workloads: &[usize]) -> Vec<(usize, usize, u32)> {
        let mut lost = Vec::new();
        for from in workloads {
            let to = model.workloads[*from].made_by.unwrap_or(*from);
            if model.is_movable(to)
                && let Some(pods) = self.on[*from].remove(&node)
            {
                self.left[to] += pods;
                lost.push((*from, to, pods));
            }
        }
        lost
    }

    /// Whether every pod is somewhere.
    pub(crate) fn is_complete(&self) -> bool {
        self.left.iter().all(|left| *left == 0)
    }

    /// Places the pods of these workloads; says in which sequence.
    fn fill(&mut self, model: &Model, mut sequence: Vec<usize>, order: Order, lost: Option<usize>) -> Vec<usize> {
        sequence.sort_by_cached_key(|workload| model.precedence(*workload, order));
        // Pods that have to be near to others, or spread, may find their place once others found theirs.
        loop {
            let before: u64 = sequence.iter().map(|workload| u64::from(self.left[*workload])).sum();
            for workload in &sequence {
                if self.left[*workload] > 0 {
                    self.place(model, *workload, order, lost);
                }
            }
            let after: u64 = sequence.iter().map(|workload| u64::from(self.left[*workload])).sum();
            let waits = |workload: &usize| self.left[*workload] > 0 && model.plans[*workload].relations.is_some();
            if after == before || !sequence.iter().any(waits) {
                return sequence;
            }
        }
    }

    fn place(&mut self, model: &Model, workload: usize, order: Order, lost: Option<usize>) {
        let (plan, found) = (&model.plans[workload], &model.workloads[workload]);
        let open = || plan.nodes.iter().copied().filter(|node| Some(*node) != lost);
        let related = plan.relations.is_some() || !found.ports.is_empty() || found.claims.are_exclusive;
        if found.count == Count::EveryNode {
            for node in open() {
                if self.left[workload] > 0
                    && !self.on[workload].contains_key(&node)
                    && self.obstacle(model, workload, node).is_none()
                {
                    self.put(model, workload, node, 1);
                }
            }
        } else if order == Order::LargestFirst && related {
            // Spread pods go round the nodes.
            loop {
                let before = self.left[workload];
                for node in open() {
                    while self.left[workload] > 0 && self.obstacle(model, workload, node).is_none() {
                        self.put(model, workload, node, 1);
                    }
                }
                if self.left[workload] == 0 || self.left[workload] == before {
                    return;
                }
            }
        } else {
            let kept = self.queues.remove(&plan.shape);
            let score = |node| (self.score(model, workload, node, order), Reverse(node));
            let mut queue = kept.unwrap_or_else(|| open().map(score).collect());
            while self.left[workload] > 0 {
                let Some(node) = self.first(model, workload, order, lost, &mut queue) else { break };
                let number = match order {
                    Order::AsGiven => 1,
                    Order::LargestFirst => model.how_many(workload, &self.free[node]).min(self.left[workload]),
                };
                self.put(model, workload, node, number);
            }
            if plan.shape < KEPT {
                self.queues.insert(plan.shape, queue);
            }
        }
    }

    /// The first node in order that takes one more pod of a workload.
    fn first(
        &self,
        model: &Model,
        workload: usize,
        order: Order,
        lost: Option<usize>,
        queue: &mut Queue,
    ) -> Option<usize> {
        let counts = self.spread(model, workload);
        let mut aside = Vec::new();
        let mut first = None;
        while let Some((before, Reverse(node))) = queue.pop() {
            if Some(node) == lost {
                continue;
            }
            let score = self.score(model, workload, node, order);
            if score < before {
                queue.push((score, Reverse(node)));
                continue;
            }
            let obstacle = self.obstacle_to(model, workload, node, &counts);
            if let Some(Obstacle::Resource(_)) = obstacle {
                continue; // It will not have more of it.
            }
            aside.push((score, Reverse(node)));
            if obstacle.is_none() {
                first = Some(node);
                break;
            }
        }
        queue.extend(aside);
        first
    }

    pub(super) fn put(&mut self, model: &Model, workload: usize, node: usize, number: u32) {
        for (free, asked) in self.free[node].iter_mut().zip(&model.plans[workload].request) {
            if *free < UNKNOWN / 2 {
                *free -= asked * i64::from(number);
            }
        }
        *self.on[workload].entry(node).or_default() += number;
        self.left[workload] -= number;
        let ports = &model.workloads[workload].ports;
        self.ports[node].extend(ports.iter().map(|port| (port.clone(), workload)));
        self.log.push((workload, node, number));
    }

    /// Undoes what was placed last.
    fn take_back(&mut self, model: &Model) {
        let Some((workload, node, number)) = self.log.pop() else { return };
        for (free, asked) in self.free[node].iter_mut().zip(&model.plans[workload].request) {
            if *free < UNKNOWN / 2 {
                *free += asked * i64::from(number);
            }
        }
        let on = self.on[workload].entry(node).or_default();
        *on -= number;
        if *on == 0 {
            self.on[workload].remove(&node);
        }
        self.left[workload] += number;
        let ports = self.ports[node].len() - model.workloads[workload].ports.len();
        self.ports[node].truncate(ports);
    }

    /// Whether some node takes one more pod of a workload.
    pub(crate) fn has_room(&self, model: &Model, workload: usize) -> bool {
        let counts = self.spread(model, workload);
        model.plans[workload].nodes.iter().any(|node| self.obstacle_to(model, workload, *node, &counts).is_none())
    }

    /// Why a node that is open to a workload does not take one more of its pods; none where it does.
    pub(crate) fn obstacle(&self, model: &Model, workload: usize, node: usize) -> Option<Obstacle> {
        self.obstacle_to(model, workload, node, &self.spread(model, workload))
    }

    fn obstacle_to(&self, model: &Model, workload: usize, node: usize, counts: &[Counts]) -> Option<Obstacle> {
        let plan = &model.plans[workload];
        let short = (0..plan.request.len())
            .find(|resource| plan.request[*resource] > 0 && plan.request[*resource] > self.free[node][*resource]);
        if let Some(resource) = short {
            return Some(Obstacle::Resource(resource));
        }
        for port in &model.workloads[workload].ports {
            if let Some((_, other)) = self.ports[node].iter().find(|(taken, _)| taken.clashes(port)) {
                return Some(Obstacle::Port(port.port, *other));
            }
        }
        if model.workloads[workload].claims.are_exclusive && !self.on[workload].is_empty() {
            return Some(Obstacle::Claim);
        }
        let relations = plan.relations.as_ref()?;
        let apart = relations.apart.iter().find(|(topology, other)| self.in_domain(model, *topology, node, *other) > 0);
        if let Some((topology, other)) = apart {
            return Some(Obstacle::Apart(*topology, *other));
        }
        if let Some(near) = &relations.near {
            let labelled = |topology: usize| model.topologies[topology].domains[node].is_some();
            let alone = near.others.iter().all(|other| self.on[*other].is_empty());
            // The first of pods that are to be together may be anywhere.
            let first = alone && near.others.contains(&workload);
            let lacking = near.topologies.iter().find(|topology| {
                !labelled(**topology)
                    || !first && near.others.iter().all(|other| self.in_domain(model, **topology, node, *other) == 0)
            });
            if let Some(topology) = lacking {
                return Some(Obstacle::Near(*topology));
            }
        }
        let counts = counts.iter().zip(&relations.spread).find(|(counts, spread)| {
            let here = model.topologies[spread.topology].domains[node].and_then(|domain| counts.by_domain[domain]);
            let own = u32::from(spread.others.contains(&workload));
            here.unwrap_or(0) + own > counts.fewest + spread.max_skew
        });
        counts.map(|(_, spread)| Obstacle::Spread(spread.topology))
    }

    /// How many pods are in each domain that the pods of a workload are spread over.
    fn spread(&self, model: &Model, workload: usize) -> Vec<Counts> {
        let spread = model.plans[workload].relations.iter().flat_map(|relations| &relations.spread);
        let counts = spread.map(|spread| {
            let topology = &model.topologies[spread.topology];
            let mut by_domain: Vec<Option<u32>> = vec![None; topology.number];
            let counted = |node: usize| topology.domains[node].filter(|_| spread.counted[node]);
            for domain in (0..model.nodes.len()).filter_map(counted) {
                by_domain[domain] = Some(0);
            }
            for (node, pods) in spread.others.iter().flat_map(|other| &self.on[*other]) {
                if let Some(domain) = counted(*node) {
                    *by_domain[domain].get_or_insert_default() += pods;
                }
            }
            let domains = by_domain.iter().flatten();
            let few = domains.clone().count() < spread.min_domains;
            Counts { fewest: if few { 0 } else { domains.min().copied().unwrap_or(0) }, by_domain }
        });
        counts.collect()
    }

    /// How many pods of a workload are in a node's domain of a topology.
    fn in_domain(&self, model: &Model, topology: usize, node: usize, workload: usize) -> u32 {
        let domains = &model.topologies[topology].domains;
        let Some(domain) = domains[node] else { return 0 };
        self.on[workload].iter().filter(|(node, _)| domains[**node] == Some(domain)).map(|(_, number)| number).sum()
    }
}

impl Model<'_> {
    /// How many pods of a workload so much of the resources is enough for.
    pub(crate) fn how_many(&self, workload: usize, free: &[i64]) -> u32 {
        let enough = self.plans[workload].request.iter().zip(free).filter(|(asked, _)| **asked > 0);
        let number = enough.map(|(asked, free)| free.div_euclid(*asked)).min().unwrap_or(0);
        u32::try_from(number.max(0)).unwrap_or(u32::MAX)
    }

    /// Whether its pods may be on several nodes, and are not on each of them.
    pub(crate) fn is_movable(&self, workload: usize) -> bool {
        self.workloads[workload].count != Count::EveryNode && self.plans[workload].nodes.len() > 1
    }

    /// The one node of several that may run its pods, if someone makes them anew where they are lost.
    pub(crate) fn only_node(&self, workload: usize) -> Option<usize> {
        let found = &self.workloads[workload];
        let is_bare = found.pods.as_ref().is_some_and(|pods| pods.item.object.kind() == "Pod");
        match *self.plans[workload].nodes {
            [node] if self.nodes.len() > 1 && found.count != Count::EveryNode && !is_bare => Some(node),
            _ => None,
        }
    }
}
