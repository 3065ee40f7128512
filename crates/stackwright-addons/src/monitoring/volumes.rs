//! The volumes of samples and of what people change in Grafana, and the directories of a node that they may be.

use k8s_openapi::api::core::v1::{
    LocalVolumeSource, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PersistentVolume, PersistentVolumeSpec,
    VolumeNodeAffinity,
};
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use stackwright::prelude::*;

use super::placement::HOST_NAME;
use super::{Config, scraper};

/// The claims. Alerts know Prometheus' own by the beginning of its name, as they know the operator's.
pub(super) const SAMPLES: &str = "prometheus-samples";
const GRAFANA: &str = "grafana";

/// The users that the images run as: `nobody`, and Grafana's own.
pub(super) const PROMETHEUS_USER: i64 = 65534;
pub(super) const GRAFANA_USER: i64 = 472;

/// Where samples are kept, and what people change in Grafana.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// On the disk of each pod's node, in a folder that ends with the pod: a drained or lost node, or an upgrade of the release, begins anew.
    NodeDisk {
        /// How much of it Prometheus may take with its samples and the log of the newest, such as `6Gi`.
        samples: String,
    },
    /// On volumes that outlive the pods.
    Volumes {
        /// Their class. Prometheus does not support NFS.
        class: String,
        /// The size of Prometheus' own. Not every class holds it to that: `local-path` does not.
        samples: String,
        /// The size of Grafana's own.
        grafana: String,
    },
    /// In directories of one node, which outlive pods, claims and releases: their pods run there. [`directories`] makes them.
    ///
    /// A volume that was given back stays as it is, for a person to look at, and is taken again once its `claimRef` is removed.
    Directories {
        /// The node's name.
        node: String,
        /// Prometheus' own.
        samples: Directory,
        /// Grafana's own.
        grafana: Directory,
    },
}

/// A directory of a node that is a volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Its absolute path, such as `/opt/prometheus`.
    pub path: String,
    /// How much may be asked of it, such as `20Gi`. Nothing holds anyone to that: what is left is the whole disk's.
    pub size: String,
}

impl Directory {
    /// This directory, for as much.
    pub fn new(path: &str, size: &str) -> Self {
        Self { path: path.to_owned(), size: size.to_owned() }
    }
}

/// A volume that is asked for: its class and its size.
pub(super) struct Asked {
    pub class: String,
    pub size: String,
}

impl Storage {
    /// Prometheus' volume, where it is to have one.
    pub(super) fn samples(&self, namespace: &str) -> Option<Asked> {
        match self {
            Self::NodeDisk { .. } => None,
            Self::Volumes { class, samples, .. } => Some(Asked { class: class.clone(), size: samples.clone() }),
            Self::Directories { samples, .. } => {
                Some(Asked { class: class_of(namespace, SAMPLES), size: samples.size.clone() })
            }
        }
    }

    /// Grafana's volume, where it is to have one.
    pub(super) fn grafana(&self, namespace: &str) -> Option<Asked> {
        match self {
            Self::NodeDisk { .. } => None,
            Self::Volumes { class, grafana, .. } => Some(Asked { class: class.clone(), size: grafana.clone() }),
            Self::Directories { grafana, .. } => {
                Some(Asked { class: class_of(namespace, GRAFANA), size: grafana.size.clone() })
            }
        }
    }
}

/// What makes the directories, if there are any, on the node that has them: for the provider or the installer, which brings it there.
///
/// A kubelet gives a local volume to its pod's group, but does not make it (kubernetes/kubernetes v1.35.4, `pkg/volume/local/local.go`): the
/// pod would wait for ever.
///
/// # Errors
/// When none of the nodes is the one, or a path is none that a local volume may have.
pub fn directories(storage: &Storage, nodes: &[Node]) -> Result<Vec<Artefact>, Error> {
    let Storage::Directories { node: name, samples, grafana } = storage else { return Ok(vec![]) };
    let Some(node) = nodes.iter().find(|node| node.name() == name) else {
        return Err(Error::new(
            format!("the volumes of monitoring are to be on `{}`, which is no node", name.escape_debug()),
            "name one of the cluster's nodes",
        ));
    };
    let users = [(samples, PROMETHEUS_USER), (grafana, GRAFANA_USER)];
    for (Directory { path, .. }, _) in users {
        if !path.starts_with('/') || path.split('/').any(|part| part == "..") || path.trim_matches('/').is_empty() {
            return Err(Error::new(
                format!("`{}` can't be a volume", path.escape_debug()),
                "name an absolute path below the root, such as /opt/prometheus",
            ));
        }
    }
    let script = File::script("machines/remote/directory.sh", include_str!("directory.sh"));
    Ok(vec![Artefact {
        arguments: users.iter().flat_map(|(directory, user)| [directory.path.clone(), user.to_string()]).collect(),
        ..Artefact::new(&node.host, "volumes of monitoring", script)
    }])
}

/// Prometheus' claim. It is no part of a release, so that the samples stay when that is uninstalled.
pub(super) fn samples_claim(config: &Config<'_>) -> Option<PersistentVolumeClaim> {
    Some(claim_of(&scraper(&config.namespace), SAMPLES, config.storage.samples(&config.namespace)?))
}

/// Grafana's claim, where no chart makes it.
pub(super) fn grafana_claim(config: &Config<'_>) -> Option<PersistentVolumeClaim> {
    Some(claim_of(&App::new("grafana", &config.namespace), GRAFANA, config.storage.grafana(&config.namespace)?))
}

fn claim_of(app: &App, name: &str, Asked { class, size }: Asked) -> PersistentVolumeClaim {
    let mut claim = claim(app, name, Access::OneNode, &size);
    claim.spec.get_or_insert_default().storage_class_name = Some(class);
    claim
}

/// The directories as volumes, each of a class of its own, so that no other claim takes it.
pub(super) fn local(config: &Config<'_>) -> Vec<Object> {
    let Storage::Directories { node, samples, grafana } = &config.storage else { return vec![] };
    let owners =
        [(scraper(&config.namespace), SAMPLES, samples), (App::new("grafana", &config.namespace), GRAFANA, grafana)];
    owners
        .into_iter()
        .flat_map(|(app, name, directory)| {
            let class = class_of(&config.namespace, name);
            [Object::from(local_class(&app, &class)), local_volume(&app, &class, node, directory).into()]
        })
        .collect()
}

/// Classes and volumes are in no namespace: theirs is part of the name.
fn class_of(namespace: &str, name: &str) -> String {
    format!("{namespace}-{name}")
}

/// Nothing makes volumes of it, and none is bound before the scheduler has a node for the pod.
fn local_class(app: &App, name: &str) -> StorageClass {
    StorageClass {
        metadata: app.cluster_wide(name),
        provisioner: "kubernetes.io/no-provisioner".into(),
        volume_binding_mode: Some("WaitForFirstConsumer".into()),
        ..default()
    }
}

fn local_volume(app: &App, class: &str, node: &str, Directory { path, size }: &Directory) -> PersistentVolume {
    let on_node =
        NodeSelectorRequirement { key: HOST_NAME.into(), operator: "In".into(), values: Some(vec![node.to_owned()]) };
    PersistentVolume {
        metadata: app.cluster_wide(class),
        spec: Some(PersistentVolumeSpec {
            storage_class_name: Some(class.to_owned()),
            capacity: Some([("storage".to_owned(), Quantity(size.clone()))].into()),
            access_modes: Some(vec!["ReadWriteOnce".into()]),
            persistent_volume_reclaim_policy: Some("Retain".into()),
            local: Some(LocalVolumeSource { path: path.clone(), ..default() }),
            node_affinity: Some(VolumeNodeAffinity {
                required: Some(NodeSelector {
                    node_selector_terms: vec![NodeSelectorTerm { match_expressions: Some(vec![on_node]), ..default() }],
                }),
            }),
            ..default()
        }),
        ..default()
    }
}
