//! Names in fields of objects that were renamed: they follow.

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
    kind: String,
    ids: Vec<(String, String)>,
    name: String,
    namespace: String,
}

/// Gives fields with the names of renamed objects their new ones.
pub fn follow(objects: &mut [Built], more: &[Referrer]) {
    let renamed: Vec<_> = objects.iter().filter(|built| built.is_renamed()).map(Renamed::of).collect();
    if renamed.is_empty() {
        return;
    }
    for built in objects {
        let (kind, own) = (built.kind().to_owned(), built.namespace().to_owned());
        let root = &mut built.document.node;
        let mut at = |target: &str, path: &str| {
            let of_target: Vec<_> = renamed.iter().filter(|renamed| renamed.kind == target).collect();
            if !of_target.is_empty() {
                let steps = fields::steps(path);
                let steps: Vec<_> = steps.iter().map(String::as_str).collect();
                each(root, &steps, None, &mut |node| rename(node, &of_target, &own));
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
            kind: built.kind().to_owned(),
            ids: built.ids().map(|(namespace, name)| (namespace.to_owned(), name.to_owned())).collect(),
            name: built.name().to_owned(),
            namespace: built.namespace().to_owned(),
        }
    }

    fn was(&self, name: &str) -> bool {
        self.ids.iter().any(|(_, known)| known == name)
    }
}

fn rename(node: &mut Node, renamed: &[&Renamed], namespace: &str) {
    if let Value::String(name) = &mut node.value {
        let is_meant = |one: &&&Renamed| one.was(name) && (one.namespace == namespace || one.namespace.is_empty());
        if let Some(one) = renamed.iter().find(is_meant) {
            name.clone_from(&one.name);
        }
        return;
    }
    // A subject of a binding, or a Service that the API server asks: its namespace is beside its name.
    let is_other_kind = text_at(node, "kind").is_some_and(|kind| renamed.iter().all(|one| one.kind != kind));
    let (Some(name), false) = (text_at(node, "name"), is_other_kind) else { return };
    let written = text_at(node, "namespace").unwrap_or_default();
    let is_meant = |one: &&&Renamed| one.ids.iter().any(|(known, old)| old == name && known == written);
    let Some(one) = renamed.iter().find(is_meant) else { return };
    let span = node.get("name").map_or(node.span, |name| name.span);
    set(node, "name", text(&one.name, span));
    if !one.namespace.is_empty() {
        set(node, "namespace", text(&one.namespace, span));
    }
}
