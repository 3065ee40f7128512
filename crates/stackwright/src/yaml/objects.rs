use std::collections::HashSet;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;

use super::decode::decode_without;
use super::kinds::{api_versions_of, kinds_of};
use super::node::{Entry, Node, Span, Value};
use super::problem::Problem;
use super::read::{Document, Found, documents, in_pieces, read};
use super::syntax;
use super::unknown::{is_unknown, is_word_of_script};
use super::write::to_string;
use crate::nearest::nearest;
use crate::object::{Object, Untyped};

/// An object that was read, and where each of its fields stands.
#[derive(Debug)]
#[non_exhaustive]
pub struct Located {
    /// The object: a k8s-openapi struct where this crate knows the kind. What is wrong in it is left out.
    pub object: Object,
    /// The text's own values, with their places.
    pub node: Node,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
    /// What is right, but read otherwise by kubectl than by other readers of YAML, or by people.
    pub doubts: Vec<Problem>,
}

/// What can be read of a text.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Readable {
    /// Its objects, those with something wrong in them too.
    pub objects: Vec<Located>,
    /// What is wrong where there is no object: broken YAML, a document of something else.
    pub problems: Vec<Problem>,
}

/// The Kubernetes objects of a text, decoded as strictly as the API server does. The items of a `List` are objects of
/// their own; a kind that k8s-openapi doesn't have keeps its content as it is.
///
/// So a stack takes in a manifest that is there: `include_str!` puts the file into the program.
///
/// ```
/// use stackwright::prelude::*;
/// use stackwright::yaml;
///
/// // include_str!("agent.yaml")
/// let text = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: agent, namespace: agent}}
/// ---
/// {apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: agent, namespace: agent}}
/// ";
/// let objects: Vec<Object> = yaml::objects(text).unwrap().into_iter().map(|read| read.object).collect();
/// let stack = Stack { objects, ..Stack::new("agent", []) };
/// assert_eq!(stack.objects[1].to_string(), "PodMonitor agent/agent");
///
/// let problems = yaml::objects("{apiVersion: v1, kind: ServiceAccount, metadata: {nam: agent}}").unwrap_err();
/// assert_eq!(problems[0].to_string(), "1:51: metadata.nam: unknown field (did you mean name?)");
/// ```
///
/// # Errors
/// Everything that is wrong: broken YAML, a document that is no object, unknown fields, wrong types, keys that stand twice.
pub fn objects(text: &str) -> Result<Vec<Located>, Vec<Problem>> {
    let Readable { objects, mut problems } = readable(text);
    problems.extend(objects.iter().flat_map(|located| located.problems.iter().cloned()));
    problems.sort_by_key(|problem| problem.span);
    if problems.is_empty() { Ok(objects) } else { Err(problems) }
}

/// The Kubernetes objects of a text as [`objects`] has them, and what is wrong beside them: a document that cannot be
/// read doesn't hide the others, nor a wrong field the rest of its object.
pub fn readable(text: &str) -> Readable {
    readable_all(&[text]).pop().unwrap_or_default()
}

/// What can be read of each of several texts, as [`readable`] has it. Several threads read them.
pub fn readable_all(texts: &[&str]) -> Vec<Readable> {
    let of_text = |pieces: Vec<Readable>| {
        let mut readable = Readable::default();
        for mut piece in pieces {
            readable.objects.append(&mut piece.objects);
            readable.problems.append(&mut piece.problems);
        }
        readable.problems.sort_by_key(|problem| problem.span);
        readable
    };
    in_pieces(texts, Readable::of).into_iter().map(of_text).collect()
}

/// The documents of a text, and why others can't be read.
pub fn raw(text: &str) -> (Vec<Document>, Vec<Problem>) {
    let found = documents(text);
    (found.documents, found.problems)
}

impl Readable {
    fn of(found: Found) -> Self {
        let mut readable = Self { objects: Vec::new(), problems: found.problems };
        found.documents.into_iter().for_each(|document| readable.take(document));
        readable
    }

    fn take(&mut self, document: Document) {
        let (documents, problems) = document.opened();
        self.problems.extend(problems);
        for document in documents {
            match document.located() {
                Ok(located) => self.objects.push(located),
                Err(problems) => self.problems.extend(problems),
            }
        }
    }
}

impl Document {
    /// The items of a list as documents of their own, any other alone; and what is wrong beside them.
    pub fn opened(self) -> (Vec<Self>, Vec<Problem>) {
        let Self { node, mut problems, mut doubts } = self;
        let nodes = match opened(node) {
            Ok(nodes) => nodes,
            Err(problem) => {
                problems.insert(0, problem);
                return (Vec::new(), problems);
            }
        };
        let documents = nodes.into_iter().map(|node| {
            let within = |problem: &mut Problem| (node.span.start..=node.span.end).contains(&problem.span.start);
            let problems = problems.extract_if(.., within).collect();
            Self { doubts: doubts.extract_if(.., within).collect(), problems, node }
        });
        (documents.collect(), problems)
    }

    /// The object that it is.
    ///
    /// # Errors
    /// Everything that is wrong, if it is none.
    pub fn located(self) -> Result<Located, Vec<Problem>> {
        let Self { node, mut problems, mut doubts } = self;
        node.name_paths(&mut problems);
        node.name_paths(&mut doubts);
        match located(node) {
            Ok(mut located) => {
                let is_typed = located.object.content().is_none();
                explain(&mut located.problems, &doubts);
                doubts.retain(|doubt| is_open(doubt, &located, is_typed));
                located.problems.append(&mut problems);
                located.problems.sort_by_key(|problem| problem.span);
                Ok(Located { doubts, ..located })
            }
            Err(more) => Err(problems.into_iter().chain(more).collect()),
        }
    }
}

/// Says why a value that looks like text is none.
fn explain(problems: &mut [Problem], doubts: &[Problem]) {
    for problem in problems {
        if let (Some(help), Some(doubt)) = (&mut problem.help, doubts.iter().find(|doubt| doubt.span == problem.span)) {
            *help = format!("{help}: {}", doubt.message);
        }
    }
}

/// Whether a doubt is one where the object stands: types say what is meant, and modes are octal.
fn is_open(doubt: &Problem, located: &Located, is_typed: bool) -> bool {
    let value = located.node.at(&doubt.path).filter(|node| node.span == doubt.span).map(|node| &node.value);
    let is_told = match value {
        Some(Value::Bool(_)) => is_typed,
        Some(Value::Number(_)) => doubt.path.ends_with("mode") || doubt.path.ends_with("Mode"),
        _ => false,
    };
    !is_told && located.problems.iter().all(|problem| problem.span != doubt.span)
}

/// The object of a node with what is wrong in it, if it is one at all.
fn located(node: Node) -> Result<Located, Vec<Problem>> {
    let mut located = decoded(node)?;
    let (node, problems) = (&located.node, &mut located.problems);
    // What SOPS notes beside the fields that it encrypted is gone when the object is applied.
    problems.retain(|problem| problem.path != "sops" || node.at("sops.mac").is_none());
    // argoproj-labs/argocd-vault-plugin docs/howitworks.md: told where to look, it replaces whatever stands in angle brackets.
    let has_vault = node.at("metadata.annotations[\"avp.kubernetes.io/path\"]").is_some();
    let is_of_vault = |text: &str| has_vault && text.starts_with('<') && text.ends_with('>');
    let value = |problem: &Problem| node.at(&problem.path).and_then(Node::text);
    let is_later = |problem: &Problem| value(problem).is_some_and(|text| is_unknown(text) || is_of_vault(text));
    let is_word = |problem: &Problem| problem.path.starts_with("data") && value(problem).is_some_and(is_word_of_script);
    for problem in problems {
        if is_later(problem) {
            problem.check = Problem::PUT_IN_LATER;
        } else if is_word(problem) {
            problem.check = Problem::PERHAPS_LATER;
        }
    }
    Ok(located)
}

fn decoded(node: Node) -> Result<Located, Vec<Problem>> {
    let (mut problems, mut wrong) = (Vec::new(), HashSet::new());
    // Each round leaves out what the one before found, and may find more: decoding ends at the first value of a wrong type.
    let follows = loop {
        match object(&node, &wrong) {
            Ok(object) => return Ok(Located { object, node, problems, doubts: Vec::new() }),
            Err(mut found) => {
                let known: Vec<_> = found.extract_if(.., |problem| wrong.contains(&problem.span)).collect();
                if found.is_empty() {
                    break known;
                }
                wrong.extend(found.iter().map(|problem| problem.span));
                problems.extend(found);
            }
        }
    };
    // Not even the rest can be decoded: what others refer to is its name.
    let is_cause = |problem: &Problem| follows.iter().all(|other| other.span != problem.span);
    if problems.iter().any(is_cause) {
        problems.retain(is_cause);
    }
    let text = |path| node.at(path).and_then(Node::text).filter(|text| !text.is_empty()).map(str::to_owned);
    let (Some(api_version), Some(kind)) = (text("apiVersion"), text("kind")) else { return Err(problems) };
    let metadata =
        ObjectMeta { name: text("metadata.name"), namespace: text("metadata.namespace"), ..ObjectMeta::default() };
    let content = node.clone();
    Ok(Located { object: Untyped { api_version, kind, metadata, content }.into(), node, problems, doubts: Vec::new() })
}

/// The items of a list; any other object alone.
fn opened(node: Node) -> Result<Vec<Node>, Problem> {
    let fields = ["apiVersion", "kind", "metadata", "items"];
    let unknown = node.entries().iter().find(|entry| !fields.contains(&entry.key.as_str()));
    let Some(kind) = node.get("kind").and_then(Node::text) else { return Ok(vec![node]) };
    let item_kind = match (kind.strip_suffix("List"), node.get("items").map(|items| &items.value)) {
        (Some(""), _) => None,
        (Some(item_kind), Some(Value::List(_) | Value::Null)) if unknown.is_none() => Some(item_kind.to_owned()),
        _ => return Ok(vec![node]),
    };
    if let Some(entry) = unknown {
        return Err(Problem {
            path: entry.key.clone(),
            help: nearest(&entry.key, fields).map(|name| format!("did you mean {name}?")),
            ..Problem::new(entry.key_span, format!("unknown field of a {kind}"))
        });
    }
    let api_version = node.get("apiVersion").cloned();
    let kind_node = item_kind.and_then(|kind| Some(Node { value: Value::String(kind), ..node.get("kind")?.clone() }));
    let Some(Value::List(items)) = taken(node, "items") else { return Ok(Vec::new()) };
    let inherited = [("kind", kind_node), ("apiVersion", api_version)];
    let items = items.into_iter().map(|mut item| {
        for (key, value) in &inherited {
            if let (Value::Map(entries), Some(value)) = (&mut item.value, value)
                && entries.iter().all(|entry| entry.key != *key)
            {
                entries.insert(0, Entry { key: (*key).to_owned(), key_span: value.span, value: value.clone() });
            }
        }
        item
    });
    Ok(items.collect())
}

fn taken(node: Node, key: &str) -> Option<Value> {
    let Value::Map(entries) = node.value else { return None };
    entries.into_iter().find(|entry| entry.key == key).map(|entry| entry.value.value)
}

/// The object of a node, without what is known to be wrong in it.
fn object(node: &Node, wrong: &HashSet<Span>) -> Result<Object, Vec<Problem>> {
    let text = |field| node.get(field).and_then(Node::text).filter(|text| !text.is_empty());
    let problem = |path: &str, message: String, help: Option<String>| {
        let span = node.get(path).unwrap_or(node).span;
        vec![Problem { path: path.to_owned(), help, ..Problem::new(span, message) }]
    };
    let (Some(api_version), Some(kind)) = (text("apiVersion"), text("kind")) else {
        let (missing, help) = missing(node, text("apiVersion"), text("kind"));
        return Err(problem("", missing.to_owned(), Some(help)));
    };

    let in_version = || kinds_of(api_version);
    if let Some(known) = in_version().find(|known| known.kind == kind) {
        return (known.decode)(node, wrong);
    }
    if let Some(meant) = nearest(kind, in_version().map(|known| known.kind)) {
        return Err(problem(
            "kind",
            format!("{api_version} has no kind {kind}"),
            Some(format!("did you mean {meant}?")),
        ));
    }
    untyped(node, wrong, api_version, kind)
}

/// What a document lacks that is no object, and what it probably is.
fn missing(node: &Node, api_version: Option<&str>, kind: Option<&str>) -> (&'static str, String) {
    const OF_KUSTOMIZE: [&str; 7] =
        ["bases", "components", "configMapGenerator", "generatorOptions", "patches", "resources", "secretGenerator"];
    let keys = || node.entries().iter().map(|entry| entry.key.as_str());
    let slip = |name| nearest(name, keys()).filter(|key| node.get(key).is_some_and(|value| value.text().is_some()));
    let meant = |name: &str, key: &str| format!("did you mean {name} by {key}?");
    match (api_version, kind) {
        _ if node.text().is_some_and(is_unknown) => (syntax::VARIABLE, syntax::PUT_IN.to_owned()),
        _ if node.entries().is_empty() => {
            ("no object of Kubernetes, which is a map of fields", "begin it with apiVersion and kind".to_owned())
        }
        (None, Some(kind)) => {
            let known = api_versions_of(kind).last();
            let help = match (slip("apiVersion"), known) {
                (Some(key), _) => meant("apiVersion", key),
                (_, Some(known)) => format!("write `apiVersion: {known}`"),
                _ => "write the group and version that the kind is of".to_owned(),
            };
            ("no apiVersion", help)
        }
        (Some(_), _) => (
            "no kind",
            slip("kind").map_or("write what it is, such as `kind: Service`".to_owned(), |key| meant("kind", key)),
        ),
        (None, None) => {
            let help = if keys().any(|key| OF_KUSTOMIZE.contains(&key)) {
                "it looks like a kustomization: `kubectl kustomize FOLDER` prints the objects"
            } else {
                "leave it out if it is the configuration of a tool, such as values for Helm; an object begins with apiVersion and kind"
            };
            ("no object of Kubernetes: it has no apiVersion and no kind", help.to_owned())
        }
    }
}

/// An object of a kind without a struct: only its metadata is checked.
fn untyped(node: &Node, wrong: &HashSet<Span>, api_version: &str, kind: &str) -> Result<Object, Vec<Problem>> {
    #[derive(Deserialize)]
    struct Meta {
        #[serde(default)]
        metadata: ObjectMeta,
    }
    let metadata = node.entries().iter().filter(|entry| entry.key == "metadata").cloned().collect();
    let decoded: Meta = decode_without(&Node { span: node.span, value: Value::Map(metadata) }, wrong)?;

    let mut content = node.clone();
    content.remove(wrong);
    if let Value::Map(entries) = &mut content.value {
        let first = ["apiVersion", "kind", "metadata"];
        entries.sort_by_key(|entry| first.iter().position(|key| *key == entry.key).unwrap_or(first.len()));
        let ordered = to_string(&decoded.metadata).ok().and_then(|text| read(&text).ok()?.documents.pop());
        if let (Some(entry), Some(ordered)) = (entries.get_mut(2).filter(|entry| entry.key == "metadata"), ordered) {
            entry.value = entry.value.ordered_like(&ordered);
        }
    }
    Ok(Untyped { api_version: api_version.to_owned(), kind: kind.to_owned(), metadata: decoded.metadata, content }
        .into())
}

#[cfg(test)]
mod tests;
