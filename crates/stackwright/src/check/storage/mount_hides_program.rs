use k8s_openapi::api::core::v1::{Volume, VolumeMount};

use crate::check::told::{File, files, is_of_files};
use crate::check::{Check, Finding, Group, Index, Pods, Profile, Severity};
use crate::facts::images::{self, Folder};
use crate::links::Image;

pub(super) const CHECK: Check = Check {
    id: "mount-hides-program",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A volume is mounted over a directory that a well-known image runs its program from, or reads files of its own in.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers().filter(|(path, _)| !path.initialises) {
            let mounts = container.volume_mounts.as_deref().unwrap_or_default();
            let Some(image) = container.image.as_deref().filter(|_| !mounts.is_empty()) else { continue };
            let known: Vec<_> = images::of(&Image::of(image)).collect();
            if known.is_empty() {
                continue;
            }
            for (number, mount) in mounts.iter().enumerate().filter(|(_, mount)| is_whole(mount)) {
                let at = mount.mount_path.trim_end_matches('/');
                let hides = |folder: &str| folder == at || !at.is_empty() && folder.starts_with(&format!("{at}/"));
                let program = known.iter().flat_map(|facts| &facts.programs).find(|folder| hides(folder));
                // A command of one's own may be in another place.
                let program = program.filter(|_| container.command.is_none());
                let lacks = || {
                    let folder = known.iter().flat_map(|facts| &facts.folders).find(|known| known.path == at)?;
                    lacking(folder, &files(index, pods, volume(pods, mount)?)?)
                };
                let (what, severity) = match program {
                    Some(folder) => match hidden_by(pods, mount, number_of_users(pods, mount)) {
                        Some(severity) => (format!("has its programs in {folder}"), severity),
                        None => continue,
                    },
                    None => match lacks() {
                        Some(file) => (format!("needs a file {file} there"), Severity::Error),
                        None => continue,
                    },
                };
                let message = format!(
                    "container \"{}\" of {} mounts volume \"{}\" over {at}, and {image} {what}",
                    container.name,
                    pods.item.label(),
                    mount.name
                );
                let help = "mount it at a directory below or beside that one, or a single file of it by subPath";
                let place = format!("{path}.volumeMounts[{number}].mountPath");
                findings.push(CHECK.finding(message, help).rated(severity).at(pods.item, place));
            }
        }
    }
}

/// Whether a mount is of a whole volume.
fn is_whole(mount: &VolumeMount) -> bool {
    mount.sub_path.is_none() && mount.sub_path_expr.is_none()
}

fn volume<'a>(pods: &Pods<'a>, mount: &VolumeMount) -> Option<&'a Volume> {
    pods.spec.volumes.iter().flatten().find(|volume| volume.name == mount.name)
}

/// How many containers mount the volume of a mount.
fn number_of_users(pods: &Pods<'_>, mount: &VolumeMount) -> usize {
    let mounts = |mounts: &Option<Vec<VolumeMount>>| mounts.iter().flatten().any(|other| other.name == mount.name);
    pods.containers().filter(|(_, container)| mounts(&container.volume_mounts)).count()
}

/// How sure it is that the programs are not in the volume; none where someone may have put them there.
fn hidden_by(pods: &Pods<'_>, mount: &VolumeMount, users: usize) -> Option<Severity> {
    // A template of a claim is none of the pods' own volumes.
    let Some(volume) = volume(pods, mount) else { return (users == 1).then_some(Severity::Warning) };
    if is_of_files(volume) {
        return Some(Severity::Error);
    }
    let severity = match (&volume.empty_dir, &volume.persistent_volume_claim) {
        (Some(_), _) => Severity::Error,
        (_, Some(_)) => Severity::Warning,
        _ => return None,
    };
    (users == 1).then_some(severity)
}

/// A file that the image needs in a directory, and that the files which are mounted there lack.
fn lacking<'f>(folder: &'f Folder, there: &[File<'_>]) -> Option<&'f str> {
    let is_there = |name: &str| there.iter().any(|file| file.path == name);
    let is_named = |name: &str| {
        let lines = there.iter().filter_map(|file| file.text).flat_map(str::lines).map(str::trim);
        let mut code = lines.filter(|line| !line.starts_with('#'));
        let is_between = |letter: char| letter.is_whitespace() || "/;\"'{}".contains(letter);
        code.any(|line| line.split(is_between).any(|word| word == name))
    };
    let needed = folder.needs.iter().find(|name| !is_there(name));
    let needed = needed.or_else(|| folder.includes.iter().find(|name| !is_there(name) && is_named(name)));
    needed.map(String::as_str)
}
