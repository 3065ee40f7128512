//! Where the two sides of a comparison come from: files, or a revision of git.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Error, render};

use crate::input::{self, Inputs, STDIN};
use crate::writer::disk;

/// What `diff` compares with where nothing is named.
pub const HEAD: &str = "HEAD";

/// One side.
#[derive(Debug, PartialEq, Eq)]
pub enum Side {
    /// Files and folders, or standard input.
    Path(Utf8PathBuf),
    /// A revision, and a path in it that is told from here.
    Revision { revision: String, path: Utf8PathBuf },
}

impl Side {
    /// The side that is meant by a word: what lies at a path, or else a revision, alone or as `REVISION:PATH`; without a path it is `path`.
    pub fn named(name: &str, path: &Utf8Path) -> Result<Self, Error> {
        if input::is_there(name) {
            return Ok(Self::Path(name.into()));
        }
        let (revision, path) = match name.split_once(':') {
            Some((revision, path)) => (revision, path.into()),
            None => (name, path.to_owned()),
        };
        let commit = format!("{revision}^{{commit}}");
        let help = "name manifests, or a branch, a tag or a commit, such as main or main:rendered";
        git(&["rev-parse", "--git-dir"], "")
            .map_err(|error| Error::new(format!("`{name}` is no file and no folder, and {error}"), help))?;
        git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], "")
            .map_err(|_| Error::new(format!("`{name}` is no file, no folder and no revision of git"), help))?;
        Ok(Self::Revision { revision: revision.to_owned(), path })
    }

    /// Whether it is manifests, such as a cluster's dump, and no folder to which clusters are rendered.
    pub fn is_manifests(&self) -> bool {
        matches!(self, Self::Path(path) if path == STDIN || !disk::is_folder(path))
    }

    /// Its manifests.
    pub fn inputs(&self) -> Result<Inputs, Error> {
        match self {
            Self::Path(path) => Inputs::read("diff", std::slice::from_ref(path)),
            Self::Revision { revision, path } => {
                let files = of_revision(revision, path)?.ok_or_else(|| {
                    Error::new(format!("{revision} has no {path}"), "name a path that it has, as REVISION:PATH")
                })?;
                let named = files.into_iter().map(|(below, text)| (join(path, &below), text));
                Ok(Inputs::of_texts("diff", named.map(|(path, text)| (format!("{revision}:{path}"), text))))
            }
        }
    }

    /// The texts of a folder in it by their paths below that, without those of secrets; none where there is no such folder.
    pub fn texts(&self, folder: &str) -> Result<BTreeMap<Utf8PathBuf, String>, Error> {
        let mut texts = BTreeMap::new();
        match self {
            Self::Path(path) => of_disk(&path.join(folder), Utf8Path::new(""), &mut texts)?,
            Self::Revision { revision, path } => {
                texts.extend(of_revision(revision, &path.join(folder))?.unwrap_or_default());
            }
        }
        texts.retain(|path, _| !path.starts_with(render::SECRETS));
        Ok(texts)
    }
}

/// As people name it.
impl std::fmt::Display for Side {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) if path == STDIN => formatter.write_str("standard input"),
            Self::Path(path) => write!(formatter, "{path}"),
            Self::Revision { revision, path } => write!(formatter, "{revision}:{path}"),
        }
    }
}

/// A path below another one, which may be a file itself.
fn join(path: &Utf8Path, below: &Utf8Path) -> Utf8PathBuf {
    if below.as_str().is_empty() { path.to_owned() } else { path.join(below) }
}

fn of_disk(root: &Utf8Path, below: &Utf8Path, texts: &mut BTreeMap<Utf8PathBuf, String>) -> Result<(), Error> {
    for (name, is_folder) in disk::entries(&root.join(below))? {
        let path = below.join(&name);
        if path.starts_with(render::SECRETS) {
            continue;
        }
        if is_folder {
            of_disk(root, &path, texts)?;
        } else if let Some(text) = disk::bytes(&root.join(&path))?.and_then(|bytes| String::from_utf8(bytes).ok()) {
            texts.insert(path, text);
        }
    }
    Ok(())
}

/// The texts of a revision at a path, which is told from here, by their paths below it; none where nothing is there.
fn of_revision(revision: &str, path: &Utf8Path) -> Result<Option<BTreeMap<Utf8PathBuf, String>>, Error> {
    // What is told from the repository's root begins without a dot.
    let object = format!("{revision}:./{}", input::plain(path));
    let Ok(kind) = git(&["cat-file", "-t", &object], "") else { return Ok(None) };
    if kind == b"blob\n" {
        let text = git(&["cat-file", "blob", &object], "")?;
        return Ok(Some(String::from_utf8(text).map(|text| (Utf8PathBuf::new(), text)).into_iter().collect()));
    }
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", &object], "")?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    // `MODE TYPE ID<tab>PATH`: links and other repositories are no texts.
    let entries = listed.split('\0').filter_map(|line| line.split_once('\t'));
    let files: Vec<_> = entries
        .filter(|(entry, _)| entry.starts_with("100"))
        .filter_map(|(entry, path)| Some((entry.split(' ').nth(2)?, path)))
        .collect();
    let wanted: Vec<_> = files.iter().map(|(id, _)| *id).chain([""]).collect();
    let contents = git(&["cat-file", "--batch"], &wanted.join("\n"))?;
    let mut texts = BTreeMap::new();
    let mut rest = contents.as_slice();
    for (_, path) in files {
        let content;
        (content, rest) = first(rest).ok_or_else(|| {
            Error::new(format!("git doesn't give {path} of {revision}"), "have `git fsck` look at the repository")
        })?;
        if let Ok(text) = std::str::from_utf8(content) {
            texts.insert(path.into(), text.to_owned());
        }
    }
    Ok(Some(texts))
}

/// The first content that `cat-file --batch` printed, and the rest: each is `ID TYPE SIZE`, the content, and an end of line.
fn first(printed: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = printed.iter().position(|byte| *byte == b'\n')?;
    let size = std::str::from_utf8(&printed[..end]).ok()?.rsplit(' ').next()?.parse().ok()?;
    let (content, after) = printed[end + 1..].split_at_checked(size)?;
    Some((content, after.get(1..)?))
}

/// What the person's git prints.
pub fn git(arguments: &[&str], input: &str) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::io("cannot run git", "install it, or name files and folders to compare", error);
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // It answers before it has read everything.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(failed)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = said.lines().next().unwrap_or_default();
    let fact = format!("git says: {}", said.strip_prefix("fatal: ").unwrap_or(said));
    Err(Error::new(fact, "compare within a repository of git, or name files and folders"))
}
