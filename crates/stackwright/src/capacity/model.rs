//! Nodes and workloads in numbers, so that placing pods is arithmetic.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::binding::Lack;
use super::input::Input;
use super::node::{self, Node};
use super::provided;
use super::relations::Relations;
use super::workload::{self, Count, Refusal, Workload};
use crate::{HashMap, Quantity};

/// The resources that every pod takes; those that some ask for beside them follow.
pub(crate) const CPU: usize = 0;
pub(crate) const MEMORY: usize = 1;
pub(crate) const PODS: usize = 2;

/// So much of a resource that it never runs out: what a node has of it is not known.
pub(crate) const UNKNOWN: i64 = i64::MAX / 4;

/// A cluster as the scheduler sees it.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
    pub(crate) workloads: Vec<Workload<'a>>,
    /// Where claims ask for more volumes than there are.
    pub(crate) lacks: Vec<Lack<'a>>,
    /// What makes pods that nothing is known of.
    pub(crate) uncounted: Vec<String>,
    /// The resources, by their names.
    pub(crate) resources: Vec<&'a str>,
    /// What each node has of each resource.
    pub(crate) room: Vec<Vec<i64>>,
    /// The most that a node has of each resource.
    pub(crate) largest: Vec<i64>,
    /// What each workload asks for, in the order of the workloads.
    pub(crate) plans: Vec<Plan>,
    /// How labels part the nodes.
    pub(crate) topologies: Vec<Topology>,
}

/// A workload in numbers.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// What each pod asks for, of each resource.
    pub(crate) request: Vec<i64>,
    /// The nodes that are open to it, in order. Workloads that ask the same of nodes share one list.
    pub(crate) nodes: Arc<[usize]>,
    /// The same number for all that ask for the same, of the same nodes.
    pub(crate) shape: usize,
    /// How many pods there are if there is one for every node: also for those that are closed to it.
    pub(crate) nodes_wanted: u32,
    /// Whether its pods are to be near to, or apart from, others.
    pub(crate) relations: Option<Box<Relations>>,
    /// Whether something that it needs is not known, so that nothing is certain.
    pub(crate) unknown: bool,
}

/// How the values of a label part the nodes.
#[derive(Debug)]
pub(crate) struct Topology {
    pub(crate) key: String,
    /// The domain of each node; none where it lacks the label.
    pub(crate) domains: Vec<Option<usize>>,
    /// How many there are.
    pub(crate) number: usize,
}

impl<'a> Model<'a> {
    pub(crate) fn new(input: &Input<'_, 'a>) -> Self {
        let nodes = node::nodes(input);
        let (workloads, lacks) = workload::workloads(input);
        let mut resources = vec!["cpu", "memory", "pods"];
        let asked: BTreeSet<_> =
            workloads.iter().flat_map(|workload| workload.resources.requests.keys()).copied().collect();
        resources.extend(asked.into_iter().filter(|name| !["cpu", "memory", "pods"].contains(name)));
        let discovered = super::devices::are_discovered(input);
        let amount = |node: &Node, name: &str| match node.allocatable.get(name) {
            Some(amount) => in_numbers(name, *amount),
            None if discovered && super::devices::is_extended(name) => UNKNOWN,
            None if node.declared.is_some() && name == "ephemeral-storage" => UNKNOWN,
            None => 0,
        };
        let room: Vec<Vec<_>> =
            nodes.iter().map(|node| resources.iter().map(|name| amount(node, name)).collect()).collect();
        let most = |resource: usize| room.iter().map(|room| room[resource]).max().unwrap_or(0);
        let largest = (0..resources.len()).map(most).collect();

        let uncounted = provided::uncounted(input);
        let mut model = Self {
            nodes,
            workloads,
            lacks,
            uncounted,
            resources,
            room,
            largest,
            plans: Vec::new(),
            topologies: Vec::new(),
        };
        let mut open = HashMap::default();
        model.plans = model.workloads.iter().map(|workload| model.plan(workload, &mut open)).collect();
        model.relate(input);
        let mut shapes = HashMap::default();
        for plan in &mut model.plans {
            let next = shapes.len();
            plan.shape = *shapes.entry((plan.request.clone(), Arc::as_ptr(&plan.nodes))).or_insert(next);
        }
        model
    }

    fn plan(&self, workload: &Workload, open: &mut HashMap<String, Arc<[usize]>>) -> Plan {
        let requests = &workload.resources.requests;
        let mut request: Vec<_> = self
            .resources
            .iter()
            .map(|name| requests.get(name).map_or(0, |amount| in_numbers(name, *amount).max(0)))
            .collect();
        request[PODS] = 1;
        let daemon = workload.count == Count::EveryNode;
        let accepts = |node: &Node| workload.refusal(node).is_none() && (!daemon || workload.is_wanted_on(node));
        let accepted =
            || -> Arc<[usize]> { (0..self.nodes.len()).filter(|node| accepts(&self.nodes[*node])).collect() };
        let nodes = match nodes_key(workload) {
            Some(key) => open.entry(key).or_insert_with(accepted).clone(),
            None => accepted(),
        };
        let nodes_wanted = match workload.count {
            Count::EveryNode if workload.claims.are_met_anywhere() && workload.runtime.is_none() => nodes.len(),
            Count::EveryNode => self.nodes.iter().filter(|node| workload.is_wanted_on(node)).count(),
            Count::Pods(_) => 0,
        };
        let several = daemon || workload.most() > 1;
        let unknown = workload.waits.is_some() && !workload.is_gated
            || workload.claims.are_open
            || workload.claims.may_be_one_node && several
            || (0..request.len()).any(|resource| {
                request[resource] > 0
                    && super::devices::is_extended(self.resources[resource])
                    && nodes.iter().any(|node| self.room[*node][resource] == UNKNOWN)
            });
        let nodes_wanted = u32::try_from(nodes_wanted).unwrap_or(u32::MAX);
        Plan { request, nodes, shape: 0, nodes_wanted, relations: None, unknown }
    }

    /// How many pods of a workload the scheduler looks at.
    pub(crate) fn number(&self, workload: usize, most: bool) -> u32 {
        if self.workloads[workload].is_gated { 0 } else { self.pods(workload, most) }
    }

    /// Whether claims certainly are more than the volumes that suit them.
    pub(crate) fn lacks_volumes(&self) -> bool {
        self.lacks.iter().any(|lack| lack.is_certain)
    }

    /// How many pods of a workload there are, or are when autoscalers have made as many as they may.
    pub(crate) fn pods(&self, workload: usize, most: bool) -> u32 {
        let Workload { count, most: highest, .. } = &self.workloads[workload];
        match count {
            Count::EveryNode => self.plans[workload].nodes_wanted,
            Count::Pods(number) => highest.filter(|_| most).unwrap_or(*number),
        }
    }

    /// The plans as they would be without a node.
    pub(crate) fn without(&self, lost: usize) -> Vec<Plan> {
        let mut open: HashMap<_, Arc<[usize]>> = HashMap::default();
        let plan = |plan: &Plan| {
            let left = || plan.nodes.iter().copied().filter(|node| *node != lost).collect();
            let mut changed = plan.clone();
            changed.nodes = open.entry(Arc::as_ptr(&plan.nodes)).or_insert_with(left).clone();
            for spread in changed.relations.iter_mut().flat_map(|relations| &mut relations.spread) {
                spread.counted[lost] = false;
            }
            changed
        };
        self.plans.iter().map(plan).collect()
    }

    /// Whether one of a workload's pods is meant for a node, whatever runs there: of a DaemonSet, only where it makes one.
    pub(crate) fn is_wanted(&self, workload: usize, node: usize) -> bool {
        let found = &self.workloads[workload];
        found.count != Count::EveryNode || found.is_wanted_on(&self.nodes[node])
    }

    /// The nodes that have a workload's refusal.
    pub(crate) fn refused(&self, workload: usize, refusal: Refusal) -> Vec<&Node<'a>> {
        let workload = &self.workloads[workload];
        self.nodes.iter().filter(|node| workload.refusal(node) == Some(refusal)).collect()
    }
}

/// What decides which nodes are open to a workload, in words; none where it is more than words can say.
fn nodes_key(workload: &Workload) -> Option<String> {
    let Some(spec) = workload.spec() else { return Some(format!("{:?}", workload.spread)) };
    if !workload.claims.are_met_anywhere() {
        return None;
    }
    let affinity = spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref());
    let required = affinity.and_then(|affinity| affinity.required_during_scheduling_ignored_during_execution.as_ref());
    // What Kubernetes adds to the tolerations follows from the rest.
    let daemon = (workload.count == Count::EveryNode).then_some(spec.host_network);
    let own = (&spec.node_name, &spec.node_selector, required, &spec.tolerations);
    Some(format!("{own:?}{:?}{daemon:?}", workload.runtime))
}

/// An amount as the scheduler counts it.
pub(crate) fn in_numbers(resource: &str, amount: Quantity) -> i64 {
    let number = if resource == "cpu" { amount.thousandths() } else { amount.units() };
    number.min(UNKNOWN)
}
