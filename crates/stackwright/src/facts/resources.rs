//! What rules of RBAC can be about: the resources of Kubernetes' own groups, what else it asks about, and what it had.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// A resource, or a part of one such as `pods/log`.
#[derive(Debug, Default)]
pub(crate) struct Resource {
    /// Whether it is in namespaces.
    pub is_namespaced: bool,
    /// What can be done to it; `*` stands for anything.
    pub verbs: Vec<&'static str>,
}

/// Something that is asked about beside the resources, as `rights.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Right {
    group: String,
    resources: Vec<String>,
    #[serde(default)]
    cluster: bool,
    verbs: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// Resources that are no more, as `retired_resources.yaml` explains them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Retired {
    group: String,
    resources: Vec<String>,
    since: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// Everything that most resources can be asked for.
pub(crate) const USUAL: [&str; 8] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

type Name = (&'static str, &'static str);

struct Table {
    /// By group, and then by name.
    resources: FxHashMap<&'static str, FxHashMap<&'static str, Resource>>,
    retired: FxHashMap<Name, &'static str>,
    /// By resource, without those that are retired.
    groups_of: FxHashMap<&'static str, Vec<&'static str>>,
    /// By group, without their parts.
    names_in: FxHashMap<&'static str, Vec<&'static str>>,
    verbs: FxHashSet<&'static str>,
}

/// The resource, or part of one, that a group of Kubernetes' own has.
pub(crate) fn resource(group: &str, name: &str) -> Option<&'static Resource> {
    table().resources.get(group)?.get(name)
}

/// The release since which a group has a resource no more.
pub(crate) fn retired_since(group: &str, name: &str) -> Option<&'static str> {
    let retired: &FxHashMap<(&str, &str), &str> = &table().retired;
    retired.get(&(group, name)).copied()
}

/// The groups of Kubernetes' own that have a resource.
pub(crate) fn groups_of(name: &str) -> &'static [&'static str] {
    table().groups_of.get(name).map_or(&[], Vec::as_slice)
}

/// The resources of a group of Kubernetes' own, without their parts; none where the group is not one of them.
pub(crate) fn names_in(group: &str) -> &'static [&'static str] {
    table().names_in.get(group).map_or(&[], Vec::as_slice)
}

/// The parts that a resource of a group has: `log` of `pods`.
pub(crate) fn parts_of(group: &str, name: &str) -> Vec<&'static str> {
    let known = table().resources.get(group).into_iter().flat_map(FxHashMap::keys);
    let mut parts: Vec<_> = known.filter_map(|known| known.strip_prefix(name)?.strip_prefix('/')).collect();
    parts.sort_unstable();
    parts
}

/// The groups of Kubernetes' own.
pub(crate) fn groups() -> impl Iterator<Item = &'static str> {
    table().names_in.keys().copied()
}

/// Whether a group is one of Kubernetes' own, or was.
pub(crate) fn is_group(group: &str) -> bool {
    table().names_in.contains_key(group) || table().retired.keys().any(|(retired, _)| *retired == group)
}

/// Whether Kubernetes has a resource with such a verb.
pub(crate) fn is_verb(verb: &str) -> bool {
    table().verbs.contains(verb)
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(Table::new);
    &TABLE
}

impl Table {
    fn new() -> Self {
        let mut resources: FxHashMap<_, FxHashMap<_, Resource>> = FxHashMap::default();
        for line in include_str!("kubernetes_resources.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let mut word = || words.next().expect("a line has four words");
            let (group, name, place, verbs) = (word(), word(), word(), word());
            let group = if group == "core" { "" } else { group };
            let verbs = if verbs == "all" { USUAL.to_vec() } else { verbs.split(',').collect() };
            let resource = Resource { is_namespaced: place == "namespaced", verbs };
            resources.entry(group).or_default().insert(name, resource);
        }
        for Right { group, resources: names, cluster, verbs, .. } in rights() {
            for name in names {
                let resource = resources.entry(group.as_str()).or_default().entry(name.as_str()).or_default();
                resource.is_namespaced = !cluster;
                resource.verbs.extend(verbs.iter().map(String::as_str));
            }
        }
        let mut retired_names = FxHashMap::default();
        for Retired { group, resources, since, .. } in retired() {
            retired_names.extend(resources.iter().map(|name| ((group.as_str(), name.as_str()), since.as_str())));
        }
        let verbs = resources.values().flat_map(FxHashMap::values).flat_map(|known| &known.verbs);
        let mut table = Self {
            verbs: verbs.copied().filter(|verb| *verb != "*").collect(),
            retired: retired_names,
            groups_of: FxHashMap::default(),
            names_in: FxHashMap::default(),
            resources,
        };
        let names = table.resources.iter().flat_map(|(group, names)| names.keys().map(|name| (*group, *name)));
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        for (group, name) in names {
            table.groups_of.entry(name).or_default().push(group);
            if !name.contains('/') {
                table.names_in.entry(group).or_default().push(name);
            }
        }
        table
    }
}

fn rights() -> &'static [Right] {
    static RIGHTS: LazyLock<Vec<Right>> = LazyLock::new(|| super::table(include_str!("rights.yaml")));
    &RIGHTS
}

fn retired() -> &'static [Retired] {
    static RETIRED: LazyLock<Vec<Retired>> = LazyLock::new(|| super::table(include_str!("retired_resources.yaml")));
    &RETIRED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for Right { group, source, read, .. } in rights() {
            crate::facts::assert_sourced(group, source, read);
        }
        for Retired { group, source, read, .. } in retired() {
            crate::facts::assert_sourced(group, source, read);
        }
    }

    #[test]
    fn groups_have_their_resources() {
        for group in ["", "apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io"] {
            assert!(is_group(group) && !names_in(group).is_empty(), "{group}");
        }
        assert_eq!(groups_of("deployments"), ["apps"]);
        assert_eq!(groups_of("events"), ["", "events.k8s.io"]);
        assert!(parts_of("", "pods").contains(&"log"));
        assert!(is_verb("impersonate") && !is_verb("post") && !is_verb("*"));
    }

    #[test]
    fn what_is_retired_is_there_no_more() {
        for Retired { group, resources, .. } in retired() {
            for name in resources {
                assert!(resource(group, name).is_none(), "{name} of {group} is there again");
            }
        }
    }
}
