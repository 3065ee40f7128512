//! What workloads select, and which pods a selector that finds none comes nearest to.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::ReplicationController;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::check::{Check, Finding, HashMap, Index, Pods, Severity};
use crate::nearest::nearest;

/// The workloads that someone wrote a selector for, with it. Most Jobs' are written by Kubernetes.
pub(super) fn selectors<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = (&'i Pods<'a>, Cow<'a, LabelSelector>)> {
    index.pods.iter().filter_map(|pods| {
        let object = pods.item.object;
        let selector = match object.kind() {
            "Deployment" => Cow::Borrowed(&object.get::<Deployment>()?.spec.selector),
            "StatefulSet" => Cow::Borrowed(&object.get::<StatefulSet>()?.spec.selector),
            "DaemonSet" => Cow::Borrowed(&object.get::<DaemonSet>()?.spec.selector),
            "ReplicaSet" => Cow::Borrowed(&object.get::<ReplicaSet>()?.spec.selector),
            "Job" => {
                let spec = object.get::<Job>()?.spec.as_ref()?;
                Cow::Borrowed(spec.selector.as_ref().filter(|_| spec.manual_selector == Some(true))?)
            }
            "ReplicationController" => {
                let labels = object.get::<ReplicationController>()?.spec.as_ref()?.selector.clone()?;
                Cow::Owned(LabelSelector { match_labels: Some(labels), match_expressions: None })
            }
            _ => return None,
        };
        Some((pods, selector))
    })
}

/// How bad it is that a selector matches no pods of a namespace: in an open world something else may make them, unless only a slip
/// explains it.
pub(super) fn of_none_selected(
    check: &Check,
    index: &Index<'_>,
    namespace: &str,
    selector: &LabelSelector,
) -> Severity {
    let labels =
        selector.match_labels.as_ref().filter(|_| selector.match_expressions.as_ref().is_none_or(Vec::is_empty));
    let is_sure = index.is_closed() || labels.is_some_and(|labels| is_slip(index, namespace, labels));
    if is_sure { check.severity } else { Severity::Information }
}

/// Whether only a slip explains that labels select no pods: those of the namespace have all of them but one, and that with nearly the same
/// value.
pub(super) fn is_slip(index: &Index<'_>, namespace: &str, labels: &BTreeMap<String, String>) -> bool {
    let is_nearly = |pods: &Pods<'_>| {
        let differ = labels.iter().filter(|(key, value)| pods.labels.get(*key) != Some(value)).collect::<Vec<_>>();
        match &differ[..] {
            [(key, value)] => pods.labels.get(*key).is_some_and(|theirs| nearest(value, [theirs.as_str()]).is_some()),
            _ => false,
        }
    };
    index.pods_in(namespace).any(is_nearly)
}

/// A finding about a selector that matches no pods of a namespace, which says what to do and shows the pods that come nearest.
pub(super) fn showing_closest(
    finding: Finding,
    index: &Index<'_>,
    namespace: &str,
    selector: &LabelSelector,
) -> Finding {
    let (help, closest) = closest_pods(index, namespace, selector);
    let finding = Finding { help, ..finding };
    match closest {
        Some(pods) => finding.see(pods.item, "metadata.name", "its pods are the nearest"),
        None => finding,
    }
}

/// What to do about a selector that matches no pods of a namespace, and the pods that share the most labels with it.
fn closest_pods<'i, 'a>(
    index: &'i Index<'a>,
    namespace: &str,
    selector: &LabelSelector,
) -> (String, Option<&'i Pods<'a>>) {
    let labels = selector.match_labels.iter().flatten();
    let mut shared: HashMap<usize, (usize, &Pods<'a>)> = HashMap::default();
    for pods in labels.clone().flat_map(|(key, value)| index.labelled(namespace, key, value)) {
        shared.entry(pods.item.index).or_insert((0, pods)).0 += 1;
    }
    // The first of those that share as many.
    let closest = shared.into_values().max_by_key(|(shared, pods)| (*shared, Reverse(pods.item.index)));
    let Some((_, pods)) = closest else {
        let first = index.pods_in(namespace).find(|pods| !pods.labels.is_empty());
        let help = match first.and_then(|pods| Some((pods, pods.labels.iter().next()?))) {
            Some((pods, (key, value))) => {
                format!("select labels that pods carry: those of {} carry {key}: {value}", pods.item.label())
            }
            None => "select labels that pods of its namespace carry, or remove it".to_owned(),
        };
        return (help, None);
    };
    let differ = labels.filter(|(key, value)| pods.labels.get(*key) != Some(value));
    let differ = differ.map(|(key, value)| match pods.labels.get(key) {
        Some(own) => format!("{key}: {own}, not {value}"),
        None => format!("no {key}"),
    });
    let differ = differ.collect::<Vec<_>>().join(" and ");
    (format!("the pods of {} carry {differ}", pods.item.label()), Some(pods))
}
