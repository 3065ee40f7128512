//! What is true of other people's programs: data, each entry with its source and the day on which it was read there.

pub(crate) mod annotations;
pub(crate) mod believers;
pub(crate) mod charts;
pub(crate) mod chowning;
pub(crate) mod clients;
pub(crate) mod domains;
pub(crate) mod groups;
pub(crate) mod images;
pub(crate) mod load_balancers;
pub(crate) mod makers;
pub(crate) mod pods;
pub(crate) mod provisioners;
pub(crate) mod release_kinds;
pub(crate) mod resources;
pub(crate) mod retired;
pub(crate) mod servers;

use serde::de::DeserializeOwned;

use crate::yaml;

/// The entries of a file of facts, which is part of this library: its tests read all of them.
fn table<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let stream = yaml::read(text).expect("a file of facts is YAML");
    yaml::decode(&stream.documents[0]).expect("a file of facts has the form that its type has")
}

/// Asserts that a fact says where and when it was read.
#[cfg(test)]
pub(crate) fn assert_sourced(fact: &str, source: &str, read: &str) {
    assert!(source.starts_with("https://"), "{fact}: {source}");
    let day: Vec<_> = read.split('-').map(|part| part.parse::<u32>().expect("a number")).collect();
    assert!(matches!(day[..], [2025..=2099, 1..=12, 1..=31]), "{fact}: {read}");
}
