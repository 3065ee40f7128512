//! The charts that objects install: those of Flux, of K3s and RKE2, and of Argo CD.
//!
//! HelmRelease: fluxcd/helm-controller docs/spec/v2/helmreleases.md. HelmChart: k3s-io/helm-controller pkg/apis/helm.cattle.io/v1/types.go.
//! Application: argoproj/argo-cd pkg/apis/application/v1alpha1/types.go. Read in November 2026.

mod written;

use serde_json::Value;

use super::{GroupKind, Item};
use crate::yaml::{self, Node};
pub(crate) use written::{Fault, Written};

/// A release that an object makes of a chart.
pub(crate) struct Installed<'a> {
    /// The object.
    pub item: Item<'a>,
    /// The chart's name, where it is one of a repository.
    pub chart: Option<&'a str>,
    /// Its version, or which ones it may be.
    pub version: Option<&'a str>,
    /// Where it is from.
    pub repository: Repository<'a>,
    /// The release's name.
    pub name: String,
    /// The values, as they are written: those that come later win.
    pub values: Vec<Written<'a>>,
    /// Whether these are all of the values, and nothing changes what is made with them, here and not in another cluster.
    pub is_whole: bool,
}

/// Where a chart is from.
#[derive(Clone, Copy)]
pub(crate) enum Repository<'a> {
    /// A URL.
    Url(&'a str),
    /// An object of this name, which is not there.
    Called(&'a str),
    /// Nothing that is known.
    Unknown,
}

/// Finds objects by their kind, namespace and name.
pub(crate) trait Find<'a> {
    /// All of a kind.
    fn all(&self, kind: &str) -> Vec<Item<'a>>;
    /// The one of this name; of another namespace where this one has none.
    fn one(&self, kind: GroupKind<'_>, namespace: &str, name: &str) -> Option<Item<'a>>;
}

const SOURCES: &str = "source.toolkit.fluxcd.io";

/// Everything that objects install.
pub(crate) fn installed<'a>(objects: &impl Find<'a>) -> Vec<Installed<'a>> {
    let mut all: Vec<_> = objects
        .all("HelmRelease.helm.toolkit.fluxcd.io")
        .into_iter()
        .filter_map(|item| of_flux(objects, item))
        .collect();
    all.extend(objects.all("HelmChart.helm.cattle.io").into_iter().filter_map(|item| of_k3s(objects, item)));
    all.extend(objects.all("HelmChartConfig.helm.cattle.io").into_iter().filter_map(|item| of_k3s_own(objects, item)));
    all.extend(objects.all("Application.argoproj.io").into_iter().flat_map(of_argo));
    all
}

impl Installed<'_> {
    /// All of the values that could be read, each over those before.
    pub(crate) fn merged(&self) -> Value {
        let mut merged = Value::Null;
        for values in self.values.iter().filter_map(|written| written.values.as_ref().ok()) {
            merge(&mut merged, values);
        }
        merged
    }
}

/// Lays values over others, as Helm does.
fn merge(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key.as_str()).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over.clone(),
    }
}

fn of_flux<'a>(objects: &impl Find<'a>, item: Item<'a>) -> Option<Installed<'a>> {
    let spec = item.object.content()?.get("spec")?;
    let (chart, version, repository) = match (spec.at("chart.spec"), spec.get("chartRef")) {
        (Some(chart), _) => of_source(objects, item, chart),
        (None, Some(named)) => of_chart_ref(objects, item, named),
        (None, None) => (None, None, Repository::Unknown),
    };
    let name = match (text(spec, "releaseName"), text(spec, "targetNamespace")) {
        (Some(name), _) => name.to_owned(),
        (None, Some(namespace)) => format!("{namespace}-{}", item.object.name()),
        (None, None) => item.object.name().to_owned(),
    };
    let others = ["valuesFrom", "postRenderers", "kubeConfig"];
    Some(Installed {
        item,
        chart,
        version,
        repository,
        name,
        values: spec.get("values").and_then(|values| Written::tree(item, "spec.values", values)).into_iter().collect(),
        is_whole: others.iter().all(|other| spec.get(other).is_none()),
    })
}

/// The chart, version and repository of a `HelmChartTemplate` or a HelmChart of Flux.
fn of_source<'a>(
    objects: &impl Find<'a>,
    item: Item<'a>,
    chart: &'a Node,
) -> (Option<&'a str>, Option<&'a str>, Repository<'a>) {
    let source = |key| chart.get("sourceRef").and_then(|source| text(source, key));
    let is_repository = source("kind") == Some("HelmRepository");
    let repository = source("name").map_or(Repository::Unknown, |name| {
        let kind = GroupKind { group: SOURCES, kind: "HelmRepository" };
        let found = objects.one(kind, source("namespace").unwrap_or(item.namespace), name);
        match found.map(|found| found.object.content().and_then(|content| content.at("spec.url")?.text())) {
            Some(url) => url.map_or(Repository::Unknown, Repository::Url),
            None => Repository::Called(name),
        }
    });
    // A chart of a Git repository is at a path.
    let name = text(chart, "chart").filter(|_| is_repository);
    (name, text(chart, "version"), repository)
}

fn of_chart_ref<'a>(
    objects: &impl Find<'a>,
    item: Item<'a>,
    named: &'a Node,
) -> (Option<&'a str>, Option<&'a str>, Repository<'a>) {
    let unknown = (None, None, Repository::Unknown);
    let (Some(kind), Some(name)) = (text(named, "kind"), text(named, "name")) else { return unknown };
    let namespace = text(named, "namespace").unwrap_or(item.namespace);
    let found = objects.one(GroupKind { group: SOURCES, kind }, namespace, name);
    let Some((found, spec)) = found.and_then(|found| Some((found, found.object.content()?.get("spec")?))) else {
        return unknown;
    };
    match kind {
        "HelmChart" => of_source(objects, found, spec),
        "OCIRepository" => {
            let (chart, repository) = text(spec, "url").map_or((None, Repository::Unknown), of_whole_name);
            let version = spec.get("ref").and_then(|at| text(at, "tag").or_else(|| text(at, "semver")));
            (chart, version, repository)
        }
        _ => unknown,
    }
}

/// A chart by a name that is a URL: `oci://registry.example/charts/web`.
fn of_whole_name(name: &str) -> (Option<&str>, Repository<'_>) {
    name.rsplit_once('/')
        .map_or((None, Repository::Unknown), |(repository, chart)| (Some(chart), Repository::Url(repository)))
}

fn of_k3s<'a>(objects: &impl Find<'a>, item: Item<'a>) -> Option<Installed<'a>> {
    let spec = item.object.content()?.get("spec")?;
    let (chart, repository) = match (text(spec, "chart")?, text(spec, "repo")) {
        (chart, Some(repository)) => (Some(chart), Repository::Url(repository)),
        (chart, None) if chart.starts_with("oci://") => of_whole_name(chart),
        _ => (None, Repository::Unknown),
    };
    let mut values: Vec<_> = k3s_values(item, spec).collect();
    let kind = GroupKind::from("HelmChartConfig.helm.cattle.io");
    let config =
        objects.one(kind, item.namespace, item.object.name()).filter(|config| config.namespace == item.namespace);
    let more = config.and_then(|config| Some((config, config.object.content()?.get("spec")?)));
    values.extend(more.into_iter().flat_map(|(config, spec)| k3s_values(config, spec)));
    let is_whole = |spec: &Node| spec.get("valuesSecrets").is_none();
    Some(Installed {
        item,
        chart,
        version: text(spec, "version"),
        repository,
        name: item.object.name().to_owned(),
        values,
        is_whole: is_whole(spec) && more.is_none_or(|(_, spec)| is_whole(spec)),
    })
}

/// What is configured of the chart that K3s brings: its own Traefik, which has no object in any file.
fn of_k3s_own<'a>(objects: &impl Find<'a>, item: Item<'a>) -> Option<Installed<'a>> {
    let (namespace, name) = (item.namespace, item.object.name());
    let kind = GroupKind::from("HelmChart.helm.cattle.io");
    let is_of_another = objects.one(kind, namespace, name).is_some_and(|chart| chart.namespace == namespace);
    if is_of_another {
        return None;
    }
    let spec = item.object.content()?.get("spec")?;
    let chart = ((namespace, name) == ("kube-system", "traefik")).then_some("traefik");
    Some(Installed {
        item,
        chart,
        version: None,
        repository: chart.map_or(Repository::Unknown, Repository::Called),
        name: name.to_owned(),
        values: k3s_values(item, spec).collect(),
        is_whole: false,
    })
}

/// Those of `set` win over those of the text.
fn k3s_values<'a>(item: Item<'a>, spec: &'a Node) -> impl Iterator<Item = Written<'a>> {
    let content = text(spec, "valuesContent").map(|content| Written::text(item, "spec.valuesContent", content));
    let set = spec.get("set").map(Node::entries).unwrap_or_default();
    content.into_iter().chain(set.iter().map(move |entry| {
        let path =
            yaml::Path::Field(&yaml::Path::Field(&yaml::Path::Field(&yaml::Path::Root, "spec"), "set"), &entry.key);
        Written::parameter(item, path.to_string(), &entry.key, &entry.value)
    }))
}

/// One release for each source that is a chart.
fn of_argo(item: Item<'_>) -> Vec<Installed<'_>> {
    let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { return Vec::new() };
    let one = spec.get("source").map(|source| ("spec.source".to_owned(), source));
    let several = spec.get("sources").map(Node::items).unwrap_or_default().iter().enumerate();
    let sources = one.into_iter().chain(several.map(|(number, source)| (format!("spec.sources[{number}]"), source)));
    let destination = spec.get("destination");
    let of_destination = |key| destination.and_then(|destination| text(destination, key));
    let is_here = of_destination("server").is_none_or(|server| server == "https://kubernetes.default.svc")
        && of_destination("name").is_none_or(|name| name == "in-cluster");
    sources.filter_map(|(path, source)| of_argo_source(item, &path, source, is_here)).collect()
}

fn of_argo_source<'a>(item: Item<'a>, path: &str, source: &'a Node, is_here: bool) -> Option<Installed<'a>> {
    let chart = text(source, "chart");
    let helm = source.get("helm");
    if chart.is_none() && helm.is_none() {
        return None;
    }
    let given = |key| helm.and_then(|helm| helm.get(key)).filter(|given| given.value != yaml::Value::Null);
    let path = format!("{path}.helm");
    // Argo CD takes no text where there is an object.
    let whole = match (given("valuesObject"), given("values").and_then(Node::text)) {
        (Some(values), _) => Written::tree(item, &format!("{path}.valuesObject"), values),
        (None, Some(content)) => Some(Written::text(item, &format!("{path}.values"), content)),
        (None, None) => None,
    };
    let parameters = given("parameters").map(Node::items).unwrap_or_default().iter().enumerate();
    let parameters = parameters.filter_map(|(number, parameter)| {
        let path = format!("{path}.parameters[{number}].name");
        Some(Written::parameter(item, path, text(parameter, "name")?, parameter.get("value")?))
    });
    let others = ["valueFiles", "fileParameters"];
    let name = given("releaseName").and_then(Node::text).unwrap_or(item.object.name());
    Some(Installed {
        item,
        chart,
        version: text(source, "targetRevision"),
        repository: text(source, "repoURL").map_or(Repository::Unknown, Repository::Url),
        name: name.to_owned(),
        values: whole.into_iter().chain(parameters).collect(),
        is_whole: is_here && others.iter().all(|other| given(other).is_none()),
    })
}

/// The text of a field that has one.
fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key)?.text().filter(|text| !text.is_empty())
}
