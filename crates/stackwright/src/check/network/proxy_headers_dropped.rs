use super::ports::label;
use super::trust::{shown, trusts};
use crate::Release;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "proxy-headers-dropped",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A proxy says by headers who asks and how, and the Ingress controller behind it does not believe them.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    // What tells visitors apart by the names that they ask for reads what they say, and writes to it.
    for way_in in cluster.ways_in.iter().filter(|way_in| !way_in.names.is_empty()) {
        let mut trusts = trusts(index, cluster, way_in);
        let Some((trust, from)) = trusts.find(|(trust, from)| !trust.covers(from)) else { continue };
        let Release { name, namespace, .. } = trust.release;
        let message = format!(
            "{} says by headers who asks and how, and release {namespace}/{name} does not believe them",
            label(way_in)
        );
        let why = format!(
            "what comes from there has {} for its address, and is not believed: the controller says plain HTTP instead, and one address for all \
             visitors",
            shown(&from)
        );
        findings.push(CHECK.finding(message, format!("have that in {}.trustedIPs", trust.path)).why(why));
    }
}
