use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::links::GroupKind;

/// What is known of operators' pods in `pods.yaml`, which explains its form.
static OPERATORS: LazyLock<Vec<Operator>> = LazyLock::new(|| super::table(include_str!("pods.yaml")));

/// The kinds of an operator.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Operator {
    group: String,
    /// Those that pods are made of, with labels of these.
    #[serde(default)]
    pods: BTreeMap<String, BTreeMap<String, String>>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

fn operator(kind: GroupKind<'_>) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.group == kind.group)
}

/// Whether an operator may make pods of an object of a custom kind. Of most kinds one cannot tell.
pub(crate) fn may_be_made_of(kind: GroupKind<'_>) -> bool {
    operator(kind).is_none_or(|operator| operator.pods.contains_key(kind.kind))
}

/// The labels that an operator is known to give to the pods that it makes of an object; none, where none are known.
pub(crate) fn labels<'a>(kind: GroupKind<'_>, name: &'a str) -> BTreeMap<&'a str, &'a str> {
    let known = operator(kind).and_then(|operator| operator.pods.get(kind.kind)).into_iter().flatten();
    known.map(|(key, value)| (key.as_str(), if value == "{name}" { name } else { value })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for operator in OPERATORS.iter() {
            crate::facts::assert_sourced(&operator.group, &operator.source, &operator.read);
        }
    }

    #[test]
    fn a_kind_is_known_by_its_group() {
        assert!(may_be_made_of("Prometheus.monitoring.coreos.com".into()));
        assert!(!may_be_made_of("PrometheusRule.monitoring.coreos.com".into()));
        assert!(may_be_made_of("ScaledJob.keda.sh".into()) && !may_be_made_of("ScaledObject.keda.sh".into()));
        assert!(may_be_made_of("Shop.example.org".into()));
        assert_eq!(labels("Alertmanager.monitoring.coreos.com".into(), "main")["alertmanager"], "main");
        assert!(labels("Prometheus.example.org".into(), "main").is_empty());
    }
}
