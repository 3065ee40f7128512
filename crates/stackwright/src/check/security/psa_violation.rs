use super::controls::{ENFORCE, Level, violations};
use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "psa-violation",
    group: Group::Security,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A namespace enforces a level of the Pod Security Standards that refuses the pods of a workload in it.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let enforced: HashMap<_, _> = index
        .of_kind("Namespace")
        .filter_map(|item| Some((item.object.name(), (item, Level::enforced(item)?))))
        .collect();
    for pods in &index.pods {
        let Some((namespace, level)) = enforced.get(pods.item.namespace) else { continue };
        let found = violations(pods, *level);
        let Some((first, others)) = found.split_first() else { continue };
        let more = match others.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let label = pods.item.label();
        let what = &first.what;
        let message = format!("{} refuses the pods of {label}, level {level}: {what}{more}", namespace.label());
        let help = match first.level {
            Level::Baseline => "leave that out, or give the namespace a level that allows it".to_owned(),
            Level::Restricted => "set what is missing, or give the namespace the level baseline".to_owned(),
        };
        let mut finding = CHECK.finding(message, help).at(pods.item, &first.path);
        for other in others {
            finding = finding.see(pods.item, &other.path, &other.what);
        }
        let path = format!("metadata.labels[\"{ENFORCE}\"]");
        findings.push(finding.see(*namespace, path, format!("enforces {level}")));
    }
}
