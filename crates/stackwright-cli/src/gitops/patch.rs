//! `patches` of a kustomization: parts of objects, and lists of operations (RFC 6902).

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{self, Entry, Node, Value};

use super::kustomize::{Build, Built};
use super::merge::{keep_identity, merged};
use super::node::{self, is_set, text_at};
use super::selector::Selector;
use crate::input::plain;

/// Applies the entries of a list of patches.
pub fn patches(build: &mut Build<'_>, folder: &Utf8Path, kustomization: &Node, field: &str, objects: &mut Vec<Built>) {
    for entry in kustomization.get(field).map(Node::items).unwrap_or_default() {
        let Some(parts) = read(build, folder, entry) else { continue };
        for part in parts {
            match &part.value {
                Value::List(operations) => {
                    let Some(target) = entry.get("target") else {
                        let help = "say by target which objects it is for";
                        build.problem(entry.span, "a list of operations has no target".to_owned(), help);
                        continue;
                    };
                    let target = Selector::of(target);
                    for built in objects.iter_mut().filter(|built| target.selects(built)) {
                        built.remember();
                        for operation in operations {
                            if let Err(fact) = operate(&mut built.document.node, operation) {
                                let fact = format!("{} {}: {fact}", built.kind(), built.name());
                                build.problem(
                                    operation.span,
                                    fact,
                                    "correct the operation: nothing of this kustomization is applied until then",
                                );
                            }
                        }
                    }
                }
                _ => merge_into(build, &part, entry, objects),
            }
        }
    }
}

/// Applies `patchesStrategicMerge`: paths, or the patches themselves.
pub fn old_merges(build: &mut Build<'_>, folder: &Utf8Path, kustomization: &Node, objects: &mut Vec<Built>) {
    for entry in kustomization.get("patchesStrategicMerge").map(Node::items).unwrap_or_default() {
        let Some(text) = entry.text() else { continue };
        let field = if text.contains('\n') { "patch" } else { "path" };
        let mut as_patch = node::map(entry.span);
        node::set(&mut as_patch, field, entry.clone());
        for part in read(build, folder, &as_patch).into_iter().flatten() {
            merge_into(build, &part, &as_patch, objects);
        }
    }
}

fn read(build: &mut Build<'_>, folder: &Utf8Path, entry: &Node) -> Option<Vec<Node>> {
    if let Some(inline) = entry.get("patch") {
        if !matches!(inline.value, Value::String(_)) {
            return Some(vec![inline.clone()]);
        }
        let (documents, problems) = yaml::raw(inline.text()?);
        for problem in problems {
            build.problem(
                inline.span,
                format!("a patch can't be read: {}", problem.message),
                "write it as YAML or JSON",
            );
        }
        let place = |mut node| {
            build.files.place_within(&mut node, inline.span);
            node
        };
        return Some(documents.into_iter().map(|document| place(document.node)).collect());
    }
    let listed = entry.get("path")?;
    let path = Utf8PathBuf::from(plain(&folder.join(listed.text()?)));
    if let Some(number) = build.files.source(&path) {
        build.used.insert(number);
        Some(build.files.documents(&path).into_iter().map(|document| document.node).collect())
    } else {
        let fact = format!("{} is listed as a patch and is not there", listed.text()?);
        build.problem(listed.span, fact, "correct the path, or leave it out");
        None
    }
}

fn merge_into(build: &mut Build<'_>, part: &Node, entry: &Node, objects: &mut Vec<Built>) {
    let target = entry.get("target").map(Selector::of);
    let wanted = Built::of(yaml::Document::new(part.clone()));
    let named = |built: &Built| {
        let effective =
            |namespace: &str| if namespace.is_empty() { "default".to_owned() } else { namespace.to_owned() };
        built.kind() == wanted.kind()
            && built.group_version() == wanted.group_version()
            && built
                .ids()
                .any(|(namespace, name)| name == wanted.name() && effective(namespace) == effective(wanted.namespace()))
    };
    let is_meant = |built: &Built| target.as_ref().map_or_else(|| named(built), |target| target.selects(built));
    let renames = is_set(entry, "options.allowNameChange") || is_set(entry, "options.allowKindChange");
    let mut found = false;
    objects.retain_mut(|built| {
        if !is_meant(built) {
            return true;
        }
        found = true;
        built.remember();
        let group = built.group_version().0.to_owned();
        let before = built.document.node.clone();
        let Some(patched) = merged(before.clone(), part, &group) else { return false };
        built.document.node = if renames { patched } else { keep_identity(patched, &before) };
        true
    });
    // A chart that is not rendered may make it, and what is not fetched may be it.
    if !found && target.is_none() && !build.may_have_more() {
        let fact = format!("a patch is for {} {}, which is not among the resources", wanted.kind(), wanted.name());
        build.problem(wanted.span(), fact, "correct its name or namespace, or say by target which objects it is for");
    }
}

/// Does one operation.
fn operate(root: &mut Node, operation: &Node) -> Result<(), String> {
    let (Some(op), Some(path)) = (text_at(operation, "op"), operation.get("path").and_then(Node::text)) else {
        return Err("an operation needs op and path".to_owned());
    };
    let steps = steps(path);
    let value = || operation.get("value").cloned().unwrap_or(Node { span: operation.span, value: Value::Null });
    let absent = || format!("{op} of {path}, which is not there");
    let from = || operation.get("from").and_then(Node::text).map(self::steps).ok_or_else(|| format!("{op} needs from"));
    match op {
        "add" => add(root, &steps, value()).ok_or_else(absent),
        "replace" => {
            *at(root, &steps).ok_or_else(absent)? = value();
            Ok(())
        }
        "remove" => take(root, &steps).map(drop).ok_or_else(absent),
        "copy" => {
            let copied = at(root, &from()?).cloned().ok_or_else(absent)?;
            add(root, &steps, copied).ok_or_else(absent)
        }
        "move" => {
            let moved = take(root, &from()?).ok_or_else(absent)?;
            add(root, &steps, moved).ok_or_else(absent)
        }
        "test" if at(root, &steps).is_some_and(|node| *node == value()) => Ok(()),
        "test" => Err(format!("{path} is not as the operation says")),
        _ => Err(format!("there is no operation {op}")),
    }
}

fn steps(path: &str) -> Vec<String> {
    path.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

fn at<'n>(node: &'n mut Node, steps: &[String]) -> Option<&'n mut Node> {
    let Some((step, rest)) = steps.split_first() else { return Some(node) };
    match &mut node.value {
        Value::Map(entries) => at(&mut entries.iter_mut().find(|entry| entry.key == *step)?.value, rest),
        Value::List(items) => at(items.get_mut(step.parse::<usize>().ok()?)?, rest),
        _ => None,
    }
}

fn add(root: &mut Node, steps: &[String], value: Node) -> Option<()> {
    let Some((last, way)) = steps.split_last() else {
        *root = value;
        return Some(());
    };
    match &mut at(root, way)?.value {
        Value::Map(entries) => match entries.iter_mut().find(|entry| entry.key == *last) {
            Some(entry) => entry.value = value,
            None => entries.push(Entry { key: last.clone(), key_span: value.span, value }),
        },
        Value::List(items) => {
            let number = if last == "-" { items.len() } else { last.parse().ok()? };
            if number > items.len() {
                return None;
            }
            items.insert(number, value);
        }
        _ => return None,
    }
    Some(())
}

fn take(root: &mut Node, steps: &[String]) -> Option<Node> {
    let (last, way) = steps.split_last()?;
    match &mut at(root, way)?.value {
        Value::Map(entries) => {
            let place = entries.iter().position(|entry| entry.key == *last)?;
            Some(entries.remove(place).value)
        }
        Value::List(items) => {
            let number = last.parse().ok().filter(|number| *number < items.len())?;
            Some(items.remove(number))
        }
        _ => None,
    }
}
