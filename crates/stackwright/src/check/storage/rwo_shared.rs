use super::claims::{Backing, Claims, are_pinned, count};
use crate::check::scale::most;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "rwo-shared",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Several pods mount a ReadWriteOnce claim, which only one node at a time may.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let claims = Claims::of(index);
    let most = most(index);
    for claim in claims.all.iter().filter(|claim| claim.is_of_one_node()) {
        let pods: i32 = claim.mounts.iter().map(|(pods, _)| count(index, pods, &most)).sum();
        let (Some((first, number)), true) = (claim.mounts.last(), pods > 1) else { continue };
        let one_pod = claim.is_of_one_pod();
        let backing = claims.backing(claim.spec, claim.volume.map(|(_, volume)| volume));
        let together = backing != Backing::Other
            || index.topology().node_count == Some(1)
            || claim.mounts.iter().all(|(pods, _)| are_pinned(pods));
        if together && !one_pod {
            continue;
        }
        let users = match &claim.mounts[..] {
            [(alone, _)] => alone.item.label(),
            [(one, _), (other, _)] => format!("{} and {}", one.item.label(), other.item.label()),
            [(one, _), rest @ ..] => format!("{} and {} more", one.item.label(), rest.len()),
            [] => continue,
        };
        let mode = if one_pod { "ReadWriteOncePod" } else { "ReadWriteOnce" };
        let message = format!("{pods} pods of {users} mount {}, which is {mode}", claim.item.label());
        let help = "give each pod a claim (a StatefulSet's volumeClaimTemplates), or make it ReadWriteMany on a class that has it, such as NFS";
        let why =
            if one_pod { "all but one stay Pending" } else { "those on other nodes wait for the volume for ever" };
        let known = index.cluster().is_some() && claims.class(claim.spec).is_some();
        let path = first.spec_path(&format!("volumes[{number}].persistentVolumeClaim.claimName"));
        findings.push(
            CHECK
                .finding(message, help)
                .why(why)
                .at(first.item, path)
                .see(claim.item, "spec.accessModes", format!("only {mode}"))
                .rated(if known || one_pod { Severity::Error } else { Severity::Warning }),
        );
    }
}
