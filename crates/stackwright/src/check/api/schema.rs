//! What could not be read of the objects: three checks of one kind of problem.

use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::kubernetes;
use crate::yaml::Problem;

pub(super) const CHECK: Check = Check {
    id: "schema",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A manifest is no YAML or no Kubernetes object, or has unknown fields or values of a wrong type; or a cluster is for an unknown release.",
    run: |index, findings| {
        findings.extend(unknown_release(index));
        run(&CHECK, index, findings);
    },
};

pub(super) const DUPLICATE_KEY: Check = Check {
    id: "yaml-duplicate-key",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A key stands twice in one map of a manifest.",
    run: |index, findings| run(&DUPLICATE_KEY, index, findings),
};

pub(super) const BASE64: Check = Check {
    id: "secret-base64",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A value in the `data` of a Secret is not base64, mostly because it is the text itself.",
    run: |index, findings| run(&BASE64, index, findings),
};

/// Where the API server takes any field, and takes it twice: of which kinds, and what of a path leads there.
const UNSEEN: &[(&str, &[&str])] = &[
    ("ControllerRevision", &["data."]),
    ("CustomResourceDefinition", &[".items.", ".additionalProperties.", ".default.", ".example."]),
    ("DeviceClass", &[".opaque.parameters."]),
    ("ResourceClaim", &[".opaque.parameters."]),
    ("ResourceClaimTemplate", &[".opaque.parameters."]),
];

/// The finding about a cluster whose objects nothing could be said about.
fn unknown_release(index: &Index<'_>) -> Option<Finding> {
    let cluster = index.cluster()?;
    let error = kubernetes::minor(&cluster.kubernetes).err()?;
    Some(CHECK.finding(format!("cluster {}: {error}", cluster.name), error.help()))
}

fn run(check: &Check, index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, problems) in index.problems() {
        let kind = item.object.kind();
        let is_known = |problem: &&Problem| problem.check != Problem::PUT_IN_LATER;
        for problem in problems.iter().filter(is_known).filter(|problem| check_of(problem, kind).id == check.id) {
            let finding = finding(check, item, problem);
            findings.push(match () {
                () if is_unseen(problem, kind) => finding.rated(Severity::Warning),
                () if problem.check == Problem::PERHAPS_LATER && !index.is_closed() => {
                    finding.rated(Severity::Information)
                }
                () => finding,
            });
        }
    }
}

/// The finding about something in an object.
pub(super) fn finding(check: &Check, item: Item<'_>, problem: &Problem) -> Finding {
    let (said, help) = if check.id == BASE64.id {
        let help = "write the text itself under stringData, or encode it";
        (format!("{}: is no base64", problem.path), help.to_owned())
    } else {
        (said(problem), help(problem))
    };
    let mut finding = check.finding(format!("{}: {said}", item.label()), help).at(item, &problem.path);
    if let Some(place) = &mut finding.place {
        place.span = Some(problem.span);
    }
    finding
}

/// The finding about text that could not be read as an object.
pub fn unreadable(problem: &Problem) -> Finding {
    check_of(problem, "").finding(said(problem), help(problem))
}

/// The check that reports a problem in an object of a kind.
fn check_of(problem: &Problem, kind: &str) -> &'static Check {
    let is_base64 = kind == "Secret" && problem.path.starts_with("data") && problem.message.contains("base64");
    match () {
        () if is_base64 => &BASE64,
        () if problem.check == DUPLICATE_KEY.id => &DUPLICATE_KEY,
        () => &CHECK,
    }
}

/// Whether the API server does not see it, so that it takes the object.
fn is_unseen(problem: &Problem, kind: &str) -> bool {
    let places = UNSEEN.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, places)| places);
    (problem.check == DUPLICATE_KEY.id || problem.message == "unknown field")
        && places.iter().any(|place| {
            if place.starts_with('.') { problem.path.contains(place) } else { problem.path.starts_with(place) }
        })
}

/// Whether the API server sees the problems of an object, so that what else is wrong in it may only follow from them.
pub(in crate::check) fn is_seen(problems: &[Problem], kind: &str) -> bool {
    !problems.iter().all(|problem| is_unseen(problem, kind))
}

fn said(problem: &Problem) -> String {
    if problem.path.is_empty() { problem.message.clone() } else { format!("{}: {}", problem.path, problem.message) }
}

fn help(problem: &Problem) -> String {
    let otherwise =
        if problem.path.is_empty() { "kubectl cannot read it either" } else { "see the Kubernetes API reference" };
    problem.help.clone().unwrap_or_else(|| otherwise.to_owned())
}
