//! Files of facts about other people's programs.

use serde::de::DeserializeOwned;
use stackwright::yaml;

/// The entries of a file of facts, which is part of this crate: its tests read all of them.
pub(crate) fn table<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let stream = yaml::read(text).expect("a file of facts is YAML");
    yaml::decode(&stream.documents[0]).expect("a file of facts has the form that its type has")
}

/// Asserts that a fact says where and when it was read.
#[cfg(test)]
pub(crate) fn assert_sourced(source: &str, read: &str) {
    assert!(source.starts_with("https://"), "{source}");
    let day: Vec<_> = read.split('-').map(|part| part.parse::<u32>().expect("a number")).collect();
    assert!(matches!(day[..], [2025..=2099, 1..=12, 1..=31]), "{source}: {read}");
}
