//! What NetworkPolicies allow, by brute force: every policy, rule, peer and port is looked at for every question.
//!
//! It was written from the comments of Kubernetes' `networking/v1` types and its page about NetworkPolicies, before the library's own
//! rules were read. It shares no line with them.

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::ContainerPort;
use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

pub type Labels = BTreeMap<String, String>;

#[derive(Debug, Clone)]
pub struct Pod {
    pub name: String,
    pub namespace: String,
    pub labels: Labels,
    pub ports: Vec<ContainerPort>,
}

/// The labels of each namespace that somebody wrote, and the policies.
#[derive(Debug, Clone)]
pub struct Rules {
    pub namespaces: BTreeMap<String, Labels>,
    pub policies: Vec<NetworkPolicy>,
}

/// One side of a connection: an address, and the pod that has it, if one has.
#[derive(Clone, Copy)]
pub struct Side<'w> {
    pub pod: Option<&'w Pod>,
    pub address: IpAddr,
}

/// The port of the pod that is asked, not of a Service.
#[derive(Debug, Clone, Copy)]
pub struct Port<'w> {
    pub number: i32,
    pub protocol: &'w str,
}

impl Rules {
    /// Whether a pod's policies let it ask.
    pub fn leaves(&self, from: &Pod, to: Side<'_>, port: Port<'_>) -> bool {
        let mut own = self.of(from, "Egress").peekable();
        own.peek().is_none()
            || own.any(|policy| {
                let mut rules = policy.spec.iter().flat_map(|spec| spec.egress.iter().flatten());
                rules.any(|rule| self.is_any(policy, rule.to.as_deref(), to) && has(rule.ports.as_deref(), to, port))
            })
    }

    /// Whether a pod's policies let it be asked.
    pub fn enters(&self, from: Side<'_>, to: Side<'_>, port: Port<'_>) -> bool {
        let Some(pod) = to.pod else { return true };
        let mut own = self.of(pod, "Ingress").peekable();
        own.peek().is_none()
            || own.any(|policy| {
                let mut rules = policy.spec.iter().flat_map(|spec| spec.ingress.iter().flatten());
                rules
                    .any(|rule| self.is_any(policy, rule.from.as_deref(), from) && has(rule.ports.as_deref(), to, port))
            })
    }

    /// The policies that isolate a pod in a direction.
    fn of<'w>(&'w self, pod: &'w Pod, direction: &'w str) -> impl Iterator<Item = &'w NetworkPolicy> {
        self.policies.iter().filter(move |policy| {
            let selector = policy.spec.as_ref().and_then(|spec| spec.pod_selector.as_ref());
            policy.metadata.namespace.as_ref() == Some(&pod.namespace)
                && selector.is_none_or(|selector| selects(selector, &pod.labels))
                && directions(policy).contains(&direction)
        })
    }

    /// Whether one of these peers is that side: none at all are everybody.
    fn is_any(&self, policy: &NetworkPolicy, peers: Option<&[NetworkPolicyPeer]>, side: Side<'_>) -> bool {
        let peers = peers.unwrap_or_default();
        peers.is_empty() || peers.iter().any(|peer| self.is(policy, peer, side))
    }

    fn is(&self, policy: &NetworkPolicy, peer: &NetworkPolicyPeer, side: Side<'_>) -> bool {
        if let Some(block) = &peer.ip_block {
            let is_excepted = block.except.iter().flatten().any(|except| is_in(except, side.address));
            return is_in(&block.cidr, side.address) && !is_excepted;
        }
        let Some(pod) = side.pod else { return false };
        let is_there = match &peer.namespace_selector {
            Some(selector) => selects(selector, &self.labels(&pod.namespace)),
            None => policy.metadata.namespace.as_ref() == Some(&pod.namespace),
        };
        is_there && peer.pod_selector.as_ref().is_none_or(|selector| selects(selector, &pod.labels))
    }

    /// A namespace's labels, with the one that the API server sets.
    fn labels(&self, namespace: &str) -> Labels {
        let mut labels = self.namespaces[namespace].clone();
        labels.insert("kubernetes.io/metadata.name".into(), namespace.into());
        labels
    }
}

/// What a policy limits, said or by default.
fn directions(policy: &NetworkPolicy) -> Vec<&str> {
    let spec = policy.spec.as_ref().expect("every policy of the test has one");
    match spec.policy_types.as_deref() {
        Some(types) if !types.is_empty() => types.iter().map(String::as_str).collect(),
        _ if spec.egress.as_ref().is_some_and(|rules| !rules.is_empty()) => vec!["Ingress", "Egress"],
        _ => vec!["Ingress"],
    }
}

/// Whether a rule is about a port: without ports it is about all.
fn has(ports: Option<&[NetworkPolicyPort]>, to: Side<'_>, port: Port<'_>) -> bool {
    let ports = ports.unwrap_or_default();
    ports.is_empty() || ports.iter().any(|allowed| is_port(allowed, to, port))
}

fn is_port(allowed: &NetworkPolicyPort, to: Side<'_>, port: Port<'_>) -> bool {
    if allowed.protocol.as_deref().unwrap_or("TCP") != port.protocol {
        return false;
    }
    match &allowed.port {
        None => true,
        Some(IntOrString::Int(first)) => (*first..=allowed.end_port.unwrap_or(*first)).contains(&port.number),
        // The name of a port is a pod's own: what has no pod has no names.
        Some(IntOrString::String(name)) => to.pod.is_some_and(|pod| {
            pod.ports.iter().any(|declared| {
                declared.name.as_ref() == Some(name)
                    && declared.container_port == port.number
                    && declared.protocol.as_deref().unwrap_or("TCP") == port.protocol
            })
        }),
    }
}

fn selects(selector: &LabelSelector, labels: &Labels) -> bool {
    selector.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value))
        && selector.match_expressions.iter().flatten().all(|wanted| {
            let value = labels.get(&wanted.key);
            let is_listed = value.is_some_and(|value| wanted.values.iter().flatten().any(|listed| listed == value));
            match wanted.operator.as_str() {
                "In" => is_listed,
                // Of those without the label, too.
                "NotIn" => !is_listed,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                other => panic!("{other} is no operator"),
            }
        })
}

/// Whether an address begins with the bits of a network.
pub fn is_in(network: &str, address: IpAddr) -> bool {
    let (first, length) = network.split_once('/').expect("a network has a length");
    let (first, address) = (bits(first.parse().expect("an address")), bits(address));
    let length: usize = length.parse().expect("a number");
    first.len() == address.len() && first[..length] == address[..length]
}

fn bits(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("{:032b}", u32::from(address)),
        IpAddr::V6(address) => format!("{:0128b}", u128::from(address)),
    }
}
