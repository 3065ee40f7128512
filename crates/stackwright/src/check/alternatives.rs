//! What several places say that may not meet: the same object of two owners, files of which one is applied instead of another, and folders
//! that nobody says a namespace of.

use crate::check::{Finding, HashSet, Index, Item, Place, Severity};

/// What Flux notes in the objects that it applies: whose they are (fluxcd/pkg ssa/manager.go, read in August 2026).
const OWNER: [&str; 2] = ["kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace"];

/// How bad it is that an object is in two places, not alike: where both are applied, each sets back what the other wrote. None where they
/// are applied as one, so that the second overwrites the first.
pub(in crate::check) fn of_two_forms(index: &Index<'_>, one: Item<'_>, other: Item<'_>) -> Option<Severity> {
    if owner(one) != owner(other) {
        Some(Severity::Warning)
    } else if index.folder(one) != index.folder(other) {
        // Bases and overlays, or the folders of several clusters: one is applied instead of the other.
        Some(Severity::Information)
    } else {
        (index.file(one) != index.file(other)).then_some(Severity::Warning)
    }
}

/// Which of Flux' Kustomizations an object is of, where it says so.
fn owner(item: Item<'_>) -> [Option<&String>; 2] {
    let labels = item.object.metadata().labels.as_ref();
    OWNER.map(|key| labels.and_then(|labels| labels.get(key)))
}

/// Whether two objects may be applied to two namespaces: neither names one, and they lie in two folders, each of which is given its own by
/// an Application, a kustomization or `kubectl -n`.
fn may_never_meet(index: &Index<'_>, one: Item<'_>, other: Item<'_>) -> bool {
    let is_told_when_applied = |item: Item<'_>| !item.namespace.is_empty() && item.object.namespace().is_none();
    let is_told_now = index.namespace() != "default";
    !is_told_now && index.folder(one) != index.folder(other) && is_told_when_applied(one) && is_told_when_applied(other)
}

/// Whether two objects of one identity are alike, but for whose they are.
pub(in crate::check) fn are_alike(one: Item<'_>, other: Item<'_>) -> bool {
    let text = |item: Item<'_>| {
        let mut text = String::new();
        item.object.write_yaml(&mut text).ok()?;
        // The namespace of what is in none says nothing.
        let is_own = |line: &&str| {
            let is_of_owner = OWNER.iter().any(|key| line.trim_start().starts_with(key));
            let is_told_when_applied = item.namespace.is_empty() && line.starts_with("  namespace: ");
            !is_of_owner && !is_told_when_applied
        };
        Some(text.lines().filter(is_own).map(str::to_owned).collect::<Vec<_>>())
    };
    text(one).is_some_and(|one| Some(one) == text(other))
}

/// Rates what joins objects that may never meet, and those of files that are applied one instead of the other: they hold one object, each
/// in another form.
pub(in crate::check) fn rate(index: &Index<'_>, findings: &mut [Finding]) {
    if index.is_closed() {
        return;
    }
    let alternatives = pairs(index);
    // That they hold the object twice is said of the two themselves.
    for finding in findings.iter_mut().filter(|finding| finding.id != "duplicate-object") {
        let Some(place) = &finding.place else { continue };
        let item = |place: &Place| index.items[place.index];
        let mut others = finding.related.iter().map(|(other, _)| (item(place), item(other)));
        let are_unsure = |(one, other)| {
            alternatives.contains(&(index.file(one), index.file(other))) || may_never_meet(index, one, other)
        };
        if others.any(are_unsure) {
            finding.severity = finding.severity.max(Severity::Information);
        }
    }
}

/// The files that hold an object of one name, each in a form of its own.
fn pairs(index: &Index<'_>) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::default();
    for item in index.repeated.iter().map(|number| index.items[*number]) {
        let same = index.within(item.kind(), item.namespace);
        for other in same.filter(|other| other.object.name() == item.object.name()) {
            let (one, file) = (index.file(item), index.file(other));
            if one != file && !are_alike(item, other) {
                pairs.extend([(one, file), (file, one)]);
            }
        }
    }
    pairs
}
