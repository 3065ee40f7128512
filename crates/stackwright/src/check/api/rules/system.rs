//! What pods of one operating system have, and those of another have not.

use super::Rule::*;
use super::{Faults, TypeRules};
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

pub(super) const RULES: &[TypeRules] = &[("PodSpec", &[("os", By(system))])];

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
