use crate::Release;
use crate::charts::{known_values, unknown_values};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::nearest::nearest;

pub(super) const CHECK: Check = Check {
    id: "helm-value-unknown",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Helm release sets a value that the pinned version of its chart does not read. Most charts have no schema, so that Helm says \
            nothing and the decision is lost. Typed values cannot be wrong in this way; this finds it in values that were written without \
            the types, for the charts whose values Stackwright knows.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    for release in stacks.flat_map(|stack| &stack.releases) {
        let Some(known) = known_values(&release.chart) else { continue };
        for path in unknown_values(known, &release.values) {
            let Release { name, namespace, chart, .. } = release;
            let message = format!(
                "release {namespace}/{name} sets {path}, which chart {} {} does not read",
                chart.name, chart.version
            );
            let help = match meant(&path, known) {
                Some(meant) => format!("set {meant}, or leave it out"),
                None => format!("look for it in `helm show values` of the chart, or leave {path} out"),
            };
            findings.push(CHECK.finding(message, help).why("Helm ignores it in silence"));
        }
    }
}

/// The value that was probably meant: the same key further down, or one beside it that is spelt nearly so.
fn meant(path: &str, known: &str) -> Option<String> {
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let lines = known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let mut beside = None;
    let mut below: Vec<&str> = Vec::new();
    for (of, keys) in lines {
        let mut keys = keys.split_whitespace().map(|key| key.trim_end_matches('*'));
        if of == parent {
            beside = nearest(key, keys);
        } else if !parent.is_empty()
            && of.strip_prefix(parent).is_some_and(|rest| rest.starts_with('.'))
            && keys.any(|known| known == key)
        {
            below.push(of);
        }
    }
    let nearest_below = below.into_iter().min_by_key(|of| of.matches('.').count());
    match (beside, nearest_below) {
        (Some(beside), _) if parent.is_empty() => Some(beside.to_owned()),
        (Some(beside), _) => Some(format!("{parent}.{beside}")),
        (None, Some(of)) => Some(format!("{of}.{key}")),
        (None, None) => None,
    }
}
