//! The objects of manifests, as the code is to make them.

use std::collections::HashMap;

use serde_json::Value;
use stackwright::Object;
use stackwright::yaml::{self, Comment, Located, Node, Problem};

use super::server;
use crate::code::{self, Given};
use crate::input::Source;
use crate::report;

/// What manifests hold.
#[derive(Default)]
pub struct Adopted {
    pub objects: Vec<Given>,
    /// What was left out, or is not as it was written.
    pub notes: Vec<String>,
    /// What can't be read.
    pub broken: Vec<(Source, Vec<Problem>)>,
}

pub fn adopted(sources: Vec<Source>, namespace: Option<&str>) -> Adopted {
    let mut adopted = Adopted::default();
    let mut removed = HashMap::new();
    for source in sources {
        let read = yaml::readable(&source.text);
        if !read.problems.is_empty() {
            adopted.broken.push((source, read.problems));
            continue;
        }
        // Most of what tools print has none, and is long.
        let stream = source.text.contains('#').then(|| yaml::read(&source.text).ok()).flatten();
        let comments = stream.map(|stream| stream.comments).unwrap_or_default();
        let starts: Vec<_> = read.objects.iter().map(|located| located.node.span.start).collect();
        let mut comments = of_objects(&source.text, &starts, comments);
        for (number, located) in read.objects.into_iter().enumerate() {
            if located.object.api_version().starts_with("kustomize.config.k8s.io/") {
                continue;
            }
            let place = format!("{}:{}", source.name, located.node.span.line);
            for problem in &located.problems {
                let note = "a struct can't hold it, it is taken as it is";
                adopted.notes.push(format!("{}:{problem}: {note}", source.name));
            }
            let comments = comments.remove(&number).unwrap_or_default();
            let mut given = given(located, place, comments);
            if let Some(maker) = server::maker(&given) {
                adopted.notes.push(format!("left out: {}: {}: {maker} makes it", given.place, given.label()));
                continue;
            }
            for field in server::strip(&mut given) {
                *removed.entry(field).or_insert(0) += 1;
            }
            if let Some(namespace) =
                namespace.filter(|_| code::is_namespaced(&given.api_version, &given.kind) == Some(true))
                && given.namespace().is_empty()
            {
                given.value["metadata"]["namespace"] = namespace.into();
            }
            adopted.objects.push(given);
        }
    }
    let mut removed: Vec<_> = removed.into_iter().collect();
    removed.sort();
    for (field, count) in removed {
        adopted.notes.push(format!("removed, as the cluster sets it: {field} of {}", report::counted(count, "object")));
    }
    adopted.without_twins();
    adopted
}

impl Adopted {
    /// Keeps one of the objects that are the same.
    fn without_twins(&mut self) {
        let mut kept: Vec<Given> = Vec::new();
        let mut places: HashMap<[String; 4], usize> = HashMap::new();
        for given in self.objects.drain(..) {
            match places.get(&id(&given.value)) {
                Some(&place) if kept[place].value == given.value => {
                    self.notes.push(format!(
                        "{}: {} is that of {}, and taken once",
                        given.place,
                        given.label(),
                        kept[place].place
                    ));
                }
                Some(&place) => {
                    let first = &kept[place].place;
                    let note = "and is another: both are in the code, take one out";
                    self.notes.push(format!("{}: {} stands in {first}, too, {note}", given.place, given.label()));
                    kept.push(given);
                }
                None => {
                    places.insert(id(&given.value), kept.len());
                    kept.push(given);
                }
            }
        }
        self.objects = kept;
    }
}

/// What makes an object this one and no other.
pub fn id(value: &Value) -> [String; 4] {
    ["/apiVersion", "/kind", "/metadata/namespace", "/metadata/name"]
        .map(|pointer| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned())
}

fn given(located: Located, place: String, comments: Vec<Comment>) -> Given {
    let Located { object, node, problems, .. } = located;
    let is_typed = problems.is_empty() && object.content().is_none();
    let mut value = is_typed.then(|| as_json(&object)).flatten();
    if value.is_none() {
        value = json(&node);
    }
    Given {
        place,
        api_version: object.api_version().to_owned(),
        kind: object.kind().to_owned(),
        value: value.unwrap_or_default(),
        is_typed,
        node,
        comments,
    }
}

/// An object as JSON: what its type holds of it.
pub fn as_json(object: &Object) -> Option<Value> {
    let mut text = String::new();
    object.write_yaml(&mut text).ok()?;
    json(yaml::read(&text).ok()?.documents.first()?)
}

fn json(node: &Node) -> Option<Value> {
    serde_json::to_value(node).ok()
}

/// The comments of each object: those in it, and those above it in its document.
fn of_objects(text: &str, starts: &[usize], comments: Vec<Comment>) -> HashMap<usize, Vec<Comment>> {
    let mut of: HashMap<usize, Vec<Comment>> = HashMap::new();
    for comment in comments {
        let next = starts.partition_point(|start| *start <= comment.span.start);
        let number = match next.checked_sub(1) {
            Some(before) => {
                let is_over = text[starts[before]..comment.span.start].contains("\n---");
                if is_over && next < starts.len() { next } else { before }
            }
            None => 0,
        };
        of.entry(number).or_default().push(comment);
    }
    of
}
