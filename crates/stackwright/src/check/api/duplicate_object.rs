use crate::check::alternatives::{are_alike, of_two_forms};
use crate::check::world::is_live;
use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "duplicate-object",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Two objects of one kind have the same name in the same namespace. In an open set, it is information where they are alike or \
            lie in two folders. It is a warning where they differ and are of two files of one folder, or of two Kustomizations of Flux.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    const HELP: &str = "the second would overwrite the first: rename one, or remove it";
    let repeated: HashSet<_> = index.repeated.iter().map(|number| index.items[*number].id()).collect();
    let mut first = HashMap::default();
    for item in index.items.iter().filter(|item| !repeated.is_empty() && repeated.contains(&item.id())) {
        if index.world.is_aside(item.index) {
            continue;
        }
        if let Some(first) = first.insert(item.id(), item) {
            let is_open = !index.is_closed();
            let finding = if is_open && are_alike(*first, *item) {
                let message = format!("{} is in two places, alike in both", item.label());
                let help = "who removes it in one place may remove it for both";
                CHECK.finding(message, help).rated(Severity::Information)
            } else if let Some(severity) = is_open.then(|| of_two_forms(index, *first, *item)).flatten() {
                let message = format!("{} is in two places, and differs", item.label());
                let help = "apply only one of them: else each sets back what the other wrote";
                CHECK.finding(message, help).rated(severity)
            } else {
                let message = format!("two objects are {}: {}", item.label(), stacks(index, first.index, item.index));
                CHECK.finding(message, HELP)
            };
            findings.push(finding.at(*item, "metadata.name").see(*first, "metadata.name", "the first"));
        }
    }

    let mut declared = HashMap::default();
    for (stack, secret) in index.secrets() {
        let (namespace, name) = (secret.namespace.as_str(), secret.name.as_str());
        let object = index.named("Secret", namespace, name);
        if let Some(other) = declared.insert((namespace, name), stack) {
            let message = format!("two objects are Secret {namespace}/{name}: {}", both(other, stack));
            findings.push(CHECK.finding(message, HELP));
        // In a running cluster it is what was made of the declaration.
        } else if let Some(object) = object.filter(|object| !is_live(object.object)) {
            let message =
                format!("two objects are Secret {namespace}/{name}: stack {stack} declares it, and it is an object");
            findings.push(CHECK.finding(message, HELP).at(object, "metadata.name"));
        }
    }
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
