use crate::check::scale::{autoscalers, replicas, target};
use crate::check::world::is_decided;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hpa-replicas-conflict",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A workload that a HorizontalPodAutoscaler scales also says how many replicas it has.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for scaler in autoscalers(index) {
        let Some(target) = target(index, &scaler) else { continue };
        let Some(number) = replicas(target).filter(|_| is_decided(target.object, &["spec", "replicas"])) else {
            continue;
        };
        let message = format!("{} sets replicas: {number}, but {} scales it", target.label(), scaler.item.label());
        let finding = CHECK.finding(message, "leave replicas out: the autoscaler sets it").why(format!(
            "each apply would set it back to {number}, whatever the autoscaler chose from {} to {}",
            scaler.minimum, scaler.maximum
        ));
        findings.push(finding.at(target, "spec.replicas").see(scaler.item, "spec.scaleTargetRef", "scales it"));
    }
}
