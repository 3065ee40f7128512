//! Shared storage: an NFS export of one machine, and the provisioner that makes a directory of it for each claim.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use k8s_openapi::api::apps::v1::{DeploymentSpec, DeploymentStrategy};
use k8s_openapi::api::core::v1::{NFSVolumeSource, SecurityContext};
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;
use stackwright::prelude::*;

/// The StorageClass of the volumes.
pub const CLASS: &str = "nfs-client";

/// The package that a machine mounts the export with: `nfs-client.sh` installs it.
pub const CLIENT_PACKAGE: &str = "nfs-common";

const IMAGE: &str = "registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2";
const PROVISIONER: &str = "k8s-sigs.io/nfs-subdir-external-provisioner";

/// The user nobody, who the server takes a client's root for.
const NOBODY: i64 = 65534;

/// A directory that a machine exports.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The machine with the disk.
    pub server: &'a Machine,
    /// The absolute path of the directory there.
    pub directory: &'a str,
}

/// What the server listens at.
pub fn server() -> HostService {
    HostService { name: "NFS server".into(), port: 2049, protocol: "TCP".into() }
}

/// Where volumes are, and who may mount them.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// What is exported.
    pub export: Export<'a>,
    /// The networks whose hosts may mount it: the nodes'.
    pub clients: &'a [Network],
    /// The addresses of pods, which are kept from the server: they have volumes by what their nodes mount.
    pub pods: Network,
    /// The provisioner's namespace, which is declared here. The API server is all that its pods may reach: a volume is mounted by the
    /// node, which no policy of pods is about.
    pub namespace: &'a str,
    /// The cluster's machines, of which the control planes run the API server.
    pub machines: &'a [Machine],
}

/// The export, the scripts that set up its server and clients, the provisioner and its StorageClass, the cluster's default.
///
/// # Errors
/// When the directory is no absolute path, or one that an exports file cannot hold.
pub fn stack(config: &Config) -> Result<Stack, Error> {
    let Export { server, directory } = config.export;
    if !directory.starts_with('/') || directory.split('/').any(|part| part == "..") {
        return Err(Error::new(
            format!("`{directory}` is not a directory to export"),
            "write an absolute path, such as /srv/nfs-volume",
        ));
    }
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
        nfs: Some(NFSVolumeSource { server: server.address.to_string(), path: directory.into(), read_only: None }),
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
                    env_var("NFS_SERVER", server.address.to_string()),
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
        allow_api_server(&app, config.machines).into(),
        rbac::cluster_role_binding(&cluster_role, &account).into(),
        rbac::role_binding(&leader_role, &account).into(),
        account.into(),
        cluster_role.into(),
        leader_role.into(),
        provisioner.into(),
        default_class().into(),
    ];
    let exports = Exports {
        path: directory,
        clients: config.clients.iter().map(Network::to_string).collect(),
        disk: server.data_disk.as_ref().filter(|disk| disk.holds(directory)).map(|disk| disk.mounted_at.as_str()),
    };
    let files = vec![
        template("machines/exports", include_str!("nfs/exports.j2"), exports)?,
        template(
            "machines/nfs.nft",
            include_str!("nfs/nfs.nft.j2"),
            Firewall { server: server.address, pods: config.pods.to_string() },
        )?,
        File::script("machines/remote/nfs-firewall.sh", include_str!("nfs/remote/nfs-firewall.sh")),
        File::script("machines/remote/nfs-server.sh", include_str!("nfs/remote/nfs-server.sh")),
        File::script("machines/remote/nfs-client.sh", include_str!("nfs/remote/nfs-client.sh")),
    ];
    Ok(Stack { name: "nfs".into(), objects, files, ..default() })
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

#[derive(Serialize)]
struct Firewall {
    server: Ipv4Addr,
    pods: String,
}

#[derive(Serialize)]
struct Exports<'a> {
    path: &'a str,
    clients: Vec<String>,
    /// A disk without which there is nothing to export: `mountpoint` in exports(5).
    disk: Option<&'a str>,
}
