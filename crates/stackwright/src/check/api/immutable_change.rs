use super::tree::Tree;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::update::{delete_command, in_text, is_kept, refused, way_out};

pub(super) const CHECK: Check = Check {
    id: "immutable-change",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A field differs from what is applied, and the API server never changes it in an object that is there.",
    run,
};

const WHY: &str =
    "the API server keeps it as it was for as long as the object is there, and `kubectl apply` would stop at it";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let (mut before, mut after) = (Tree::default(), Tree::default());
    for item in &index.items {
        if !is_kept(item.object.kind()) {
            continue;
        }
        // The cluster's own, where its file is as it was.
        let Some(old) = index.previous(*item).filter(|old| !std::ptr::eq(*old, item.object)) else { continue };
        old.write_tree(&mut before);
        item.object.write_tree(&mut after);
        for (place, fact) in refused(index, *item, old, (before.root(), after.root())) {
            let finding = CHECK.finding(format!("{}: {fact}", item.label()), help(index, *item));
            // A Job with a time to live has gone by itself, unless it runs.
            let goes = before.root().at("spec.ttlSecondsAfterFinished").is_set();
            let severity = if goes { Severity::Information } else { CHECK.severity };
            findings.push(finding.why(WHY).rated(severity).at(*item, in_text(place).path()));
        }
    }
    // A Job ends by itself.
    for item in index.removed().into_iter().filter(|item| item.object.kind() != "Job") {
        let message = format!("{} is applied and no longer among the objects", item.label());
        let finding = CHECK.finding(message, format!("`{}` removes it from the cluster", delete_command(item)));
        findings.push(finding.why("`kubectl apply` leaves it running").rated(Severity::Information));
    }
}

fn help(index: &Index<'_>, item: Item<'_>) -> String {
    let help = way_out(item);
    match index.cluster() {
        Some(_) => format!("{help}; then remove its file, which stands for what is applied, and render again"),
        None => help,
    }
}
