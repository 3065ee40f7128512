//! `replacements` of a kustomization: a value of one object, put into fields of others.
//!
//! Read in kubernetes-sigs/kustomize, api/filters/replacement and kyaml/yaml/match.go, on 2026-11-28.

use camino::{Utf8Path, Utf8PathBuf};
use regex_lite::Regex;
use stackwright::yaml::{self, Node, Span, Value};

use super::kustomize::{Build, Built};
use super::node::{self, is_set, text_at};
use super::selector::Selector;
use crate::input::plain;

/// Makes them, in their order.
pub fn replacements(build: &mut Build<'_>, folder: &Utf8Path, kustomization: &Node, objects: &mut [Built]) {
    for entry in kustomization.get("replacements").map(Node::items).unwrap_or_default() {
        for replacement in read(build, entry, folder) {
            // Its source may be what was not fetched.
            let is_unseen = |source| !objects.iter().any(|built| is_source(source, built));
            if build.may_have_more() && replacement.get("source").is_some_and(is_unseen) {
                continue;
            }
            if let Err(fact) = replace(&replacement, objects) {
                build.problem(
                    replacement.span,
                    fact,
                    "correct it: nothing of this kustomization is applied until then",
                );
            }
        }
    }
}

/// An entry, or those of the file that it names.
fn read(build: &mut Build<'_>, entry: &Node, folder: &Utf8Path) -> Vec<Node> {
    let Some(path) = text_at(entry, "path") else { return vec![entry.clone()] };
    let path = Utf8PathBuf::from(plain(&folder.join(path)));
    let Some(number) = build.files.source(&path) else {
        build.problem(entry.span, format!("{path} is listed and is not there"), "correct the path");
        return Vec::new();
    };
    build.used.insert(number);
    let documents = build.files.documents(&path).into_iter().map(|document| document.node);
    documents.flat_map(|node| if node.items().is_empty() { vec![node] } else { node.items().to_vec() }).collect()
}

fn replace(replacement: &Node, objects: &mut [Built]) -> Result<(), String> {
    let value = match (replacement.get("sourceValue"), replacement.get("source")) {
        (Some(value), None) => value.clone(),
        (None, Some(source)) => value(source, objects)?,
        _ => return Err("a replacement needs a source".to_owned()),
    };
    for target in replacement.get("targets").map(Node::items).unwrap_or_default() {
        let select = target.get("select").ok_or("a target of a replacement needs select")?;
        let rejects: Vec<Node> =
            target.get("reject").map(Node::items).unwrap_or_default().iter().flat_map(halves).collect();
        let (select, rejects) = (Selector::of(select), rejects.iter().map(Selector::of).collect::<Vec<_>>());
        for built in objects.iter_mut() {
            if select.selects(built) && !rejects.iter().any(|reject| reject.selects(built)) {
                put(target, &value, &mut built.document.node)?;
            }
        }
    }
    Ok(())
}

/// What a target leaves out: by labels, or by what an object is. Either is enough.
fn halves(reject: &Node) -> impl Iterator<Item = Node> {
    let is_by_labels = |field: &str| matches!(field, "labelSelector" | "annotationSelector");
    let half = move |by_labels: bool| {
        let mut half = node::map(reject.span);
        for entry in reject.entries().iter().filter(|entry| is_by_labels(&entry.key) == by_labels) {
            node::set(&mut half, &entry.key, entry.value.clone());
        }
        half
    };
    [half(true), half(false)].into_iter().filter(|half| !half.entries().is_empty())
}

/// Whether an object is one that a source names.
fn is_source(source: &Node, built: &Built) -> bool {
    let text = |field| text_at(source, field);
    let (group, version) = built.group_version();
    let known = [("group", group), ("version", version), ("kind", built.kind())];
    let or_default = |namespace: &str| if namespace.is_empty() { "default".to_owned() } else { namespace.to_owned() };
    known.iter().all(|(field, own)| text(field).is_none_or(|wanted| wanted == *own))
        && built.ids().any(|(namespace, name)| {
            text("name").is_none_or(|wanted| wanted == name)
                && text("namespace").is_none_or(|wanted| or_default(wanted) == or_default(namespace))
        })
}

/// The value of a source, which is one object.
fn value(source: &Node, objects: &mut [Built]) -> Result<Node, String> {
    let text = |field| text_at(source, field);
    let mut found = objects.iter_mut().filter(|built| is_source(source, built));
    let named = || format!("{} {}", text("kind").unwrap_or_default(), text("name").unwrap_or_default());
    let object = found.next().ok_or_else(|| format!("a replacement's source is {}, which is not there", named()))?;
    if found.next().is_some() {
        return Err(format!("a replacement's source is {}, which are several", named()));
    }
    let path = text("fieldPath").unwrap_or("metadata.name");
    let mut value = None;
    fields(&mut object.document.node, &steps(path), &mut Way { exact: true, create: None }, &mut |node| {
        value.get_or_insert_with(|| node.clone());
        Ok(())
    })?;
    let value = value.ok_or_else(|| format!("{} has no field {path}", named()))?;
    let Some(delimiter) = text_at(source, "options.delimiter") else { return Ok(value) };
    let whole = scalar(&value).ok_or_else(|| format!("{path} of {} is no text to be split", named()))?;
    let part = usize::try_from(index(source)).ok().and_then(|index| whole.split(delimiter).nth(index));
    let part = part.ok_or_else(|| format!("{whole} has no part {} between {delimiter}", index(source)))?;
    Ok(node::text(part, value.span))
}

fn index(selector: &Node) -> i64 {
    selector.at("options.index").and_then(scalar).and_then(|index| index.parse().ok()).unwrap_or_default()
}

/// Puts a value into the fields of a target.
fn put(target: &Node, value: &Node, object: &mut Node) -> Result<(), String> {
    let delimiter = text_at(target, "options.delimiter");
    let paths: Vec<_> =
        target.get("fieldPaths").map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect();
    for path in if paths.is_empty() { vec!["metadata.name"] } else { paths } {
        let create = is_set(target, "options.create").then_some(value.span);
        let mut count = 0;
        fields(object, &steps(path), &mut Way { exact: false, create }, &mut |field| {
            count += 1;
            let new = match (delimiter, scalar(value)) {
                (Some(delimiter), Some(new)) => {
                    let whole = scalar(field).ok_or_else(|| format!("{path} is no text to be split"))?;
                    let mut parts: Vec<_> = whole.split(delimiter).collect();
                    match usize::try_from(index(target)) {
                        Err(_) => parts.insert(0, &new),
                        Ok(at) if at >= parts.len() => parts.push(&new),
                        Ok(at) => parts[at] = &new,
                    }
                    Some(parts.join(delimiter))
                }
                (_, new) => new,
            };
            let is_part = matches!(field.value, Value::Map(_) | Value::List(_));
            field.value = match new {
                // A field keeps its type.
                Some(new) if !is_part && !matches!(field.value, Value::String(_)) => read_again(new),
                Some(new) if !is_part => Value::String(new),
                _ => value.value.clone(),
            };
            // A text with a part of another is still where it was written.
            if delimiter.is_none() {
                field.span = value.span;
            }
            Ok(())
        })?;
        if count == 0 {
            return Err(format!("{} has no field {path}", text_at(object, "metadata.name").unwrap_or_default()));
        }
    }
    Ok(())
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What a text is when it is written without quotes.
fn read_again(text: String) -> Value {
    let read = yaml::read(&format!("v: {text}\n")).ok();
    let value = read.and_then(|stream| stream.documents.first()?.get("v").map(|node| node.value.clone()));
    value.unwrap_or(Value::String(text))
}

/// The steps of a path: `a.b\.c.[name=d.e].0`.
fn steps(path: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let (mut depth, mut before) = (0, ' ');
    for letter in path.chars() {
        depth += i32::from(letter == '[') - i32::from(letter == ']');
        let last = steps.last_mut().expect("there is a first one");
        match letter {
            '.' if before == '\\' => {
                last.pop();
                last.push('.');
            }
            '.' if depth == 0 => steps.push(String::new()),
            _ => last.push(letter),
        }
        before = letter;
    }
    steps.retain(|step| !step.is_empty());
    steps
}

/// How a path is gone.
struct Way {
    /// Whether `[key=value]` means just this value, and no pattern.
    exact: bool,
    /// Where what is missing on the way is made, and so written.
    create: Option<Span>,
}

type Visit<'v> = &'v mut dyn FnMut(&mut Node) -> Result<(), String>;

/// Calls a function with each field at a path.
fn fields(node: &mut Node, steps: &[String], way: &mut Way, visit: Visit<'_>) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else { return visit(node) };
    if way.create.is_some() && node.value == Value::Null {
        let is_list = step.starts_with('[') || step.parse::<usize>().is_ok();
        node.value = if is_list { Value::List(Vec::new()) } else { Value::Map(Vec::new()) };
    }
    match &mut node.value {
        Value::List(items) => {
            if step == "*" {
                return items.iter_mut().try_for_each(|item| fields(item, rest, way, visit));
            }
            if let Ok(number) = step.parse::<usize>() {
                if let (Some(span), true) = (way.create, number == items.len()) {
                    items.push(Node { span, value: Value::Null });
                }
                return items.get_mut(number).map_or(Ok(()), |item| fields(item, rest, way, visit));
            }
            let Some((key, wanted)) = step.strip_prefix('[').and_then(|step| step.strip_suffix(']')?.split_once('='))
            else {
                return Ok(());
            };
            let pattern = Regex::new(wanted).map_err(|_| format!("{wanted} is no regular expression"))?;
            let exact = way.exact;
            let is = |text: &str| if exact { text == wanted } else { pattern.is_match(text) };
            let is_meant = |item: &Node| {
                let own = if key.is_empty() { scalar(item) } else { item.get(key).and_then(scalar) };
                own.is_some_and(|own| is(&own))
            };
            if let (Some(span), false) = (way.create, items.iter().any(is_meant)) {
                let mut item = node::text(wanted, span);
                if !key.is_empty() {
                    let value = std::mem::replace(&mut item, node::map(span));
                    node::set(&mut item, key, value);
                }
                items.push(item);
            }
            items.iter_mut().filter(|item| is_meant(item)).try_for_each(|item| fields(item, rest, way, visit))
        }
        Value::Map(_) => {
            if let (Some(span), true) = (way.create, node.get(step).is_none()) {
                node::set(node, step, Node { span, value: Value::Null });
            }
            node::get_mut(node, step).map_or(Ok(()), |below| fields(below, rest, way, visit))
        }
        // A text that is YAML or JSON itself.
        Value::String(_) => Err(format!("{step} is inside a text, which is not looked into")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_has_steps() {
        assert_eq!(super::steps(r"a.b\.c/d.[name=e.f].0.*"), ["a", "b.c/d", "[name=e.f]", "0", "*"]);
    }
}
