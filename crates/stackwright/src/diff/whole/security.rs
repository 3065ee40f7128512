//! What pods may do on their node, by the levels of the Pod Security Standards.

use super::{Direction, Matter, Shift, Sides};
use crate::check::controls::{ENFORCE, Level, Violation, violations};
use crate::check::{Item, Pods};

/// The namespaces that enforce another level, and the pods that need another one.
pub(super) fn shifts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    let namespaces = sides.after.of_kind("Namespace").filter_map(|new| of_namespace(sides.before.find(new.id())?, new));
    let pods = sides.after.pods.iter().filter_map(|new| match sides.old(new) {
        Some(old) if old.spec == new.spec => None,
        Some(old) => of_pods(old, new),
        None => of_new(new),
    });
    namespaces.chain(pods).collect()
}

fn shift(direction: Direction, item: Item<'_>, fact: String) -> Shift<'_> {
    Shift { matter: Matter::PodSecurity, direction, fact, objects: vec![item] }
}

fn of_namespace<'a>(old: Item<'a>, new: Item<'a>) -> Option<Shift<'a>> {
    let (was, is) = (Level::enforced(old), Level::enforced(new));
    let direction = if is < was { Direction::Weaker } else { Direction::Stronger };
    let (before, now) = (written(old), written(new));
    let fact = format!("{} enforces {now} of the Pod Security Standards, where it was {before}", new.label());
    (was != is).then(|| shift(direction, new, fact))
}

/// The level that a namespace writes.
fn written(namespace: Item<'_>) -> &str {
    let labels = namespace.object.metadata().labels.as_ref();
    labels.and_then(|labels| labels.get(ENFORCE)).map_or("no level", String::as_str)
}

/// Pods that are new and go beyond what most need.
fn of_new<'a>(pods: &Pods<'a>) -> Option<Shift<'a>> {
    let found = violations(pods, Level::Baseline);
    let what = first_of(found.iter())?;
    let fact = format!("the pods of {}, which is new, need the level privileged: {what}", pods.item.label());
    Some(shift(Direction::Weaker, pods.item, fact))
}

fn of_pods<'a>(old: &Pods<'a>, new: &Pods<'a>) -> Option<Shift<'a>> {
    let (was, is) = (violations(old, Level::Restricted), violations(new, Level::Restricted));
    let (before, now) = (needed(&was), needed(&is));
    let label = new.item.label();
    let more = first_of(is.iter().filter(|found| !was.iter().any(|known| kind(known) == kind(found))));
    let (direction, fact) = match more {
        _ if now == before && more.is_none() => return None,
        _ if now > before => (
            Direction::Stronger,
            format!("the pods of {label} need the level {}, where it was {}", name(now), name(before)),
        ),
        Some(what) if now < before => {
            let (now, before) = (name(now), name(before));
            (Direction::Weaker, format!("the pods of {label} need the level {now}, where it was {before}: {what}"))
        }
        Some(what) => (Direction::Weaker, format!("the pods of {label} are less restricted than before: {what}")),
        None => return None,
    };
    Some(shift(direction, new.item, fact))
}

/// The strictest level that allows pods with these violations; none where that is `privileged`.
fn needed(violations: &[Violation]) -> Option<Level> {
    match violations.first().map(|first| first.level) {
        Some(Level::Baseline) => None,
        Some(Level::Restricted) => Some(Level::Baseline),
        None => Some(Level::Restricted),
    }
}

fn name(level: Option<Level>) -> String {
    level.map_or("privileged".to_owned(), |level| level.to_string())
}

/// What is wrong, in whichever container.
fn kind(violation: &Violation) -> &str {
    violation.what.split(" in container ").next().unwrap_or_default()
}

fn first_of<'v>(mut violations: impl Iterator<Item = &'v Violation>) -> Option<String> {
    let first = violations.next()?;
    let more = violations.count();
    Some(if more == 0 { first.what.clone() } else { format!("{}, and {more} more", first.what) })
}
