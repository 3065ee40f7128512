use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Service;

use super::missing::{entry_path, is_made_elsewhere, may_be_one};
use super::selectors::is_slip;
use crate::check::operators;
use crate::check::topology::Outside;
use crate::check::{Check, Finding, Group, Index, Item, Pods, Profile, Severity};
use crate::links::RUN_TIME_LABELS;

pub(super) const CHECK: Check = Check {
    id: "service-selects-nothing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The selector of a Service matches the labels of no pod template in its namespace, or a Service without one has no \
            EndpointSlice.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let made = operators::made_labels(index);
    for (item, service) in index.all::<Service>() {
        let Some(selector) = selector(service) else { continue };
        let is_of = |labels: &BTreeMap<&str, &str>| {
            let mut written = selector.iter().filter(|(key, _)| !RUN_TIME_LABELS.contains(&key.as_str()));
            written.all(|(key, value)| labels.get(key.as_str()) == Some(&value.as_str()))
        };
        if !index.is_closed() && item.namespace == "kube-system" && is_of_installer(selector) {
            continue;
        }
        if !index.selected(item.namespace, selector).is_empty()
            || made.get(item.namespace).is_some_and(|made| made.iter().any(is_of))
        {
            continue;
        }
        let finding = finding(index, item, selector);
        let severity = match index.is_closed() {
            _ if is_made_elsewhere(index, item.namespace) => Severity::Information,
            true => Severity::Error,
            false if is_slip(index, item.namespace, selector) => Severity::Warning,
            // The Service only lacks the namespace that such pods have.
            false if item.object.namespace().is_none() && finding.severity == Severity::Warning => Severity::Warning,
            // The pods are in another file.
            false => Severity::Information,
        };
        let severity = severity.max(finding.severity);
        findings.push(finding.rated(severity));
    }
    // In an open world a controller may write the slices.
    let outside = index.topology().outside.iter().filter(|_| index.is_closed());
    findings
        .extend(outside.filter(|outside| !is_made_elsewhere(index, outside.item.namespace)).filter_map(leads_nowhere));
}

/// Whether labels are those of pods that whoever installs Kubernetes makes in kube-system.
///
/// Read in kubernetes/kubernetes, cmd/kubeadm/app/util/staticpod/utils.go and cmd/kubeadm/app/phases/addons, on 2026-11-29.
fn is_of_installer(selector: &BTreeMap<String, String>) -> bool {
    const COMPONENTS: [&str; 4] = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];
    const ADDONS: [&str; 2] = ["kube-dns", "kube-proxy"];
    let has = |key, values: &[&str]| selector.get(key).is_some_and(|value| values.contains(&value.as_str()));
    has("component", &COMPONENTS) || has("k8s-app", &ADDONS)
}

/// A Service without a selector that nothing gives addresses to.
fn leads_nowhere(outside: &Outside<'_>) -> Option<Finding> {
    let Outside { item, slices, endpoints, .. } = outside;
    let message = format!("{} has no selector, and no EndpointSlice says where it leads", item.label());
    let help = format!(
        "add an EndpointSlice with the label kubernetes.io/service-name: {}, or a selector of pods",
        item.object.name()
    );
    (slices.is_empty() && endpoints.is_none()).then(|| CHECK.finding(message, help).at(*item, "spec"))
}

/// The labels by which a Service selects pods; none where someone else gives it endpoints.
pub(super) fn selector(service: &Service) -> Option<&BTreeMap<String, String>> {
    let spec = service.spec.as_ref()?;
    let selector = spec.selector.as_ref().filter(|selector| !selector.is_empty())?;
    (spec.type_.as_deref() != Some("ExternalName")).then_some(selector)
}

fn finding(index: &Index<'_>, item: Item<'_>, selector: &BTreeMap<String, String>) -> Finding {
    let labels = shown(selector);
    let message = format!("{} selects no pods: none in {} has {labels}", item.label(), item.namespace);
    if let Some(other) = index.pods.iter().find(|pods| pods.item.namespace != item.namespace && pods.carry(selector)) {
        let help = format!(
            "put both into one namespace: a Service selects pods of its own, and {} has such",
            other.item.label()
        );
        let is_unsure = may_be_one(index, item.namespace, other.item);
        let severity = if is_unsure { Severity::Warning } else { CHECK.severity };
        let finding = CHECK.finding(message, help).rated(severity).at(item, "spec.selector");
        return finding.see(other.item, labels_path(other), "such pods");
    }
    let Some((nearest, differing)) = nearest(index, item.namespace, selector) else {
        return CHECK.finding(message, "add a workload whose pods have these labels").at(item, "spec.selector");
    };
    let (key, value) = differing;
    let nearest_item = nearest.item;
    let (help, theirs) = match nearest.labels.get(key) {
        Some(theirs) => (
            format!("change {key} to {theirs}, which the pods of {} have", nearest_item.label()),
            format!("its pods have {key}={theirs}"),
        ),
        None => (
            format!(
                "give the pods of {} the label {key}={value}, or take it out of the selector",
                nearest_item.label()
            ),
            format!("its pods have {}", shown(nearest.labels)),
        ),
    };
    CHECK.finding(message, help).at(item, entry_path("spec.selector", key)).see(
        nearest_item,
        labels_path(nearest),
        theirs,
    )
}

/// The pods that fulfil most of a selector, and the first label that they lack.
fn nearest<'i, 's, 'a>(
    index: &'i Index<'a>,
    namespace: &str,
    selector: &'s BTreeMap<String, String>,
) -> Option<(&'i Pods<'a>, (&'s String, &'s String))> {
    // A label of another value is nearer than none.
    let likeness = |pods: &Pods<'_>| -> usize {
        let of_label = |(key, value)| match pods.labels.get(key) {
            Some(theirs) if theirs == value => 2 * selector.len(),
            Some(_) => 1,
            None => 0,
        };
        selector.iter().map(of_label).sum()
    };
    let pods = index.pods_in(namespace).map(|pods| (likeness(pods), pods)).filter(|(likeness, _)| *likeness > 0);
    // The first of those that are equally near.
    let (_, nearest) = pods.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    Some((nearest, selector.iter().find(|(key, value)| nearest.labels.get(*key) != Some(value))?))
}

/// Where the labels of pods stand, or else their object's name.
fn labels_path(pods: &Pods<'_>) -> String {
    if pods.labels.is_empty() { "metadata.name".to_owned() } else { format!("{}metadata.labels", pods.path) }
}

/// `app=api, tier=web`.
fn shown(labels: &BTreeMap<String, String>) -> String {
    labels.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
}
