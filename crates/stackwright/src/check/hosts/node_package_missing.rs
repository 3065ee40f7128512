use k8s_openapi::api::core::v1::PersistentVolume;
use k8s_openapi::api::storage::v1::StorageClass;

use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::facts::charts;

pub(super) const CHECK: Check = Check {
    id: "node-package-missing",
    group: Group::Hosts,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Pods mount volumes that a node can only mount with a package of its own, and a node lacks it.",
    run,
};

const NFS: [&str; 2] = ["nfs-common", "nfs-utils"];
const ISCSI: [&str; 2] = ["open-iscsi", "iscsi-initiator-utils"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    // The NFS CSI driver mounts with a program of its own, from a pod.
    let nfs = index.topology().nfs.iter().find(|nfs| nfs.server_path.ends_with(".nfs.server"));
    let nfs = nfs.map(|nfs| (Some(nfs.item), nfs.server_path.clone(), nfs.item.label()));
    for (packages, user) in [(NFS, nfs), (ISCSI, iscsi(index))] {
        let Some((item, path, label)) = user else { continue };
        let has = |node: &&crate::Node| node.host.packages.iter().any(|package| packages.contains(&package.as_str()));
        let lacking: Vec<_> = cluster.nodes.iter().filter(|node| node.runs_workloads() && !has(node)).collect();
        let [first, rest @ ..] = &lacking[..] else { continue };
        let names = match rest {
            [] => format!("node {} lacks", first.name()),
            [second] => format!("nodes {} and {} lack", first.name(), second.name()),
            more => format!("node {} and {} more lack", first.name(), more.len()),
        };
        let message = format!("{names} {}, which {label} needs", packages[0]);
        let help = format!("install it (on Red Hat's family {}), and name it among the host's packages", packages[1]);
        let finding = CHECK.finding(message, help).why("pods with its volumes never start there");
        findings.push(finding.at_any(item, path));
    }
}

/// The first thing that needs iSCSI: a volume, a class of Longhorn, a release.
fn iscsi<'a>(index: &Index<'a>) -> Option<(Option<Item<'a>>, String, String)> {
    let of_pods = || {
        index.pods.iter().find_map(|pods| {
            let number = pods.spec.volumes.iter().flatten().position(|volume| volume.iscsi.is_some())?;
            Some((pods.item, pods.spec_path(&format!("volumes[{number}].iscsi"))))
        })
    };
    let of_volumes = || {
        let mut volumes = index.all::<PersistentVolume>();
        volumes.find_map(|(item, volume)| volume.spec.as_ref()?.iscsi.as_ref().map(|_| (item, "spec.iscsi".to_owned())))
    };
    let of_classes = || {
        let mut classes = index.all::<StorageClass>();
        let (item, _) = classes.find(|(_, class)| class.provisioner == "driver.longhorn.io")?;
        Some((item, "provisioner".to_owned()))
    };
    if let Some((item, path)) = of_pods().or_else(of_volumes).or_else(of_classes) {
        return Some((Some(item), path, item.label()));
    }
    let mut releases = index.cluster()?.stacks.iter().flat_map(|stack| &stack.releases);
    let needs = |package| move |facts: &charts::Facts| facts.needs.iter().any(|needed| needed == package);
    let release = releases.find(|release| charts::of(release.chart.name).is_some_and(needs(ISCSI[0])))?;
    Some((None, String::new(), format!("release {}/{}", release.namespace, release.name)))
}
