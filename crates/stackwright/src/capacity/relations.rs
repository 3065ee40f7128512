//! Where pods may be, seen from others: near to them, apart from them, or evenly spread.

use std::collections::BTreeSet;
use std::sync::Arc;

use k8s_openapi::api::core::v1::{Affinity, Namespace, PodAffinityTerm, PodSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::input::Input;
use super::model::{Model, Topology};
use super::workload::Workload;
use crate::HashMap;
use crate::links::{PodSet, Pods, selects};

/// Where pods may be, seen from others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Relations {
    /// A topology and a workload of which no pod may be in the same domain.
    pub(crate) apart: Vec<(usize, usize)>,
    /// The pods that they have to be near to.
    pub(crate) near: Option<Near>,
    /// How evenly they have to be spread.
    pub(crate) spread: Vec<Spread>,
}

/// In every one of these topologies, a pod has to be in a domain that one of these workloads has a pod in.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) topologies: Vec<usize>,
    pub(crate) others: Vec<usize>,
}

/// No domain may have more than `max_skew` pods more than the one with the fewest.
#[derive(Debug, Clone)]
pub(crate) struct Spread {
    pub(crate) topology: usize,
    pub(crate) max_skew: u32,
    pub(crate) min_domains: usize,
    /// The nodes whose domains count.
    pub(crate) counted: Vec<bool>,
    /// The workloads whose pods count.
    pub(crate) others: Vec<usize>,
}

impl<'a> Model<'a> {
    fn topology(&mut self, key: &str) -> usize {
        if let Some(known) = self.topologies.iter().position(|topology| topology.key == key) {
            return known;
        }
        let mut names: HashMap<&str, usize> = HashMap::default();
        let mut domains = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let next = names.len();
            domains.push(node.labels.get(key).map(|value| *names.entry(value).or_insert(next)));
        }
        let number = names.len();
        self.topologies.push(Topology { key: key.to_owned(), domains, number });
        self.topologies.len() - 1
    }

    /// Finds the relations between the workloads.
    pub(super) fn relate(&mut self, input: &Input<'_, 'a>) {
        if !self.workloads.iter().filter_map(Workload::spec).any(is_related) {
            return;
        }
        let set: PodSet = self.workloads.iter().filter_map(|workload| workload.pods).collect();
        let around = Around { input, pods: &set };
        let by_item: HashMap<usize, usize> = self
            .workloads
            .iter()
            .enumerate()
            .filter_map(|(number, workload)| Some((workload.pods?.item.index, number)))
            .collect();
        for number in 0..self.workloads.len() {
            let Some(pods) = self.workloads[number].pods else { continue };
            if !is_related(pods.spec) {
                continue;
            }
            let of = |found: Vec<&Pods>| -> Vec<usize> {
                found.into_iter().filter_map(|pods| by_item.get(&pods.item.index).copied()).collect()
            };
            let (near, away) = terms(&pods);
            for term in away {
                let topology = self.topology(&term.topology_key);
                for other in of(around.matched(&pods, term)) {
                    self.part(number, topology, other);
                    self.part(other, topology, number);
                }
            }
            if !near.is_empty() {
                let topologies = near.iter().map(|term| self.topology(&term.topology_key)).collect();
                let mut others: Vec<_> = near.iter().map(|term| of(around.matched(&pods, term))).collect();
                let first = others.pop().unwrap_or_default();
                let others: Vec<_> =
                    first.into_iter().filter(|other| others.iter().all(|list| list.contains(other))).collect();
                self.plans[number].unknown |= others.is_empty() && around.is_open(&pods, &near);
                self.plans[number].relations.get_or_insert_default().near = Some(Near { topologies, others });
            }
            if pods.spec.topology_spread_constraints.is_some() {
                let spread = self.spread(&around, number, &pods, &of);
                self.plans[number].relations.get_or_insert_default().spread = spread;
            }
        }
    }

    fn part(&mut self, one: usize, topology: usize, other: usize) {
        let apart = &mut self.plans[one].relations.get_or_insert_default().apart;
        if !apart.contains(&(topology, other)) {
            apart.push((topology, other));
        }
    }

    fn spread(
        &mut self,
        around: &Around<'_, 'a>,
        number: usize,
        pods: &Pods<'a>,
        of: &impl Fn(Vec<&Pods>) -> Vec<usize>,
    ) -> Vec<Spread> {
        let constraints = pods.spec.topology_spread_constraints.iter().flatten();
        let required: Vec<_> =
            constraints.filter(|constraint| constraint.when_unsatisfiable == "DoNotSchedule").collect();
        let topologies: Vec<_> = required.iter().map(|constraint| self.topology(&constraint.topology_key)).collect();
        // A node without one of the labels is none for these pods.
        let labelled =
            |node: usize| topologies.iter().all(|topology| self.topologies[*topology].domains[node].is_some());
        let open = &self.plans[number].nodes;
        let are_labelled = open.iter().all(|node| labelled(*node));
        let nodes: Arc<[usize]> =
            if are_labelled { open.clone() } else { open.iter().copied().filter(|node| labelled(*node)).collect() };
        let workload = &self.workloads[number];
        let spread = required.iter().zip(&topologies).map(|(constraint, topology)| {
            let honours =
                |policy: &Option<String>, default: bool| policy.as_deref().map_or(default, |policy| policy == "Honor");
            let (affinity, taints) =
                (honours(&constraint.node_affinity_policy, true), honours(&constraint.node_taints_policy, false));
            let counted = self.nodes.iter().enumerate().map(|(number, node)| {
                labelled(number)
                    && (!affinity || workload.selects(node))
                    && (!taints || node.taint_against(&workload.tolerations).is_none())
            });
            let selector = constraint.label_selector.as_ref();
            let found = selector.map_or_else(Vec::new, |selector| around.pods.matched(pods.item.namespace, selector));
            let same = |other: &&Pods| alike(pods, other, constraint.match_label_keys.as_deref().unwrap_or_default());
            Spread {
                topology: *topology,
                max_skew: u32::try_from(constraint.max_skew).unwrap_or(1),
                min_domains: usize::try_from(constraint.min_domains.unwrap_or(1)).unwrap_or(1),
                counted: counted.collect(),
                others: of(found.into_iter().filter(same).collect()),
            }
        });
        let spread = spread.collect();
        self.plans[number].nodes = nodes;
        spread
    }
}

/// Whether it matters to pods where others are.
fn is_related(spec: &PodSpec) -> bool {
    let to_others = |affinity: &Affinity| affinity.pod_affinity.is_some() || affinity.pod_anti_affinity.is_some();
    spec.topology_spread_constraints.is_some() || spec.affinity.as_ref().is_some_and(to_others)
}

/// What pods have to be near to, and apart from.
fn terms<'a>(pods: &Pods<'a>) -> (Vec<&'a PodAffinityTerm>, Vec<&'a PodAffinityTerm>) {
    let affinity = pods.spec.affinity.as_ref();
    let near = affinity.and_then(|affinity| affinity.pod_affinity.as_ref());
    let near = near.and_then(|near| near.required_during_scheduling_ignored_during_execution.as_ref());
    let apart = affinity.and_then(|affinity| affinity.pod_anti_affinity.as_ref());
    let apart = apart.and_then(|apart| apart.required_during_scheduling_ignored_during_execution.as_ref());
    (near.into_iter().flatten().collect(), apart.into_iter().flatten().collect())
}

/// The pods that others may be near to, or apart from.
struct Around<'i, 'a> {
    input: &'i Input<'i, 'a>,
    pods: &'i PodSet<'a>,
}

impl<'i, 'a> Around<'i, 'a> {
    /// The namespaces whose pods a term speaks of.
    fn namespaces(&self, pods: &Pods<'a>, term: &'a PodAffinityTerm) -> BTreeSet<&'a str> {
        let named = term.namespaces.iter().flatten().map(String::as_str);
        let mut found: BTreeSet<&str> = named.collect();
        match &term.namespace_selector {
            None if found.is_empty() => {
                found.insert(pods.item.namespace);
            }
            None => {}
            Some(selector) if *selector == LabelSelector::default() => {
                found.extend(self.pods.iter().map(|pods| pods.item.namespace));
            }
            Some(selector) => found.extend(self.input.all::<Namespace>().filter_map(|(item, namespace)| {
                let mut labels = namespace.metadata.labels.clone().unwrap_or_default();
                labels.insert("kubernetes.io/metadata.name".to_owned(), item.object.name().to_owned());
                selects(selector, &labels).then(|| item.object.name())
            })),
        }
        found
    }

    /// The pods that a term speaks of.
    fn matched(&self, pods: &Pods<'a>, term: &'a PodAffinityTerm) -> Vec<&'i Pods<'a>> {
        let Some(selector) = &term.label_selector else { return Vec::new() };
        let same = term.match_label_keys.as_deref().unwrap_or_default();
        let different = term.mismatch_label_keys.as_deref().unwrap_or_default();
        let namespaces = self.namespaces(pods, term).into_iter();
        let found = namespaces.flat_map(|namespace| self.pods.matched(namespace, selector));
        let found = found.filter(|other| {
            alike(pods, other, same) && different.iter().all(|key| !alike(pods, other, std::slice::from_ref(key)))
        });
        found.collect()
    }

    /// Whether the pods that these have to be near to may be there without being among the objects.
    fn is_open(&self, pods: &Pods, near: &[&PodAffinityTerm]) -> bool {
        let is_open = self.input.is_open;
        self.input.cluster.is_none()
            || near.iter().any(|term| term.namespace_selector.is_some())
            || near.iter().flat_map(|term| term.namespaces.iter().flatten()).any(|namespace| is_open(namespace))
            || is_open(pods.item.namespace)
    }
}

/// Whether two pods carry the same values of labels; one that Kubernetes puts on tells every workload from the others.
fn alike(pods: &Pods, other: &Pods, keys: &[String]) -> bool {
    pods.item.index == other.item.index
        || keys.iter().all(|key| pods.labels.contains_key(key) && pods.labels.get(key) == other.labels.get(key))
}
