use std::sync::LazyLock;

use serde::Deserialize;

use crate::{Chart, yaml};

/// What is known of the charts in `charts.yaml`, which explains its form.
static CHARTS: LazyLock<Vec<Facts>> = LazyLock::new(|| {
    let stream = yaml::read(include_str!("charts.yaml")).expect("charts.yaml is YAML");
    yaml::decode(&stream.documents[0]).expect("charts.yaml has the form that Facts has")
});

/// What is known of a chart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Facts {
    chart: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
    #[serde(default)]
    kinds: Vec<Kinds>,
}

/// Kinds whose definitions a chart brings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    group: String,
    /// The first version of the chart that no longer brings them.
    until: Option<String>,
}

/// Whether a release of a chart brings the definitions of the kinds of an API group: objects of them are applied after it.
pub(crate) fn brings(chart: &Chart, group: &str) -> bool {
    of(chart.name).is_some_and(|facts| {
        let kinds = || facts.kinds.iter().filter(|kinds| kinds.group == group);
        kinds().any(|kinds| kinds.until.as_deref().is_none_or(|until| is_before(chart.version, until)))
    })
}

/// What is known of the chart of this name.
fn of(name: &str) -> Option<&'static Facts> {
    CHARTS.iter().find(|facts| facts.chart == name)
}

/// Whether a chart's version comes before another; one that is no version, such as a range, does not.
fn is_before(version: &str, other: &str) -> bool {
    let numbers = |version: &str| {
        let release = version.trim_start_matches('v').split(['-', '+']).next().unwrap_or_default();
        release.split('.').map(|number| number.parse::<u64>().ok()).collect::<Option<Vec<_>>>()
    };
    numbers(version).is_some_and(|version| numbers(other).is_some_and(|other| version < other))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn chart(name: &'static str, version: &'static str) -> Chart {
        Chart { repository: "https://charts.example", name, version }
    }

    #[test]
    fn every_fact_has_its_source_and_day() {
        for facts in CHARTS.iter() {
            assert!(facts.source.starts_with("https://"), "{}: {}", facts.chart, facts.source);
            let day: Vec<_> = facts.read.split('-').map(|part| part.parse::<u32>().expect("a number")).collect();
            assert!(matches!(day[..], [2025..=2099, 1..=12, 1..=31]), "{}: {}", facts.chart, facts.read);
        }
    }

    #[test]
    fn charts_are_in_order_and_said_once() {
        let names: Vec<_> = CHARTS.iter().map(|facts| facts.chart.as_str()).collect();
        assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    }

    #[test]
    fn a_release_brings_the_kinds_of_its_charts_version() {
        assert!(brings(&chart("metallb", "0.15.2"), "metallb.io"));
        assert!(!brings(&chart("metallb", "0.15.2"), "traefik.io"));
        assert!(!brings(&chart("nothing-known", "1.0.0"), "metallb.io"));
        let gateways = |version| brings(&chart("traefik", version), "gateway.networking.k8s.io");
        assert_eq!(
            [gateways("39.0.0"), gateways("40.1.9"), gateways("40.2.0"), gateways("41.3.0")],
            [true, true, false, false]
        );
    }
}
