//! A cluster that Flux or Argo CD applies: the steps that they take in its order, and the objects that make them take these.

mod argo_cd;
mod flux;

use camino::Utf8PathBuf;
use serde::Serialize;
use serde_json::{Value, json};

use super::{SECRETS, checked_name, kustomization};
use crate::order::{After, Order};
use crate::{Chart, Cluster, Delivery, Error, File, Release, yaml};

/// The files of a delivery, if it isn't by hand.
pub(super) fn files(cluster: &Cluster, order: &Order) -> Result<Vec<File>, Error> {
    for (release, _) in order.releases() {
        checked_name("release", &release.name)?;
    }
    match &cluster.delivery {
        Delivery::ByHand => Ok(Vec::new()),
        Delivery::Flux(flux) => flux::files(cluster, order, flux),
        Delivery::ArgoCd(repository) => argo_cd::files(cluster, order, repository),
    }
}

/// What is applied or installed, before the next one is.
enum Step<'c> {
    /// The objects in a folder of the cluster's.
    Objects {
        name: String,
        folder: String,
    },
    Release(&'c Release),
}

/// The steps of a cluster, in their order.
fn steps<'c>(order: &Order<'c>) -> Vec<Step<'c>> {
    let mut steps = Vec::new();
    for part in &order.parts {
        if let After::Release(release) = part.after {
            steps.push(Step::Release(release));
        }
        // The first part's kustomization is there anyway.
        if !part.objects.is_empty() || matches!(part.after, After::Nothing) {
            let folder = part.after.folder();
            let name = if folder.is_empty() { "objects" } else { &folder };
            steps.push(Step::Objects { name: name.to_owned(), folder });
        }
    }
    steps
}

impl Step<'_> {
    /// Its name, among the steps of all clusters.
    fn name(&self, cluster: &Cluster) -> String {
        match self {
            Self::Objects { name, .. } => format!("{}-{name}", cluster.name),
            Self::Release(release) => format!("{}-release-{}", cluster.name, release.name),
        }
    }
}

/// The URL of a chart's repository and its name there: one of a registry is told by a whole name.
fn place(chart: &Chart) -> (&str, &str) {
    if chart.repository.is_empty() {
        chart.name.rsplit_once('/').unwrap_or(("", chart.name))
    } else {
        (chart.repository, chart.name)
    }
}

/// An object of a tool's own kinds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Custom {
    api_version: &'static str,
    kind: &'static str,
    metadata: Value,
    spec: Value,
}

impl Custom {
    fn new((api_version, kind): (&'static str, &'static str), name: &str, namespace: &str, spec: Value) -> Self {
        Self { api_version, kind, metadata: json!({ "name": name, "namespace": namespace }), spec }
    }
}

/// A folder of such objects, with the kustomization that lists them.
fn folder(folder: &str, objects: &[Custom]) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    let mut names = Vec::new();
    for object in objects {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let name = format!("{}-{}.yaml", object.kind.to_lowercase(), text(&object.metadata["name"]));
        let path = Utf8PathBuf::from(folder).join(&name);
        let text = yaml::to_string(object).map_err(|error| {
            Error::yaml(format!("{path} cannot be written"), "its maps need text as keys", error).at(&path)
        })?;
        files.push(File::new(path, text));
        names.push(name);
    }
    files.push(kustomization::of(names, format!("{folder}/kustomization.yaml").into())?);
    Ok(files)
}

/// The folder of a cluster's that a person applies to begin with.
pub(super) fn begin(delivery: &Delivery) -> Option<(&'static str, &'static str)> {
    match delivery {
        Delivery::ByHand => None,
        Delivery::Flux(_) => Some(("Flux", flux::FOLDER)),
        Delivery::ArgoCd(_) => Some(("Argo CD", argo_cd::FOLDER)),
    }
}

/// The path of a cluster's folder in the repository.
fn path(repository: &crate::Repository, cluster: &Cluster, folder: &str) -> String {
    let parts = [repository.folder.trim_matches('/'), &cluster.name, folder];
    parts.into_iter().filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}
