//! The values that well-known charts have known in any of their versions.
//!
//! Other people's files install them at versions that nobody here has pinned. What no version knows is wrong in each of them.

use std::sync::{LazyLock, OnceLock};

use serde_json::Value;

use super::known::Keys;
use crate::links::{Installed, Repository};

/// Each file begins with whose chart it is; `e2e/charts/known_over_versions.py` writes the rest, and explains the form.
static CHARTS: LazyLock<Vec<OverVersions>> = LazyLock::new(|| {
    [
        include_str!("over_versions/argo-cd.txt"),
        include_str!("over_versions/cert-manager.txt"),
        include_str!("over_versions/cilium.txt"),
        include_str!("over_versions/csi-driver-nfs.txt"),
        include_str!("over_versions/external-dns.txt"),
        include_str!("over_versions/grafana.txt"),
        include_str!("over_versions/ingress-nginx.txt"),
        include_str!("over_versions/kube-prometheus-stack.txt"),
        include_str!("over_versions/longhorn.txt"),
        include_str!("over_versions/metallb.txt"),
        include_str!("over_versions/metrics-server.txt"),
        include_str!("over_versions/nextcloud.txt"),
        include_str!("over_versions/nfs-subdir-external-provisioner.txt"),
        include_str!("over_versions/prometheus.txt"),
        include_str!("over_versions/traefik.txt"),
    ]
    .map(OverVersions::of)
    .into()
});

/// What is known of a chart over all of its versions.
pub(crate) struct OverVersions {
    /// Its name.
    pub chart: &'static str,
    /// The newest version that was looked at.
    pub newest: &'static str,
    /// The values, in the form of [`unknown_values`](super::unknown_values).
    pub known: &'static str,
    /// Whether newer versions have a schema that refuses others.
    pub is_strict: bool,
    /// The values with which newer versions fail.
    pub refused: Vec<Refused>,
    repositories: &'static str,
    called: &'static str,
    keys: OnceLock<Keys<'static>>,
}

/// What is known of the chart that an object installs, if it is a known one: of that name, from its own repository.
pub(crate) fn over_versions(installed: &Installed<'_>) -> Option<&'static OverVersions> {
    let known = CHARTS.iter().find(|known| Some(known.chart) == installed.chart)?;
    let is_its_own = match installed.repository {
        Repository::Url(url) => known.repositories.split(' ').any(|own| place(own) == place(url)),
        Repository::Called(name) => known.called.split(' ').any(|part| name.contains(part)),
        Repository::Unknown => false,
    };
    is_its_own.then_some(known)
}

/// A value with which a chart fails from some version on.
pub(crate) struct Refused {
    /// Its path.
    pub value: &'static str,
    /// The first such version.
    pub from: &'static str,
    /// What to do instead.
    pub instead: &'static str,
}

impl Refused {
    /// Of a line `VALUE from VERSION; INSTEAD`.
    fn of(line: &'static str) -> Option<Self> {
        let (fact, instead) = line.split_once("; ")?;
        let (value, from) = fact.split_once(" from ")?;
        Some(Self { value, from, instead })
    }

    /// Whether a version refuses it; none where the version isn't known.
    pub(crate) fn is_by(&self, version: Option<&str>) -> Option<bool> {
        let version = version.filter(|version| version.contains(|letter: char| letter.is_ascii_digit()))?;
        Some(!is_after(self.from, version))
    }
}

impl OverVersions {
    /// Whether the version that an object installs is none that came after those which were looked at.
    pub(crate) fn covers(&self, installed: &Installed<'_>) -> bool {
        installed.version.is_none_or(|version| !is_after(version, self.newest))
    }

    /// The paths of values that no version reads.
    pub(crate) fn unknown(&self, values: &Value) -> Vec<String> {
        self.keys.get_or_init(|| Keys::of(self.known)).unknown(values)
    }

    fn of(known: &'static str) -> Self {
        let head = |key: &str| {
            let lines = known.lines().take_while(|line| line.starts_with('#'));
            lines.filter_map(|line| line.strip_prefix("# ")?.split_once(": ")).find(|(name, _)| *name == key)
        };
        let text = |key| head(key).map_or("", |(_, text)| text);
        Self {
            chart: text("chart"),
            newest: text("newest"),
            known,
            is_strict: head("strict").is_some(),
            refused: known.lines().filter_map(|line| Refused::of(line.strip_prefix("# refused: ")?)).collect(),
            repositories: text("repositories"),
            called: text("called"),
            keys: OnceLock::new(),
        }
    }
}

/// A URL without its scheme, which Argo CD leaves out, and without what makes no difference.
fn place(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, place)| place).trim_end_matches('/')
}

/// Whether a version, or the first one of a range, comes after another and may have more values: one that differs in its last number
/// mends something, as a rule.
fn is_after(version: &str, newest: &str) -> bool {
    let numbers = |version: &str| {
        let start = version.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let end = start.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(start.len());
        start[..end].split('.').take(2).map_while(|number| number.parse::<u64>().ok()).collect::<Vec<_>>()
    };
    let (version, newest) = (numbers(version), numbers(newest));
    version.iter().cmp(newest.iter().take(version.len())).is_gt()
}

#[cfg(test)]
mod tests {
    use super::{CHARTS, is_after, place};

    #[test]
    fn every_chart_says_whose_it_is_and_when_it_was_read() {
        for chart in CHARTS.iter() {
            let head = |key: &str| chart.known.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
            crate::facts::assert_sourced(chart.chart, head("# source: "), head("# read: "));
            assert!(!chart.called.is_empty() && !chart.newest.is_empty(), "{}", chart.chart);
            assert!(chart.repositories.split(' ').all(|own| own.contains("://")), "{}", chart.chart);
        }
    }

    #[test]
    fn each_chart_knows_some_values_and_not_all() {
        for chart in CHARTS.iter() {
            let values = serde_json::json!({"global": {"anything": 1}, "affinty": {}, "resources": {"limits": {}}});
            let unknown = chart.unknown(&values);
            assert!(unknown.contains(&"affinty".to_owned()), "{}", chart.chart);
            assert!(!unknown.contains(&"global.anything".to_owned()), "{}", chart.chart);
        }
    }

    #[test]
    fn a_repository_is_the_same_in_other_words() {
        assert_eq!(place("oci://ghcr.io/traefik/helm"), place("ghcr.io/traefik/helm/"));
        assert_ne!(place("https://charts.bitnami.com/bitnami"), place("https://charts.jetstack.io"));
    }

    #[test]
    fn a_value_is_refused_from_a_version_on() {
        let metallb = CHARTS.iter().find(|chart| chart.chart == "metallb").expect("the chart");
        let by = |version| metallb.refused[0].is_by(version);
        assert_eq!(
            [by(Some("0.14.8")), by(Some("v0.13.0")), by(Some("0.12.1"))],
            [Some(true), Some(true), Some(false)]
        );
        assert_eq!([by(None), by(Some("*"))], [None, None]);
    }

    #[test]
    fn a_version_may_be_a_range() {
        for version in ["77.5.0", "v88.5.3", "88.5.4", "88.x", "^88.1", "*", ">=1.0.0 <99.0.0", "main"] {
            assert!(!is_after(version, "88.5.3"), "{version}");
        }
        for version in ["v88.6.0", "89.x", "~90.1"] {
            assert!(is_after(version, "88.5.3"), "{version}");
        }
    }
}
