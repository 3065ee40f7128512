use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::claims::{Backing, Claims, are_pinned, count};
use crate::check::scale::most;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "rwo-rolling-update",
    group: Group::Storage,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A Deployment of one pod with a ReadWriteOnce claim starts its new pod before the old one has stopped.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    if index.topology().node_count == Some(1) {
        return;
    }
    let claims = Claims::of(index);
    let most = most(index);
    for claim in claims.all.iter().filter(|claim| claim.is_of_one_node()) {
        let [(pods, number)] = &claim.mounts[..] else { continue };
        let Some(deployment) = pods.item.object.get::<Deployment>() else { continue };
        let rolls = starts_first(deployment) && count(index, pods, &most) == 1;
        let backing = claims.backing(claim.spec, claim.volume.map(|(_, volume)| volume));
        if !rolls || backing != Backing::Other || are_pinned(pods) {
            continue;
        }
        let message =
            format!("{} starts its new pod before the old one lets go of {}", pods.item.label(), claim.item.label());
        let path = pods.spec_path(&format!("volumes[{number}].persistentVolumeClaim.claimName"));
        let finding = CHECK
            .finding(message, "set strategy.type: Recreate")
            .why("on another node it waits for the volume, and the old pod for it")
            .at(pods.item, path);
        findings.push(finding.see(claim.item, "spec.accessModes", "one node at a time"));
    }
}

/// Whether an update of a Deployment of one pod starts the new pod and keeps the old one until that is ready.
fn starts_first(deployment: &Deployment) -> bool {
    let strategy = deployment.spec.strategy.as_ref();
    let recreate = strategy.is_some_and(|strategy| strategy.type_.as_deref() == Some("Recreate"));
    let rolling = strategy.and_then(|strategy| strategy.rolling_update.as_ref());
    let none_more = match rolling.and_then(|rolling| rolling.max_surge.as_ref()) {
        Some(IntOrString::Int(surge)) => *surge == 0,
        Some(IntOrString::String(surge)) => surge == "0%",
        None => false,
    };
    // Of one pod, a part is none: Kubernetes rounds down.
    let goes_at_once = match rolling.and_then(|rolling| rolling.max_unavailable.as_ref()) {
        Some(IntOrString::Int(gone)) => *gone > 0,
        Some(IntOrString::String(gone)) => gone == "100%",
        None => false,
    };
    !recreate && !none_more && !goes_at_once
}
