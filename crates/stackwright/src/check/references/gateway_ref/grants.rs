use super::{items, text};
use crate::check::{HashSet, Index, Item};

/// What may be named from other namespaces, as `ReferenceGrant`s say.
pub(super) struct Grants<'a>(HashSet<Grant<'a>>);

/// The namespace and kind of what is named, and its name if only that one is meant; and the kind and namespace of what names it.
type Grant<'a> = (&'a str, &'a str, Option<&'a str>, &'a str, &'a str);

impl<'a> Grants<'a> {
    pub(super) fn of(index: &Index<'a>) -> Self {
        let mut grants = HashSet::default();
        for item in index.of_kind("ReferenceGrant.gateway.networking.k8s.io") {
            let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { continue };
            for from in items(spec, "from") {
                let (Some(kind), Some(namespace)) = (text(from, "kind"), text(from, "namespace")) else { continue };
                for to in items(spec, "to") {
                    let name = text(to, "name").filter(|name| !name.is_empty());
                    grants.extend(text(to, "kind").map(|to| (item.namespace, to, name, kind, namespace)));
                }
            }
        }
        Self(grants)
    }

    /// Whether an object may name another one: in its own namespace it may.
    pub(super) fn allow(&self, item: Item<'_>, (kind, namespace, name): (&str, &str, &str)) -> bool {
        let by = |name| self.0.contains(&(namespace, kind, name, item.object.kind(), item.namespace));
        namespace == item.namespace || by(Some(name)) || by(None)
    }
}
