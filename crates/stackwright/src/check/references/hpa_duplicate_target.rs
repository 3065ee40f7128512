use super::missing::of_rivals;
use crate::check::scale::autoscalers;
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hpa-duplicate-target",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Two HorizontalPodAutoscalers scale the same workload.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut first = HashMap::default();
    for scaler in autoscalers(index) {
        let (item, target) = (scaler.item, scaler.target);
        let Some(other) = first.insert(target, item) else { continue };
        // The same autoscaler twice, perhaps in two versions, is a duplicate-object.
        if other.object.name() == item.object.name() {
            continue;
        }
        let message = format!("{} and {} both scale {} {}", other.label(), item.label(), target.kind.kind, target.name);
        let finding = CHECK.finding(message, "keep one: an autoscaler takes several metrics");
        let finding = finding.rated(of_rivals(&CHECK, index, other, item));
        findings.push(finding.at(item, "spec.scaleTargetRef").see(other, "spec.scaleTargetRef", "the first"));
    }
}
