use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Domains that are called as namespaces are, as `domains.yaml` explains them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Domains {
    names: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

fn all() -> &'static [Domains] {
    static ALL: LazyLock<Vec<Domains>> = LazyLock::new(|| super::table(include_str!("domains.yaml")));
    &ALL
}

/// Whether a host in what is called so may be a machine of the Internet or of a home.
pub(crate) fn is_one(name: &str) -> bool {
    static NAMES: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| all().iter().flat_map(|row| &row.names).map(String::as_str).collect());
    // Those of two letters are countries'.
    name.len() < 3 || NAMES.contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for row in all() {
            crate::facts::assert_sourced(&row.names[0], &row.source, &row.read);
        }
    }

    #[test]
    fn a_country_is_one_and_a_namespace_is_none() {
        assert!(is_one("io") && is_one("lan") && is_one("media"));
        assert!(!is_one("database") && !is_one("monitoring") && !is_one("example"));
    }
}
