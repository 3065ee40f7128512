//! Pods that are not among the objects, because an operator makes them, and what else operators may do.

use std::collections::BTreeMap;

use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject};

use crate::check::{HashMap, HashSet, Objects};
use crate::facts::pods;
use crate::yaml::Node;

/// Where a program of the cluster has a right, by its namespace.
pub(super) struct Granted<'a> {
    /// The namespaces in which a program has it: that of the binding, and its own where the right is for every namespace.
    pub(super) namespaces: HashSet<&'a str>,
    /// Whether some program has it in every namespace.
    pub(super) everywhere: bool,
}

/// Where ServiceAccounts may do one of these verbs to one of these resources.
pub(super) fn granted<'a>(objects: &Objects<'a>, verbs: &[&str], resources: &[&str]) -> Granted<'a> {
    let allows = |rules: Option<&Vec<PolicyRule>>| {
        let has =
            |listed: &[String], wanted: &[&str]| listed.iter().any(|one| one == "*" || wanted.contains(&one.as_str()));
        rules
            .into_iter()
            .flatten()
            .any(|rule| has(&rule.verbs, verbs) && has(rule.resources.as_deref().unwrap_or_default(), resources))
    };
    let role = |namespace: &str, role: &RoleRef| match role.kind.as_str() {
        "Role" => objects.get::<Role>(namespace, &role.name).is_some_and(|(_, role)| allows(role.rules.as_ref())),
        // The built-in roles that may change things.
        _ if matches!(role.name.as_str(), "cluster-admin" | "admin" | "edit") => true,
        _ => objects.get::<ClusterRole>("", &role.name).is_some_and(|(_, role)| allows(role.rules.as_ref())),
    };
    let accounts = |subjects: &'a Option<Vec<Subject>>| {
        subjects.iter().flatten().filter(|subject| subject.kind == "ServiceAccount")
    };

    let mut found = Granted { namespaces: HashSet::default(), everywhere: false };
    for (item, binding) in objects.all::<RoleBinding>() {
        if accounts(&binding.subjects).next().is_some() && role(item.namespace, &binding.role_ref) {
            found.namespaces.insert(item.namespace);
        }
    }
    for (_, binding) in objects.all::<ClusterRoleBinding>() {
        if !role("", &binding.role_ref) {
            continue;
        }
        for account in accounts(&binding.subjects) {
            found.everywhere = true;
            found.namespaces.extend(account.namespace.as_deref());
        }
    }
    found
}

/// The namespaces in which pods may run, or get labels, that no object tells of.
pub(super) fn with_unknown_pods<'a>(objects: &Objects<'a>) -> HashSet<&'a str> {
    const WORKLOADS: [&str; 7] =
        ["pods", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "replicationcontrollers"];
    let mut namespaces = granted(objects, &["create", "update", "patch"], &WORKLOADS).namespaces;
    let unknown =
        objects.items.iter().filter(|item| item.object.content().is_some() && pods::may_be_made_of(item.kind()));
    namespaces.extend(unknown.map(|item| item.namespace));
    namespaces
}

/// The labels of pods that operators are known to make, by namespace.
pub(super) fn made_labels<'a>(objects: &Objects<'a>) -> HashMap<&'a str, Vec<BTreeMap<&'a str, &'a str>>> {
    let mut made: HashMap<&str, Vec<BTreeMap<&str, &str>>> = HashMap::default();
    for item in &objects.items {
        let Some(content) = item.object.content() else { continue };
        let own = |path| text_entries(content.at(path));
        let mut labels = pods::labels(item.kind(), item.object.name());
        if labels.is_empty() && content.at("spec.template.spec").is_none() {
            continue;
        }
        labels.extend(own("spec.podMetadata.labels").chain(own("spec.template.metadata.labels")));
        made.entry(item.namespace).or_default().push(labels);
    }
    made
}

fn text_entries(map: Option<&Node>) -> impl Iterator<Item = (&str, &str)> {
    map.into_iter().flat_map(Node::entries).filter_map(|entry| Some((entry.key.as_str(), entry.value.text()?)))
}
