//! Flux: a Kustomization for each step, which waits for the one before it; a HelmRelease for each release.

use serde_json::{Value, json};

use super::{SECRETS, Step, folder, named, path, place, steps};
use crate::order::Order;
use crate::{Cluster, Error, File, Flux, Object, Release};

const NAMESPACE: &str = "flux-system";

/// The files of a delivery by Flux. What `own` holds is applied by itself, too: so Flux follows a change of it.
pub(super) fn files(cluster: &Cluster, order: &Order, flux: &Flux, own: &str) -> Result<Vec<File>, Error> {
    // What applies them doesn't wait for them: they would wait for its next change.
    let all = kustomization(&cluster.name, applied(cluster, flux, own));
    let mut objects = vec![repository(cluster, flux), all];
    let mut files = Vec::new();
    let mut before = None;
    for step in steps(order) {
        let name = step.name(cluster);
        let place = match &step {
            Step::Objects(folder) => folder.clone(),
            Step::Release(release) => {
                let place = format!("releases/{}", release.name);
                files.extend(folder(&place, &[helm_repository(release), helm_release(release)])?);
                place
            }
        };
        let mut spec = waited_for(cluster, flux, &place);
        if let Some(before) = before {
            spec["dependsOn"] = json!([{ "name": before }]);
        }
        objects.push(kustomization(&name, spec));
        before = Some(name);
    }
    if let Some(key) = &flux.decryption
        && cluster.stacks.iter().any(|stack| !stack.secrets.is_empty())
    {
        // It depends on nothing: the first step makes the namespaces, and waits for pods that wait for it.
        let mut spec = waited_for(cluster, flux, &format!("{SECRETS}/sealed"));
        spec["decryption"] = json!({ "provider": "sops", "secretRef": { "name": key } });
        objects.push(kustomization(&format!("{}-{SECRETS}", cluster.name), spec));
    }
    files.extend(folder(own, &objects)?);
    Ok(files)
}

fn repository(cluster: &Cluster, flux: &Flux) -> Object {
    let repository = &flux.repository;
    let mut spec = json!({ "interval": "5m", "url": repository.url, "ref": { "branch": repository.branch } });
    if let Some(name) = &flux.credentials {
        spec["secretRef"] = json!({ "name": name });
    }
    Object::custom("source.toolkit.fluxcd.io/v1", "GitRepository", named(&cluster.name, NAMESPACE), [("spec", spec)])
}

/// What a Kustomization says that applies a folder of the cluster's.
fn applied(cluster: &Cluster, flux: &Flux, folder: &str) -> Value {
    let path = format!("./{}", path(&flux.repository, cluster, folder));
    json!({
        "interval": "10m",
        "retryInterval": "1m",
        "timeout": "15m",
        "sourceRef": { "kind": "GitRepository", "name": cluster.name },
        "path": path,
        "prune": true,
    })
}

/// The same of one that is ready when what it applies is.
fn waited_for(cluster: &Cluster, flux: &Flux, folder: &str) -> Value {
    let mut spec = applied(cluster, flux, folder);
    spec["wait"] = Value::Bool(true);
    spec
}

fn kustomization(name: &str, spec: Value) -> Object {
    let metadata = named(name, NAMESPACE);
    Object::custom("kustomize.toolkit.fluxcd.io/v1", "Kustomization", metadata, [("spec", spec)])
}

fn helm_repository(release: &Release) -> Object {
    let (url, _) = place(&release.chart);
    let mut spec = json!({ "interval": "1h", "url": url });
    if url.starts_with("oci://") {
        spec["type"] = "oci".into();
    }
    Object::custom(
        "source.toolkit.fluxcd.io/v1",
        "HelmRepository",
        named(&release.name, &release.namespace),
        [("spec", spec)],
    )
}

fn helm_release(release: &Release) -> Object {
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
    Object::custom(
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        named(&release.name, &release.namespace),
        [("spec", spec)],
    )
}
