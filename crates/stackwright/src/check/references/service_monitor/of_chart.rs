//! The Prometheus that a known chart makes, by the values of its release.

use std::borrow::Cow;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::Value;

use super::{NOT_SELECTED, matches};
use crate::Release;
use crate::charts::over_versions;
use crate::check::{Finding, Index, Item};
use crate::facts::charts::{self, Monitors};
use crate::yaml::is_unknown;

/// The Prometheus that a release of a chart makes.
pub(super) struct OfChart<'i, 'a> {
    /// The release, as people name it.
    label: String,
    /// The object that it is told by, if there is one.
    item: Option<Item<'a>>,
    name: &'i str,
    values: Cow<'i, Value>,
    monitors: &'static Monitors,
    /// Whether its values are all known.
    is_whole: bool,
}

/// Those of the cluster's own releases and of the objects that install charts.
pub(super) fn of_charts<'i, 'a>(index: &'i Index<'a>) -> Vec<OfChart<'i, 'a>> {
    let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    let releases = stacks.flat_map(|stack| &stack.releases).filter_map(|release| {
        let monitors = charts::of(release.chart.name)?.monitors.as_ref()?;
        let Release { name, values, .. } = release;
        let label = format!("release {name}");
        is_made(monitors, values).then_some(OfChart {
            label,
            item: None,
            name,
            values: Cow::Borrowed(values),
            monitors,
            is_whole: true,
        })
    });
    let installed = index.installed().iter().filter_map(|installed| {
        let monitors = charts::of(over_versions(installed)?.chart)?.monitors.as_ref()?;
        let values = installed.merged();
        let is_read = installed.values.iter().all(|written| written.values.is_ok());
        let is_known = !charts::value(&values, &monitors.spec).is_some_and(has_unknown) && !is_unknown(&installed.name);
        is_made(monitors, &values).then(|| OfChart {
            label: format!("the Prometheus of {}", installed.item.label()),
            item: Some(installed.item),
            name: &installed.name,
            values: Cow::Owned(values),
            monitors,
            is_whole: installed.is_whole && is_read && is_known,
        })
    });
    releases.chain(installed).collect()
}

/// Whether every chart that objects install is known: then none of them makes a Prometheus that isn't.
pub(super) fn are_all_known(index: &Index<'_>) -> bool {
    index.installed().iter().all(|installed| over_versions(installed).is_some())
}

fn is_made(monitors: &Monitors, values: &Value) -> bool {
    charts::value(values, &monitors.switch) != Some(&Value::Bool(false))
}

/// Whether a text among values is put in later.
fn has_unknown(values: &Value) -> bool {
    match values {
        Value::String(text) => is_unknown(text),
        Value::Array(items) => items.iter().any(has_unknown),
        Value::Object(entries) => entries.values().any(has_unknown),
        _ => false,
    }
}

impl OfChart<'_, '_> {
    /// Whether it takes up an object, as far as that is known.
    pub(super) fn takes(&self, field: &str, item: Item<'_>) -> bool {
        let spec = self.spec();
        let takes_all = spec[format!("{field}SelectorNilUsesHelmValues")] == Value::Bool(false);
        let labels = item.object.metadata().labels.as_ref();
        let has_label = labels.is_some_and(|labels| labels.get(&self.monitors.label).is_some_and(|of| of == self.name));
        let takes = match self.selector(field) {
            None => takes_all || has_label,
            Some(selector) => {
                let selector = serde_json::from_value::<LabelSelector>(selector.clone());
                selector.map_or(true, |selector| matches(&selector, item))
            }
        };
        takes || !self.is_whole
    }

    /// The selector that its values give; an empty one is none to the chart.
    fn selector(&self, field: &str) -> Option<&Value> {
        let selector = self.spec().get(format!("{field}Selector")).filter(|selector| !selector.is_null())?;
        let is_empty = selector.as_object().is_some_and(serde_json::Map::is_empty);
        (!is_empty).then_some(selector)
    }

    fn spec(&self) -> &Value {
        charts::value(&self.values, &self.monitors.spec).unwrap_or(&Value::Null)
    }

    /// That nothing takes up an object which this one might.
    pub(super) fn finding(&self, message: String, field: &str) -> Finding {
        let Self { label, name, monitors, .. } = self;
        let spec = monitors.spec.rsplit('.').next().unwrap_or_default();
        let finding = if self.selector(field).is_some() {
            let help = format!("give it the labels of {spec}.{field}Selector");
            NOT_SELECTED.finding(message, help).why(format!("{label} takes only what has those labels"))
        } else {
            let help = format!(
                "give it the label {}={name}, or set {spec}.{field}SelectorNilUsesHelmValues to false",
                monitors.label
            );
            NOT_SELECTED.finding(message, help).why(format!("{label} takes only what has that label"))
        };
        finding.see_any(self.item, "spec", "what makes the Prometheus")
    }
}
