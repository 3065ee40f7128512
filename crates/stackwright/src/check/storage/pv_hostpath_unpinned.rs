use super::claims::{Claims, are_pinned};
use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};
use k8s_openapi::api::core::v1::PersistentVolume;

pub(super) const CHECK: Check = Check {
    id: "pv-hostpath-unpinned",
    group: Group::Storage,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A volume is a directory of whatever node the pod runs on: hostPath, without nodeAffinity.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let severity = match index.topology().node_count {
        Some(1) => return,
        Some(_) => CHECK.severity,
        // There may be one node only.
        None => Severity::Information,
    };
    let claims = Claims::of(index);
    let pinned: HashSet<_> = claims
        .all
        .iter()
        .filter(|claim| !claim.mounts.is_empty() && claim.mounts.iter().all(|(pods, _)| are_pinned(pods)))
        .flat_map(|claim| {
            let candidates = claims.candidates(claims.class(claim.spec).unwrap_or_default());
            claim.volume.into_iter().chain(candidates.iter().copied()).map(|(item, _)| item.index)
        })
        .collect();
    for (item, volume) in index.all::<PersistentVolume>() {
        let Some(spec) = &volume.spec else { continue };
        let (Some(directory), None) = (&spec.host_path, &spec.node_affinity) else { continue };
        if pinned.contains(&item.index) {
            continue;
        }
        let message = format!("{} is {} of whatever node its pod runs on", item.label(), directory.path);
        let help = "make it a local volume with the nodeAffinity of the node that has the directory";
        let finding = CHECK.finding(message, help).rated(severity).at(item, "spec.hostPath.path");
        findings.push(finding.why("a pod that moves to another node finds another directory"));
    }
}
