use super::built_in;
use super::missing::{is_untold, missing};
use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "namespace-undeclared",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Objects are in a namespace that nothing makes.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut known: HashSet<&str> = index.of_kind("Namespace").map(|item| item.object.name()).collect();
    if !index.is_closed() && known.is_empty() {
        return;
    }
    let provided = index.cluster().into_iter().flat_map(|cluster| &cluster.provided.namespaces);
    known.extend(provided.map(String::as_str));
    known.insert("");

    for item in &index.items {
        let namespace = item.namespace;
        let is_given = item.object.namespace().is_some_and(|own| own == namespace);
        if is_given && !built_in::namespace(namespace) && known.insert(namespace) {
            let message = format!("{} is in namespace {namespace}, which nothing makes", item.label());
            findings
                .extend(undeclared(index, namespace, message).map(|finding| finding.at(*item, "metadata.namespace")));
        }
    }
    let stacks = || index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    for release in stacks().flat_map(|stack| &stack.releases) {
        if !built_in::namespace(&release.namespace) && known.insert(&release.namespace) {
            let message =
                format!("release {} is in namespace {}, which nothing makes", release.name, release.namespace);
            findings.extend(undeclared(index, &release.namespace, message));
        }
    }
    for (stack, secret) in index.secrets() {
        if !built_in::namespace(&secret.namespace) && known.insert(&secret.namespace) {
            let (name, namespace) = (&secret.name, &secret.namespace);
            let message = format!("Secret {name} of stack {stack} is in namespace {namespace}, which nothing makes");
            findings.extend(undeclared(index, namespace, message));
        }
    }
}

fn undeclared(index: &Index<'_>, namespace: &str, message: String) -> Option<Finding> {
    let finding = missing(&CHECK, index, ("Namespace".into(), "", namespace), message)?;
    // A release has its namespace made before it is installed.
    let is_sure = index.is_closed() && !is_untold(index, "Namespace".into());
    let severity = if is_sure { CHECK.severity } else { finding.severity };
    Some(finding.rated(severity))
}
