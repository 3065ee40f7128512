use std::collections::HashMap;

use super::{Check, Finding, Severity};
use crate::Cluster;

pub(super) const CHECK: Check =
    Check { id: "duplicate-object", about: "Two objects of one kind have the same name in the same namespace.", run };

fn run(cluster: &Cluster, findings: &mut Vec<Finding>) {
    let mut stack_of = HashMap::new();
    for stack in &cluster.stacks {
        let objects = stack.objects.iter().map(|object| {
            (group(object.api_version()), object.kind(), object.namespace().unwrap_or_default(), object.name())
        });
        let secrets =
            stack.secrets.iter().map(|secret| ("", "Secret", secret.namespace.as_str(), secret.name.as_str()));
        for (group, kind, namespace, name) in objects.chain(secrets) {
            let Some(first) = stack_of.insert((group, kind, namespace, name), &stack.name) else { continue };
            let place = if namespace.is_empty() { name.to_owned() } else { format!("{namespace}/{name}") };
            let stacks = if *first == stack.name {
                format!("stack {first} has it twice")
            } else {
                format!("stacks {first} and {} both have it", stack.name)
            };
            findings.push(Finding {
                id: CHECK.id,
                severity: Severity::Error,
                message: format!("two objects are {kind} {place}: {stacks}"),
                help: "the second would overwrite the first: rename one, or remove it".to_owned(),
            });
        }
    }
}

/// The API group of an `apiVersion`: the same object can be written in two versions of one group.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
