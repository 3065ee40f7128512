use k8s_openapi::api::core::v1::EnvVar;

use super::ports::{label, reached};
use crate::check::{Check, Finding, Group, Index, Pods, Profile, Severity};
use crate::facts::believers;

pub(super) const CHECK: Check = Check {
    id: "proxy-headers-forgeable",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "An application believes what headers say of its visitors, who come to it past any proxy and write them themselves.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for pods in &index.pods {
        for (path, variable) in believing(pods) {
            // A router sends on what it gets. What a host sends on may be written anew by a proxy there.
            let is_router = |at: &str| !cluster.all_hosts().any(|host| host.name == at);
            let routed = cluster.ways_in.iter().filter(|way_in| is_router(&way_in.at));
            let mut past = routed.filter(|way_in| way_in.to.iter().any(|to| reached(index, &way_in.protocol, *to, pods)));
            let Some(way_in) = past.next() else { continue };
            let message = format!(
                "{} believes headers about its visitors, by {}, and {} leads them to it past any proxy",
                pods.item.label(),
                variable.name,
                label(way_in)
            );
            let help = format!(
                "let it lead to a proxy or an Ingress controller, which write these headers anew, or take out {}",
                variable.name
            );
            let why = "visitors write there what they like: another's address, another name";
            findings.push(CHECK.finding(message, help).why(why).at(pods.item, path));
        }
    }
}

/// The variables by which pods are told to believe, with their paths.
fn believing<'a>(pods: &Pods<'a>) -> impl Iterator<Item = (String, &'a EnvVar)> {
    let containers = pods.containers().filter(|(path, _)| !path.initialises);
    containers.flat_map(|(path, container)| {
        let variables = container.env.iter().flatten().enumerate();
        let told = variables.filter(|(_, variable)| {
            variable.value.as_deref().is_some_and(|value| believers::is_one(&variable.name, value))
        });
        told.map(move |(number, variable)| (format!("{path}.env[{number}].value"), variable))
    })
}
