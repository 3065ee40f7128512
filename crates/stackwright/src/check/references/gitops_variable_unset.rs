use super::missing::{list, part_help};
use crate::check::{Check, Finding, Group, GroupKind, HashMap, HashSet, Index, Item, Profile, Severity};
use crate::yaml::{Node, Value, read};

pub(super) const CHECK: Check = Check {
    id: "gitops-variable-unset",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "An object that a Kustomization of Flux applies has a variable that is not set and has no default.",
    run,
};

/// What Flux notes in the objects that it applies, and what tells it to leave one as it is.
const NAME: &str = "kustomize.toolkit.fluxcd.io/name";
const NAMESPACE: &str = "kustomize.toolkit.fluxcd.io/namespace";
const SUBSTITUTE: &str = "kustomize.toolkit.fluxcd.io/substitute";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut known: HashMap<usize, Option<HashSet<&str>>> = HashMap::default();
    for item in &index.items {
        let metadata = item.object.metadata();
        let label = |key: &str| metadata.labels.as_ref().and_then(|labels| labels.get(key)).map(String::as_str);
        let (Some(name), Some(namespace)) = (label(NAME), label(NAMESPACE)) else { continue };
        let kind = GroupKind::from("Kustomization.kustomize.toolkit.fluxcd.io");
        let Some(owner) = index.named(kind, namespace, name) else { continue };
        let Some(set) = known.entry(owner.index).or_insert_with(|| variables(index, owner)).as_ref() else { continue };
        let annotation = metadata.annotations.as_ref().and_then(|annotations| annotations.get(SUBSTITUTE));
        if [label(SUBSTITUTE), annotation.map(String::as_str)].contains(&Some("disabled")) {
            continue;
        }
        let mut text = String::new();
        if item.object.write_yaml(&mut text).is_err() || !text.contains("${") {
            continue;
        }
        let mut seen = HashSet::default();
        for document in read(&text).map(|stream| stream.documents).unwrap_or_default() {
            texts(&document, "", &mut |path, text| {
                for variable in bare(text).filter(|variable| !set.contains(variable)) {
                    if seen.insert(variable.to_owned()) {
                        findings.push(finding(*item, path, variable, owner, set));
                    }
                }
            });
        }
    }
}

fn finding(item: Item<'_>, path: &str, variable: &str, owner: Item<'_>, set: &HashSet<&str>) -> Finding {
    let names: Vec<_> = set.iter().copied().collect();
    let add =
        format!("set it, give it a default by ${{{variable}:=...}}, or write $${{{variable}}} where none is meant");
    let help = if list(&names).is_some() { part_help(variable, &names, &add) } else { part_help(variable, &[], &add) };
    let message = format!("{} has the variable {variable}, which {} doesn't set", item.label(), owner.label());
    CHECK.finding(message, help).why("Flux puts nothing in its place").at(item, path).see(
        owner,
        "spec.postBuild",
        "its variables",
    )
}

/// The names of the variables that a Kustomization sets; none where it sets none, or not all of them are known.
fn variables<'a>(index: &Index<'a>, owner: Item<'a>) -> Option<HashSet<&'a str>> {
    let after = owner.object.content()?.at("spec.postBuild")?;
    let keys =
        |node: Option<&'a Node>| node.map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.as_str());
    let mut names: HashSet<_> = keys(after.get("substitute")).collect();
    for from in after.get("substituteFrom").map(Node::items).unwrap_or_default() {
        let text = |key| from.get(key).and_then(Node::text);
        let object = index.named(text("kind")?, owner.namespace, text("name")?)?.object;
        let data =
            |map: &'a k8s_openapi::api::core::v1::ConfigMap| map.data.iter().flatten().map(|(key, _)| key.as_str());
        names.extend(object.get().map(data).into_iter().flatten());
        if let Some(secret) = object.get::<k8s_openapi::api::core::v1::Secret>() {
            names.extend(secret.data.iter().flatten().map(|(key, _)| key.as_str()));
            names.extend(secret.string_data.iter().flatten().map(|(key, _)| key.as_str()));
        }
    }
    (!names.is_empty()).then_some(names)
}

/// Calls a function with each text of a node and its path.
fn texts(node: &Node, path: &str, visit: &mut impl FnMut(&str, &str)) {
    match &node.value {
        Value::String(text) => visit(path, text),
        Value::List(items) => {
            for (number, item) in items.iter().enumerate() {
                texts(item, &format!("{path}[{number}]"), visit);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let below = match path {
                    "" => entry.key.clone(),
                    path => super::missing::entry_path(path, &entry.key),
                };
                texts(&entry.value, &below, visit);
            }
        }
        _ => {}
    }
}

/// The names of variables in a text that have no default: `${NAME}`, and not `$${NAME}`.
fn bare(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("${").filter_map(move |(place, _)| {
        let (name, _) = text[place + 2..].split_once('}')?;
        let is_name = !name.is_empty()
            && !name.starts_with(|letter: char| letter.is_ascii_digit())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        (is_name && !text[..place].ends_with('$')).then_some(name)
    })
}
