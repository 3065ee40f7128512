use k8s_openapi::api::core::v1::{PodSecurityContext, Sysctl};
use stackwright::prelude::*;

use super::Config;
use super::secrets::Secrets;

/// Where the image has WordPress.
pub(super) const CORE: &str = "/var/www/html";
/// Debian's `www-data`, as which the image's Apache serves files.
const WWW_DATA: i64 = 33;
/// The directory of the volume `core` that holds the image's WordPress.
const CORE_DIRECTORY: &str = "wordpress";
/// The directory of the claim's volume that holds `wp-content`.
const CONTENT_DIRECTORY: &str = "wp-content";

/// What every pod of the site sees of its surroundings.
pub(super) struct Environment<'a> {
    pub config: &'a Config,
    pub settings: &'a ConfigMap,
    pub scripts: &'a ConfigMap,
    pub secrets: &'a Secrets,
    pub content: &'a PersistentVolumeClaim,
}

impl Environment<'_> {
    /// A container of the site as unprivileged as it can be.
    pub fn container(&self, name: &str) -> Container {
        let login = &self.secrets.database;
        Container {
            name: name.to_owned(),
            image: Some(self.config.image.clone()),
            env_from: Some(vec![all_keys(self.settings), all_secret_keys(&self.secrets.keys)]),
            env: Some(vec![
                env_var_from("WORDPRESS_DB_USER", secret_key(login, "username")),
                env_var_from("WORDPRESS_DB_PASSWORD", secret_key(login, "password")),
            ]),
            security_context: Some(restricted_container()),
            ..default()
        }
    }

    /// A container that waits for the `database`, or for the `site` in it to be installed.
    pub fn wait_for(&self, what: &str) -> Container {
        Container {
            command: Some(command(["php", "/scripts/wait-for.php", what])),
            volume_mounts: Some(vec![self.scripts_mount()]),
            resources: Some(resources(("10m", "32Mi"), ("100m", "64Mi"))),
            ..self.container(&format!("wait-for-{what}"))
        }
    }

    /// A container that puts WordPress into the volume `core`, and what belongs there into the other mounts below it.
    pub fn copy_core(&self, core: &Volume, others: Vec<VolumeMount>) -> Container {
        Container {
            // The image's own way to put WordPress into an empty folder without starting it.
            command: Some(command(["docker-ensure-installed.sh", "true"])),
            volume_mounts: Some([vec![core_mount(core)], others].concat()),
            resources: Some(resources(("50m", "64Mi"), ("500m", "256Mi"))),
            ..self.container("copy-core")
        }
    }

    /// A container that makes the directories that [`core_mount`] and [`Environment::content_mount`] name.
    ///
    /// A volume's own root belongs to the kubelet or to the storage's provisioner. The image's entry point unpacks with tar, which wants
    /// to set the mode of each directory that is there, and only its owner may. Several pods may do this at once: to `mkdir -p` a
    /// directory that another one made is there.
    fn make_directories(&self, core: &Volume) -> Container {
        Container {
            command: Some(command([
                "mkdir",
                "-p",
                &format!("/volumes/core/{CORE_DIRECTORY}"),
                &format!("/volumes/content/{CONTENT_DIRECTORY}"),
            ])),
            volume_mounts: Some(vec![
                mount(core, "/volumes/core"),
                mount(&claim_volume(self.content), "/volumes/content"),
            ]),
            resources: Some(resources(("10m", "16Mi"), ("100m", "32Mi"))),
            env_from: None,
            env: None,
            ..self.container("make-directories")
        }
    }

    pub fn content_mount(&self) -> VolumeMount {
        let path = format!("{CORE}/wp-content");
        VolumeMount { sub_path: Some(CONTENT_DIRECTORY.into()), ..mount(&claim_volume(self.content), &path) }
    }

    pub fn scripts_mount(&self) -> VolumeMount {
        mount_read_only(&config_volume(self.scripts), "/scripts")
    }

    /// A pod of these containers that writes as `www-data`, which is how the export's squashing of root stays harmless.
    pub fn pod(&self, core: Volume, init: Vec<Container>, container: Container) -> PodSpec {
        PodSpec {
            init_containers: Some([vec![self.make_directories(&core)], init].concat()),
            containers: vec![container],
            volumes: Some(vec![config_volume(self.scripts), claim_volume(self.content), core]),
            security_context: Some(PodSecurityContext {
                // Lets Apache listen at port 80 without being root.
                sysctls: Some(vec![Sysctl { name: "net.ipv4.ip_unprivileged_port_start".into(), value: "0".into() }]),
                ..restricted_pod(WWW_DATA)
            }),
            automount_service_account_token: Some(false),
            // The Service `wordpress` would inject WORDPRESS_* variables of its own, a prefix that belongs to the image.
            enable_service_links: Some(false),
            ..default()
        }
    }
}

/// The image's WordPress, where it is expected.
pub(super) fn core_mount(core: &Volume) -> VolumeMount {
    VolumeMount { sub_path: Some(CORE_DIRECTORY.into()), ..mount(core, CORE) }
}

/// For those who have no reason to change it: plugins and themes are in `wp-content`.
pub(super) fn core_read_only(core: &Volume) -> VolumeMount {
    VolumeMount { read_only: Some(true), ..core_mount(core) }
}

pub(super) fn command<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}
