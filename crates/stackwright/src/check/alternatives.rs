//! The same object in several places: of one owner each, alike or not, or in files of which one is applied instead of another.

use crate::check::{Finding, HashSet, Index, Item, Severity};

/// What Flux notes in the objects that it applies: whose they are (fluxcd/pkg ssa/manager.go, read in August 2026).
const OWNER: [&str; 2] = ["kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace"];

/// Whether two objects are applied by themselves: they are in two files, or of two of Flux' Kustomizations.
pub(in crate::check) fn are_apart(index: &Index<'_>, one: Item<'_>, other: Item<'_>) -> bool {
    let owner = |item: Item<'_>| {
        let labels = item.object.metadata().labels.as_ref();
        OWNER.map(|key| labels.and_then(|labels| labels.get(key)).map(String::as_str).unwrap_or_default().to_owned())
    };
    index.file(one) != index.file(other) || owner(one) != owner(other)
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

/// Rates what joins objects of files that are applied one instead of the other: those that hold one object, each in another form.
pub(in crate::check) fn rate(index: &Index<'_>, findings: &mut [Finding]) {
    if index.is_closed() || index.repeated.is_empty() {
        return;
    }
    let alternatives = pairs(index);
    let file = |place: &crate::check::Place| index.file(index.items[place.index]);
    // That they hold the object twice is said of the two themselves.
    for finding in findings.iter_mut().filter(|finding| finding.id != "duplicate-object") {
        let Some(place) = &finding.place else { continue };
        let mut others = finding.related.iter().map(|(other, _)| (file(place), file(other)));
        if others.any(|files| alternatives.contains(&files)) {
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
