use super::missing::{missing, of_part};
use crate::check::scale::{autoscalers, target};
use crate::check::{Check, Finding, Group, GroupKind, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hpa-target-missing",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A HorizontalPodAutoscaler names a workload that its namespace does not have, or something that cannot \
            be scaled.",
    run,
};

/// Kubernetes' own kinds that have a `scale` subresource, and their API group. A custom kind may have one too.
const SCALABLE: [(&str, &str); 4] =
    [("Deployment", "apps"), ("StatefulSet", "apps"), ("ReplicaSet", "apps"), ("ReplicationController", "")];
const UNSCALABLE: [&str; 4] = ["DaemonSet", "Pod", "Job", "CronJob"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for scaler in autoscalers(index) {
        let (item, said, name) = (scaler.item, scaler.target.kind, scaler.target.name);
        let kind = said.kind;
        let path = "spec.scaleTargetRef";
        if UNSCALABLE.contains(&kind) {
            let message = format!("{} scales {kind} {name}, but a {kind} cannot be scaled", item.label());
            let help = "name a Deployment, a StatefulSet or a custom object with a scale subresource";
            findings.push(CHECK.finding(message, help).at(item, format!("{path}.kind")));
            continue;
        }
        let Some((_, group)) = SCALABLE.into_iter().find(|(known, _)| *known == kind) else { continue };
        if group != said.group {
            let message =
                format!("{} scales a {kind} of the API group \"{}\", which has none", item.label(), said.group);
            let version = if group.is_empty() { "v1".to_owned() } else { format!("{group}/v1") };
            findings.push(CHECK.finding(message, format!("set its apiVersion to {version}")).at(item, path));
        } else if target(index, &scaler).is_none() {
            let names = index.names(GroupKind { group, kind }, item.namespace);
            let is_there = |kind, group| index.named(GroupKind { group, kind }, item.namespace, name).is_some();
            let other_kind = SCALABLE.into_iter().find(|(kind, group)| is_there(kind, group));
            let help = match (other_kind, names.as_slice()) {
                (Some((other, _)), _) => format!("there is a {other} of that name: set kind to {other}"),
                (None, []) => "create it, or remove the autoscaler".to_owned(),
                (None, [only]) => format!("the namespace has the {kind} {only}"),
                (None, several) => format!("the namespace has {}", several[..several.len().min(5)].join(", ")),
            };
            let message =
                format!("{} scales {kind} {name}, which namespace {} does not have", item.label(), item.namespace);
            let found = missing(&CHECK, index, (GroupKind { group, kind }, item.namespace, name), message);
            findings.extend(found.map(|finding| {
                // A workload of another kind has the name: only that explains it.
                let severity = if other_kind.is_some() { of_part(&CHECK, index) } else { finding.severity };
                Finding { help, ..finding }.rated(severity).at(item, format!("{path}.name"))
            }));
        }
    }
}
