//! The check that a chart reads the values it is given.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{grafana, kube_prometheus_stack, prometheus, traefik};
use crate::Chart;

/// The paths of those values that a chart ignores, in the order of the values.
///
/// `known` is a chart module's `KNOWN`, or the output of this project's `e2e/charts/known_values.py` for another
/// chart. Paths are written as for `helm --set`, with a backslash before a dot inside a key.
///
/// ```
/// use stackwright::charts::{kube_prometheus_stack, unknown_values};
///
/// let values = serde_json::json!({"prometheus": {"resources": {"requests": {"cpu": "100m"}}}});
/// assert_eq!(unknown_values(kube_prometheus_stack::KNOWN, &values), ["prometheus.resources"]);
/// ```
#[must_use]
pub fn unknown_values(known: &str, values: &Value) -> Vec<String> {
    Keys::of(known).unknown(values)
}

/// The values that a chart of this module reads, if it is one of them at the version that is pinned here.
pub(crate) fn known_values(chart: &Chart) -> Option<&'static str> {
    let all = [
        (grafana::CHART, grafana::KNOWN),
        (kube_prometheus_stack::CHART, kube_prometheus_stack::KNOWN),
        (prometheus::CHART, prometheus::KNOWN),
        (traefik::CHART, traefik::KNOWN),
    ];
    all.into_iter()
        .find(|(known, _)| (known.name, known.version) == (chart.name, chart.version))
        .map(|(_, values)| values)
}

/// What may follow below a key.
#[derive(Clone, Copy, PartialEq)]
enum Below {
    /// Only the keys that the list names.
    Known,
    /// Anything, because the chart passes the value on as it is.
    Anything,
}

/// The keys that a chart knows, by what they stand in.
pub(super) struct Keys<'k>(HashMap<&'k str, BTreeMap<&'k str, Below>>);

impl<'k> Keys<'k> {
    /// Those of a list.
    pub(super) fn of(known: &'k str) -> Self {
        let lines = known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
        let by_parent = lines.map(|(parent, keys)| {
            let keys = keys.split_whitespace().map(|key| match key.strip_suffix('*') {
                Some(key) => (key, Below::Anything),
                None => (key, Below::Known),
            });
            (parent, keys.collect())
        });
        Self(by_parent.collect())
    }

    /// The paths of values that are not among them.
    pub(super) fn unknown(&self, values: &Value) -> Vec<String> {
        let mut unknown = Vec::new();
        self.collect_unknown("", values, &mut unknown);
        unknown
    }

    fn collect_unknown(&self, parent: &str, values: &Value, unknown: &mut Vec<String>) {
        for (key, value) in values.as_object().into_iter().flatten() {
            let key = key.replace('.', "\\.");
            let path = if parent.is_empty() { key.clone() } else { format!("{parent}.{key}") };
            match self.0.get(parent).and_then(|keys| keys.get(key.as_str())) {
                None => unknown.push(path),
                Some(Below::Known) => self.collect_unknown(&path, value, unknown),
                Some(Below::Anything) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::unknown_values;

    const KNOWN: &str = "# chart 1.0\n: grafana\\.ini* server\nserver: port nodeSelector*\n";

    #[test]
    fn known_values_pass() {
        let values = json!({
            "server": {"port": 80, "nodeSelector": {"disk": "ssd"}},
            "grafana.ini": {"auth.anonymous": {"enabled": true}},
        });
        assert_eq!(unknown_values(KNOWN, &values), [""; 0]);
    }

    #[test]
    fn unknown_values_are_named_by_their_path() {
        let values = json!({"server": {"ports": 80, "port": {"http": 80}}, "a.b": 1});
        assert_eq!(unknown_values(KNOWN, &values), ["server.ports", "server.port.http", "a\\.b"]);
    }
}
