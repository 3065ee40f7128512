//! Names in fields of objects that were renamed: they follow.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use stackwright::yaml::{Node, Value};

use super::fields;
use super::kustomize::Built;
use super::node::{each, set, text, text_at};

/// A field in which the name of an object of a kind stands.
#[derive(Clone)]
pub struct Referrer {
    target: String,
    kind: String,
    path: String,
}

impl Referrer {
    /// Those that a file of `configurations` adds.
    pub fn of(configuration: &Node) -> Vec<Self> {
        let targets = configuration.get("nameReference").map(Node::items).unwrap_or_default();
        let of_target = |target: &Node| {
            let kind = text_at(target, "kind").unwrap_or_default().to_owned();
            let fields = target.get("fieldSpecs").map(Node::items).unwrap_or_default().to_vec();
            fields.into_iter().filter_map(move |field| {
                let text = |key| text_at(&field, key).map(str::to_owned);
                Some(Self { target: kind.clone(), kind: text("kind").unwrap_or_default(), path: text("path")? })
            })
        };
        targets.iter().flat_map(of_target).collect()
    }
}

/// An object that was renamed.
struct Renamed {
    ids: Vec<(String, String)>,
    name: String,
    namespace: String,
}

/// Objects that were renamed, by their kind and each name that they had.
type Known = HashMap<String, HashMap<String, Vec<Rc<Renamed>>>>;

/// Gives fields with the names of renamed objects their new ones.
pub fn follow(objects: &mut [Built], more: &[Referrer]) {
    let mut known = Known::new();
    for built in objects.iter().filter(|built| built.is_renamed()) {
        let renamed = Rc::new(Renamed::of(built));
        let of_kind = known.entry(built.kind().to_owned()).or_default();
        let names: BTreeSet<_> = renamed.ids.iter().map(|(_, name)| name).collect();
        for name in names {
            of_kind.entry(name.clone()).or_default().push(renamed.clone());
        }
    }
    if known.is_empty() {
        return;
    }
    for built in objects {
        let (kind, own) = (built.kind().to_owned(), built.namespace().to_owned());
        let root = &mut built.document.node;
        let mut at = |target: &str, path: &str| {
            if let Some(of_target) = known.get(target) {
                let steps = fields::steps(path);
                let steps: Vec<_> = steps.iter().map(String::as_str).collect();
                each(root, &steps, None, &mut |node| rename(node, target, of_target, &own));
            }
        };
        for (target, field) in fields::names(&kind) {
            at(target, field);
        }
        let more = more.iter().filter(|more| more.kind == kind || more.kind.is_empty());
        more.for_each(|more| at(&more.target, &more.path));
    }
}

impl Renamed {
    fn of(built: &Built) -> Self {
        Self {
            ids: built.ids().map(|(namespace, name)| (namespace.to_owned(), name.to_owned())).collect(),
            name: built.name().to_owned(),
            namespace: built.namespace().to_owned(),
        }
    }
}

/// Renames what a field holds the name of: an object of this kind.
fn rename(node: &mut Node, kind: &str, renamed: &HashMap<String, Vec<Rc<Renamed>>>, namespace: &str) {
    let called = |name: &str| renamed.get(name).into_iter().flatten();
    if let Value::String(name) = &mut node.value {
        if let Some(one) = called(name).find(|one| one.namespace == namespace || one.namespace.is_empty()) {
            name.clone_from(&one.name);
        }
        return;
    }
    // A subject of a binding, or a Service that the API server asks: its namespace is beside its name.
    let is_other_kind = text_at(node, "kind").is_some_and(|other| other != kind);
    let (Some(name), false) = (text_at(node, "name"), is_other_kind) else { return };
    let written = text_at(node, "namespace").unwrap_or_default();
    let is_meant = |one: &&Rc<Renamed>| one.ids.iter().any(|(known, old)| old == name && known == written);
    let Some(one) = called(name).find(is_meant) else { return };
    let span = node.get("name").map_or(node.span, |name| name.span);
    set(node, "name", text(&one.name, span));
    if !one.namespace.is_empty() {
        set(node, "namespace", text(&one.namespace, span));
    }
}
