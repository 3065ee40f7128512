//! What pods of one operating system have, and those of another have not.

use super::Rule::*;
use super::{Faults, TypeRules, syntax};
use crate::check::api::tree::Value;

const OF_LINUX: &[&str] = &["hostPID", "hostIPC", "hostUsers", "shareProcessNamespace", "resources"];
/// In the security context of a pod and of a container.
const OF_LINUX_SECURITY: &[&str] = &[
    "allowPrivilegeEscalation",
    "appArmorProfile",
    "capabilities",
    "fsGroup",
    "fsGroupChangePolicy",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsUser",
    "seLinuxChangePolicy",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
];

pub(super) const RULES: &[TypeRules] = &[
    ("PodSpec", &[("os", By(system))]),
    (
        "WindowsSecurityContextOptions",
        &[("gmsaCredentialSpecName", IsIfSet(syntax::dns_name)), ("runAsUserName", IsIfSet(windows_user))],
    ),
];

/// A user of Windows, perhaps of a domain: `ContainerUser`, `OFFICE\\alice`.
fn windows_user(name: &str) -> Option<&'static str> {
    let (domain, user) = name.split_once('\\').map_or((None, name), |(domain, user)| (Some(domain), user));
    let is_domain = |domain: &str| {
        let is_net_bios =
            (1..=15).contains(&domain.len()) && !domain.contains(['/', ':', '*', '?', '"', '<', '>', '|']);
        let labels = || domain.split('.').all(|label| syntax::dns_label(&label.to_ascii_lowercase()).is_none());
        domain.len() < 256 && (is_net_bios && !domain.starts_with('.') || labels())
    };
    let is_user = (1..=104).contains(&user.len())
        && user.contains(|c| c != '.' && c != ' ')
        && !user.contains(['"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']'])
        && !name.contains(char::is_control);
    (!is_user || domain.is_some_and(|domain| !is_domain(domain)))
        .then_some("it is a user of Windows, perhaps after a domain and `\\`, of at most 104 characters")
}

fn system(system: Value<'_>, faults: &mut Faults) {
    let spec = system.parent();
    let (of_pod, of_security): (&[&str], &[&str]) = match system.get("name").text() {
        "windows" => (OF_LINUX, OF_LINUX_SECURITY),
        "linux" => (&[], &["windowsOptions"]),
        _ => return,
    };
    let why = format!("on a pod of {}", system.get("name").text());
    let mut forbid = |holder: Value<'_>, fields: &[&str]| {
        let is_nothing = |field: Value<'_>| {
            !field.is_set() || matches!(field.key(), "hostPID" | "hostIPC" | "sysctls") && field.is_blank()
        };
        for field in fields.iter().map(|field| holder.get(field)).filter(|field| !is_nothing(*field)) {
            faults.forbidden(field, &why);
        }
    };
    forbid(spec, of_pod);
    forbid(spec.get("securityContext"), of_security);
    for container in super::pod::containers(spec) {
        forbid(container.get("securityContext"), of_security);
    }
}
