//! Argo CD: an Application for each step, in waves of the steps' order, and one that has the others.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde_json::{Value, json};

use super::{Step, folder, named, path, place, steps};
use crate::order::Order;
use crate::{Cluster, Error, File, Object, Release, Repository};

const NAMESPACE: &str = "argocd";

/// The files of a delivery by Argo CD, in the folder `own`.
pub(super) fn files(cluster: &Cluster, order: &Order, repository: &Repository, own: &str) -> Result<Vec<File>, Error> {
    let of_folder = |folder: &str| json!({ "repoURL": repository.url, "targetRevision": repository.branch, "path": path(repository, cluster, folder) });
    let mut objects = vec![application(named(&cluster.name, NAMESPACE), &of_folder(own), NAMESPACE)];
    for (wave, step) in steps(order).into_iter().enumerate() {
        let annotations = BTreeMap::from([("argocd.argoproj.io/sync-wave".to_owned(), wave.to_string())]);
        let metadata = ObjectMeta { annotations: Some(annotations), ..named(&step.name(cluster), NAMESPACE) };
        objects.push(match &step {
            Step::Objects(folder) => application(metadata, &of_folder(folder), "default"),
            Step::Release(release) => application(metadata, &of_release(release), &release.namespace),
        });
    }
    folder(own, &objects)
}

fn of_release(release: &Release) -> Value {
    let (url, chart) = place(&release.chart);
    json!({
        // A registry is told without its scheme.
        "repoURL": url.trim_start_matches("oci://"),
        "chart": chart,
        "targetRevision": release.chart.version,
        "helm": { "releaseName": release.name, "valuesObject": release.values },
    })
}

fn application(metadata: ObjectMeta, source: &Value, namespace: &str) -> Object {
    let spec = json!({
        "project": "default",
        "source": source,
        "destination": { "server": "https://kubernetes.default.svc", "namespace": namespace },
        "syncPolicy": {
            "automated": { "prune": true, "selfHeal": true },
            // kubectl's own note of what was applied is too large for some definitions.
            "syncOptions": ["ServerSideApply=true"],
            // What is of a kind that a release defines is refused until that is there.
            "retry": { "limit": -1 },
        },
    });
    Object::custom("argoproj.io/v1alpha1", "Application", metadata, [("spec", spec)])
}
