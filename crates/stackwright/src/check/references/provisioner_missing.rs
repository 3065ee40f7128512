use k8s_openapi::api::storage::v1::StorageClass;

use super::missing::part_help;
use crate::check::{Check, Finding, Group, HashSet, Index, Pods, Profile, Severity};
use crate::nearest::nearest;

pub(super) const CHECK: Check = Check {
    id: "provisioner-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A StorageClass names a provisioner that no deployed program calls itself.",
    run,
};

/// Programs that say their name nowhere in their manifests, by a part of their image.
const SILENT: [(&str, &str); 3] = [
    ("rancher.io/local-path", "local-path-provisioner"),
    ("driver.longhorn.io", "longhorn"),
    ("openebs.io/local", "provisioner-localpv"),
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    if index.of_kind("StorageClass.storage.k8s.io").next().is_none() {
        return;
    }
    let mut by_variable = Vec::new();
    let mut said: HashSet<&str> = index.of_kind("CSIDriver.storage.k8s.io").map(|item| item.object.name()).collect();
    for (_, container) in index.pods.iter().flat_map(Pods::containers) {
        for variable in container.env.iter().flatten() {
            let value = variable.value.as_deref().unwrap_or_default();
            said.insert(value);
            if variable.name == "PROVISIONER_NAME" {
                by_variable.push(value);
            }
        }
        for argument in container.args.iter().chain(&container.command).flatten() {
            said.extend(argument.split(['=', ' ', '"', '\'', ',']));
        }
        let image = container.image.as_deref().unwrap_or_default();
        said.extend(SILENT.iter().filter(|(_, part)| image.contains(part)).map(|(name, _)| *name));
    }
    let brought = index.cluster().is_some_and(|cluster| cluster.stacks.iter().any(|stack| !stack.releases.is_empty()));
    for (item, class) in index.all::<StorageClass>() {
        let name = class.provisioner.as_str();
        // Kubernetes' own, and volumes that someone makes by hand.
        if name.starts_with("kubernetes.io/") || said.contains(name) {
            continue;
        }
        let severity = match (index.is_whole(), by_variable.is_empty()) {
            (true, _) if brought => Severity::Information,
            (true, _) => Severity::Error,
            (false, false) if nearest(name, by_variable.iter().copied()).is_some() => Severity::Warning,
            (false, false) => Severity::Information,
            (false, true) => continue,
        };
        let message = format!("{} has provisioner {name}, and no program calls itself that", item.label());
        let help = part_help(name, &by_variable, "deploy the provisioner, or change the name");
        findings.push(CHECK.finding(message, help).rated(severity).at(item, "provisioner"));
    }
}
