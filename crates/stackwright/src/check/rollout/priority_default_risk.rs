use k8s_openapi::api::scheduling::v1::PriorityClass;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "priority-default-risk",
    group: Group::Rollout,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "A PriorityClass is the default of all pods that name none, and lets them push others off their nodes.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut first = None;
    for (item, class) in index.all::<PriorityClass>().filter(|(_, class)| class.global_default == Some(true)) {
        if let Some(first) = first {
            let message = format!("{} is a default class beside another", item.label());
            let finding =
                CHECK.finding(message, "make one the default: of two, the lower counts").at(item, "globalDefault");
            findings.push(finding.see(first, "globalDefault", "the other default"));
        }
        first = first.or(Some(item));
        let value = class.value.unwrap_or_default();
        if value > 0 && class.preemption_policy.as_deref() != Some("Never") {
            let message =
                format!("{} gives every pod priority {value}, and lets it push others off their nodes", item.label());
            let help = "set preemptionPolicy: Never, or make a class of value 0 the default";
            findings.push(CHECK.finding(message, help).at(item, "globalDefault"));
        }
    }
}
