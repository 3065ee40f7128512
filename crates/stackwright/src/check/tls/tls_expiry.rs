use std::time::Duration;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "tls-expiry",
    group: Group::Tls,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A certificate in a Secret ends within 30 days; one that has ended already is an error.",
    run,
};

const DAY: Duration = Duration::from_hours(24);
const SOON: Duration = Duration::from_hours(30 * 24);

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(now) = index.now() else { return };
    for certificate in index.certificates() {
        let Some((end, day)) = &certificate.end else { continue };
        let (message, severity) = match end.duration_since(now) {
            Ok(left) if left > SOON => continue,
            Ok(left) => {
                let days = left.as_secs() / DAY.as_secs();
                (format!("{} ends on {day}, in {days} days", certificate.label), Severity::Warning)
            }
            Err(_) => (format!("{} ended on {day}", certificate.label), Severity::Error),
        };
        let finding = CHECK.finding(message, "renew it, or let cert-manager do so").rated(severity);
        findings.push(finding.at_any(certificate.item, certificate.path));
    }
}
