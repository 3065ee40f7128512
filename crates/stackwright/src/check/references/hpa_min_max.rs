use crate::check::scale::autoscalers;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hpa-min-max",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The minimum and the maximum of a HorizontalPodAutoscaler leave it no room.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for scaler in autoscalers(index) {
        let (item, minimum, maximum) = (scaler.item, scaler.minimum, scaler.maximum);
        if minimum > maximum {
            let message = format!("{} has at least {minimum} and at most {maximum} replicas", item.label());
            let help = format!("set maxReplicas to {minimum} or more");
            findings.push(CHECK.finding(message, help).at(item, "spec.maxReplicas"));
        } else if minimum == maximum {
            let message = format!("{} always has {minimum} replicas: its minimum is its maximum", item.label());
            let help = "raise maxReplicas, or set replicas in the workload and remove the autoscaler";
            let finding = CHECK.finding(message, help).rated(Severity::Information);
            findings.push(finding.at(item, "spec.maxReplicas"));
        }
    }
}
