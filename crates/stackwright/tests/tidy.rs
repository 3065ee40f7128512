//! What no compiler tests: that the library asks the system for nothing, which enums may grow, and what is said once.

use std::fs;
use std::path::{Path, PathBuf};

/// Enums that must be handled whole: a member more is a break, and the compiler shows where. `docs/stability.md` says so too.
const WHOLE: &[&str] = &["Material", "PodSecurity", "Purpose", "Severity", "Source", "Value"];

#[test]
fn the_library_asks_the_system_for_nothing() {
    for (path, text) in sources("crates/stackwright/src") {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let asks = ["std::env", "std::process", "std::net::Tcp", "::now()"].iter().any(|word| line.contains(word));
            assert!(!asks && !has_files(line), "{path}: {line}");
        }
    }
}

#[test]
fn public_enums_may_grow_or_are_whole() {
    let mut whole = Vec::new();
    for (path, text) in sources("crates/stackwright/src") {
        // Nothing of the API's rules is public.
        if path.starts_with("check/api/") {
            continue;
        }
        let lines: Vec<_> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let Some(name) = line.strip_prefix("pub enum ") else { continue };
            let name = name.trim_end_matches(" {");
            let may_grow = lines[..number].iter().rev().take_while(|line| line.starts_with(['#', '/']));
            if may_grow.clone().all(|line| !line.contains("non_exhaustive")) {
                assert!(WHOLE.contains(&name), "{path}: {name} is neither #[non_exhaustive] nor among {WHOLE:?}");
                whole.push(name.to_owned());
            }
        }
    }
    whole.sort();
    assert_eq!(whole, WHOLE, "docs/stability.md and this list name what is whole");
}

/// Who renders to another folder says `--out`, and every command has to follow.
#[test]
fn where_clusters_are_rendered_to_is_said_once() {
    let folders = ["crates/stackwright/src", "crates/stackwright-cli/src"];
    let lines = folders.into_iter().flat_map(sources).flat_map(|(path, text)| {
        let lines: Vec<_> = text.lines().filter(|line| line.contains("\"rendered\"")).map(str::to_owned).collect();
        lines.into_iter().map(move |line| format!("{path}: {line}"))
    });
    let lines: Vec<_> = lines.collect();
    assert_eq!(lines, ["flags.rs: pub const OUT: &str = \"rendered\";"]);
}

/// Whether code names the module of files, and not one whose name ends alike.
fn has_files(line: &str) -> bool {
    let ends_a_name = |before: &str| before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
    line.match_indices("fs::").any(|(at, _)| !ends_a_name(&line[..at])) || line.contains("std::fs")
}

/// The Rust files of a folder with their text, by their paths in it.
fn sources(folder: &str) -> Vec<(String, String)> {
    let folder = root().join(folder);
    let sources = files(&folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let sources: Vec<_> = sources
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let path = path.strip_prefix(&folder).expect("it is in the folder");
            (path.to_str().expect("a path in UTF-8").to_owned(), text)
        })
        .collect();
    assert!(!sources.is_empty(), "{} has no sources", folder.display());
    sources
}

/// Every file below a folder, but for what was built.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path()).filter(|path| !path.ends_with("target"));
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
