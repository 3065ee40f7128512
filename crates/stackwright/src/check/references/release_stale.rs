use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "release-stale",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The objects of an inflated release are not what Helm would make of its chart and values.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for inflated in cluster.stacks.iter().flat_map(|stack| &stack.inflated) {
        let Some(why) = inflated.stale(cluster) else { continue };
        let (name, namespace) = (&inflated.release.name, &inflated.release.namespace);
        let help =
            format!("run this program with `inflate {} --release {name}`, and commit what it writes", cluster.name);
        findings.push(CHECK.finding(format!("release {namespace}/{name} {why}"), help));
    }
}

/// Says of findings in objects that a release made how to change them.
pub(in crate::check) fn name_makers(index: &Index<'_>, findings: &mut [Finding]) {
    for finding in findings {
        let item = finding.place.as_ref().and_then(|place| index.items.get(place.index));
        if let Some(release) = item.and_then(|item| item.object.release()) {
            finding.help = format!("{}; release {release} makes it, by its values", finding.help);
        }
    }
}
