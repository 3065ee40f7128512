//! The person's own Helm, and charts as it takes them.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};
use stackwright::Error;

use crate::writer::disk::{self, Scratch};
use crate::writer::hex;

/// The files of a chart by their paths in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A chart as it lies on a disk.
pub enum Packed {
    Archive(Vec<u8>),
    Folder(Files),
}

impl Packed {
    /// The chart at a path, if anything is there.
    pub fn read(path: &Utf8Path) -> Result<Option<Self>, Error> {
        if disk::is_folder(path) {
            let mut files = Files::new();
            folder(path, "", &mut files)?;
            return Ok(Some(Self::Folder(files)));
        }
        Ok(disk::bytes(path)?.map(Self::Archive))
    }

    /// `sha256:` and the digest: an archive's own, as repositories list it, or one of a folder's files with their paths.
    pub fn digest(&self) -> String {
        let digest = match self {
            Self::Archive(bytes) => Sha256::digest(bytes),
            Self::Folder(files) => {
                let mut digest = Sha256::new();
                for (path, bytes) in files {
                    digest.update(format!("{path}\0{}\0", bytes.len()));
                    digest.update(bytes);
                }
                digest.finalize()
            }
        };
        format!("sha256:{}", hex(&digest))
    }
}

/// More than this is no chart's folder.
const MOST_FILES: usize = 20_000;

/// Adds the files below a folder, without hidden ones, which are editors' and git's.
fn folder(root: &Utf8Path, below: &str, files: &mut Files) -> Result<(), Error> {
    for (name, is_folder) in disk::entries(&root.join(below))? {
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if is_folder {
            folder(root, &path, files)?;
        } else if let Some(bytes) = disk::bytes(&root.join(&path))? {
            files.insert(path, bytes);
        }
        if files.len() > MOST_FILES {
            return Err(Error::new(
                format!("{root} holds more files than a chart"),
                "name the folder with the Chart.yaml",
            ));
        }
    }
    Ok(())
}

/// Which chart Helm shall pull.
pub struct Reference<'a> {
    /// A URL of an archive, `oci://…`, `repository/name`, or the name in the repository.
    pub chart: &'a str,
    /// The repository's URL, where the chart is only a name.
    pub repository: Option<&'a str>,
    pub version: Option<&'a str>,
}

/// Lets Helm pull a chart, over the network. The archive is there as long as the folder is.
pub fn pull(reference: &Reference<'_>) -> Result<(Scratch, Utf8PathBuf), Error> {
    let scratch = Scratch::new()?;
    let mut command = vec!["pull", reference.chart, "--destination", scratch.path().as_str()];
    for (flag, value) in [("--repo", reference.repository), ("--version", reference.version)] {
        command.extend(value.into_iter().flat_map(|value| [flag, value]));
    }
    run(&command)?;
    let archives = disk::entries(scratch.path())?;
    let archive = archives.into_iter().find(|(name, _)| is_archive(name)).map(|(name, _)| scratch.path().join(name));
    match archive {
        Some(archive) => Ok((scratch, archive)),
        None => Err(Error::new(
            format!("helm pulled no chart named {}", reference.chart),
            "see what `helm pull` says of it",
        )),
    }
}

/// Whether a path is that of a chart's archive, by its name.
pub fn is_archive(path: &str) -> bool {
    Utf8Path::new(path).extension() == Some("tgz")
}

/// What Helm prints.
pub fn run(arguments: &[&str]) -> Result<String, Error> {
    let Output { status, stdout, stderr } = Command::new("helm").args(arguments).output().map_err(|error| {
        let help = if error.kind() == ErrorKind::NotFound {
            "install Helm: https://helm.sh/docs/intro/install; a chart's folder or archive is read without it"
        } else {
            "see whether `helm version` works"
        };
        Error::io("cannot run helm", help, error)
    })?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    let said: Vec<_> =
        said.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("WARNING")).collect();
    let said = said.last().copied().unwrap_or("it said nothing").trim_start_matches("Error: ").to_owned();
    let help = format!("see what `helm {}` says", arguments.join(" "));
    Err(Error::new(format!("helm failed: {said}"), help))
}
