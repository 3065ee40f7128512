use k8s_openapi::api::core::v1::Service;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "traffic-policy-local",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A Service with a traffic policy of `Local` drops traffic on every node that runs none of its pods.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let nodes = index.topology().node_count;
    if nodes == Some(1) {
        return;
    }
    for (item, service) in index.all::<Service>() {
        let Some(spec) = &service.spec else { continue };
        let is = |policy: &Option<String>| policy.as_deref() == Some("Local");
        let field = if spec.type_.as_deref() == Some("NodePort") && is(&spec.external_traffic_policy) {
            "externalTrafficPolicy"
        } else if is(&spec.internal_traffic_policy) {
            "internalTrafficPolicy"
        } else {
            continue;
        };
        let pods = spec.selector.as_ref().map_or_else(Vec::new, |labels| index.selected(item.namespace, labels));
        let elsewhere = pods.iter().find(|pods| pods.item.object.kind() != "DaemonSet");
        if pods.iter().any(|pods| pods.item.object.kind() == "DaemonSet") {
            continue;
        }
        let Some(pods) = elsewhere else { continue };
        let message =
            format!("{} answers only on nodes that run a pod of {}: {field} is Local", item.label(), pods.item.label());
        let help = "leave the policy at Cluster, or run the pods as a DaemonSet";
        let finding =
            CHECK.finding(message, help).at(item, format!("spec.{field}")).why("the other nodes drop the traffic");
        // Without nodes, there may be only one.
        findings.push(finding.rated(if nodes.is_some() { Severity::Warning } else { Severity::Information }));
    }
}
