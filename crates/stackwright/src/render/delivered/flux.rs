//! Flux: a Kustomization for each step, which waits for the one before it; a HelmRelease for each release.

use serde_json::{Value, json};

use super::{Custom, SECRETS, Step, folder, path, place, steps};
use crate::order::Order;
use crate::{Cluster, Error, File, Flux, Release};

/// The folder of what makes Flux apply a cluster. It is applied by itself, too: so Flux follows a change of it.
pub(super) const FOLDER: &str = "flux";

const NAMESPACE: &str = "flux-system";
const KUSTOMIZATION: (&str, &str) = ("kustomize.toolkit.fluxcd.io/v1", "Kustomization");

pub(super) fn files(cluster: &Cluster, order: &Order, flux: &Flux) -> Result<Vec<File>, Error> {
    let mut objects = vec![repository(cluster, flux), kustomization(cluster, flux, &cluster.name, FOLDER, None)];
    let mut files = Vec::new();
    let mut before = None;
    for step in steps(order) {
        let name = step.name(cluster);
        let place = match &step {
            Step::Objects { folder, .. } => folder.clone(),
            Step::Release(release) => {
                let place = format!("releases/{}", release.name);
                files.extend(folder(&place, &[helm_repository(release), helm_release(release)])?);
                place
            }
        };
        objects.push(kustomization(cluster, flux, &name, &place, before.as_deref()));
        before = Some(name);
    }
    if let Some(key) = &flux.decryption
        && cluster.stacks.iter().any(|stack| !stack.secrets.is_empty())
    {
        // It waits for nothing: the first step makes the namespaces, and waits for pods that wait for it.
        let name = format!("{}-{SECRETS}", cluster.name);
        let mut sealed = kustomization(cluster, flux, &name, &format!("{SECRETS}/sealed"), None);
        sealed.spec["decryption"] = json!({ "provider": "sops", "secretRef": { "name": key } });
        objects.push(sealed);
    }
    files.extend(folder(FOLDER, &objects)?);
    Ok(files)
}

fn repository(cluster: &Cluster, flux: &Flux) -> Custom {
    let repository = &flux.repository;
    let mut spec = json!({ "interval": "5m", "url": repository.url, "ref": { "branch": repository.branch } });
    if let Some(name) = &flux.credentials {
        spec["secretRef"] = json!({ "name": name });
    }
    Custom::new(("source.toolkit.fluxcd.io/v1", "GitRepository"), &cluster.name, NAMESPACE, spec)
}

/// What applies a folder of the cluster's, once another one is ready.
fn kustomization(cluster: &Cluster, flux: &Flux, name: &str, folder: &str, after: Option<&str>) -> Custom {
    let path = format!("./{}", path(&flux.repository, cluster, folder));
    let mut spec = json!({
        "interval": "10m",
        "retryInterval": "1m",
        "timeout": "15m",
        "sourceRef": { "kind": "GitRepository", "name": cluster.name },
        "path": path,
        "prune": true,
    });
    // The first one would wait for those that it makes, and they for its next change.
    if name != cluster.name {
        spec["wait"] = Value::Bool(true);
    }
    if let Some(name) = after {
        spec["dependsOn"] = json!([{ "name": name }]);
    }
    Custom::new(KUSTOMIZATION, name, NAMESPACE, spec)
}

fn helm_repository(release: &Release) -> Custom {
    let (url, _) = place(&release.chart);
    let mut spec = json!({ "interval": "1h", "url": url });
    if url.starts_with("oci://") {
        spec["type"] = "oci".into();
    }
    Custom::new(("source.toolkit.fluxcd.io/v1", "HelmRepository"), &release.name, &release.namespace, spec)
}

fn helm_release(release: &Release) -> Custom {
    let (_, chart) = place(&release.chart);
    let again = json!({ "remediation": { "retries": 3 } });
    let mut spec = json!({
        "interval": "10m",
        "timeout": "15m",
        "chart": { "spec": {
            "chart": chart,
            "version": release.chart.version,
            "sourceRef": { "kind": "HelmRepository", "name": release.name },
        } },
        "install": again,
        "upgrade": again,
    });
    if release.values.as_object().is_none_or(|values| !values.is_empty()) {
        spec["values"] = release.values.clone();
    }
    Custom::new(("helm.toolkit.fluxcd.io/v2", "HelmRelease"), &release.name, &release.namespace, spec)
}
