//! What every file of the repository is held to, new ones before they are committed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The only sources that touch a disk, and what for. Everything else is pure, and so gives the same on any machine.
const ON_DISK: &[(&str, &str)] = &[
    ("crates/stackwright-cli/src/input.rs", "reads what arguments name"),
    ("crates/stackwright-cli/src/secrets/folder.rs", "keeps secret material, and nobody else sees it"),
    ("crates/stackwright-cli/src/writer/disk.rs", "reads and writes single files"),
    ("crates/stackwright-cli/src/writer/mod.rs", "owns the tree that it wrote"),
];

/// How sources reach a disk: by the module, or by methods of paths.
const REACHES_DISK: &[&str] = &["fs", "exists", "is_dir", "is_file", "read_dir", "read_dir_utf8", "canonicalize"];

/// People who are nobody: a home in an example, those of images' users and of a box's.
const NOBODY: &[&str] = &["debian", "me", "node", "nonroot", "vagrant"];

#[test]
fn only_these_sources_touch_a_disk() {
    let touching = |text: &str| code(text).flat_map(words).any(|word| REACHES_DISK.contains(&word));
    // Tests may.
    let is_source = |path: &str| path.contains("/src/") && !path.contains("/tests") && is_rust(path);
    let sources = files().into_iter().filter(|(path, text)| is_source(path) && touching(text));
    let touching: Vec<_> = sources.map(|(path, _)| path).collect();
    assert_eq!(touching, ON_DISK.iter().map(|(path, _)| *path).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_to_do() {
    let left = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
    assert_none(|path, line| is_rust(path) && left.iter().any(|left| line.contains(left)));
}

#[test]
fn no_secret_is_in_git() {
    // Between the two words stands what kind of key it is, if anything.
    let is_kind = |kind: &str| kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ');
    let is_key = |rest: &str| rest.split_once("PRIVATE KEY").is_some_and(|(kind, _)| is_kind(kind));
    assert_none(|_, line| line.split("BEGIN ").skip(1).any(is_key));
    let is_material = |path: &str| path.starts_with("rendered/") && path.contains("/secrets/");
    let is_rendered = |path: &str| path.ends_with("/kustomization.yaml") || path.ends_with("/.gitignore");
    let material = files().into_iter().map(|(path, _)| path).filter(|path| is_material(path) && !is_rendered(path));
    assert_eq!(material.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_file_names_anyones_home() {
    assert_none(|_, line| ["/home/", "/Users/"].iter().any(|homes| is_home(line, homes)));
}

/// Whether the path of a home stands in a line: at the beginning of a path, and somebody's.
fn is_home(line: &str, homes: &str) -> bool {
    line.match_indices(homes).any(|(at, _)| {
        let goes_on = line[..at].ends_with(|before: char| before.is_alphanumeric() || "_}.-".contains(before));
        let after = &line[at + homes.len()..];
        let name = after.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default();
        !goes_on && !name.is_empty() && !NOBODY.contains(&name)
    })
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// The lines of a source that are no comments and come before its tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.map(str::trim_start).filter(|line| !line.starts_with("//"))
}

/// The names in a line of code, without what stands in quotes.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').step_by(2).flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'))
}

/// Asserts that no line of a file is of a kind; this file has to name what it looks for.
fn assert_none(is_found: impl Fn(&str, &str) -> bool) {
    let files = files().into_iter().filter(|(path, _)| !path.ends_with("/tidy.rs"));
    let found = files.flat_map(|(path, text)| {
        let lines = text.lines().zip(1..).filter(|(line, _)| is_found(&path, line));
        lines.map(|(line, number)| format!("{path}:{number}: {line}")).collect::<Vec<_>>()
    });
    assert_eq!(found.collect::<Vec<_>>(), [""; 0]);
}

/// The files that git has or would take, by path, each with its text.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(&root);
    let listed = git.output().expect("git is there");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let paths = String::from_utf8(listed.stdout).expect("paths are UTF-8");
    let mut paths: Vec<_> = paths.split_terminator('\0').map(PathBuf::from).collect();
    paths.sort();
    paths.dedup();
    // What was deleted and is not committed yet is still listed.
    let read = |path: PathBuf| Some((path.to_str()?.to_owned(), std::fs::read(root.join(path)).ok()?));
    let read: Vec<_> = paths.into_iter().filter_map(read).collect();
    assert!(read.len() > 100, "these are not all files: {}", read.len());
    read.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

#[test]
fn homes_are_told_from_other_paths() {
    let of = |line| is_home(line, "/home/");
    assert!(of("at /home/ada/work") && of("x=/home/ada"));
    assert!(!of("$WORLD/machine/home/.ssh") && !of("/home/me/VirtualBox") && !of("the folder /home/ itself"));
}
