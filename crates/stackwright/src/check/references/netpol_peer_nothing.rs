use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Arguments;

use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPeer, NetworkPolicySpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::missing::is_untold;
use super::netpol_peer_split::{may_be_split, other_half};
use super::selectors::{of_none_selected, showing_closest};
use super::traffic::{NAME, selects_namespace};
use super::{advice, built_in};
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "netpol-peer-nothing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A rule of a NetworkPolicy allows traffic with pods or namespaces that do not exist.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let namespaces = Namespaces::of(index);
    for (item, policy) in index.all::<NetworkPolicy>() {
        for (path, peers) in policy.spec.iter().flat_map(peers) {
            let may_be_split = may_be_split(peers);
            for (number, peer) in peers.iter().enumerate() {
                // That is said of the two peers.
                if !may_be_split || other_half(index, &namespaces, item, peers, number).is_none() {
                    findings.extend(nobody(index, &namespaces, item, format_args!("{path}[{number}]"), peer));
                }
            }
        }
    }
}

/// The peers of each rule, with their path.
pub(super) fn peers(spec: &NetworkPolicySpec) -> impl Iterator<Item = (String, &[NetworkPolicyPeer])> {
    let ingress = spec.ingress.iter().flatten().map(|rule| &rule.from).enumerate();
    let egress = spec.egress.iter().flatten().map(|rule| &rule.to).enumerate();
    let ingress = ingress.map(|(number, peers)| ("ingress", number, "from", peers));
    let rules = ingress.chain(egress.map(|(number, peers)| ("egress", number, "to", peers)));
    rules.filter_map(|(list, rule, side, peers)| Some((format!("spec.{list}[{rule}].{side}"), peers.as_deref()?)))
}

/// Every namespace that something is known of.
pub(super) struct Namespaces<'a> {
    all: Vec<&'a str>,
    /// Those of which there is an object, by their labels.
    by_label: HashMap<(&'a str, &'a str), Vec<&'a str>>,
    /// Those whose labels are not known, or only by what Kubernetes does.
    others: Vec<&'a str>,
}

impl<'a> Namespaces<'a> {
    pub(super) fn of(index: &Index<'a>) -> Self {
        let all: Vec<_> = namespaces(index).into_iter().collect();
        let mut by_label: HashMap<_, Vec<_>> = HashMap::default();
        let mut others = Vec::new();
        for namespace in &all {
            let Some(object) = index.named("Namespace", "", namespace) else {
                others.push(*namespace);
                continue;
            };
            for (key, value) in object.object.metadata().labels.iter().flatten() {
                by_label.entry((key.as_str(), value.as_str())).or_default().push(*namespace);
            }
        }
        Self { all, by_label, others }
    }

    /// Those that a selector may match, in their order: few of them are tried where it names a label.
    pub(super) fn selected(&self, index: &Index<'a>, selector: &LabelSelector) -> Cow<'_, [&'a str]> {
        if *selector == LabelSelector::default() {
            return self.all.as_slice().into();
        }
        let label = selector.match_labels.iter().flatten().map(|(key, value)| (key.as_str(), value.as_str())).next();
        let mut tried: Vec<_> = match label {
            Some((NAME, name)) => self.all.binary_search(&name).map(|number| self.all[number]).into_iter().collect(),
            Some(label) => self.by_label.get(&label).into_iter().chain([&self.others]).flatten().copied().collect(),
            None => self.all.clone(),
        };
        tried.retain(|namespace| selects_namespace(index, selector, namespace) != Some(false));
        tried.sort_unstable();
        tried.into()
    }
}

fn namespaces<'a>(index: &Index<'a>) -> BTreeSet<&'a str> {
    let of_objects = index.items.iter().map(|item| item.namespace).filter(|namespace| !namespace.is_empty());
    let declared = index.of_kind("Namespace").map(|item| item.object.name());
    let mut namespaces: BTreeSet<_> =
        of_objects.chain(declared).chain(["default", "kube-system", "kube-public"]).collect();
    if let Some(cluster) = index.cluster() {
        namespaces.extend(cluster.provided.namespaces.iter().map(String::as_str));
        let releases = cluster.stacks.iter().flat_map(|stack| &stack.releases);
        namespaces.extend(releases.map(|release| release.namespace.as_str()));
    }
    namespaces
}

/// What is wrong with a peer that nobody is.
fn nobody<'a>(
    index: &Index<'a>,
    namespaces: &Namespaces<'a>,
    item: Item<'a>,
    path: Arguments<'_>,
    peer: &NetworkPolicyPeer,
) -> Option<Finding> {
    let (field, within) = match &peer.namespace_selector {
        None => ("podSelector", Cow::Owned(vec![item.namespace])),
        Some(selector) => {
            let within = namespaces.selected(index, selector);
            let matches_one = within.iter().any(|name| selects_namespace(index, selector, name) == Some(true));
            if let Some(name) = meant_built_in(index, selector).filter(|_| !matches_one) {
                let message =
                    format!("{} selects namespace {name} by a label that Kubernetes does not give it", item.label());
                let help = format!("select {NAME}: {name}, which every namespace carries");
                let severity = if within.is_empty() { CHECK.severity } else { Severity::Information };
                let dns = if name == "kube-system" { ": DNS first of all" } else { "" };
                let why = format!(
                    "where nobody gave {name} the label, the rule allows nothing, and what needs it is blocked{dns}"
                );
                let finding = CHECK.finding(message, help).rated(severity).why(why);
                return Some(finding.at(item, format!("{path}.namespaceSelector")));
            }
            if within.is_empty() || (!matches_one && meant(index, selector).is_some()) {
                let help = namespace_help(index, selector)?;
                let message = format!("{} allows pods of namespaces that do not exist", item.label());
                return Some(CHECK.finding(message, help).at(item, format!("{path}.namespaceSelector")));
            }
            ("podSelector", within)
        }
    };
    // An empty selector is for whatever pods come; trying it on all of them for each policy would also be slow.
    let selector = peer.pod_selector.as_ref().filter(|selector| **selector != LabelSelector::default())?;
    let nobody = |namespace: &&str| index.has_all_pods(namespace) && index.matched(namespace, selector).is_empty();
    // Without a cluster of ours, a selector may match namespaces that are not among the objects as well.
    let sure = index.is_whole() || peer.namespace_selector.as_ref().is_none_or(is_by_name);
    if !sure || !within.iter().all(nobody) {
        return None;
    }
    let of = match &*within {
        [one] => format!("namespace {one}"),
        several => format!("namespaces {}", several.join(", ")),
    };
    let message = format!("{} allows pods that {of} does not have", item.label());
    let severity = within.iter().map(|namespace| of_none_selected(&CHECK, index, namespace, selector)).min();
    let finding =
        CHECK.finding(message, "").rated(severity.unwrap_or(CHECK.severity)).at(item, format!("{path}.{field}"));
    Some(showing_closest(finding, index, within[0], selector))
}

/// Whether a selector says which namespaces it means.
fn is_by_name(selector: &LabelSelector) -> bool {
    selector.match_labels.iter().flatten().any(|(key, _)| key == NAME)
}

/// The namespace that a selector such as `name: web` means, where there is one of that name without the label.
fn meant<'s>(index: &Index<'_>, selector: &'s LabelSelector) -> Option<&'s str> {
    let mut labels = selector.match_labels.iter().flatten().filter(|(key, _)| key.ends_with("name"));
    let (_, name) = labels.find(|(_, value)| index.named("Namespace", "", value).is_some())?;
    Some(name)
}

/// The namespace of Kubernetes' own that a selector such as `name: kube-system` means, where no object says which labels it has.
fn meant_built_in<'s>(index: &Index<'_>, selector: &'s LabelSelector) -> Option<&'s str> {
    let mut labels = selector.match_labels.iter().flatten().filter(|(key, _)| key.ends_with("name"));
    let is_meant = |name: &str| built_in::is_of_kubernetes(name) && index.named("Namespace", "", name).is_none();
    labels.find(|(_, value)| is_meant(value)).map(|(_, value)| value.as_str())
}

/// What to do about a selector that matches no namespace; nothing where it may match one that is not among the objects.
fn namespace_help(index: &Index<'_>, selector: &LabelSelector) -> Option<String> {
    if let Some(name) = meant(index, selector) {
        return Some(format!("select {NAME}: {name}, which every namespace carries"));
    }
    // An existing cluster may have it.
    if index.cluster().is_none() || is_untold(index, "Namespace".into()) {
        return None;
    }
    let (key, value) = selector.match_labels.iter().flatten().next()?;
    Some(match key.as_str() {
        // Kubernetes sets it, so it is the namespace that is missing.
        NAME => advice::add(index, "Namespace".into(), &format!("namespace {value}")),
        _ => format!("give a namespace the label {key}: {value}, or select one by {NAME}"),
    })
}
