use std::sync::LazyLock;

use serde::Deserialize;

/// Something that is no longer maintained, as `retired.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retired {
    /// The end of the image's name, or a registry.
    pub image: String,
    /// The tags that are meant; all, where there are none.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What it is, and since when it is retired.
    pub what: String,
    /// What to use now.
    pub instead: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// Everything that is known to be retired.
pub(crate) fn all() -> &'static [Retired] {
    static ALL: LazyLock<Vec<Retired>> = LazyLock::new(|| super::table(include_str!("retired.yaml")));
    &ALL
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_fact_has_its_source_and_day() {
        for retired in super::all() {
            crate::facts::assert_sourced(&retired.image, &retired.source, &retired.read);
        }
    }
}
