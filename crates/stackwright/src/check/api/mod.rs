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
pub(crate) mod tree;
mod unused_allowance;
mod yaml_11_scalar;

use super::{Check, Finding, Group, HashSet, Index, Item, Profile, Severity};
use crate::yaml::Problem;

use schema::is_seen;
pub use schema::unreadable;
pub(super) use unused_allowance::CHECK as UNUSED_ALLOWANCE;

pub(super) use rules::Fault;
use rules::{Taken, faults};
use tree::Tree;

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
        "A field has a value that the API server refuses: unknown, out of range, missing, or at odds with another \
         field."
    Error "name-syntax"
        "An object's name, or a name that it refers to, is not of the form that the API asks for."
    Error "deprecated-api"
        "An object is of an apiVersion that the API server does not serve, or serves no longer."
    Error "label-syntax"
        "A label, a selector or the key of an annotation is not of the form that the API asks for."
    Error "request-exceeds-limit"
        "A container requests more of a resource than its limit allows."
    Error "port-range"
        "The number of a port is none: ports are 1 to 65535."
    Error "port-name"
        "The name of a port is not of the form that the API asks for, is missing where there are several, or is \
         there twice."
    Error "port-duplicate"
        "A port of a container, a host or a Service is there twice."
    Error "probe-invalid"
        "A probe asks nothing or two things, or has a threshold or time that the API refuses."
    Error "mount-path-duplicate"
        "Two volumes are mounted at one path of a container."
    Error "cron-schedule"
        "The schedule of a CronJob, or its time zone, is none."
    Error "file-mode-octal"
        "The mode of a file is no mode, or the decimal number 400 where the octal number 0400 was meant."
    Error "object-too-large"
        "A ConfigMap, a Secret or the annotations of an object are larger than the API server takes."
    Warning "last-applied-too-large"
        "`kubectl apply` keeps a copy of each object in an annotation, and this one's would be too large for one."
    Warning "env-duplicate"
        "A variable of a container's environment is set twice."
    Warning "env-undefined-var"
        "A value uses `$(NAME)` of a variable that is not set, or set only after it."
    Warning "generated-name-long"
        "A name leaves no room for the names and labels that are made of it."
    Warning "secret-newline"
        "A password, user name or token in a Secret ends with a line break, as `echo` writes one."
    Information "secret-double-base64"
        "A value in the data of a Secret is base64 of base64."
};

/// The values that break a rule of the API, with the positions of their objects.
fn found(index: &Index<'_>) -> Vec<(usize, Fault)> {
    let mut tree = Tree::default();
    // Whether a server is that old is not guessed.
    let is_fault =
        |fault: &Fault| fault.until.is_none_or(|until| index.kubernetes().is_some_and(|minor| minor < until));
    let of = |item: &Item<'_>| {
        let faults = faults(item.object, &mut tree).into_iter().filter(is_fault);
        faults.map(|fault| (item.index, fault)).collect::<Vec<_>>()
    };
    // What is missing in an object that could not be read whole may only be what could not be read.
    let seen = |(item, problems): &(Item<'_>, &[Problem])| is_seen(problems, item.object.kind());
    let wrong: HashSet<_> = index.problems().filter(seen).map(|(item, _)| item.index).collect();
    index.items.iter().filter(|item| !index.is_known(item) && !wrong.contains(&item.index)).flat_map(of).collect()
}

/// Reports the faults of an id.
fn report(id: &'static str, index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(check) = CHECKS.iter().find(|check| check.id == id) else { return };
    for (number, fault) in index.faults(|| found(index)).iter().filter(|(_, fault)| fault.id == id) {
        let item = index.items[*number];
        let finding = check.finding(format!("{}: {}", item.label(), fault.fact), &*fault.help);
        let severity = match fault.taken {
            // Argo CD applies on the server's side where it is told so, which an Application of another repository may do
            // (argoproj/argo-cd docs/user-guide/sync-options.md, read in November 2026).
            _ if id == "last-applied-too-large" && index.world.is_of_argo() && !index.is_closed() => {
                Severity::Information
            }
            // Of an API server that somebody else runs, nobody knows what it is told.
            Some(Taken::WhenTold | Taken::WhenCompleted) if !index.is_closed() => Severity::Information,
            None | Some(Taken::WhenCompleted) => check.severity,
            Some(Taken::Dropped) => Severity::Information,
            Some(_) => Severity::Warning,
        };
        findings.push(finding.at(item, &*fault.path).rated(severity.max(check.severity)));
    }
}
