use super::yaml_duplicate_key;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::yaml::Problem;

pub(super) const CHECK: Check = Check {
    id: "schema",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A manifest is no YAML, no Kubernetes object, or has fields that its kind does not know or values of a wrong type. \
            The API server refuses it.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    report(&CHECK, index, findings);
}

/// Reports what is wrong in objects by a check's id.
pub(super) fn report(check: &Check, index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (number, problems) in &index.problems {
        let own = problems.iter().filter(|problem| problem.check == check.id);
        findings.extend(own.map(|problem| finding(check, index.items[*number], problem)));
    }
}

/// The finding about something in an object.
pub(super) fn finding(check: &Check, item: Item<'_>, problem: &Problem) -> Finding {
    let message = format!("{}: {}", item.label(), said(problem));
    let mut finding = check.finding(message, help(problem)).at(item, &problem.path);
    if let Some(place) = &mut finding.place {
        place.span = Some(problem.span);
    }
    finding
}

/// The finding about text that could not be read as an object.
pub fn unreadable(problem: &Problem) -> Finding {
    let check = if problem.check == CHECK.id { &CHECK } else { &yaml_duplicate_key::CHECK };
    check.finding(said(problem), help(problem))
}

fn said(problem: &Problem) -> String {
    if problem.path.is_empty() { problem.message.clone() } else { format!("{}: {}", problem.path, problem.message) }
}

fn help(problem: &Problem) -> String {
    let otherwise =
        if problem.path.is_empty() { "kubectl cannot read it either" } else { "see the Kubernetes API reference" };
    problem.help.clone().unwrap_or_else(|| otherwise.to_owned())
}
