//! Pods on nodes, one after the other, each where the scheduler's filters let it be.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::host_port::HostPort;
use super::model::{CPU, MEMORY, Model, PODS, UNKNOWN};
use super::workload::Count;

/// Which pods come first, and which node each takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they are given, each on the node with the most left: what the scheduler does.
    AsGiven,
    /// The largest first, each on the first node that takes it: what packs well.
    LargestFirst,
}

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
}

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
        let mut sequence: Vec<_> = (0..model.workloads.len()).collect();
        sequence.sort_by_cached_key(|workload| model.precedence(*workload, order));
        placement.fill(model, &sequence, order, lost);
        placement
    }

    /// Before the scheduler has placed any: with the pods alone that are on their nodes already.
    pub(crate) fn before(model: &Model, most: bool) -> Self {
        let mut placement = Self {
            free: model.room.clone(),
            on: vec![BTreeMap::new(); model.workloads.len()],
            left: (0..model.workloads.len()).map(|workload| model.number(workload, most)).collect(),
            ports: vec![Vec::new(); model.nodes.len()],
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

    /// The pods that find no other place, by workload, when a node is lost that these workloads are on. Pods that could
    /// never be elsewhere are not among them: that was someone's choice.
    pub(crate) fn homeless(&mut self, model: &Model, node: usize, workloads: &[usize]) -> Vec<(usize, u32)> {
        let movable = workloads.iter().copied().filter(|workload| model.is_movable(*workload));
        let mut displaced: Vec<_> = movable.collect();
        let before = (self.free.clone(), self.ports.clone());
        let were: Vec<_> =
            displaced.iter().map(|workload| (self.on[*workload].clone(), self.left[*workload])).collect();
        for workload in &displaced {
            self.left[*workload] = self.on[*workload].remove(&node).unwrap_or(0);
        }
        self.ports[node].clear();
        displaced.sort_by_cached_key(|workload| model.precedence(*workload, Order::AsGiven));
        self.fill(model, &displaced, Order::AsGiven, Some(node));
        let homeless = displaced.iter().map(|workload| (*workload, self.left[*workload])).filter(|(_, left)| *left > 0);
        let homeless = homeless.collect();
        (self.free, self.ports) = before;
        for (workload, (on, left)) in workloads.iter().filter(|workload| model.is_movable(**workload)).zip(were) {
            (self.on[*workload], self.left[*workload]) = (on, left);
        }
        homeless
    }

    /// Whether every pod is somewhere.
    pub(crate) fn is_complete(&self) -> bool {
        self.left.iter().all(|left| *left == 0)
    }

    fn fill(&mut self, model: &Model, sequence: &[usize], order: Order, lost: Option<usize>) {
        // Pods that have to be near to others, or spread, may find their place once others found theirs.
        loop {
            let before: u64 = sequence.iter().map(|workload| u64::from(self.left[*workload])).sum();
            for workload in sequence {
                if self.left[*workload] > 0 {
                    self.place(model, *workload, order, lost);
                }
            }
            let after: u64 = sequence.iter().map(|workload| u64::from(self.left[*workload])).sum();
            let waits = |workload: &usize| self.left[*workload] > 0 && model.plans[*workload].relations.is_some();
            if after == before || !sequence.iter().any(waits) {
                return;
            }
        }
    }

    fn place(&mut self, model: &Model, workload: usize, order: Order, lost: Option<usize>) {
        let nodes = model.plans[workload].nodes.clone();
        let open = nodes.iter().copied().filter(|node| Some(*node) != lost);
        if model.workloads[workload].count == Count::EveryNode {
            for node in open {
                if self.left[workload] > 0
                    && !self.on[workload].contains_key(&node)
                    && self.obstacle(model, workload, node).is_none()
                {
                    self.put(model, workload, node, 1);
                }
            }
        } else if order == Order::AsGiven {
            let mut scores: Vec<_> = open.map(|node| (self.score(model, workload, node), node)).collect();
            while self.left[workload] > 0 {
                let counts = self.spread(model, workload);
                let taking =
                    scores.iter_mut().filter(|(_, node)| self.obstacle_to(model, workload, *node, &counts).is_none());
                // Of equals the first: `max_by_key` would take the last.
                let Some(best) = taking.max_by_key(|(score, node)| (*score, Reverse(*node))) else { return };
                let node = best.1;
                self.put(model, workload, node, 1);
                best.0 = self.score(model, workload, node);
            }
        } else {
            // Spread pods go round the nodes; others fill one after the other.
            let open: Vec<_> = open.collect();
            let found = &model.workloads[workload];
            let related =
                model.plans[workload].relations.is_some() || !found.ports.is_empty() || found.claims.are_exclusive;
            loop {
                let before = self.left[workload];
                for node in &open {
                    while self.left[workload] > 0 && self.obstacle(model, workload, *node).is_none() {
                        let number = if related {
                            1
                        } else {
                            model.how_many(workload, &self.free[*node]).min(self.left[workload])
                        };
                        self.put(model, workload, *node, number);
                    }
                }
                if self.left[workload] == 0 || self.left[workload] == before {
                    return;
                }
            }
        }
    }

    fn put(&mut self, model: &Model, workload: usize, node: usize, number: u32) {
        for (free, asked) in self.free[node].iter_mut().zip(&model.plans[workload].request) {
            if *free < UNKNOWN / 2 {
                *free -= asked * i64::from(number);
            }
        }
        *self.on[workload].entry(node).or_default() += number;
        self.left[workload] -= number;
        let ports = &model.workloads[workload].ports;
        self.ports[node].extend(ports.iter().map(|port| (port.clone(), workload)));
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

    /// How much a node would have left, in thousandths of what it has: the mean of CPU and memory, as the scheduler's
    /// default. A pod that asks for nothing counts as a small one.
    fn score(&self, model: &Model, workload: usize, node: usize) -> i64 {
        let request = &model.plans[workload].request;
        let left = |resource: usize, least: i64| {
            let asked = if request[resource] == 0 { least } else { request[resource] };
            let (free, room) = (self.free[node][resource] - asked, model.room[node][resource]);
            if room <= 0 { 0 } else { i64::try_from(i128::from(free) * 1000 / i128::from(room)).unwrap_or(0) }
        };
        left(CPU, 100) + left(MEMORY, 200 << 20)
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

    /// What is placed first: pods of higher priority, those that have one node only, then as the order says.
    fn precedence(&self, workload: usize, order: Order) -> impl Ord + use<> {
        let (plan, found) = (&self.plans[workload], &self.workloads[workload]);
        let named = found.spec().is_some_and(|spec| spec.node_name.is_some());
        let tied = found.count == Count::EveryNode || plan.nodes.len() <= 1;
        let share = |resource: usize| {
            let largest = self.room.iter().map(|room| room[resource]).max().unwrap_or(0).max(1);
            i128::from(plan.request[resource]) * 1000 / i128::from(largest)
        };
        let size = (0..plan.request.len()).filter(|resource| *resource != PODS).map(share).max();
        let size = if order == Order::LargestFirst { size } else { None };
        (!named, Reverse(found.priority), !tied, Reverse(size))
    }
}
