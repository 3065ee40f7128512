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
        let known = over_versions(installed);
        for written in &installed.values {
            findings.extend(known.into_iter().flat_map(|chart| refused(chart, installed.version, written)));
            match known {
                Some(chart) if chart.covers(installed) => findings.extend(unread(chart, written)),
                _ => findings.extend(flattened(written)),
            }
        }
    }
}

/// Findings for values with which the version of a chart that is installed fails.
fn refused(chart: &OverVersions, version: Option<&str>, written: &Written<'_>) -> Vec<Finding> {
    let Ok(values) = &written.values else { return Vec::new() };
    let is_set = |path: &str| values.pointer(&format!("/{}", path.replace('.', "/"))).is_some_and(is_true);
    let told = chart.refused.iter().filter(|refused| is_set(refused.value)).filter_map(|refused| {
        let severity = match refused.is_by(version) {
            Some(true) => Severity::Error,
            Some(false) => return None,
            None => Severity::Warning,
        };
        let (item, value) = (written.item, refused.value);
        let message =
            format!("{} sets {value}, with which chart {} fails from {} on", item.label(), chart.chart, refused.from);
        let finding = CHECK.finding(message, refused.instead).rated(severity);
        Some(finding.at(item, written.field(value)))
    });
    told.collect()
}

/// Whether a template takes a value for true: what is empty is not.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
    }
}

/// Ends of keys that are names of files: `grafana.ini` is a value of Grafana's chart.
const FILES: [&str; 11] = ["cfg", "conf", "config", "ini", "json", "properties", "toml", "txt", "xml", "yaml", "yml"];

/// Findings for keys at the top that look like paths, as `helm --set` takes them: in a file, each is one key. A chart that is not known may read it.
fn flattened(written: &Written<'_>) -> Vec<Finding> {
    let Ok(Value::Object(values)) = &written.values else { return Vec::new() };
    let is_path = |key: &&String| {
        let last = key.rsplit('.').next().unwrap_or_default();
        key.contains('.') && !is_unknown(key) && !FILES.contains(&last) && key.split('.').all(is_word)
    };
    let told = values.keys().filter(is_path).map(|key| {
        let message = format!("{} sets the key {key}, with its dots: it is no path", written.item.label());
        let finding = CHECK.finding(message, format!("write {key} as maps within each other"));
        let place = written.field(&key.replace('.', "\\."));
        finding.rated(Severity::Information).why("only `helm --set` divides a key at its dots").at(written.item, place)
    });
    told.collect()
}

/// Whether a part of a path is a word such as values have.
fn is_word(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_lowercase())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
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
        let places = places(&path, chart.known);
        let (severity, help) = if path == *name {
            let help = format!("write what stands below {path} without it: the chart's own values have no such key");
            (Severity::Warning, help)
        } else if let (None, [_, _, ..]) = (&meant, &places[..]) {
            (Severity::Warning, format!("set the one of these that is meant, or leave it out: {}", places.join(", ")))
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

/// How many places of a key are named.
const MOST: usize = 3;

/// Where else a chart has a key that stands at the top, the nearest to the top first: those further down are many, and of other things.
fn places(path: &str, known: &str) -> Vec<String> {
    let lines = known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let has = |keys: &str| keys.split_whitespace().any(|key| key.trim_end_matches('*') == path);
    let mut places: Vec<_> = lines.filter(|(_, keys)| has(keys)).map(|(of, _)| joined(of, path)).collect();
    places.sort_by_key(|place| place.matches('.').count());
    places.truncate(MOST);
    places
}

fn joined(parent: &str, key: &str) -> String {
    if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") }
}
