//! Where a checkout of Stackwright lies, as seen from a new repository.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use serde::Serialize;
use stackwright::Error;

use crate::writer::disk;

/// The crates of a checkout, each as a string of TOML.
#[derive(Serialize)]
pub struct Crates {
    stackwright: String,
    cli: String,
    hosts: String,
}

impl Crates {
    /// Those of a checkout, by their paths from a folder where it was named by such a path, too.
    pub fn of(checkout: &Utf8Path, folder: &Utf8Path) -> Result<Self, Error> {
        let manifest = "crates/stackwright/Cargo.toml";
        if disk::text(&checkout.join(manifest))?.is_none() {
            return Err(Error::new(
                format!("{checkout} is no checkout of Stackwright: {manifest} is not in it"),
                "name the folder that has it by --path",
            ));
        }
        let checkout = if checkout.is_absolute() { plain(checkout) } else { from(folder, &absolute(checkout)?) };
        let toml = |name: &str| toml(checkout.join("crates").join(name).as_str());
        Ok(Self { stackwright: toml("stackwright")?, cli: toml("stackwright-cli")?, hosts: toml("stackwright-hosts")? })
    }
}

/// A path from the root, without steps back and forth.
pub fn absolute(path: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let failed = |error| Error::io(format!("cannot tell where {path} is"), "name it from the root", error).at(path);
    Ok(plain(&camino::absolute_utf8(path).map_err(failed)?))
}

/// A path without steps back and forth.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::ParentDir => _ = plain.pop(),
            other => plain.push(other),
        }
    }
    plain
}

/// The path that leads from a folder to another: both from the root.
fn from(folder: &Utf8Path, to: &Utf8Path) -> Utf8PathBuf {
    let shared = folder.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let back = folder.components().skip(shared).map(|_| Utf8Component::ParentDir);
    back.chain(to.components().skip(shared)).collect()
}

fn toml(text: &str) -> Result<String, Error> {
    if text.contains(char::is_control) {
        let fact = format!("the path `{}` has a control character", text.escape_debug());
        return Err(Error::new(fact, "give the folder a name of plain characters"));
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_one_folder_to_another() {
        let of = |folder: &str, to: &str| from(folder.into(), to.into()).into_string();
        assert_eq!(of("/a/shop", "/a/stackwright"), "../stackwright");
        assert_eq!(of("/a/b/shop", "/stackwright"), "../../../stackwright");
        assert_eq!(of("/a", "/a/b/c"), "b/c");
        assert_eq!(plain("/a/../b/./c".into()), "/b/c");
        assert_eq!(toml("/a \"b\"\\c").unwrap(), r#""/a \"b\"\\c""#);
        assert!(toml("a\nb").is_err());
    }
}
