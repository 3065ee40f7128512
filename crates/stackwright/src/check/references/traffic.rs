//! What NetworkPolicies let through.

use std::net::IpAddr;

use ipnet::IpNet;
use k8s_openapi::api::core::v1::ContainerPort;
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::Subnet;
use crate::check::{HashMap, Index, Item, Pods};
use crate::links::fulfils;

/// Every policy, by its namespace, and by the pods that it selects.
pub(crate) struct Policies<'i, 'a> {
    index: &'i Index<'a>,
    by_namespace: HashMap<&'a str, Vec<(Item<'a>, &'a NetworkPolicySpec)>>,
    by_pods: HashMap<usize, Vec<(Item<'a>, &'a NetworkPolicySpec)>>,
    /// What is answered to whether a rule allows something where nobody knows.
    in_doubt: bool,
}

/// Which way a policy looks at traffic, as its `policyTypes` say it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Ingress,
    Egress,
}

/// Who is at the other end.
#[derive(Clone, Copy)]
pub(crate) enum Party<'i, 'a> {
    /// Pods that are among the objects.
    Pods(&'i Pods<'a>),
    /// Pods of a namespace that a release, an operator or the installer makes: nobody knows their labels.
    SomeIn(&'a str),
    /// Pods that are somewhere.
    Somewhere,
    /// A machine outside the pods' network, by its address.
    Outside(IpAddr),
}

/// What policies say of a connection.
#[derive(Clone, Copy)]
pub(crate) enum Verdict<'a> {
    /// None selects the pods.
    Free,
    /// This one lets it pass, as far as anybody knows.
    Allowed(Item<'a>),
    /// This one selects the pods, and none that does lets it pass.
    Blocked(Item<'a>),
}

/// A port of a pod, with its protocol.
pub(crate) type Port<'a> = (i32, &'a str);

/// Kinds of policies that can allow what a NetworkPolicy forbids.
pub(crate) const OTHERS: [&str; 7] = [
    "AdminNetworkPolicy.policy.networking.k8s.io",
    "CiliumClusterwideNetworkPolicy.cilium.io",
    "CiliumNetworkPolicy.cilium.io",
    "GlobalNetworkPolicy.crd.projectcalico.org",
    "GlobalNetworkPolicy.projectcalico.org",
    "NetworkPolicy.crd.projectcalico.org",
    "NetworkPolicy.projectcalico.org",
];

impl<'i, 'a> Policies<'i, 'a> {
    /// The policies of an index; none where there are none, or where another kind of policy can allow what these forbid.
    pub(crate) fn new(index: &'i Index<'a>) -> Option<Self> {
        Self::known(index, true).filter(|policies| !policies.by_namespace.is_empty())
    }

    /// The same where there may be none, and what nobody knows to be allowed is, or isn't.
    pub(crate) fn known(index: &'i Index<'a>, in_doubt: bool) -> Option<Self> {
        if OTHERS.into_iter().any(|kind| index.of_kind(kind).next().is_some()) {
            return None;
        }
        let mut policies = Self { index, by_namespace: HashMap::default(), by_pods: HashMap::default(), in_doubt };
        for (item, policy) in index.all::<NetworkPolicy>() {
            let Some(spec) = &policy.spec else { continue };
            policies.by_namespace.entry(item.namespace).or_default().push((item, spec));
            let everything = LabelSelector::default();
            for pods in index.matched(item.namespace, spec.pod_selector.as_ref().unwrap_or(&everything)) {
                policies.by_pods.entry(pods.item.index).or_default().push((item, spec));
            }
        }
        Some(policies)
    }

    /// The policies that decide about pods in a direction: without any, everything is allowed.
    pub(crate) fn selecting(&self, pods: &Pods<'a>, direction: Direction) -> Vec<(Item<'a>, &'a NetworkPolicySpec)> {
        let all = self.by_pods.get(&pods.item.index).into_iter().flatten();
        all.filter(|(_, spec)| looks_at(spec, direction)).copied().collect()
    }

    /// The policy that keeps pods from talking to, or hearing from, the other party at all of these ports; none where something may pass.
    pub(crate) fn blocker(
        &self,
        pods: &Pods<'a>,
        direction: Direction,
        party: Party<'i, 'a>,
        ports: &[Port<'_>],
    ) -> Option<Item<'a>> {
        match self.verdict(pods, direction, party, ports) {
            Verdict::Blocked(policy) => Some(policy),
            Verdict::Free | Verdict::Allowed(_) => None,
        }
    }

    /// What the policies say of pods that talk to, or hear from, the other party at these ports, and which one says it.
    pub(crate) fn verdict(
        &self,
        pods: &Pods<'a>,
        direction: Direction,
        party: Party<'i, 'a>,
        ports: &[Port<'_>],
    ) -> Verdict<'a> {
        // Pods on the host's network, at either end, are the host to a policy.
        let on_host = |pods: &Pods<'_>| pods.spec.host_network == Some(true);
        if on_host(pods) || matches!(party, Party::Pods(other) if on_host(other)) {
            return Verdict::Free;
        }
        let all = self.by_pods.get(&pods.item.index).into_iter().flatten();
        let policies = all.filter(|(_, spec)| looks_at(spec, direction));
        let target = match (direction, party) {
            (Direction::Ingress, _) => Some(pods),
            (Direction::Egress, Party::Pods(other)) => Some(other),
            (Direction::Egress, _) => None,
        };
        let mut blocker = None;
        for (item, spec) in policies {
            if self.allows(*item, spec, direction, party, ports, target) {
                return Verdict::Allowed(*item);
            }
            blocker = blocker.or(Some(*item));
        }
        blocker.map_or(Verdict::Free, Verdict::Blocked)
    }

    /// The policy that keeps every pod of a namespace, whoever makes it, from talking to these at all of these ports.
    pub(crate) fn blocker_of_all(&self, namespace: &str, to: &'i Pods<'a>, ports: &[Port<'_>]) -> Option<Item<'a>> {
        if to.spec.host_network == Some(true) {
            return None;
        }
        let mut blocker = None;
        for (item, spec) in self.by_namespace.get(namespace)? {
            if self.allows(*item, spec, Direction::Egress, Party::Pods(to), ports, Some(to)) {
                return None;
            }
            let selects_all = spec.pod_selector.as_ref().is_none_or(|selector| *selector == LabelSelector::default());
            if looks_at(spec, Direction::Egress) && selects_all {
                blocker = blocker.or(Some(*item));
            }
        }
        blocker
    }

    /// Whether a rule of a policy lets traffic with a party pass, which goes to one of these ports of the target.
    fn allows(
        &self,
        item: Item<'a>,
        spec: &NetworkPolicySpec,
        direction: Direction,
        party: Party<'i, 'a>,
        ports: &[Port<'_>],
        target: Option<&Pods<'_>>,
    ) -> bool {
        let passes = |peers: &Option<Vec<NetworkPolicyPeer>>, allowed: &Option<Vec<NetworkPolicyPort>>| {
            let peers = peers.as_deref().unwrap_or_default();
            let allowed = allowed.as_deref().unwrap_or_default();
            (peers.is_empty() || peers.iter().any(|peer| self.is_peer(peer, item.namespace, party)))
                && (allowed.is_empty()
                    || ports.iter().any(|port| allowed.iter().any(|allowed| is_port(allowed, *port, party, target))))
        };
        match direction {
            Direction::Ingress => spec.ingress.iter().flatten().any(|rule| passes(&rule.from, &rule.ports)),
            Direction::Egress => spec.egress.iter().flatten().any(|rule| passes(&rule.to, &rule.ports)),
        }
    }

    /// Whether a rule's peer may be the other party; where nobody knows, it may.
    fn is_peer(&self, peer: &NetworkPolicyPeer, namespace: &str, party: Party<'i, 'a>) -> bool {
        if let Some(block) = &peer.ip_block {
            return self.may_cover(block, party);
        }
        let from = match party {
            Party::Pods(pods) => pods.item.namespace,
            Party::SomeIn(namespace) => namespace,
            Party::Somewhere => return peer.namespace_selector.is_some() || !self.index.has_all_pods(namespace),
            Party::Outside(_) => return false,
        };
        let in_namespace = match &peer.namespace_selector {
            Some(selector) => selects_namespace(self.index, selector, from).unwrap_or(self.in_doubt),
            None => from == namespace,
        };
        let pods = match (party, &peer.pod_selector) {
            (Party::Pods(pods), Some(selector)) => pods.match_selector(selector),
            _ => true,
        };
        in_namespace && pods
    }

    /// Whether a block has the other party's address. Where nobody knows which one pods get, it may.
    fn may_cover(&self, block: &IPBlock, party: Party<'i, 'a>) -> bool {
        let Ok(whole) = block.cidr.parse::<IpNet>() else { return self.in_doubt };
        let excepted: Vec<_> = block.except.iter().flatten().filter_map(|block| block.parse::<IpNet>().ok()).collect();
        if let Party::Outside(address) = party {
            return whole.contains(&address) && !excepted.iter().any(|block| block.contains(&address));
        }
        let pods = self.index.cluster().map_or(&[][..], |cluster| &cluster.pods);
        if pods.is_empty() || !matches!(party, Party::Pods(_)) {
            // Pods have addresses of the older family but in a cluster that has none.
            let has_all = whole.prefix_len() == 0 && matches!(whole, IpNet::V4(_)) && excepted.is_empty();
            return self.in_doubt || has_all;
        }
        pods.iter().map(Subnet::cidr).any(|pods| {
            let meets = |block: &IpNet| block.contains(&pods) || pods.contains(block);
            let has_some = meets(&whole) && !excepted.iter().any(|block| block.contains(&pods));
            let has_all = whole.contains(&pods) && !excepted.iter().any(meets);
            if self.in_doubt { has_some } else { has_all }
        })
    }
}

/// Whether it is one pod, which no policy keeps from itself. What a workload makes may be several.
pub(crate) fn is_itself(pods: &Pods<'_>, other: &Pods<'_>) -> bool {
    pods.item.index == other.item.index && pods.item.object.kind() == "Pod"
}

/// Whether a policy says anything about a direction. It always does about what comes in, unless it lists its types.
fn looks_at(spec: &NetworkPolicySpec, direction: Direction) -> bool {
    let types = spec.policy_types.as_deref().unwrap_or_default();
    match direction {
        Direction::Ingress => types.is_empty() || types.iter().any(|name| name == "Ingress"),
        Direction::Egress if types.is_empty() => spec.egress.as_ref().is_some_and(|rules| !rules.is_empty()),
        Direction::Egress => types.iter().any(|name| name == "Egress"),
    }
}

/// Whether a rule's port is this one of the target's. What is no pod has no names for its ports.
fn is_port(
    allowed: &NetworkPolicyPort,
    (number, protocol): Port<'_>,
    party: Party<'_, '_>,
    target: Option<&Pods<'_>>,
) -> bool {
    allowed.protocol.as_deref().unwrap_or("TCP") == protocol
        && match (&allowed.port, target) {
            (None, _) => true,
            (Some(IntOrString::Int(first)), _) => (*first..=allowed.end_port.unwrap_or(*first)).contains(&number),
            (Some(IntOrString::String(_)), None) => !matches!(party, Party::Outside(_)),
            (Some(IntOrString::String(name)), Some(target)) => declared(target, name).is_some_and(|port| {
                port.container_port == number && port.protocol.as_deref().unwrap_or("TCP") == protocol
            }),
        }
}

/// The number of a port that a container of the pods declares under this name.
pub(crate) fn named_port(pods: &Pods<'_>, name: &str) -> Option<i32> {
    declared(pods, name).map(|port| port.container_port)
}

fn declared<'a>(pods: &Pods<'a>, name: &str) -> Option<&'a ContainerPort> {
    let mut ports = pods.containers().flat_map(|(_, container)| container.ports.iter().flatten());
    ports.find(|port| port.name.as_deref() == Some(name))
}

/// The label that every namespace has its name in.
pub(crate) const NAME: &str = "kubernetes.io/metadata.name";

/// Whether a selector matches a namespace; none where that depends on labels that nobody knows.
pub(crate) fn selects_namespace(index: &Index<'_>, selector: &LabelSelector, namespace: &str) -> Option<bool> {
    let object = index.named("Namespace", "", namespace);
    let label = |key: &str| match &object {
        _ if key == NAME => Some(namespace),
        Some(item) => item.object.metadata().labels.as_ref()?.get(key).map(String::as_str),
        None => None,
    };
    // Kubernetes' own namespaces have no labels but their name in a cluster of ours.
    let known = object.is_some()
        || (index.cluster().is_some_and(|cluster| !cluster.is_existing)
            && (namespace == "default" || namespace.starts_with("kube-")));
    let mut result = Some(true);
    let mut require = |key: &str, met: bool| {
        if known || key == NAME {
            result = if met { result } else { Some(false) };
        } else if result == Some(true) {
            result = None;
        }
    };
    for (key, value) in selector.match_labels.iter().flatten() {
        require(key, label(key) == Some(value));
    }
    for expression in selector.match_expressions.iter().flatten() {
        require(&expression.key, fulfils(label(&expression.key), expression));
    }
    result
}
