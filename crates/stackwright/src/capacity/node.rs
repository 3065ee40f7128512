//! Nodes: what each has for pods, and what it asks of them.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{self as core, NodeSelectorRequirement, NodeSelectorTerm, Taint, Toleration};

use super::input::Input;
use super::request::{Amounts, amounts};
use crate::links::Item;
use crate::node::CONTROL_PLANE;
use crate::{self as model, Cluster, HashMap, Quantity};

/// The label that every node has its own value of.
pub(crate) const HOSTNAME: &str = "kubernetes.io/hostname";

/// A node of the cluster, or a Node among the objects.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) name: &'a str,
    /// The Node object, where it is one.
    pub(crate) item: Option<Item<'a>>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) taints: Vec<Taint>,
    /// What it has for pods.
    pub(crate) allocatable: Amounts<'a>,
    /// The cluster's node, where it is one: then some of its labels are only known once it runs, and so is its disk.
    pub(crate) declared: Option<&'a model::Node>,
    /// What listens on its host beside Kubernetes, where that is known.
    pub(crate) listeners: Vec<&'a model::Listener>,
}

/// The nodes of the cluster, and those among the objects that say what they have. Nothing is known of others.
pub(crate) fn nodes<'a>(input: &Input<'_, 'a>) -> Vec<Node<'a>> {
    let declared =
        input.cluster.into_iter().flat_map(|cluster| cluster.nodes.iter().map(|node| Node::declared(cluster, node)));
    let mut nodes: Vec<_> = declared.collect();
    let mut known: HashMap<&str, usize> = nodes.iter().enumerate().map(|(number, node)| (node.name, number)).collect();
    for (item, object) in input.all::<core::Node>() {
        let node = Node::of_object(item, object);
        match known.get(node.name) {
            Some(number) => nodes[*number].take(node),
            None if node.allocatable.is_empty() => {}
            None => {
                known.insert(node.name, nodes.len());
                nodes.push(node);
            }
        }
    }
    nodes
}

/// The kernel keeps about a twentieth of a host's memory for itself: `MemTotal`, from which the kubelet counts, is so much less.
const KERNEL_SHARE: u32 = 20;

impl<'a> Node<'a> {
    fn declared(cluster: &'a Cluster, node: &'a model::Node) -> Self {
        let host = &node.host;
        let kubelet = &cluster.provided.kubelet;
        let less = |has: u64, kept: &str| {
            let kept = Quantity::parse(kept).map_or(0, Quantity::units);
            Quantity::of_units(i64::try_from(has).unwrap_or(i64::MAX) - kept)
        };
        let cpu = Quantity::of_thousandths(
            i64::from(host.cpus) * 1000 - Quantity::parse(&kubelet.cpu).map_or(0, Quantity::thousandths),
        );
        let memory = less(u64::from(host.memory - host.memory / KERNEL_SHARE) << 20, &kubelet.memory);
        let mut labels = BTreeMap::from([
            (HOSTNAME.to_owned(), host.name.clone()),
            ("kubernetes.io/os".to_owned(), "linux".to_owned()),
        ]);
        if node.control_plane {
            labels.insert(CONTROL_PLANE.to_owned(), String::new());
        }
        labels.extend(node.labels.clone());
        let pods = Quantity::of_units(i64::from(kubelet.pods));
        Self {
            name: &host.name,
            item: None,
            labels,
            taints: node.taints.clone(),
            allocatable: [("cpu", cpu), ("memory", memory), ("pods", pods)].into(),
            declared: Some(node),
            listeners: cluster.listeners(host).collect(),
        }
    }

    fn of_object(item: Item<'a>, object: &'a core::Node) -> Self {
        let (spec, status) = (object.spec.as_ref(), object.status.as_ref());
        let given = |list: fn(&core::NodeStatus) -> Option<&_>| amounts(status.and_then(list));
        // The kubelet reports both; who writes a Node by hand may give its capacity alone.
        let mut allocatable = given(|status| status.capacity.as_ref());
        allocatable.extend(given(|status| status.allocatable.as_ref()));
        if !allocatable.is_empty() {
            allocatable.entry("pods").or_insert(Quantity::of_units(110));
        }
        let mut taints = spec.and_then(|spec| spec.taints.clone()).unwrap_or_default();
        if spec.and_then(|spec| spec.unschedulable) == Some(true) {
            taints.push(Taint {
                key: "node.kubernetes.io/unschedulable".to_owned(),
                effect: "NoSchedule".to_owned(),
                ..Taint::default()
            });
        }
        let labels = object.metadata.labels.clone().unwrap_or_default();
        Self {
            name: item.object.name(),
            item: Some(item),
            labels,
            taints,
            allocatable,
            declared: None,
            listeners: Vec::new(),
        }
    }

    /// A Node object of its name says more of it.
    fn take(&mut self, object: Self) {
        self.item = object.item;
        self.labels.extend(object.labels);
        self.taints.extend(object.taints);
        self.allocatable.extend(object.allocatable);
    }

    /// Whether a label of this key may be put on it when it runs: by the kubelet, which knows the processor, or by who looks for hardware.
    fn may_get(&self, key: &str) -> bool {
        let found = ["kubernetes.io/arch", "beta.kubernetes.io/arch", "beta.kubernetes.io/os"].contains(&key)
            || key.starts_with("feature.node.kubernetes.io/");
        self.declared.is_some() && found && !self.labels.contains_key(key)
    }

    /// Whether it carries a label of a `nodeSelector`.
    pub(crate) fn carries(&self, key: &str, value: &str) -> bool {
        self.labels.get(key).is_some_and(|own| own == value) || self.may_get(key)
    }

    /// Whether a term of a node affinity matches it. A term without requirements matches nothing.
    pub(crate) fn matches(&self, term: &NodeSelectorTerm) -> bool {
        let expressions = term.match_expressions.as_deref().unwrap_or_default();
        let fields = term.match_fields.as_deref().unwrap_or_default();
        !(expressions.is_empty() && fields.is_empty())
            && expressions.iter().all(|expression| {
                self.may_get(&expression.key)
                    || fulfils(self.labels.get(&expression.key).map(String::as_str), expression)
            })
            && fields.iter().all(|field| field.key == "metadata.name" && fulfils(Some(self.name), field))
    }

    /// The first of its taints that keeps out a pod with these tolerations.
    pub(crate) fn taint_against(&self, tolerations: &[&Toleration]) -> Option<&Taint> {
        self.taints.iter().find(|taint| {
            taint.effect != "PreferNoSchedule" && !tolerations.iter().any(|toleration| tolerates(toleration, taint))
        })
    }
}

fn fulfils(value: Option<&str>, expression: &NodeSelectorRequirement) -> bool {
    let values = expression.values.as_deref().unwrap_or_default();
    let listed = || value.is_some_and(|value| values.iter().any(|listed| listed == value));
    let numbers = || Some((value?.parse::<i64>().ok()?, values.first()?.parse::<i64>().ok()?));
    match expression.operator.as_str() {
        "In" => listed(),
        "NotIn" => !listed(),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        "Gt" => numbers().is_some_and(|(own, bound)| own > bound),
        "Lt" => numbers().is_some_and(|(own, bound)| own < bound),
        _ => false,
    }
}

fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let is_all_or = |given: &Option<String>, own: &str| given.as_deref().is_none_or(|all| all.is_empty() || all == own);
    is_all_or(&toleration.effect, &taint.effect)
        && is_all_or(&toleration.key, &taint.key)
        && match toleration.operator.as_deref().unwrap_or("Equal") {
            "Exists" => true,
            "Equal" | "" => {
                toleration.value.as_deref().unwrap_or_default() == taint.value.as_deref().unwrap_or_default()
            }
            _ => false,
        }
}

/// A taint as `kubectl taint` writes it.
pub(crate) fn taint_text(taint: &Taint) -> String {
    match taint.value.as_deref().filter(|value| !value.is_empty()) {
        Some(value) => format!("{}={value}:{}", taint.key, taint.effect),
        None => format!("{}:{}", taint.key, taint.effect),
    }
}
