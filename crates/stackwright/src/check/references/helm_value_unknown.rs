use serde_json::Value;

use crate::Release;
use crate::charts::{OverVersions, known_values, over_versions, unknown_values};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::links::Written;
use crate::nearest::nearest;
use crate::yaml::is_unknown;

pub(super) const CHECK: Check = Check {
    id: "helm-value-unknown",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Helm release sets a value that the pinned version of its chart does not read, or an object that installs a chart sets one \
            that no version reads.",
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
            let help = help(&path, meant(&path, known).as_deref());
            findings.push(CHECK.finding(message, help).why("Helm ignores it in silence"));
        }
    }
    for installed in index.installed() {
        let Some(chart) = over_versions(installed).filter(|chart| chart.covers(installed)) else { continue };
        for written in &installed.values {
            findings.extend(unread(chart, written));
        }
    }
}

/// Findings for the values in an object that no version of its chart reads.
fn unread(chart: &OverVersions, written: &Written<'_>) -> Vec<Finding> {
    let Ok(values) = &written.values else { return Vec::new() };
    let unknown = chart.unknown(values).into_iter();
    let told = unknown.filter(|path| !is_unknown(path) && !is_for_author(path, values)).map(|path| {
        let OverVersions { chart: name, newest, .. } = chart;
        let message =
            format!("{} sets {path}, which no version of chart {name} to {newest} reads", written.item.label());
        let meant = meant(&path, chart.known);
        let (severity, help) = if path == *name {
            let help = format!("write what stands below {path} without it: the chart's own values have no such key");
            (Severity::Warning, help)
        } else {
            // Without a slip, a version or a template that nobody has looked at may explain it.
            let severity = if meant.is_some() { Severity::Warning } else { Severity::Information };
            (severity, help(&path, meant.as_deref()))
        };
        let why = if chart.is_strict {
            "newer versions refuse it, and older ones ignore it"
        } else {
            "Helm ignores it in silence"
        };
        CHECK.finding(message, help).rated(severity).why(why).at(written.item, written.field(&path))
    });
    told.collect()
}

/// Whether a key at the top is for who wrote the values: it holds anchors, or texts that the chart reads as templates use it.
fn is_for_author(path: &str, values: &Value) -> bool {
    let key = path.split('.').next().unwrap_or_default();
    let is_anchor = !key.starts_with(|letter: char| letter.is_ascii_alphanumeric()) || key.starts_with("x-");
    is_anchor || names(values, &format!(".Values.{key}"))
}

/// Whether a text among the values has these words.
fn names(values: &Value, words: &str) -> bool {
    match values {
        Value::String(text) => text.contains(words),
        Value::Array(items) => items.iter().any(|item| names(item, words)),
        Value::Object(entries) => entries.values().any(|value| names(value, words)),
        _ => false,
    }
}

fn help(path: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("set {meant}, or leave it out"),
        None => format!("look for it in `helm show values` of the chart, or leave {path} out"),
    }
}

/// The value that was probably meant: one beside it that is spelt nearly so, the same key further down, or the
/// only one of its name, where that is further up or this one is at the top.
fn meant(path: &str, known: &str) -> Option<String> {
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let lines = known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let mut beside = None;
    let mut elsewhere: Vec<&str> = Vec::new();
    for (of, keys) in lines {
        let mut keys = keys.split_whitespace().map(|key| key.trim_end_matches('*'));
        if of == parent {
            beside = nearest(key, keys);
        } else if keys.any(|known| known == key) {
            elsewhere.push(of);
        }
    }
    let is_below = |of: &str| !parent.is_empty() && of.strip_prefix(parent).is_some_and(|rest| rest.starts_with('.'));
    let below = elsewhere.iter().copied().filter(|of| is_below(of)).min_by_key(|of| of.matches('.').count());
    let is_above = |of: &str| parent.strip_prefix(of).is_some_and(|rest| of.is_empty() || rest.starts_with('.'));
    let only = match elsewhere[..] {
        [only] if parent.is_empty() || is_above(only) => Some(only),
        _ => None,
    };
    match (beside, below.or(only)) {
        (Some(beside), _) => Some(joined(parent, beside)),
        (None, Some(of)) => Some(joined(of, key)),
        (None, None) => None,
    }
}

fn joined(parent: &str, key: &str) -> String {
    if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") }
}
