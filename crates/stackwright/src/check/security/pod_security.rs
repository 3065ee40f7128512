use super::controls::{ENFORCE, Level, violations};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "pod-security",
    group: Group::Security,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "Pods can do more on their node than the Pod Security Standards advise, and nobody decided that.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let namespace = index.named("Namespace", "", pods.item.namespace);
        let labels = namespace.and_then(|item| item.object.metadata().labels.as_ref());
        if labels.is_some_and(|labels| labels.contains_key(ENFORCE)) {
            continue;
        }
        let found = violations(pods, Level::Restricted);
        let Some((first, others)) = found.split_first() else { continue };
        let level = first.level;
        let severity = if level == Level::Baseline { Severity::Warning } else { Severity::Information };
        let more = if others.is_empty() { String::new() } else { format!(", and {} more", others.len()) };
        let message = format!("the pods of {} go beyond the level {level}: {}{more}", pods.item.label(), first.what);
        let help = "restrict them, or label their namespace with the level that it enforces";
        let mut finding = CHECK.finding(message, help).rated(severity).at(pods.item, &first.path);
        for other in others {
            finding = finding.see(pods.item, &other.path, &other.what);
        }
        findings.push(finding);
    }
}
