use k8s_openapi::api::core::v1::EnvVar;

use super::ports::{label, reached};
use super::trust::{shown, trusts};
use crate::check::{Check, Finding, Group, Index, Pods, Profile, Severity};
use crate::facts::believers;
use crate::{Release, WayIn};

pub(super) const CHECK: Check = Check {
    id: "proxy-headers-forgeable",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "An application or an Ingress controller believes what headers say of visitors, who come past any proxy and write them themselves.",
    run,
};

const WHY: &str = "visitors write there what they like: another's address, another name";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    // A router sends on what it gets. What a host sends on may be written anew by a proxy there.
    let is_router = |at: &str| !cluster.all_hosts().any(|host| host.name == at);
    let routed: Vec<_> = cluster.ways_in.iter().filter(|way_in| is_router(&way_in.at)).collect();
    for pods in &index.pods {
        for (path, variable) in believing(pods) {
            let leads_there = |way_in: &&&WayIn| way_in.to.iter().any(|to| reached(index, &way_in.protocol, *to, pods));
            let Some(way_in) = routed.iter().find(leads_there) else { continue };
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
            findings.push(CHECK.finding(message, help).why(WHY).at(pods.item, path));
        }
    }
    for way_in in routed {
        let Some((trust, from)) = trusts(index, cluster, way_in).find(|(trust, from)| trust.covers(from)) else {
            continue;
        };
        let Release { name, namespace, .. } = trust.release;
        let whom = if from.is_empty() { "everyone".to_owned() } else { shown(&from) };
        let message = format!(
            "release {namespace}/{name} believes headers of {whom}, by {}, and {} leads visitors to it past any proxy",
            trust.path,
            label(way_in)
        );
        let why = if from.is_empty() { WHY.to_owned() } else { format!("all of them come under that address; {WHY}") };
        let help = "let it lead to a proxy, which writes these headers anew, or let the controller believe nobody";
        findings.push(CHECK.finding(message, help).why(why));
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
