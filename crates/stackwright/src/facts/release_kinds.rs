use std::sync::LazyLock;

use serde::Deserialize;

use crate::links::GroupKind;

/// What is known of such kinds in `release_kinds.yaml`, which explains its form.
static KINDS: LazyLock<Vec<ReleaseKind>> = LazyLock::new(|| super::table(include_str!("release_kinds.yaml")));

/// A kind whose objects stand for releases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReleaseKind {
    kind: String,
    /// The field of the namespace that it brings objects to; that of the object, where there is none.
    pub namespace: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// What is known of a kind, if its objects stand for releases.
pub(crate) fn of(kind: GroupKind<'_>) -> Option<&'static ReleaseKind> {
    KINDS.iter().find(|known| GroupKind::from(known.kind.as_str()) == kind)
}

/// The kinds that are known.
pub(crate) fn all() -> impl Iterator<Item = GroupKind<'static>> {
    KINDS.iter().map(|known| GroupKind::from(known.kind.as_str()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_fact_has_its_source_and_day() {
        for known in super::KINDS.iter() {
            crate::facts::assert_sourced(&known.kind, &known.source, &known.read);
        }
    }
}
