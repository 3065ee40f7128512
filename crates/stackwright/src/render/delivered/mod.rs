//! A cluster that Flux or Argo CD applies: the steps that they take in its order, and the objects that make them take these.

mod argo_cd;
mod flux;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::{SECRETS, checked_name, file_name, kustomization, yaml};
use crate::order::{After, Order};
use crate::{Chart, Cluster, Delivery, Error, File, Object, Release, Repository};

/// The files of a delivery, if it isn't by hand.
pub(super) fn files(cluster: &Cluster, order: &Order) -> Result<Vec<File>, Error> {
    for (release, _) in order.releases() {
        checked_name("release", &release.name)?;
    }
    let folder = cluster.delivery.folder().unwrap_or_default();
    match &cluster.delivery {
        Delivery::ByHand => Ok(Vec::new()),
        Delivery::Flux(flux) => flux::files(cluster, order, flux, folder),
        Delivery::ArgoCd(repository) => argo_cd::files(cluster, order, repository, folder),
    }
}

/// What is applied or installed, before the next one is.
enum Step<'c> {
    /// The objects in a folder of the cluster's.
    Objects(String),
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
            steps.push(Step::Objects(part.after.folder()));
        }
    }
    steps
}

impl Step<'_> {
    /// Its name, among the steps of all clusters.
    fn name(&self, cluster: &Cluster) -> String {
        match self {
            Self::Objects(folder) if folder.is_empty() => format!("{}-objects", cluster.name),
            Self::Objects(folder) => format!("{}-{folder}", cluster.name),
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

/// The metadata of an object of a tool's own kinds.
fn named(name: &str, namespace: &str) -> ObjectMeta {
    ObjectMeta { name: Some(name.to_owned()), namespace: Some(namespace.to_owned()), ..ObjectMeta::default() }
}

/// A folder of such objects, with the kustomization that lists them.
fn folder(folder: &str, objects: &[Object]) -> Result<Vec<File>, Error> {
    let names: Vec<_> = objects.iter().map(|object| file_name(object.kind(), object.name())).collect();
    let files =
        objects.iter().zip(&names).map(|(object, name)| Ok(File::new(format!("{folder}/{name}"), yaml(object)?)));
    let mut files = files.collect::<Result<Vec<_>, Error>>()?;
    files.push(kustomization::of(names, format!("{folder}/kustomization.yaml").into())?);
    Ok(files)
}

/// The folder of a cluster's that a person applies to begin with.
pub(super) fn begin(delivery: &Delivery) -> Option<(&'static str, &'static str)> {
    let who = if matches!(delivery, Delivery::Flux(_)) { "Flux" } else { "Argo CD" };
    delivery.folder().map(|folder| (who, folder))
}

/// The path of a cluster's folder in the repository.
fn path(repository: &Repository, cluster: &Cluster, folder: &str) -> String {
    let parts = [repository.folder.trim_matches('/'), &cluster.name, folder];
    parts.into_iter().filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}
