use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "subpath-stale",
    group: Group::Rollout,
    profile: Profile::Lint,
    severity: Severity::Information,
    about: "A file of a ConfigMap or Secret is mounted by subPath.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let volumes = pods.spec.volumes.iter().flatten();
        let live = volumes
            .filter(|volume| volume.config_map.is_some() || volume.secret.is_some() || volume.projected.is_some());
        let live: Vec<_> = live.map(|volume| volume.name.as_str()).collect();
        // An initialising container and a Job read once anyway.
        if live.is_empty() || ["Job", "CronJob"].contains(&pods.item.object.kind()) {
            continue;
        }
        for (number, container) in pods.spec.containers.iter().enumerate() {
            for (mount_number, mount) in container.volume_mounts.iter().flatten().enumerate() {
                let field = if mount.sub_path.is_some() { "subPath" } else { "subPathExpr" };
                let part = mount.sub_path.is_some() || mount.sub_path_expr.is_some();
                if part && live.contains(&mount.name.as_str()) {
                    let message = format!(
                        "{} in container \"{}\" of {} is never updated: volume \"{}\" is mounted by {field}",
                        mount.mount_path,
                        container.name,
                        pods.item.label(),
                        mount.name
                    );
                    let help = "mount the whole volume into a folder of its own, or restart the pods at each change";
                    let path = format!("containers[{number}].volumeMounts[{mount_number}].{field}");
                    findings.push(CHECK.finding(message, help).at(pods.item, pods.spec_path(&path)));
                }
            }
        }
    }
}
