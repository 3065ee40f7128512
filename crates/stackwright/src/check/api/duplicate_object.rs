use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "duplicate-object",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Two objects of one kind have the same name in the same namespace.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    const HELP: &str = "the second would overwrite the first: rename one, or remove it";
    let repeated: HashSet<_> = index.repeated.iter().map(|number| name(&index.items[*number])).collect();
    let mut first = HashMap::default();
    for item in index.items.iter().filter(|item| !repeated.is_empty() && repeated.contains(&name(item))) {
        let object = item.object;
        // The same object can be written in two versions of one group.
        let identity = (group(object.api_version()), name(item));
        if let Some(first) = first.insert(identity, item) {
            let message = format!("two objects are {}: {}", item.label(), stacks(index, first.index, item.index));
            findings.push(CHECK.finding(message, HELP).at(*item, "metadata.name").see(
                *first,
                "metadata.name",
                "the first",
            ));
        }
    }

    let mut declared = HashMap::default();
    for (stack, secret) in index.secrets() {
        let name = format!("{}/{}", secret.namespace, secret.name);
        let object = index.named("Secret", &secret.namespace, &secret.name);
        if let Some(other) = declared.insert(name.clone(), stack) {
            findings.push(CHECK.finding(format!("two objects are Secret {name}: {}", both(other, stack)), HELP));
        } else if let Some(object) = object {
            let message = format!("two objects are Secret {name}: stack {stack} declares it, and it is an object");
            findings.push(CHECK.finding(message, HELP).at(object, "metadata.name"));
        }
    }
}

/// What only one object of a group of the API may have.
fn name<'a>(item: &Item<'a>) -> (&'a str, &'a str, &'a str) {
    (item.object.kind(), item.namespace, item.object.name())
}

/// Which stacks the two objects are in.
fn stacks(index: &Index<'_>, first: usize, second: usize) -> String {
    match (index.stack(first), index.stack(second)) {
        (Some(first), Some(second)) => both(first, second),
        _ => "it is there twice".to_owned(),
    }
}

fn both(first: &str, second: &str) -> String {
    if first == second {
        format!("stack {first} has it twice")
    } else {
        format!("stacks {first} and {second} both have it")
    }
}

/// The API group of an `apiVersion`.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
