use k8s_openapi::api::core::v1::{Volume, VolumeMount};

use crate::check::told::{files, is_of_files, names};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::images;
use crate::links::Image;

pub(super) const CHECK: Check = Check {
    id: "config-file-as-directory",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A ConfigMap or Secret is mounted at the path of a file, without subPath, so that a directory is there.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let of_files: Vec<_> = pods.spec.volumes.iter().flatten().filter(|volume| is_of_files(volume)).collect();
        if of_files.is_empty() {
            continue;
        }
        for (path, container) in pods.containers() {
            for (number, mount) in container.volume_mounts.iter().flatten().enumerate() {
                let Some(file) = file(mount) else { continue };
                let Some(volume) = of_files.iter().find(|volume| volume.name == mount.name) else { continue };
                let at = mount.mount_path.trim_end_matches('/');
                let image = container.image.as_deref().map(Image::of);
                let is_of_image = image
                    .is_some_and(|image| images::of(&image).any(|facts| facts.files.iter().any(|known| known == at)));
                let keys = files(index, pods, volume);
                let is_key = keys.as_ref().is_some_and(|keys| keys.iter().any(|key| key.path == file));
                // Whoever reads what is in the directory means it.
                if !(is_key || is_of_image) || names(container, &format!("{at}/{file}")) {
                    continue;
                }
                let message = format!(
                    "container \"{}\" of {} mounts {} at {at}, which becomes a directory",
                    container.name,
                    pods.item.label(),
                    shown(volume)
                );
                let help = if is_key {
                    format!("add subPath: {file}, or mount the volume at a directory of its own")
                } else {
                    format!("add subPath with the key that has the content of {file}")
                };
                let is_read = is_of_image || names(container, at);
                let severity = if is_read { Severity::Error } else { Severity::Warning };
                let place = format!("{path}.volumeMounts[{number}].mountPath");
                findings.push(CHECK.finding(message, help).rated(severity).at(pods.item, place));
            }
        }
    }
}

/// The name of the file that a whole volume is mounted at, as its extension tells: `conf.d` is a directory's.
fn file(mount: &VolumeMount) -> Option<&str> {
    let part = |path: &Option<String>| path.as_deref().is_some_and(|path| !path.is_empty());
    if part(&mount.sub_path) || part(&mount.sub_path_expr) {
        return None;
    }
    let (_, name) = mount.mount_path.trim_end_matches('/').rsplit_once('/')?;
    let has_extension = name == "Caddyfile" || name.rsplit_once('.').is_some_and(|(_, extension)| extension != "d");
    (has_extension && !crate::yaml::is_unknown(name)).then_some(name)
}

/// A volume of files as people call it.
fn shown(volume: &Volume) -> String {
    if let Some(map) = &volume.config_map {
        return format!("ConfigMap {}", map.name);
    }
    match volume.secret.as_ref().and_then(|secret| secret.secret_name.as_deref()) {
        Some(name) => format!("Secret {name}"),
        None => format!("volume {}", volume.name),
    }
}
