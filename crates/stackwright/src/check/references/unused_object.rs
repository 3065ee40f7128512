use std::cell::LazyCell;

use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use k8s_openapi::api::rbac::v1::{ClusterRoleBinding, RoleBinding};

use super::built_in;
use crate::check::operators;
use crate::check::{Check, Finding, Group, HashSet, Index, Item, Pods, Profile, Severity};
use crate::yaml::{Node, Value};

pub(super) const CHECK: Check = Check {
    id: "unused-object",
    group: Group::References,
    severity: Severity::Information,
    profile: Profile::Link,
    about: "Nothing names a ConfigMap, Secret, claim or ServiceAccount, and no program may read it by the API.",
    run,
};

/// What kubectl keeps of an object: its own name is in it.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let used: HashSet<_> =
        index.references.iter().map(|reference| (reference.kind, reference.from.namespace, reference.name)).collect();
    // Few objects are referred to by nothing: for most, these need not be known.
    let said = LazyCell::new(|| said(index));
    let read = |resource| operators::granted(index, &["get", "list", "watch"], &[resource]);
    let readers = [("ConfigMap", read("configmaps")), ("Secret", read("secrets"))];
    let subjects = subjects(index);
    let unknown_pods = LazyCell::new(|| operators::with_unknown_pods(index));

    for kind in ["ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount"] {
        for item in index.of_kind(kind) {
            let (namespace, name) = (item.namespace, item.object.name());
            let may_be_read = readers
                .iter()
                .any(|(of, readers)| *of == kind && (readers.everywhere || readers.namespaces.contains(namespace)));
            let is_subject = kind == "ServiceAccount" && subjects.contains(&(namespace, name));
            if used.contains(&(kind, namespace, name))
                || may_be_read
                || is_subject
                || is_for_others(item)
                || index.is_open(namespace)
                || index.pods_in(namespace).next().is_none()
                || unknown_pods.contains(namespace)
                || said.contains(name)
            {
                continue;
            }
            let message = format!("nothing uses {}", item.label());
            findings.push(
                CHECK.finding(message, "remove it, or name it where it should be used").at(item, "metadata.name"),
            );
        }
    }
}

/// Whether an object is there for something outside the manifests, by what it is.
fn is_for_others(item: Item<'_>) -> bool {
    if let Some(secret) = item.object.get::<Secret>() {
        // Tokens, bootstrap tokens, Helm's records.
        return !matches!(
            secret.type_.as_deref(),
            None | Some("Opaque" | "kubernetes.io/tls" | "kubernetes.io/dockerconfigjson" | "kubernetes.io/basic-auth")
        );
    }
    let name = item.object.name();
    let is_built_in = match item.object.kind() {
        "ConfigMap" => built_in::config_map(name) || built_in::is_of_kubernetes(item.namespace),
        "ServiceAccount" => built_in::service_account(name),
        _ => false,
    };
    // Programs find ConfigMaps by labels of their own, such as Grafana its dashboards.
    let is_found_by_label = item.object.get::<ConfigMap>().is_some_and(|map| {
        let labels = map.metadata.labels.iter().flatten();
        labels.filter(|(key, _)| !key.starts_with("app.kubernetes.io/") && !key.starts_with("helm.sh/")).count() > 0
    });
    is_built_in || is_found_by_label
}

/// The ServiceAccounts that have rights: somebody uses them from outside, or by a token.
fn subjects<'a>(index: &Index<'a>) -> HashSet<(&'a str, &'a str)> {
    let of_roles = index.all::<RoleBinding>().map(|(item, binding)| (item.namespace, &binding.subjects));
    let of_cluster = index.all::<ClusterRoleBinding>().map(|(item, binding)| (item.namespace, &binding.subjects));
    let bound = of_roles.chain(of_cluster).flat_map(|(namespace, subjects)| {
        subjects
            .iter()
            .flatten()
            .map(move |subject| (subject.namespace.as_deref().unwrap_or(namespace), subject.name.as_str()))
    });
    bound.collect()
}

/// Every word in variables, arguments, annotations and custom objects that could be a name.
fn said<'a>(index: &Index<'a>) -> HashSet<&'a str> {
    let mut said = HashSet::default();
    for (_, container) in index.pods.iter().flat_map(Pods::containers) {
        let values = container.env.iter().flatten().filter_map(|variable| variable.value.as_ref());
        for text in values.chain(container.args.iter().chain(&container.command).flatten()) {
            said.extend(words(text));
        }
    }
    for item in &index.items {
        let annotations = item.object.metadata().annotations.iter().flatten();
        for (_, text) in annotations.filter(|(key, _)| *key != LAST_APPLIED) {
            said.extend(words(text));
        }
        if let Some(content) = item.object.content() {
            say(content, &mut said);
        }
    }
    said
}

fn say<'a>(node: &'a Node, said: &mut HashSet<&'a str>) {
    match &node.value {
        Value::String(text) => said.extend(words(text)),
        Value::List(items) => items.iter().for_each(|node| say(node, said)),
        Value::Map(entries) => entries.iter().for_each(|entry| say(&entry.value, said)),
        _ => {}
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let of_name =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '.';
    text.split(move |letter| !of_name(letter)).filter(|word| !word.is_empty())
}
