use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::links::GroupKind;

/// What is known of operators in `makers.yaml`, which explains its form.
static MAKERS: LazyLock<Vec<Maker>> = LazyLock::new(|| super::table(include_str!("makers.yaml")));

/// An object of an operator, and what the operator makes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Maker {
    kind: String,
    /// The name of the object, where only one of that name has something made.
    name: Option<String>,
    /// The kinds of what is made, and patterns of names.
    pub makes: BTreeMap<String, Vec<String>>,
    /// Whether that is made in any namespace, and not in that of the object.
    #[serde(default)]
    pub everywhere: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// What operators make of objects of a kind and a name.
pub(crate) fn of<'a>(kind: GroupKind<'a>, name: &'a str) -> impl Iterator<Item = &'static Maker> + use<'a> {
    let is_of = move |maker: &&Maker| {
        GroupKind::from(maker.kind.as_str()) == kind && maker.name.as_deref().is_none_or(|own| own == name)
    };
    MAKERS.iter().filter(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for maker in MAKERS.iter() {
            crate::facts::assert_sourced(&maker.kind, &maker.source, &maker.read);
            assert!(!maker.makes.is_empty() && maker.kind.contains('.'), "{}", maker.kind);
        }
    }
}
