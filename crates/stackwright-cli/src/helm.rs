//! The person's own Helm, and charts as it takes them.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
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
    // Helm looks a whole URL up in a repository that it is told, and finds none.
    let repository = reference.repository.filter(|_| !reference.chart.contains("://"));
    for (flag, value) in [("--repo", repository), ("--version", reference.version)] {
        command.extend(value.into_iter().flat_map(|value| [flag, value]));
    }
    run(PROGRAM.into(), &command)?;
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

/// What Helm is called.
pub const PROGRAM: &str = "helm";

/// What `helm template` is asked.
pub struct Template<'a> {
    pub release: &'a str,
    pub namespace: &'a str,
    /// The chart's folder or archive.
    pub chart: &'a Utf8Path,
    /// Files of values; those of a later one win.
    pub values: Vec<Utf8PathBuf>,
    /// The minor version of Kubernetes; Helm's own if none is told.
    pub kubernetes: Option<u32>,
    /// The APIs that the cluster has beside Kubernetes' own.
    pub apis: &'a [String],
    /// Further arguments.
    pub more: Vec<String>,
}

impl Template<'_> {
    /// What a Helm makes of it.
    pub fn text(&self, program: &Utf8Path) -> Result<String, Error> {
        let mut arguments = vec!["template", self.release, self.chart.as_str()];
        arguments.extend(Some(["--namespace", self.namespace]).filter(|_| !self.namespace.is_empty()).iter().flatten());
        arguments.extend(self.values.iter().flat_map(|file| ["--values", file.as_str()]));
        let kubernetes = self.kubernetes.map(|minor| format!("1.{minor}.0"));
        arguments.extend(kubernetes.iter().flat_map(|version| ["--kube-version", version]));
        let apis = self.apis.join(",");
        if !apis.is_empty() {
            arguments.extend(["--api-versions", &apis]);
        }
        arguments.extend(self.more.iter().map(String::as_str));
        run(program, &arguments)
    }
}

/// Runs Helm, to its end.
pub fn output(program: &Utf8Path, arguments: &[&str]) -> io::Result<Output> {
    Command::new(program).args(arguments).output()
}

/// What Helm prints.
pub fn run(program: &Utf8Path, arguments: &[&str]) -> Result<String, Error> {
    let Output { status, stdout, stderr } = output(program, arguments).map_err(|error| {
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
    let says_something =
        |line: &&str| !line.is_empty() && !line.starts_with("WARNING") && !line.starts_with("Use --debug");
    let said = said.lines().map(str::trim).rfind(says_something).unwrap_or("it said nothing");
    let help = format!("see what `helm {}` says", arguments.join(" "));
    Err(Error::new(format!("helm failed: {}", said.trim_start_matches("Error: ")), help))
}
