//! What operators make of the objects, by the table of makers.

use crate::check::{GroupKind, HashMap, HashSet, Item};
use crate::facts::makers;
use crate::yaml::{Node, Span, Value};

/// The beginning and the end of a name.
type Part = (String, String);

/// The names that operators give to what they make.
#[derive(Default)]
pub(super) struct Made<'a> {
    whole: HashSet<(GroupKind<'static>, Option<&'a str>, String)>,
    /// Those of which only the beginning and the end are known.
    parts: HashMap<(GroupKind<'static>, Option<&'a str>), Vec<Part>>,
}

impl<'a> Made<'a> {
    /// What is made of these objects.
    pub(super) fn of(items: &[Item<'a>]) -> Self {
        let mut made = Self::default();
        let nothing = Node { span: Span::default(), value: Value::Null };
        for item in items {
            // Of a definition the name says enough.
            let is_definition = item.object.kind() == "CustomResourceDefinition";
            let content = item.object.content().or(is_definition.then_some(&nothing));
            let Some(content) = content else { continue };
            for maker in makers::of(item.kind(), item.object.name()) {
                let namespace = (!maker.everywhere).then_some(item.namespace);
                for (kind, patterns) in &maker.makes {
                    for name in patterns.iter().flat_map(|pattern| names(pattern, content)) {
                        made.add(kind.as_str().into(), namespace, name);
                    }
                }
            }
        }
        made
    }

    fn add(&mut self, kind: GroupKind<'static>, namespace: Option<&'a str>, name: String) {
        match name.split_once('*') {
            Some((start, end)) => {
                self.parts.entry((kind, namespace)).or_default().push((start.to_owned(), end.to_owned()));
            }
            None => _ = self.whole.insert((kind, namespace, name)),
        }
    }

    /// Whether an operator makes the object of a kind with this name.
    pub(super) fn has(&self, kind: GroupKind<'_>, namespace: &str, name: &str) -> bool {
        let is_made = |namespace: Option<&str>| {
            let parts = self.parts.get(&(kind, namespace)).into_iter().flatten();
            let mut parts = parts.filter(|(start, end)| name.len() > start.len() + end.len());
            self.whole.contains(&(kind, namespace, name.to_owned()))
                || parts.any(|(start, end)| name.starts_with(start.as_str()) && name.ends_with(end.as_str()))
        };
        is_made(Some(namespace)) || is_made(None)
    }
}

/// The names that a pattern stands for; none where the object lacks the fields.
fn names(pattern: &str, content: &Node) -> Vec<String> {
    let Some((before, rest)) = pattern.split_once('{') else { return vec![pattern.to_owned()] };
    let Some((fields, after)) = rest.split_once('}') else { return Vec::new() };
    let values = fields.split('|').map(|field| values(field, content)).find(|values| !values.is_empty());
    let ends = names(after, content);
    let ends = &ends;
    values.into_iter().flatten().flat_map(|value| ends.iter().map(move |end| format!("{before}{value}{end}"))).collect()
}

/// The texts at a field, whose path may lead through lists.
fn values<'n>(field: &str, content: &'n Node) -> Vec<&'n str> {
    let path = if field == "name" { "metadata.name" } else { field };
    match path.split_once("[].") {
        Some((list, below)) => {
            let items = content.at(list).map(Node::items).unwrap_or_default();
            items.iter().flat_map(|item| values_at(below, item)).collect()
        }
        None => values_at(path, content),
    }
}

fn values_at<'n>(path: &str, node: &'n Node) -> Vec<&'n str> {
    node.at(path).and_then(Node::text).filter(|text| !text.is_empty()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::yaml::read;

    #[test]
    fn names_are_made_of_fields() {
        let content = &read("metadata: {name: pg}\nspec: {target: {name: login}, users: [{name: a}, {name: b}]}")
            .unwrap()
            .documents[0];
        let of = |pattern| names(pattern, content);
        assert_eq!(of("{name}-rw"), ["pg-rw"]);
        assert_eq!(of("{spec.target.name|name}"), ["login"]);
        assert_eq!(of("{spec.other|name}"), ["pg"]);
        assert_eq!(of("{name}-{spec.users[].name}-*"), ["pg-a-*", "pg-b-*"]);
        assert_eq!(of("{spec.other}-rw"), [""; 0]);
    }
}
