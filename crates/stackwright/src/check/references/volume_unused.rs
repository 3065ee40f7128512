use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "volume-unused",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Information,
    about: "A pod has a volume that none of its containers mounts.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let mut used = HashSet::default();
        for (_, container) in pods.containers() {
            used.extend(container.volume_mounts.iter().flatten().map(|mount| mount.name.as_str()));
            used.extend(container.volume_devices.iter().flatten().map(|device| device.name.as_str()));
        }
        for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
            if !used.contains(volume.name.as_str()) {
                let message = format!("no container of {} mounts volume \"{}\"", pods.item.label(), volume.name);
                let path = pods.spec_path(&format!("volumes[{number}].name"));
                findings.push(CHECK.finding(message, "mount it, or remove it").at(pods.item, path));
            }
        }
    }
}
