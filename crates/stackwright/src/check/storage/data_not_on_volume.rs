use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{Container, VolumeMount};

use crate::check::told::{Variable, may_name, variable, words};
use crate::check::{Check, ContainerPath, Finding, Group, Index, Pods, Profile, Severity};
use crate::facts::images::{self, Facts};
use crate::links::Image;
use crate::yaml::is_unknown;

pub(super) const CHECK: Check = Check {
    id: "data-not-on-volume",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A well-known image mounts a claim, but keeps its data beside it, so that the data is lost with the pod.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        // A Job uses such an image for something else, as a rule.
        if ["Job", "CronJob"].contains(&pods.item.object.kind()) {
            continue;
        }
        let claims = claims(pods);
        if claims.is_empty() {
            continue;
        }
        let servers = pods.containers().filter(|(path, _)| !path.initialises);
        findings.extend(servers.filter_map(|(path, container)| look(index, pods, &claims, path, container)));
    }
}

/// The names of the pods' volumes that outlive them by a claim.
fn claims<'a>(pods: &Pods<'a>) -> Vec<&'a str> {
    let set = pods.item.object.get::<StatefulSet>();
    let templates = set.into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten());
    let own = pods.spec.volumes.iter().flatten().filter(|volume| volume.persistent_volume_claim.is_some());
    own.map(|volume| volume.name.as_str()).chain(templates.filter_map(|claim| claim.metadata.name.as_deref())).collect()
}

fn look<'a>(
    index: &Index<'a>,
    pods: &Pods<'a>,
    claims: &[&str],
    path: ContainerPath,
    container: &'a Container,
) -> Option<Finding> {
    let written = container.image.as_deref()?;
    let image = Image::of(written);
    let known: Vec<_> = images::of(&image).filter(|facts| facts.data.is_some()).collect();
    let facts = *known.first()?;
    let mounts = container.volume_mounts.as_deref().unwrap_or_default();
    let is_claimed = |mount: &VolumeMount| claims.contains(&mount.name.as_str()) && mount.read_only != Some(true);
    let claimed: Vec<_> = mounts.iter().enumerate().filter(|(_, mount)| is_claimed(mount)).collect();
    if claimed.is_empty() || mounts.iter().any(|mount| is_unknown(&mount.mount_path)) {
        return None;
    }
    let devices = container.volume_devices.iter().flatten().map(|device| device.device_path.as_str());
    let paths: Vec<_> = mounts.iter().map(|mount| mount.mount_path.as_str()).chain(devices).collect();
    // Of an image whose version is not known, each version would have to lose its data.
    let mut losses = Vec::new();
    for facts in &known {
        losses.push(Loss::of(facts, data(index, pods, facts, container)?, &paths)?);
    }
    let loss = losses.first()?;
    let (number, mount) =
        *claimed.iter().find(|(_, mount)| is_in(&mount.mount_path, loss.data())).or(claimed.first())?;
    let at = trimmed(&mount.mount_path);
    if matches!(loss, Loss::Beside(_)) && may_name(index, pods, container, at) {
        return None;
    }
    let label = format!("container \"{}\" of {}", container.name, pods.item.label());
    let name = &mount.name;
    let (message, why, help) = match loss {
        Loss::Beside(data) => {
            let place = if facts.data.as_deref() == Some(*data) { facts.place().unwrap_or(data) } else { data };
            let below = if is_in(at, data) { ", below it" } else { "" };
            let message = format!("{label} keeps its data in {data}, and mounts volume \"{name}\" at {at}{below}");
            (
                message,
                format!("what {written} writes there is lost with the pod"),
                format!("mount volume {name} at {place}"),
            )
        }
        Loss::Hidden { volume, .. } => {
            let message = format!(
                "{label} mounts volume \"{name}\" at {at}, above {volume}, which its image declares as a volume"
            );
            let why = "containerd puts an empty folder at each volume of an image, unless a mount has that very path, and \
                       removes it with the container";
            (message, why.to_owned(), format!("mount volume {name} at {volume}"))
        }
    };
    let finding = CHECK.finding(message, help).why(why).rated(severity(facts, &image, loss, at));
    Some(finding.at(pods.item, format!("{path}.volumeMounts[{number}].mountPath")))
}

/// How sure it is that the claim is meant for the data: one in its folder, or where another version keeps it, is for nothing else.
fn severity(facts: &Facts, image: &Image<'_>, loss: &Loss<'_>, at: &str) -> Severity {
    // A registry of one's own may have an image of one's own by that name.
    let is_copy = image.registry != "docker.io" && !image.repository.contains('/');
    let is_of_other = || images::of_others(facts).any(|other| other.data.as_deref() == Some(at));
    match loss {
        Loss::Beside(data) if !is_copy && (is_in(at, data) || is_of_other()) => Severity::Error,
        _ => Severity::Warning,
    }
}

/// Why data is lost.
enum Loss<'f> {
    /// No mount has its folder.
    Beside(&'f str),
    /// Mounts above it are hidden by a volume that the image declares.
    Hidden { data: &'f str, volume: &'f str },
}

impl<'f> Loss<'f> {
    fn of(facts: &'f Facts, data: &'f str, mounts: &[&str]) -> Option<Self> {
        let over: Vec<_> = mounts.iter().filter(|mount| is_in(data, mount)).collect();
        if over.is_empty() {
            return Some(Self::Beside(data));
        }
        let volume = facts.volume.as_deref().filter(|volume| is_in(data, volume))?;
        over.iter().all(|mount| !is_in(mount, volume)).then_some(Self::Hidden { data, volume })
    }

    fn data(&self) -> &'f str {
        let (Self::Beside(data) | Self::Hidden { data, .. }) = self;
        data
    }
}

/// Where a container keeps its data; none where nobody knows.
fn data<'a>(index: &Index<'a>, pods: &Pods<'a>, facts: &'a Facts, container: &'a Container) -> Option<&'a str> {
    let command = container.command.iter().flatten().next();
    let first = command.or(container.args.iter().flatten().next()).map_or("-", String::as_str);
    let program = first.rsplit('/').next().unwrap_or(first);
    let is_server = !first.starts_with('-') && facts.commands.iter().any(|known| known == program)
        || first.starts_with('-') && command.is_none();
    let has = |name: &String| variable(index, pods, container, name) != Variable::Unset;
    if !is_server || facts.in_working_folder && container.working_dir.is_some() || facts.elsewhere.iter().any(has) {
        return None;
    }
    let is_place = |place: &&str| place.starts_with('/') && !is_unknown(place) && !place.contains("$(");
    let mut words = words(container);
    while let Some(word) = words.next() {
        let (flag, value) = word.split_once('=').map_or((word, None), |(flag, value)| (flag, Some(value)));
        if facts.flags.iter().any(|known| known == flag) {
            return value.or_else(|| words.next()).filter(is_place).map(trimmed);
        }
    }
    for name in &facts.variables {
        match variable(index, pods, container, name) {
            Variable::Unset => {}
            Variable::Is(place) => return Some(place).filter(is_place).map(trimmed),
            Variable::Unknown => return None,
        }
    }
    let is_untold = command.is_none() && container.args.as_ref().is_none_or(Vec::is_empty);
    facts.without_args.as_deref().filter(|_| is_untold).or(facts.data.as_deref())
}

/// Whether a path is a folder or lies in it.
fn is_in(path: &str, folder: &str) -> bool {
    let rest = trimmed(path).strip_prefix(trimmed(folder));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn trimmed(path: &str) -> &str {
    path.trim_end_matches('/')
}
