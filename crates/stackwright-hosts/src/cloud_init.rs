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
    pub write_files: Vec<Written>,
    /// Commands at the end of the first start, a list of words each: no shell reads them.
    pub runcmd: Vec<Vec<&'static str>>,
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
        let mut text = "#cloud-config\n".to_owned();
        yaml::write(&mut text, self)
            .map_err(|error| Error::yaml(format!("{path} cannot be written"), "its keys are plain values", error))?;
        Ok(File::new(path, text))
    }
}
