use k8s_openapi::api::apps::v1::StatefulSet;

use crate::check::{Check, Finding, Group, Index, Pods, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "volume-mount-undefined",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A container mounts a volume that its pod does not have.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let volumes = volumes(pods);
        for (path, container) in pods.containers() {
            let mounts = container.volume_mounts.iter().flatten().map(|mount| &mount.name).enumerate();
            let mounts = mounts.map(|(number, name)| (format!("{path}.volumeMounts[{number}].name"), name));
            let devices = container.volume_devices.iter().flatten().map(|device| &device.name).enumerate();
            let devices = devices.map(|(number, name)| (format!("{path}.volumeDevices[{number}].name"), name));
            for (path, name) in mounts.chain(devices).filter(|(_, name)| !volumes.contains(&name.as_str())) {
                let message = format!(
                    "container \"{}\" of {} mounts volume \"{name}\", which the pod does not have",
                    container.name,
                    pods.item.label()
                );
                let help = if volumes.is_empty() {
                    format!("add {name} to the pod's volumes")
                } else {
                    format!("add {name} to the pod's volumes, or mount one of {}", volumes.join(", "))
                };
                findings.push(CHECK.finding(message, help).at(pods.item, path));
            }
        }
    }
}

/// The names of the pods' volumes.
fn volumes<'a>(pods: &Pods<'a>) -> Vec<&'a str> {
    let own = pods.spec.volumes.iter().flatten().map(|volume| volume.name.as_str());
    let set = pods.item.object.get::<StatefulSet>();
    let claims = set.into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten());
    own.chain(claims.filter_map(|claim| claim.metadata.name.as_deref())).collect()
}
