//! What the API server refuses.

mod cel;
mod crd_schema;
mod cron;
mod duplicate_object;
mod immutable_change;
mod quantity;
mod rules;
mod schema;
mod secret;
mod structural;
mod syntax;
mod tree;
mod unused_allowance;
mod yaml_11_scalar;

use super::{Check, Finding, Group, Index, Profile, Severity};

pub(super) use schema::is_seen;
pub use schema::unreadable;
pub(super) use unused_allowance::CHECK as UNUSED_ALLOWANCE;

pub(super) use rules::{Fault, faults};
pub(crate) use tree::Tree;

/// Checks that share one walk over every object: each reports the faults of its id.
macro_rules! checks {
    ($($severity:ident $id:literal $about:literal)*) => {
        &[
            schema::CHECK,
            schema::DUPLICATE_KEY,
            schema::BASE64,
            crd_schema::CHECK,
            duplicate_object::CHECK,
            immutable_change::CHECK,
            quantity::CHECK,
            unused_allowance::CHECK,
            yaml_11_scalar::CHECK,
            $(Check {
                id: $id,
                group: Group::Api,
                severity: Severity::$severity,
                profile: Profile::Link,
                about: $about,
                run: |index, findings| report($id, index, findings),
            }),*
        ]
    };
}

pub(super) const CHECKS: &[Check] = checks! {
    Error "api-value"
        "A field has a value that the API server refuses: none of those that it knows, out of range, missing, or at odds with another field."
    Error "name-syntax"
        "An object's name, or a name that it refers to, is not of the form that the API asks for: DNS labels and names in lower case, and at \
         most 52 characters for a CronJob."
    Error "deprecated-api"
        "An object is of an apiVersion that the API server does not serve, or serves no longer."
    Error "label-syntax"
        "A label, a selector or the key of an annotation is not of the form that the API asks for."
    Error "request-exceeds-limit"
        "A container requests more of a resource than its limit allows."
    Error "port-range"
        "A port's number is none: ports are 1 to 65535."
    Error "port-name"
        "A port's name is not of the form that the API asks for, is missing where there are several, or is there twice."
    Error "port-duplicate"
        "A port of a container, a host or a Service is there twice. In a container the API server only warns; what `kubectl apply` makes of the \
         two is another matter."
    Error "probe-invalid"
        "A probe asks nothing or two things, or has a threshold or time that the API refuses."
    Error "mount-path-duplicate"
        "Two volumes are mounted at one path of a container."
    Error "cron-schedule"
        "A CronJob's schedule or time zone is none."
    Error "file-mode-octal"
        "The mode of a file is no mode, or the decimal number 400 where the octal number 0400 was meant."
    Error "object-too-large"
        "A ConfigMap, a Secret or the annotations of an object are larger than the API server takes."
    Warning "last-applied-too-large"
        "`kubectl apply` keeps a copy of each object in an annotation, and this one's would be larger than the API server takes: the apply \
         fails. `kubectl apply --server-side` keeps none; CustomResourceDefinitions often need it."
    Warning "env-duplicate"
        "A container's environment variable is set twice. The last one counts, and `kubectl apply` may drop either of them."
    Warning "env-undefined-var"
        "A value uses `$(NAME)` of a variable that is not set before it. The text stays as it is."
    Warning "generated-name-long"
        "A name leaves no room for the names and labels that are made of it."
    Warning "secret-newline"
        "A password, user name or token in a Secret ends with a line break, as `echo` writes one. It is a part of the password then."
    Information "secret-double-base64"
        "A value in a Secret's data is base64 of base64."
};

/// Reports the faults of an id.
fn report(id: &'static str, index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(check) = CHECKS.iter().find(|check| check.id == id) else { return };
    for (number, fault) in index.faults().iter().filter(|(_, fault)| fault.id == id) {
        let item = index.items[*number];
        let finding = check.finding(format!("{}: {}", item.label(), fault.fact), &*fault.help);
        let severity = if fault.is_taken { Severity::Warning } else { check.severity };
        findings.push(finding.at(item, &*fault.path).rated(severity.max(check.severity)));
    }
}
