//! What is said of an object that another one names and that is not there, and how sure that is.

use super::built_in;
use crate::check::{Check, Finding, GroupKind, HashMap, Index, Item, Reference, Severity};
use crate::nearest::nearest;

/// The most names that a finding lists.
const MOST: usize = 5;

/// The finding that `message` tells of an object that is not there; none where nothing can be known about it.
/// `namespace` is empty for cluster-wide kinds.
pub(super) fn missing(
    check: &Check,
    index: &Index<'_>,
    (kind, namespace, name): (GroupKind<'_>, &str, &str),
    message: impl Into<String>,
) -> Option<Finding> {
    let mut severity = certainty(index, kind, namespace)?.max(check.severity);
    if index.anywhere(kind, name).is_some_and(|other| may_be_one(index, namespace, other)) {
        severity = severity.max(Severity::Warning);
    }
    Some(check.finding(message, help(index, kind, namespace, name)).rated(severity))
}

/// The references to each object that has the same fault, in their order: a person mends them all at once.
pub(super) fn by_target<'i, 'a>(references: impl Iterator<Item = &'i Reference<'a>>) -> Vec<Vec<&'i Reference<'a>>>
where
    'a: 'i,
{
    let mut numbers = HashMap::default();
    let mut targets: Vec<Vec<_>> = Vec::new();
    for reference in references {
        let target = (reference.purpose, reference.from.namespace, reference.name);
        let number = *numbers.entry(target).or_insert(targets.len());
        match targets.get_mut(number) {
            Some(references) => references.push(reference),
            None => targets.push(vec![reference]),
        }
    }
    targets
}

/// A finding at the first of the references to one object, which points at a few of the others.
pub(super) fn at_all(finding: Finding, references: &[&Reference<'_>]) -> Finding {
    let mut finding = finding;
    for (number, reference) in references.iter().take(MOST).enumerate() {
        let (from, path) = (reference.from, reference.path.as_str());
        finding = if number == 0 { finding.at(from, path) } else { finding.see(from, path, "so does this") };
    }
    finding
}

/// How bad it is at worst that no object of a kind has a name that something refers to; none where nothing is known
/// about that kind and place.
pub(super) fn certainty(index: &Index<'_>, kind: GroupKind<'_>, namespace: &str) -> Option<Severity> {
    let is_there = index.within(kind, namespace).next().is_some();
    if index.is_open(namespace) || built_in::is_of_kubernetes(namespace) {
        return Some(Severity::Information);
    }
    match index.cluster() {
        // A release may bring it along.
        Some(cluster) if namespace.is_empty() && cluster.stacks.iter().any(|stack| !stack.releases.is_empty()) => {
            Some(Severity::Warning)
        }
        Some(_) => Some(Severity::Error),
        // Manifests alone: one file of several, perhaps. Those that hold others of the kind should hold this one.
        None if is_there => Some(Severity::Error),
        None if namespace.is_empty() => Some(Severity::Information),
        None => index.has_namespace(namespace).then_some(Severity::Warning),
    }
}

/// Whether an object could be in a namespace after all: manifests without namespaces are applied to one that is given then.
pub(super) fn may_be_one(index: &Index<'_>, namespace: &str, item: Item<'_>) -> bool {
    let is_elsewhere = item.namespace != namespace;
    is_elsewhere && index.cluster().is_none() && (item.object.namespace().is_none() || namespace == index.namespace())
}

/// What to do about a name that no object has.
fn help(index: &Index<'_>, kind: GroupKind<'_>, namespace: &str, name: &str) -> String {
    let names = index.names(kind, namespace);
    if let Some(meant) = nearest(name, names.iter().copied()) {
        return format!("did you mean {meant}?");
    }
    if !namespace.is_empty()
        && let Some(other) = index.anywhere(kind, name)
    {
        return format!("{} is in another namespace: have one in {namespace} as well", other.label());
    }
    let place = if namespace.is_empty() { "the cluster".to_owned() } else { namespace.to_owned() };
    match list(&names) {
        Some(names) => format!("add it, or take one of those in {place}: {names}"),
        None => format!("add the {}, or remove what names it", kind.kind),
    }
}

/// A few names in order, as a sentence lists them; none where there are none, or more than a few.
pub(super) fn list(names: &[&str]) -> Option<String> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty() && names.len() <= MOST).then(|| names.join(", "))
}

/// What to do about a key, port or other part that is not among those that are there.
pub(super) fn part_help(name: &str, known: &[&str], add: &str) -> String {
    match (nearest(name, known.iter().copied()), list(known)) {
        (Some(meant), _) => format!("did you mean {meant}?"),
        (None, Some(known)) => format!("{add}, or take one of those that are there: {known}"),
        (None, None) => add.to_owned(),
    }
}

/// The path of an entry of a map: `metadata.labels.app`, `metadata.labels["a.b/c"]`.
pub(super) fn entry_path(map: &str, key: &str) -> String {
    if key.contains(|letter: char| !letter.is_ascii_alphanumeric() && !"_-$".contains(letter)) {
        format!("{map}[\"{key}\"]")
    } else {
        format!("{map}.{key}")
    }
}
