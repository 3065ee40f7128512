//! `init`: a repository of one's own, with everything in it from the first stack to continuous integration. Its files are the person's from
//! then on.

mod names;
mod path;

use camino::Utf8Path;
use serde::Serialize;
use stackwright::template::{Language, Place, shell_word};
use stackwright::{Error, File};

use crate::report::counted;
use crate::writer::Folder;
use crate::{Outcome, flags, report};

/// What is written as it is.
const PLAIN: [(&str, &str); 11] = [
    (".github/actions/consequences/action.yml", include_str!("repository/consequences.yml")),
    (".github/workflows/check.yml", include_str!("repository/github.yml")),
    (".gitignore", include_str!("repository/gitignore")),
    (".gitlab/consequences.yml", include_str!("repository/consequences-gitlab.yml")),
    (".gitlab-ci.yml", include_str!("repository/gitlab.yml")),
    ("justfile", include_str!("repository/justfile")),
    ("snapshots/hello.snap", include_str!("repository/hello.snap")),
    ("src/hello.rs", include_str!("repository/hello.rs")),
    ("src/hello/index.html", include_str!("repository/index.html")),
    ("src/main.rs", include_str!("repository/main.rs")),
    ("src/tests.rs", include_str!("repository/tests.rs")),
];

/// What values are put into.
const FILLED: [(&str, &str); 3] = [
    ("Cargo.toml", include_str!("repository/Cargo.toml.in")),
    ("README.md", include_str!("repository/README.md.in")),
    ("tests/committed.rs", include_str!("repository/committed.rs.in")),
];

const CLUSTERS: &str = "src/clusters.rs";
const EXISTING: &str = include_str!("repository/clusters-existing.rs.in");
const MACHINES: &str = include_str!("repository/clusters-machines.rs.in");

/// The release of an existing cluster, where none is given.
const KUBERNETES: &str = "1.36";

const HOOK: &str = "hooks/pre-commit";

/// A file of these templates. What is put into them is looked at before, and means nothing in any of their languages.
const TEMPLATE: Language = Language { name: "the repository", literal: as_it_is, ..Language::PLAIN };

// The signature is that of every language.
#[allow(clippy::unnecessary_wraps)]
fn as_it_is(text: &str, _: Place<'_>) -> Result<String, String> {
    Ok(text.to_owned())
}

/// What the templates take.
#[derive(Serialize)]
struct Values<'a> {
    name: &'a str,
    /// The default cluster.
    first: &'a str,
    clusters: Vec<Shown<'a>>,
    kubernetes: &'a str,
    machines: bool,
    paths: Option<path::Crates>,
    version: &'static str,
    rust: &'static str,
}

/// What it takes of a cluster. Where two differ, a person sees how they may.
#[derive(Serialize)]
struct Shown<'a> {
    name: &'a str,
    host: String,
    lan: String,
    replicas: usize,
}

/// Writes the files of a repository into a folder, and says what comes next.
pub fn outcome(flags: &flags::Init) -> Result<Outcome, Error> {
    let folder = path::absolute(&flags.dir)?;
    let name = match &flags.name {
        Some(name) => name.clone(),
        None => names::of_folder(folder.file_name().unwrap_or_default()),
    };
    names::check_crate(&name)?;
    names::check_clusters(&flags.clusters)?;
    let paths = flags.path.as_ref().map(|checkout| path::Crates::of(checkout, &folder)).transpose()?;
    let cluster = |(number, name)| Shown {
        name,
        host: format!("hello.{name}.example"),
        lan: format!("192.168.{}.0/24", 10 + number % 240),
        replicas: if number == 0 { 2 } else { 3 },
    };
    let values = Values {
        name: &name,
        first: flags.clusters.first().map_or("", String::as_str),
        clusters: flags.clusters.iter().map(String::as_str).enumerate().map(cluster).collect(),
        kubernetes: flags.kubernetes.as_deref().unwrap_or(KUBERNETES),
        machines: flags.machines,
        paths,
        version: env!("CARGO_PKG_VERSION"),
        rust: env!("CARGO_PKG_RUST_VERSION"),
    };
    let files = files(&values)?;
    Folder::locked(&flags.dir)?.add(&files)?;

    let list: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    report::data(&(list.join("\n") + "\n"))?;
    report::text(&next(&flags.dir, &name, files.len()));
    Ok(Outcome::Clean)
}

/// The files by their paths.
fn files(values: &Values) -> Result<Vec<File>, Error> {
    let clusters = if values.machines { MACHINES } else { EXISTING };
    let filled = FILLED.into_iter().chain([(CLUSTERS, clusters)]).map(|(path, source)| {
        // The language is told, and nothing of it by the name.
        Ok(File { path: path.into(), ..TEMPLATE.template("repository", source, values)? })
    });
    let mut files = filled.collect::<Result<Vec<_>, Error>>()?;
    files.extend(PLAIN.map(|(path, text)| File::new(path, text)));
    files.push(File::script(HOOK, include_str!("repository/pre-commit")));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// What is said when they are there.
fn next(folder: &Utf8Path, name: &str, count: usize) -> String {
    let enter = if folder == "." { String::new() } else { format!("  cd {}\n", shell_word(folder.as_str())) };
    format!(
        "{name} is there, {}. Next:\n{enter}  git init && git config core.hooksPath hooks\n  \
         cargo run -- render --out rendered\n  cargo test\nREADME.md says what is where.\n",
        counted(count, "file")
    )
}
