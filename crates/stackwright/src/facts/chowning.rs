use std::sync::LazyLock;

use serde::Deserialize;

/// What is known of such images in `chowning.yaml`, which explains its form.
static IMAGES: LazyLock<Vec<Official>> = LazyLock::new(|| super::table(include_str!("chowning.yaml")));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Official {
    image: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// Whether an official image of this name gives its data to a user of its own as root.
pub(crate) fn has(name: &str) -> bool {
    IMAGES.iter().any(|known| known.image == name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_fact_has_its_source_and_day() {
        for known in super::IMAGES.iter() {
            crate::facts::assert_sourced(&known.image, &known.source, &known.read);
        }
    }
}
