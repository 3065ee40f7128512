use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{Service, ServicePort};
use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::netpol_peer_nothing::Namespaces;
use super::traffic::named_port;
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Pods, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "netpol-service-port",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A rule of a NetworkPolicy allows the port of a Service, and the pods behind it listen at another.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut known = None;
    for (item, policy) in index.all::<NetworkPolicy>() {
        let Some(spec) = &policy.spec else { continue };
        for (number, rule) in spec.ingress.iter().flatten().enumerate() {
            let Some(ports) = rule.ports.as_deref().filter(|ports| ports.iter().any(is_number)) else { continue };
            let Some(selector) = spec.pod_selector.as_ref().filter(|all| **all != LabelSelector::default()) else {
                continue;
            };
            let known = known.get_or_insert_with(|| Known::of(index));
            let targets = of_namespace(index, item.namespace, selector);
            known.look(item, ports, targets, &format!("spec.ingress[{number}]"), findings);
        }
        for (number, rule) in spec.egress.iter().flatten().enumerate() {
            let Some(ports) = rule.ports.as_deref().filter(|ports| ports.iter().any(is_number)) else { continue };
            let known = known.get_or_insert_with(|| Known::of(index));
            let peers = rule.to.as_deref().unwrap_or_default();
            let targets: Option<Vec<_>> = peers.iter().map(|peer| known.of_peer(index, item.namespace, peer)).collect();
            let targets = targets.map(|targets| targets.concat());
            known.look(item, ports, targets, &format!("spec.egress[{number}]"), findings);
        }
    }
}

/// Whether a port is one number.
fn is_number(port: &NetworkPolicyPort) -> bool {
    matches!(port.port, Some(IntOrString::Int(_))) && port.end_port.is_none()
}

/// What is looked up for the first rule with a number.
struct Known<'a> {
    namespaces: Namespaces<'a>,
    /// The Services that lead to the pods of an object.
    services: HashMap<usize, Vec<(Item<'a>, &'a Service)>>,
}

/// Pods that a rule is about.
type Targets<'i, 'a> = Vec<&'i Pods<'a>>;

impl<'a> Known<'a> {
    fn of(index: &Index<'a>) -> Self {
        let mut services: HashMap<_, Vec<_>> = HashMap::default();
        for (item, service) in index.all::<Service>() {
            let Some(labels) = service.spec.as_ref().and_then(|spec| spec.selector.as_ref()) else { continue };
            for pods in index.selected(item.namespace, labels) {
                services.entry(pods.item.index).or_default().push((item, service));
            }
        }
        Self { namespaces: Namespaces::of(index), services }
    }

    /// The pods that a peer is; none where nobody knows all of them, or where it is all of a namespace.
    fn of_peer<'i>(&self, index: &'i Index<'a>, own: &str, peer: &NetworkPolicyPeer) -> Option<Targets<'i, 'a>> {
        let selector = peer.pod_selector.as_ref().filter(|all| **all != LabelSelector::default())?;
        let Some(of_namespaces) = &peer.namespace_selector else { return of_namespace(index, own, selector) };
        if *of_namespaces == LabelSelector::default() {
            return None;
        }
        let namespaces = self.namespaces.selected(index, of_namespaces);
        let targets: Option<Vec<_>> =
            namespaces.iter().map(|namespace| of_namespace(index, namespace, selector)).collect();
        targets.map(|targets| targets.concat())
    }

    /// Tells of each port of a rule that its targets have not and a Service before them has.
    fn look(
        &self,
        item: Item<'a>,
        allowed: &[NetworkPolicyPort],
        targets: Option<Targets<'_, 'a>>,
        rule: &str,
        findings: &mut Vec<Finding>,
    ) {
        let targets = targets.unwrap_or_default();
        if targets.is_empty() || targets.iter().any(|pods| pods.spec.host_network == Some(true)) {
            return;
        }
        let numbers = allowed.iter().filter_map(|port| match port.port {
            Some(IntOrString::Int(number)) if port.end_port.is_none() => Some(number),
            _ => None,
        });
        // A range, a name or no number at all may allow the right one.
        let is_whole = numbers.clone().count() == allowed.len();
        let numbers: BTreeSet<_> = numbers.filter(|_| is_whole).collect();
        for (place, port) in allowed.iter().enumerate() {
            let Some(IntOrString::Int(number)) = port.port else { continue };
            if !numbers.contains(&number) {
                continue;
            }
            let protocol = port.protocol.as_deref().unwrap_or("TCP");
            let ways = targets.iter().flat_map(|pods| {
                let services = self.services.get(&pods.item.index).into_iter().flatten();
                services.flat_map(move |(service, object)| {
                    let ports = object.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
                    ports.filter_map(move |port| Some((*pods, *service, port, target(port, pods)?)))
                })
            });
            let ways: Vec<_> =
                ways.filter(|(_, _, port, _)| port.protocol.as_deref().unwrap_or("TCP") == protocol).collect();
            let is_declared = targets.iter().any(|pods| declares(pods, number));
            // Whoever allows both numbers has the right one.
            let is_reached = ways.iter().any(|(_, _, _, target)| *target == number);
            let meant = ways.iter().find(|(_, _, port, target)| port.port == number && !numbers.contains(target));
            let Some((pods, service, _, target)) = meant.filter(|_| !is_declared && !is_reached) else { continue };
            let message = format!(
                "{} allows port {number} of {}, which is the port of {}: the pods listen at {target}",
                item.label(),
                pods.item.label(),
                service.label()
            );
            let why = "policies see packets after the Service has put the pods' own port into them";
            let finding = CHECK.finding(message, format!("allow port {target} instead")).why(why);
            let finding = finding.at(item, format!("{rule}.ports[{place}].port"));
            findings.push(finding.see(*service, "spec.ports", format!("leads to {target}")));
        }
    }
}

/// The pods of a namespace that a selector matches; none where others may be there.
fn of_namespace<'i, 'a>(index: &'i Index<'a>, namespace: &str, selector: &LabelSelector) -> Option<Targets<'i, 'a>> {
    index.has_all_pods(namespace).then(|| index.matched(namespace, selector))
}

/// The port of pods that a Service's port leads to; none where it is by a name that they lack.
fn target(port: &ServicePort, pods: &Pods<'_>) -> Option<i32> {
    match &port.target_port {
        None => Some(port.port),
        Some(IntOrString::Int(number)) => Some(*number),
        Some(IntOrString::String(name)) => named_port(pods, name),
    }
}

/// Whether a container declares a port.
fn declares(pods: &Pods<'_>, number: i32) -> bool {
    let mut ports = pods.containers().flat_map(|(_, container)| container.ports.iter().flatten());
    ports.any(|port| port.container_port == number)
}
