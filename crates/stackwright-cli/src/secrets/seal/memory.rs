use std::collections::BTreeMap;

use camino::Utf8Path;
use stackwright::Error;

use crate::secrets::folder::{Folder, MEMORY};
use crate::writer::digest;

/// What was sealed or opened here last: the digests of the material and of the sealed files.
///
/// By it a file that somebody changed is told from one that is as it was: here, and in git. It lies beside the material, as closed as that:
/// a digest helps to guess what is easy to guess.
pub struct Memory {
    /// By path in the folder.
    digests: BTreeMap<String, String>,
}

impl Memory {
    pub fn read(folder: &Folder) -> Result<Self, Error> {
        let file = Utf8Path::new(MEMORY);
        let content = folder.metadata(file)?.map(|_| folder.read(file)).transpose()?.unwrap_or_default();
        let text = String::from_utf8_lossy(&content);
        let lines = text.lines().filter_map(|line| line.split_once("  "));
        Ok(Self { digests: lines.map(|(digest, path)| (path.to_owned(), digest.to_owned())).collect() })
    }

    /// Whether a file held this when it was sealed or opened last.
    pub fn knows(&self, file: &Utf8Path, content: &[u8]) -> bool {
        self.digests.get(file.as_str()).is_some_and(|known| *known == digest(content))
    }

    pub fn remember(&mut self, file: &Utf8Path, content: &[u8]) {
        self.digests.insert(file.to_string(), digest(content));
    }

    /// Its own file.
    pub fn file(&self) -> (&'static Utf8Path, String) {
        let lines = self.digests.iter().map(|(path, digest)| format!("{digest}  {path}\n"));
        (Utf8Path::new(MEMORY), lines.collect())
    }
}
