//! Strategic merge, as kustomize does it: maps are merged, lists of Kubernetes' own kinds by the key that their type says.
//!
//! Read in kubernetes-sigs/kustomize, kyaml/yaml/merge2 and kyaml/yaml/walk, on 2026-11-28.

use std::sync::LazyLock;

use stackwright::yaml::{Entry, Node, Value};

use super::node;

/// Groups whose kinds kustomize knows the types of. Of any other, lists are replaced.
const TYPED: [&str; 16] = [
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// The object with the patch; none where the patch deletes it.
pub fn merged(object: Node, patch: &Node, group: &str) -> Option<Node> {
    merge(object, patch, &[], TYPED.contains(&group))
}

fn merge(own: Node, change: &Node, path: &[&str], typed: bool) -> Option<Node> {
    match (own.value, &change.value) {
        (_, Value::Null) => None,
        (Value::Map(entries), Value::Map(changes)) => match directive(change) {
            Some("delete") => None,
            Some("replace") => added(change),
            _ => Some(Node { span: own.span, value: Value::Map(merge_maps(entries, changes, path, typed)) }),
        },
        (Value::List(items), Value::List(changes)) => {
            let keys = if typed { keys(path) } else { &[] };
            let value = match keys {
                [] => return added(change),
                [""] => {
                    let rest = items.into_iter().filter(|item| !changes.contains(item));
                    Value::List(changes.iter().cloned().chain(rest).collect())
                }
                keys => merge_lists(items, changes, path, keys),
            };
            Some(Node { span: own.span, value })
        }
        _ => added(change),
    }
}

fn merge_maps(mut entries: Vec<Entry>, changes: &[Entry], path: &[&str], typed: bool) -> Vec<Entry> {
    for change in changes.iter().filter(|change| !change.key.starts_with('$')) {
        let place = entries.iter().position(|entry| entry.key == change.key);
        let path = [path, &[change.key.as_str()]].concat();
        match place {
            Some(place) => {
                let entry = entries.remove(place);
                if let Some(value) = merge(entry.value, &change.value, &path, typed) {
                    entries.insert(place, Entry { value, ..entry });
                }
            }
            None => entries.extend(added(&change.value).map(|value| Entry { value, ..change.clone() })),
        }
    }
    entries
}

/// The patch's items first, merged with those of the same key, then the others; where a key is made of two, the others keep their order.
fn merge_lists(items: Vec<Node>, changes: &[Node], path: &[&str], keys: &[&str]) -> Value {
    if changes.iter().any(|change| directive(change) == Some("replace")) {
        let kept = changes.iter().filter(|change| directive(change).is_none()).filter_map(added);
        return Value::List(kept.collect());
    }
    let mut own: Vec<_> = items.into_iter().map(Some).collect();
    let mut first = Vec::new();
    for change in changes {
        let place = own.iter().position(|item| item.as_ref().is_some_and(|item| is_same(item, change, keys)));
        match place {
            Some(place) => {
                let merged = own[place].take().and_then(|item| merge(item, change, path, true));
                if keys.len() == 1 {
                    first.extend(merged);
                } else {
                    own[place] = merged;
                }
            }
            None => first.extend(added(change)),
        }
    }
    first.extend(own.into_iter().flatten());
    Value::List(first)
}

/// Whether two items have the same key. One part of it may be left out.
fn is_same(one: &Node, other: &Node, keys: &[&str]) -> bool {
    let is_key = |(number, key): (usize, &&str)| match (one.get(key), other.get(key)) {
        (Some(one), Some(other)) => one == other,
        _ => number > 0,
    };
    keys.iter().enumerate().all(is_key)
}

fn directive(patch: &Node) -> Option<&str> {
    patch.get("$patch").and_then(Node::text)
}

/// What a patch adds where there was nothing: without directives and nulls.
fn added(patch: &Node) -> Option<Node> {
    let value = match &patch.value {
        Value::Null => return None,
        Value::Map(_) if directive(patch) == Some("delete") => return None,
        Value::Map(entries) => {
            let kept = entries.iter().filter(|entry| !entry.key.starts_with("$patch"));
            Value::Map(kept.filter_map(|entry| Some(Entry { value: added(&entry.value)?, ..entry.clone() })).collect())
        }
        Value::List(items) => Value::List(items.iter().filter_map(added).collect()),
        other => other.clone(),
    };
    Some(Node { span: patch.span, value })
}

/// The fields that tell the items of lists apart, by the ways to these.
static KEYS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("merge_keys.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.filter_map(|line| line.split_once(' '));
    // What is a text is told apart by itself.
    words.map(|(way, keys)| (way, keys.split(',').map(|key| if key == "-" { "" } else { key }).collect())).collect()
});

/// The fields that tell the items of a list at a path apart; an empty one, where they are texts.
fn keys(path: &[&str]) -> &'static [&'static str] {
    let path = format!("/{}", path.join("/"));
    let leads = |way: &str| if way.starts_with('/') { path == way } else { path.ends_with(&format!("/{way}")) };
    KEYS.iter().find(|(way, _)| leads(way)).map_or(&[], |(_, keys)| keys)
}

/// What was changed in a kind's name or an object's, where the patch must not change it.
pub fn keep_identity(mut patched: Node, before: &Node) -> Node {
    for field in ["kind", "apiVersion"] {
        if let Some(own) = before.get(field) {
            node::set(&mut patched, field, own.clone());
        }
    }
    for field in ["name", "namespace"] {
        let Some(metadata) = node::get_mut(&mut patched, "metadata") else { continue };
        match before.at(&format!("metadata.{field}")) {
            Some(own) => node::set(metadata, field, own.clone()),
            None => _ = node::remove(metadata, field),
        }
    }
    patched
}

#[cfg(test)]
mod tests {
    use stackwright::yaml;

    use super::{keys, merged};

    fn of(object: &str, patch: &str, group: &str) -> String {
        let read = |text| yaml::read(text).unwrap().documents.remove(0);
        merged(read(object), &read(patch), group).map(|node| yaml::to_string(&node).unwrap()).unwrap_or_default()
    }

    #[test]
    fn lists_of_known_types_are_merged_by_their_keys() {
        let object = "spec: {containers: [{name: a, image: x}, {name: b}]}";
        let patch = "spec: {containers: [{name: b, image: z}, {name: c}, {name: a, $patch: delete}]}";
        let wanted = "spec:\n  containers:\n  - name: b\n    image: z\n  - name: c\n";
        assert_eq!(of(object, patch, ""), wanted);
        assert!(
            of(object, patch, "example.org")
                .starts_with("spec:\n  containers:\n  - name: b\n    image: z\n  - name: c\n")
        );
    }

    #[test]
    fn a_list_is_known_by_its_place() {
        let template = ["spec", "jobTemplate", "spec", "template", "spec", "containers"];
        assert_eq!(keys(&template), ["name"]);
        assert_eq!(keys(&[&template[..], &["ports"]].concat()), ["containerPort", "protocol"]);
        assert_eq!(
            (keys(&["spec", "ports"]), keys(&["metadata", "finalizers"])),
            (&["port", "protocol"][..], &[""][..])
        );
        // A ServiceAccount's are replaced, a pod's are merged.
        assert_eq!((keys(&["imagePullSecrets"]), keys(&["spec", "imagePullSecrets"])), (&[][..], &["name"][..]));
    }

    #[test]
    fn ports_are_the_same_without_a_protocol() {
        let object = "spec: {ports: [{port: 80, protocol: TCP, name: a}]}";
        assert_eq!(
            of(object, "spec: {ports: [{port: 80, name: b}]}", ""),
            "spec:\n  ports:\n  - port: 80\n    protocol: TCP\n    name: b\n"
        );
    }

    #[test]
    fn null_removes_and_directives_do() {
        assert_eq!(of("{a: 1, b: 2}", "{a: null, c: {d: null, e: 1}}", ""), "b: 2\nc:\n  e: 1\n");
        assert_eq!(of("{a: {b: 1}}", "{a: {$patch: replace, c: 2}}", ""), "a:\n  c: 2\n");
        assert_eq!(of("{a: 1}", "{$patch: delete}", ""), "");
    }
}
