//! Shared storage: a provisioner that makes a directory of an NFS export for each claim.

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::apps::v1::{DeploymentSpec, DeploymentStrategy};
use k8s_openapi::api::core::v1::{NFSVolumeSource, SecurityContext};
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use stackwright::prelude::*;

/// The StorageClass of the volumes.
pub const CLASS: &str = "nfs-client";

const IMAGE: &str = "registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2";
const PROVISIONER: &str = "k8s-sigs.io/nfs-subdir-external-provisioner";

/// The user nobody, who the server takes a client's root for.
const NOBODY: i64 = 65534;

/// Where volumes are.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The address of the NFS server.
    pub server: IpAddr,
    /// The absolute path of the directory that it exports.
    pub directory: &'a str,
    /// The provisioner's namespace, which is declared here. The API server is all that its pods may reach: a volume is mounted by the
    /// node, which no policy of pods is about.
    pub namespace: &'a str,
}

/// The provisioner and its StorageClass, the cluster's default.
pub fn stack(config: &Config) -> Stack {
    let (server, directory) = (config.server.to_string(), config.directory);
    let app = App::new("nfs-provisioner", config.namespace);
    let account = service_account(&app);
    let cluster_role = rbac::cluster_role(
        &app,
        vec![
            rbac::rule("", ["nodes"], ["get", "list", "watch"]),
            rbac::rule("", ["persistentvolumes"], ["get", "list", "watch", "create", "delete"]),
            rbac::rule("", ["persistentvolumeclaims"], ["get", "list", "watch", "update"]),
            rbac::rule("storage.k8s.io", ["storageclasses"], ["get", "list", "watch"]),
            rbac::rule("", ["events"], ["create", "update", "patch"]),
        ],
    );
    // The provisioner elects its leader by an Endpoints object.
    let leader_role =
        rbac::role(&app, vec![rbac::rule("", ["endpoints"], ["get", "list", "watch", "create", "update", "patch"])]);

    // One volume, mounted by the pod; its server and path are also what the provisioner writes into each volume it makes.
    let root = Volume {
        name: "root".into(),
        nfs: Some(NFSVolumeSource { server: server.clone(), path: directory.into(), read_only: None }),
        ..default()
    };
    let mut provisioner = deployment(
        &app,
        PodSpec {
            service_account_name: account.metadata.name.clone(),
            security_context: Some(restricted_pod(NOBODY)),
            containers: vec![Container {
                name: "provisioner".into(),
                image: Some(IMAGE.into()),
                env: Some(vec![
                    env_var("PROVISIONER_NAME", PROVISIONER),
                    env_var("NFS_SERVER", server),
                    env_var("NFS_PATH", directory),
                ]),
                volume_mounts: Some(vec![mount(&root, "/persistentvolumes")]),
                security_context: Some(SecurityContext {
                    read_only_root_filesystem: Some(true),
                    ..restricted_container()
                }),
                resources: Some(resources(("20m", "32Mi"), ("200m", "128Mi"))),
                ..default()
            }],
            volumes: Some(vec![root]),
            ..default()
        },
    );
    provisioner.spec = DeploymentSpec {
        replicas: Some(1),
        strategy: Some(DeploymentStrategy { type_: Some("Recreate".into()), rolling_update: None }),
        ..provisioner.spec
    };

    let objects = vec![
        // A volume of type nfs is one that the level restricted refuses.
        namespace(config.namespace, PodSecurity::Baseline).into(),
        default_deny(config.namespace).into(),
        allow_api_server(&app, &config.platform.nodes).into(),
        rbac::cluster_role_binding(&cluster_role, &account).into(),
        rbac::role_binding(&leader_role, &account).into(),
        account.into(),
        cluster_role.into(),
        leader_role.into(),
        provisioner.into(),
        default_class().into(),
    ];
    Stack { name: "nfs".into(), objects, ..default() }
}

fn default_class() -> StorageClass {
    StorageClass {
        metadata: ObjectMeta {
            name: Some(CLASS.into()),
            annotations: Some([("storageclass.kubernetes.io/is-default-class".into(), "true".into())].into()),
            ..default()
        },
        provisioner: PROVISIONER.into(),
        // A deleted claim's directory is renamed to archived-..., not deleted: nobody may rename it, but could not delete
        // what the claim's pods made in it as other users, and the deletion would fail for ever.
        parameters: Some(BTreeMap::from([("archiveOnDelete".into(), "true".into())])),
        ..default()
    }
}
