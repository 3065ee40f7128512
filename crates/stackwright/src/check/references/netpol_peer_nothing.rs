use std::collections::BTreeSet;

use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPeer};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::selectors::closest_pods;
use super::traffic::selects_namespace;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "netpol-peer-nothing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A rule of a NetworkPolicy allows traffic with pods or namespaces that do not exist, so that it allows none. A common cause \
            is a namespaceSelector for a label such as `name: web`, which namespaces do not carry by themselves: \
            they carry `kubernetes.io/metadata.name`.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let namespaces: BTreeSet<_> = namespaces(index);
    for (item, policy) in index.all::<NetworkPolicy>() {
        let Some(spec) = &policy.spec else { continue };
        let ingress = spec.ingress.iter().flatten().map(|rule| &rule.from).enumerate();
        let egress = spec.egress.iter().flatten().map(|rule| &rule.to).enumerate();
        let ingress = ingress.map(|(number, peers)| (format!("spec.ingress[{number}].from"), peers));
        let rules = ingress.chain(egress.map(|(number, peers)| (format!("spec.egress[{number}].to"), peers)));
        for (path, peers) in rules {
            for (number, peer) in peers.iter().flatten().enumerate() {
                findings.extend(nobody(index, &namespaces, item, &format!("{path}[{number}]"), peer));
            }
        }
    }
}

/// Every namespace that something is known of.
fn namespaces<'a>(index: &Index<'a>) -> BTreeSet<&'a str> {
    let of_objects = index.items.iter().map(|item| item.namespace).filter(|namespace| !namespace.is_empty());
    let declared = index.of_kind("Namespace").map(|item| item.object.name());
    let mut namespaces: BTreeSet<_> =
        of_objects.chain(declared).chain(["default", "kube-system", "kube-public"]).collect();
    if let Some(cluster) = index.cluster {
        namespaces.extend(cluster.provided.namespaces.iter().map(String::as_str));
        let releases = cluster.stacks.iter().flat_map(|stack| &stack.releases);
        namespaces.extend(releases.map(|release| release.namespace.as_str()));
    }
    namespaces
}

/// What is wrong with a peer that nobody is.
fn nobody(
    index: &Index<'_>,
    namespaces: &BTreeSet<&str>,
    item: Item<'_>,
    path: &str,
    peer: &NetworkPolicyPeer,
) -> Option<Finding> {
    let label = item.label();
    let (field, within) = match &peer.namespace_selector {
        None => ("podSelector", vec![item.namespace]),
        Some(selector) => {
            let selected = |namespace: &&&str| selects_namespace(index, selector, namespace) != Some(false);
            let within: Vec<_> = namespaces.iter().filter(selected).copied().collect();
            let matches_one = within.iter().any(|name| selects_namespace(index, selector, name) == Some(true));
            if within.is_empty() || (!matches_one && meant(index, selector).is_some()) {
                let help = namespace_help(index, selector)?;
                let message = format!("{label} allows pods of namespaces that do not exist");
                return Some(CHECK.finding(message, help).at(item, format!("{path}.namespaceSelector")));
            }
            ("podSelector", within)
        }
    };
    // An empty selector is for whatever pods come; trying it on all of them for each policy would also be slow.
    let selector = peer.pod_selector.as_ref().filter(|selector| **selector != LabelSelector::default())?;
    let nobody = |namespace: &&str| index.has_all_pods(namespace) && index.matched(namespace, selector).is_empty();
    // Without a cluster, a selector may match namespaces that are not among the objects as well.
    let sure = index.cluster.is_some() || peer.namespace_selector.as_ref().is_none_or(is_by_name);
    if !sure || !within.iter().all(nobody) {
        return None;
    }
    let of = match within.as_slice() {
        [one] => format!("namespace {one}"),
        several => format!("namespaces {}", several.join(", ")),
    };
    let (help, closest) = closest_pods(index, within[0], selector);
    let message = format!("{label} allows pods that {of} does not have");
    let finding = CHECK.finding(message, help).at(item, format!("{path}.{field}"));
    Some(match closest {
        Some(pods) => finding.see(pods.item, "metadata.name", "its pods are the nearest"),
        None => finding,
    })
}

/// Whether a selector says which namespaces it means.
fn is_by_name(selector: &LabelSelector) -> bool {
    selector.match_labels.iter().flatten().any(|(key, _)| key == "kubernetes.io/metadata.name")
}

/// The namespace that a selector such as `name: web` means, where there is one of that name without the label.
fn meant<'s>(index: &Index<'_>, selector: &'s LabelSelector) -> Option<&'s str> {
    let mut labels = selector.match_labels.iter().flatten().filter(|(key, _)| key.ends_with("name"));
    let (_, name) = labels.find(|(_, value)| index.named("Namespace", "", value).is_some())?;
    Some(name)
}

/// What to do about a selector that matches no namespace; nothing where it may match one that is not among the objects.
fn namespace_help(index: &Index<'_>, selector: &LabelSelector) -> Option<String> {
    if let Some(name) = meant(index, selector) {
        return Some(format!("select kubernetes.io/metadata.name: {name}, which every namespace carries"));
    }
    index.cluster?;
    let (key, value) = selector.match_labels.iter().flatten().next()?;
    Some(format!("give a namespace the label {key}: {value}, or select one by kubernetes.io/metadata.name"))
}
