use crate::check::{Check, Finding, Group, Index, Profile, Severity};
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
    for (number, problems) in &index.problems {
        let item = index.items[*number];
        for problem in *problems {
            let field = if problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
            let message = format!("{}: {field}{}", item.label(), problem.message);
            let mut finding = CHECK.finding(message, help(problem)).at(item, &problem.path);
            if let Some(place) = &mut finding.place {
                place.span = Some(problem.span);
            }
            findings.push(finding);
        }
    }
}

/// The finding about text that could not be read as an object.
pub fn unreadable(problem: &Problem) -> Finding {
    let field = if problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
    CHECK.finding(format!("{field}{}", problem.message), help(problem))
}

fn help(problem: &Problem) -> String {
    let otherwise =
        if problem.path.is_empty() { "kubectl cannot read it either" } else { "see the Kubernetes API reference" };
    problem.help.clone().unwrap_or_else(|| otherwise.to_owned())
}
