//! Names that cargo and Kubernetes take.

use std::collections::HashSet;

use stackwright::Error;

use crate::rust::KEYWORDS;

/// What cargo refuses as the name of a crate beside keywords, or what would hide a crate that it needs.
const TAKEN: [&str; 14] = [
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "insta",
    "k8s-openapi",
    "proc_macro",
    "stackwright",
    "stackwright-cli",
    "stackwright-hosts",
    "std",
    "test",
];
/// The longest label of a host's name, without the number that a machine gets.
const LONGEST: usize = 60;

/// The name of a folder as that of a crate, as far as it can be one.
pub fn of_folder(folder: &str) -> String {
    let plain = folder.to_lowercase().replace(|char: char| !char.is_ascii_alphanumeric() && char != '_', "-");
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Refuses what can't be the name of a crate and of its program.
pub fn check_crate(name: &str) -> Result<(), Error> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.bytes().all(is_word) {
        return Err(Error::new(
            format!("`{}` cannot be the name of a crate", name.escape_debug()),
            "choose one by --name: a letter, and then letters, digits, - and _",
        ));
    }
    if TAKEN.contains(&name) || KEYWORDS.contains(&name) {
        return Err(Error::new(
            format!(
                "`{name}` cannot be the name of a crate: it is Rust's or cargo's own, or that of a crate which is needed"
            ),
            "choose another by --name",
        ));
    }
    Ok(())
}

/// Refuses what can't be the names of clusters: they are folders, and parts of the names of hosts.
pub fn check_clusters(names: &[String]) -> Result<(), Error> {
    let mut known = HashSet::new();
    for name in names {
        let is_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_whole = !name.is_empty() && !name.starts_with('-') && !name.ends_with('-') && name.len() <= LONGEST;
        if !is_whole || !name.bytes().all(is_label) {
            return Err(Error::new(
                format!("`{}` cannot be the name of a cluster", name.escape_debug()),
                format!(
                    "use small letters and digits, with hyphens between them, {LONGEST} at most: hosts are named after it"
                ),
            ));
        }
        if !known.insert(name) {
            return Err(Error::new(format!("two clusters are called {name}"), "give each a name of its own"));
        }
    }
    Ok(())
}
