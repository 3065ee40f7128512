use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPeer};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::netpol_peer_nothing::{Namespaces, peers};
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "netpol-peer-split",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A rule of a NetworkPolicy lists a namespaceSelector and a podSelector as two peers, and only together do \
            they match pods.",
    run,
};

/// The label of the cluster's DNS pods, under whatever name they are deployed.
const DNS: (&str, &str) = ("k8s-app", "kube-dns");

/// Where the cluster's DNS pods are.
const DNS_NAMESPACE: &str = "kube-system";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut namespaces = None;
    for (item, policy) in index.all::<NetworkPolicy>() {
        for (path, peers) in policy.spec.iter().flat_map(peers) {
            if !may_be_split(peers) {
                continue;
            }
            let namespaces = namespaces.get_or_insert_with(|| Namespaces::of(index));
            for number in 0..peers.len() {
                let Some((other, namespace)) = other_half(index, namespaces, item, peers, number) else { continue };
                let own = item.namespace;
                let message = format!(
                    "{} allows all pods of namespace {namespace}, and those of {own} with labels that only pods of \
                     {namespace} have",
                    item.label()
                );
                let help =
                    "make one peer of the two: put podSelector under namespaceSelector without a dash of its own";
                let why =
                    "peers of a list are alternatives: a podSelector by itself is about the policy's own namespace";
                let finding = CHECK.finding(message, help).why(why).at(item, format!("{path}[{number}].podSelector"));
                findings.push(finding.see(item, format!("{path}[{other}].namespaceSelector"), "the other half"));
            }
        }
    }
}

/// Whether one of a rule's peers is a namespaceSelector alone, and one a podSelector alone.
pub(super) fn may_be_split(peers: &[NetworkPolicyPeer]) -> bool {
    peers.len() > 1 && peers.iter().any(is_of_namespaces) && peers.iter().any(|peer| pod_selector(peer).is_some())
}

/// The peer that lacks this one's podSelector, with the namespace whose pods both mean; none where each means something by itself.
pub(super) fn other_half<'a>(
    index: &Index<'a>,
    namespaces: &Namespaces<'a>,
    item: Item<'a>,
    peers: &[NetworkPolicyPeer],
    number: usize,
) -> Option<(usize, &'a str)> {
    let selector = pod_selector(&peers[number])?;
    if item.namespace == DNS_NAMESPACE || !index.matched(item.namespace, selector).is_empty() {
        return None;
    }
    let is_of_dns = selector.match_labels.iter().flatten().any(|(key, value)| (key.as_str(), value.as_str()) == DNS);
    if !is_of_dns && !index.has_all_pods(item.namespace) {
        return None;
    }
    let others = peers.iter().enumerate().filter(|(_, peer)| is_of_namespaces(peer));
    let mut meant = others.filter_map(|(other, peer)| {
        // Selectors of every namespace stand for themselves.
        let selector_of_namespaces =
            peer.namespace_selector.as_ref().filter(|all| **all != LabelSelector::default())?;
        let selected = namespaces.selected(index, selector_of_namespaces);
        let mut selected = selected.iter().filter(|namespace| **namespace != item.namespace);
        let has_pods =
            |namespace: &str| is_of_dns && namespace == DNS_NAMESPACE || !index.matched(namespace, selector).is_empty();
        selected.find(|namespace| has_pods(namespace)).map(|namespace| (other, *namespace))
    });
    meant.next()
}

/// Whether a peer is all pods of some namespaces.
fn is_of_namespaces(peer: &NetworkPolicyPeer) -> bool {
    peer.namespace_selector.is_some() && peer.pod_selector.is_none() && peer.ip_block.is_none()
}

/// The selector of a peer that is some pods of the policy's own namespace.
fn pod_selector(peer: &NetworkPolicyPeer) -> Option<&LabelSelector> {
    let selector = peer.pod_selector.as_ref().filter(|selector| **selector != LabelSelector::default())?;
    (peer.namespace_selector.is_none() && peer.ip_block.is_none()).then_some(selector)
}
