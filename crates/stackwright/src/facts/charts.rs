use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::{Chart, Release};

/// What is known of the charts in `charts.yaml`, which explains its form.
static CHARTS: LazyLock<Vec<Facts>> = LazyLock::new(|| super::table(include_str!("charts.yaml")));

/// What is known of a chart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Facts {
    chart: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
    /// What its pods are.
    pub runs: Option<Runs>,
    /// The ends of the names of the images that do.
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    kinds: Vec<Kinds>,
    /// The name under which it gives addresses to Services.
    pub load_balancer: Option<String>,
    /// Packages that every worker needs for it, by Debian's names.
    #[serde(default)]
    pub needs: Vec<String>,
    ingress_class: Option<Class>,
    storage_class: Option<Class>,
    /// Labels or annotations of a Namespace or of pods that ask its webhook for a container more: pods that are there before it lack
    /// that container.
    #[serde(default)]
    injects: Vec<String>,
    #[serde(default)]
    pods: Vec<ChartPods>,
    /// What its Prometheus takes up.
    pub monitors: Option<Monitors>,
    /// The Services that it makes.
    #[serde(default)]
    pub services: Vec<Service>,
}

/// What pods are for, as far as policies have to let them through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Runs {
    /// They answer for Ingresses.
    IngressController,
    /// They scrape.
    Prometheus,
}

/// Kinds whose definitions a chart brings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    group: String,
    /// The first version of the chart that no longer brings them.
    until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    value: Option<String>,
    default: Option<String>,
    switch: Option<String>,
}

/// What a class is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClassOf {
    /// Ingresses.
    Ingress,
    /// Volumes.
    Storage,
}

/// Pods of a chart's releases, as policies name them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChartPods {
    /// Their label `app.kubernetes.io/name`.
    pub name: String,
    /// The ports at which they show metrics, the first of which is the one that they are for.
    pub ports: Vec<u16>,
}

/// What the Prometheus of a chart takes up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Monitors {
    /// The label, with the release's name, of what it takes up unless the values say otherwise.
    pub label: String,
    /// The path of the values that say so.
    pub spec: String,
    /// The value that switches it off with `false`.
    pub switch: String,
}

/// A Service that a chart makes, by the paths of the values that shape it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    /// The path of the values that people know it by.
    pub values: String,
    /// Where the fields of its `spec` stand, as far as the chart passes them on.
    pub spec: String,
    /// The value that switches the part of the chart off with `false`.
    pub switch: String,
    /// Its type, unless the values say otherwise.
    #[serde(rename = "type")]
    pub type_: String,
    /// Its ports.
    pub ports: Vec<ServicePort>,
}

/// A port of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ServicePort {
    /// The number, unless the value says otherwise.
    pub port: i32,
    /// That value, if there is one.
    pub port_value: Option<String>,
    /// The node port, unless the value says otherwise.
    pub node_port: Option<i32>,
    /// That value.
    pub node_port_value: String,
    /// The value that says whose word about visitors is believed there: a list `trustedIPs`, or everyone's if `insecure` is true.
    pub believes: Option<String>,
}

/// The group of the kinds that say what is watched: nothing that they are about waits for them.
pub(crate) const WATCHING: &str = "monitoring.coreos.com";

/// Whether a chart brings the definitions of the kinds of an API group.
fn brings(chart: &Chart, group: &str) -> bool {
    of(chart.name).is_some_and(|facts| {
        let kinds = || facts.kinds.iter().filter(|kinds| kinds.group == group);
        kinds().any(|kinds| kinds.until.as_deref().is_none_or(|until| is_before(chart.version, until)))
    })
}

/// The pods of a chart's releases that are in the network of pods, as far as they are known.
///
/// ```
/// use stackwright::charts::{kube_prometheus_stack, pods};
///
/// let names: Vec<_> = pods(&kube_prometheus_stack::CHART).iter().map(|pods| pods.name.as_str()).collect();
/// assert!(names.contains(&"grafana"));
/// ```
pub fn pods(chart: &Chart) -> &'static [ChartPods] {
    of(chart.name).map_or(&[], |facts| &facts.pods)
}

/// Whether a release defines the kinds of an API group: objects of them are applied after it.
pub(crate) fn defines(release: &Release, group: &str) -> bool {
    brings(&release.chart, group) || release.brings.iter().any(|own| own == group)
}

/// The class that a release makes, and what it is for.
pub(crate) fn class(release: &Release) -> Option<(ClassOf, String)> {
    let facts = of(release.chart.name)?;
    let ingress = facts.ingress_class.as_ref().map(|class| (ClassOf::Ingress, class));
    let (what, class) = ingress.or(facts.storage_class.as_ref().map(|class| (ClassOf::Storage, class)))?;
    let given = |path: &Option<String>| path.as_deref().and_then(|path| value(&release.values, path));
    if given(&class.switch) == Some(&Value::Bool(false)) {
        return None;
    }
    let name = given(&class.value).and_then(Value::as_str).filter(|name| !name.is_empty()).or(class.default.as_deref());
    Some((what, name.map_or_else(|| full_name(release), str::to_owned)))
}

/// The name of the IngressClass that a release makes.
pub(crate) fn ingress_class(release: &Release) -> Option<String> {
    class(release).and_then(|(what, name)| (what == ClassOf::Ingress).then_some(name))
}

/// The labels or annotations by which pods, or their Namespace, ask a release for a container more.
pub(crate) fn injects(release: &Release) -> &'static [String] {
    of(release.chart.name).map_or(&[], |facts| &facts.injects)
}

/// Whether a release gives addresses to Services of type `LoadBalancer`.
pub(crate) fn gives_addresses(release: &Release) -> bool {
    of(release.chart.name).is_some_and(|facts| facts.load_balancer.is_some())
}

/// The name that Helm's charts give to what they make, by the template that `helm create` writes.
fn full_name(release: &Release) -> String {
    let text = |key: &str| release.values.get(key).and_then(Value::as_str);
    let chart = text("nameOverride").unwrap_or(release.chart.name);
    match text("fullnameOverride") {
        Some(name) => name.to_owned(),
        None if release.name.contains(chart) => release.name.clone(),
        None => format!("{}-{chart}", release.name),
    }
}

/// The value at a dotted path.
pub(crate) fn value<'v>(values: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(values, |value, key| value.get(key))
}

/// What is known of the chart of this name.
pub(crate) fn of(name: &str) -> Option<&'static Facts> {
    CHARTS.iter().find(|facts| facts.chart == name)
}

/// Whether an image is one that does this, by its name without registry, tag and digest.
pub(crate) fn is_image_of(image: &str, what: Runs) -> bool {
    let (registry, last) = image.rsplit_once('/').map_or(("", image), |(before, last)| (before, last));
    let last = last.split([':', '@']).next().unwrap_or_default();
    let name = format!("/{registry}/{last}");
    let images = CHARTS.iter().filter(|facts| facts.runs == Some(what)).flat_map(|facts| &facts.images);
    images.into_iter().any(|end| name.ends_with(&format!("/{end}")))
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
mod tests;
