//! Argo CD: an Application for each step, in waves of the steps' order, and one that has the others.

use serde_json::{Value, json};

use super::{Custom, Step, folder, path, place, steps};
use crate::order::Order;
use crate::{Cluster, Error, File, Release, Repository};

/// The folder of what makes Argo CD apply a cluster.
pub(super) const FOLDER: &str = "argocd";

const NAMESPACE: &str = "argocd";

pub(super) fn files(cluster: &Cluster, order: &Order, repository: &Repository) -> Result<Vec<File>, Error> {
    let of_folder = |folder: &str| json!({ "repoURL": repository.url, "targetRevision": repository.branch, "path": path(repository, cluster, folder) });
    let mut objects = vec![application(&cluster.name, &of_folder(FOLDER), NAMESPACE)];
    for (wave, step) in steps(order).into_iter().enumerate() {
        let name = step.name(cluster);
        let mut application = match &step {
            Step::Objects { folder, .. } => application(&name, &of_folder(folder), "default"),
            Step::Release(release) => application(&name, &of_release(release), &release.namespace),
        };
        application.metadata["annotations"] = json!({ "argocd.argoproj.io/sync-wave": wave.to_string() });
        objects.push(application);
    }
    folder(FOLDER, &objects)
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

fn application(name: &str, source: &Value, namespace: &str) -> Custom {
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
    Custom::new(("argoproj.io/v1alpha1", "Application"), name, NAMESPACE, spec)
}
