//! What cloud-init does at a machine's first start: `#cloud-config`, by the keys that are used here.
//!
//! Nothing secret is among it: git sees it, and the machine keeps it for all its users.

use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

/// User-data: <https://cloudinit.readthedocs.io/en/latest/reference/modules.html>.
#[derive(Serialize)]
pub(crate) struct UserData {
    /// Whether ssh takes passwords.
    pub ssh_pwauth: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub write_files: Vec<Written>,
    /// Commands at the end of the first start, a list of words each: no shell reads them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runcmd: Vec<Vec<&'static str>>,
}

/// Meta-data of its source `NoCloud`: <https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html>.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct MetaData<'a> {
    /// By this a machine knows that it had its first start.
    pub instance_id: &'a str,
    pub local_hostname: &'a str,
}

/// A file that is written at the first start.
#[derive(Serialize)]
pub(crate) struct Written {
    pub path: String,
    /// A text: as a number, YAML 1.1 would read it as octal, and YAML 1.2 as decimal.
    pub permissions: &'static str,
    pub content: String,
}

impl UserData {
    /// The file at this path of the rendered tree.
    pub fn file(&self, path: &str) -> Result<File, Error> {
        // cloud-init knows it by its first line.
        file(path, "#cloud-config\n", self)
    }
}

impl MetaData<'_> {
    /// The file at this path of the rendered tree.
    pub fn file(&self, path: &str) -> Result<File, Error> {
        file(path, "", self)
    }
}

fn file(path: &str, head: &str, values: impl Serialize) -> Result<File, Error> {
    let mut text = head.to_owned();
    yaml::write(&mut text, &values)
        .map_err(|error| Error::yaml(format!("{path} cannot be written"), "its keys are plain values", error))?;
    Ok(File::new(path, text))
}
