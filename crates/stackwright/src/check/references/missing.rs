//! What is said of an object, or of a part of one, that another one names and that is not there, and how sure that is: here that is decided
//! for every check.
//!
//! In a closed world it is missing. In an open one something else may make it, and only a slip explains itself: a name that is nearly another's,
//! a part that an object lacks although it is there.

use super::{advice, built_in};
use crate::check::{Check, Finding, GroupKind, HashMap, Index, Item, Reference, Severity};
use crate::nearest::nearest;
use crate::yaml::is_unknown;

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
    if index.world.makes(kind, namespace, name) || is_unknown(name) || is_unknown(namespace) {
        return None;
    }
    if namespace.is_empty() && is_untold(index, kind) {
        return is_slip(index, kind, namespace, name).then(|| {
            check.finding(message, help(index, kind, namespace, name)).rated(check.severity.max(Severity::Warning))
        });
    }
    let mut severity = if namespace.is_empty() && index.existing().is_some() {
        // The whole list is told.
        Severity::Error
    } else {
        certainty(index, namespace)?
    };
    if !index.is_closed() && !is_made_elsewhere(index, namespace) && is_slip(index, kind, namespace, name) {
        severity = severity.min(Severity::Warning);
    }
    if index.anywhere(kind, name).is_some_and(|other| may_be_one(index, namespace, other)) {
        severity = severity.max(Severity::Warning);
    }
    if may_be_unknown(index, kind, namespace, name) {
        severity = Severity::Information;
    }
    Some(check.finding(message, help(index, kind, namespace, name)).rated(severity.max(check.severity)))
}

/// Whether an object whose name or namespace is put in later may be the one.
fn may_be_unknown(index: &Index<'_>, kind: GroupKind<'_>, namespace: &str, name: &str) -> bool {
    let is_elsewhere = || index.anywhere(kind, name).is_some_and(|other| is_unknown(other.namespace));
    index.within(kind, namespace).any(|item| is_unknown(item.object.name())) || is_elsewhere()
}

/// Whether an existing cluster may have any object of a kind that belongs to no namespace.
pub(super) fn is_untold(index: &Index<'_>, kind: GroupKind<'_>) -> bool {
    index.is_untold(|cluster| advice::provided(cluster, kind).map_or(&[], |(_, names)| names))
}

/// The finding about an object that is not there and need not be: said only where its name is a slip of another's, and a warning at worst.
pub(super) fn misspelt(
    check: &Check,
    index: &Index<'_>,
    (kind, namespace, name): (GroupKind<'_>, &str, &str),
    message: impl Into<String>,
) -> Option<Finding> {
    let found = is_slip(index, kind, namespace, name).then(|| missing(check, index, (kind, namespace, name), message));
    let found = found.flatten()?;
    let severity = found.severity.max(Severity::Warning);
    Some(found.rated(severity))
}

/// How bad it is that an object which is there lacks a key, a port or another part.
pub(super) fn of_part(check: &Check, index: &Index<'_>) -> Severity {
    if index.is_closed() { check.severity } else { check.severity.max(Severity::Warning) }
}

/// How bad it is that an object isn't taken up by any of some others: in an open world, others may be there that do.
pub(super) fn of_none(check: &Check, index: &Index<'_>) -> Severity {
    match (index.is_whole(), index.is_open("")) {
        (true, _) => check.severity,
        (false, true) => Severity::Information,
        (false, false) => check.severity.max(Severity::Warning),
    }
}

/// How bad it is that two objects take the same thing: in an open world, two files may be two ways to do one thing.
pub(super) fn of_rivals(check: &Check, index: &Index<'_>, one: Item<'_>, other: Item<'_>) -> Severity {
    let is_choice = !index.is_closed() && index.file(one) != index.file(other);
    if is_choice { check.severity.max(Severity::Warning) } else { check.severity }
}

/// Whether a release or an operator may make objects in a namespace that no file shows.
pub(super) fn is_made_elsewhere(index: &Index<'_>, namespace: &str) -> bool {
    index.is_open(namespace) || index.is_operated(namespace) || built_in::is_of_kubernetes(namespace)
}

/// Whether only a slip explains a name that no object of its kind has: it is nearly the name of one.
pub(super) fn is_slip(index: &Index<'_>, kind: GroupKind<'_>, namespace: &str, name: &str) -> bool {
    nearest(name, index.names(kind, namespace)).is_some_and(|meant| !is_numbered_alike(name, meant))
}

/// Whether two names differ in a number, such as `pg-15` and `pg-16`: both may well be meant.
fn is_numbered_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.replace(|letter: char| letter.is_ascii_digit(), "");
    letters(one) == letters(other)
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

/// How bad it is at worst that something isn't in a namespace, or in the cluster where that is empty; none where nothing is known of it.
pub(super) fn certainty(index: &Index<'_>, namespace: &str) -> Option<Severity> {
    if index.is_open(namespace) || built_in::is_of_kubernetes(namespace) {
        return Some(Severity::Information);
    }
    let stacks = || index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    match index.is_closed() {
        // A release may bring it along.
        true if namespace.is_empty() && stacks().any(|stack| !stack.releases.is_empty()) => Some(Severity::Warning),
        true => Some(Severity::Error),
        // One file of several, perhaps.
        false => (namespace.is_empty() || index.has_namespace(namespace)).then_some(Severity::Information),
    }
}

/// Whether an object could be in a namespace after all: manifests without namespaces are applied to one that is given then.
pub(super) fn may_be_one(index: &Index<'_>, namespace: &str, item: Item<'_>) -> bool {
    let is_elsewhere = item.namespace != namespace;
    is_elsewhere && index.cluster().is_none() && (item.object.namespace().is_none() || namespace == index.namespace())
}

/// What to do about a name that no object has.
fn help(index: &Index<'_>, kind: GroupKind<'_>, namespace: &str, name: &str) -> String {
    let names = advice::names(index, kind, namespace);
    if let Some(meant) = nearest(name, names.iter().copied()) {
        return format!("did you mean {meant}?");
    }
    if !namespace.is_empty()
        && let Some(other) = index.anywhere(kind, name).filter(|other| !is_unknown(other.namespace))
    {
        return format!("{} is in another namespace: have one in {namespace} as well", other.label());
    }
    let place = if namespace.is_empty() { "the cluster".to_owned() } else { namespace.to_owned() };
    match list(&names) {
        // There are few classes, and most are the platform's.
        Some(names) if kind.kind.ends_with("Class") => {
            format!("take one of those in {place}: {names}; or {}", advice::add(index, kind, "it"))
        }
        Some(names) => format!("{}, or take one of those in {place}: {names}", advice::add(index, kind, "it")),
        None => format!("{}, or remove what names it", advice::add(index, kind, &format!("the {}", kind.kind))),
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
