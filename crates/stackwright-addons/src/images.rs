//! The images of what is here without charts: data, in `images.yaml`, which explains its form.

use std::sync::LazyLock;

use serde::Deserialize;
use stackwright::yaml;

static IMAGES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let stream = yaml::read(include_str!("images.yaml")).expect("the file of images is YAML");
    yaml::decode(&stream.documents[0]).expect("the file of images has the form that its type has")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    part: String,
    image: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// The image of a part.
pub fn image(part: &str) -> String {
    let row = IMAGES.iter().find(|row| row.part == part);
    row.expect("the file of images has every part").image.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_source_and_day_and_a_version() {
        for Row { part, image, source, read } in IMAGES.iter() {
            assert!(source.starts_with("https://"), "{part}: {source}");
            let day: Vec<_> = read.split('-').map(|part| part.parse::<u32>().expect("a number")).collect();
            assert!(matches!(day[..], [2025..=2099, 1..=12, 1..=31]), "{part}: {read}");
            let version = image.rsplit_once(':').expect("a tag").1.trim_start_matches('v');
            assert_eq!(version.split('.').filter(|number| number.parse::<u32>().is_ok()).count(), 3, "{part}: {image}");
        }
    }
}
