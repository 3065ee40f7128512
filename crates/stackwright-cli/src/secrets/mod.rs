//! The material of a cluster's secrets: made once on this machine, listed and rotated, never shown.
//!
//! It lies in `<cluster>/secrets/` of the rendered tree, which git ignores, in files that their owner alone can read.
//! Nothing here returns, prints or reports a value: names, paths, ages and dates are all that leaves this module.

mod certificate;
mod client_certificate;
mod declared;
mod folder;
mod list;
mod material;
mod rotate;
#[cfg(all(test, unix))]
mod tests;

use std::collections::BTreeSet;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Cluster, Error};

pub use list::list;
pub use rotate::{rotate, whose};

use declared::{Declared, Piece, Recipe};
use folder::Folder;
pub use folder::{LOCK, NO_MATERIAL};

/// Makes the material that is missing and returns the secrets that got some, as sorted `namespace/name`.
///
/// What exists stays as it is, but files and folders that others could read are closed to them.
///
/// # Errors
/// When a declaration contradicts another, one of a certificate and its key is missing, or something in the folder is a
/// symbolic link: then nothing was made. When the disk refuses: then each file is whole or missing.
pub fn ensure(root: &Utf8Path, cluster: &Cluster) -> Result<Vec<String>, Error> {
    let pieces = declared::pieces(cluster)?;
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    let folder = Folder::of(root, cluster);
    let _lock = folder.lock()?;

    let mut files = Vec::new();
    let mut secrets = BTreeSet::new();
    for piece in &pieces {
        if is_missing(piece, &folder)? && !matches!(piece.recipe, Recipe::Given(_)) {
            files.extend(material::files(piece, SystemTime::now())?);
            secrets.extend(piece.secrets.iter().map(|secret| secret.full_name()));
        }
    }
    folder.create(&files)?;
    folder.close(pieces.iter().flat_map(Piece::files))?;
    Ok(secrets.into_iter().collect())
}

/// What a person has yet to give: the path of each file, and what belongs there.
///
/// # Errors
/// When a declaration contradicts another, or something in the folder is a symbolic link.
pub fn to_give(root: &Utf8Path, cluster: &Cluster) -> Result<Vec<(Utf8PathBuf, String)>, Error> {
    let folder = Folder::of(root, cluster);
    let mut missing = Vec::new();
    for piece in declared::pieces(cluster)? {
        if let Recipe::Given(what) = piece.recipe
            && is_to_be_given(&folder, piece.file)?
        {
            missing.push((folder.path(piece.file), what.to_owned()));
        }
    }
    Ok(missing)
}

/// An empty file is as good as none.
fn is_to_be_given(folder: &Folder, file: &Utf8Path) -> Result<bool, Error> {
    Ok(folder.metadata(file)?.is_none_or(|metadata| metadata.len() == 0))
}

/// Whether nothing of it is there yet. A certificate without its key, or a key without its certificate, is neither here
/// nor there: what is left may be in use, so a person decides.
fn is_missing(piece: &Piece<'_>, folder: &Folder) -> Result<bool, Error> {
    let (mut present, mut missing) = (Vec::new(), Vec::new());
    for file in piece.files() {
        let side = if folder.metadata(file)?.is_some() { &mut present } else { &mut missing };
        side.push(folder.path(file));
    }
    let (Some(present), Some(missing)) = (present.first(), missing.first()) else {
        return Ok(present.is_empty());
    };
    let help = match piece.secrets[0] {
        secret @ Declared::Kubernetes(_) => {
            format!("put it back, or replace both: `secrets rotate {}`", secret.full_name())
        }
        Declared::Host(_) => {
            let all: Vec<_> = piece.files().map(|file| folder.path(file).into_string()).collect();
            format!("put it back, or delete {}, render, and give them to the hosts again", all.join(", "))
        }
    };
    Err(Error::new(format!("{present} is there but {missing} is not, and they belong together"), help))
}
