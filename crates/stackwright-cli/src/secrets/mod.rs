//! The material of a cluster's secrets: made once on this machine, listed and rotated, never shown.
//!
//! It lies in `<cluster>/secrets/` of the rendered tree, which git ignores, in files that their owner alone can read.
//! Nothing here returns, prints or reports a value: names, paths, ages and dates are all that leaves this module.

mod certificate;
mod client_certificate;
mod declared;
mod faults;
mod folder;
mod list;
mod material;
mod rotate;
#[cfg_attr(not(feature = "seal"), path = "without_seal.rs")]
mod seal;
#[cfg(all(test, unix))]
mod tests;

use std::collections::BTreeSet;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Cluster, Error, Rotations};

pub use list::list;
pub use rotate::{rotate, whose};
pub use seal::{open, seal};

use declared::{Declared, Piece, Recipe};
use faults::View;
use folder::Folder;
pub use folder::{LOCK, NO_MATERIAL};

/// What a render did to a cluster's material.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ensured {
    /// The secrets that got some, as sorted `namespace/name`.
    pub made: Vec<String>,
    /// The files that others could read until now, each with the mode that it had.
    pub closed: Vec<(Utf8PathBuf, u32)>,
    /// The secrets that are sealed and not opened here, so that nothing was made for them.
    pub sealed: Vec<String>,
}

/// Makes the material that is missing.
///
/// What exists stays as it is, but files and folders that others could read are closed to them.
///
/// # Errors
/// When a declaration contradicts another, one of a certificate and its key is missing, or something in the folder is a
/// symbolic link: then nothing was made. When the disk refuses: then each file is whole or missing.
pub fn ensure(root: &Utf8Path, cluster: &Cluster) -> Result<Ensured, Error> {
    let pieces = declared::pieces(cluster)?;
    if pieces.is_empty() {
        return Ok(Ensured::default());
    }
    let folder = Folder::of(root, cluster);
    let _lock = folder.lock()?;

    let mut files = Vec::new();
    let (mut secrets, mut sealed) = (BTreeSet::new(), BTreeSet::new());
    for piece in &pieces {
        if !is_missing(piece, &folder)? {
            continue;
        }
        if is_sealed(piece, &folder)? {
            // Another password than the team's would only be in the way.
            sealed.extend(piece.secrets.iter().map(|secret| secret.full_name()));
        } else if !matches!(piece.recipe, Recipe::Given(_)) {
            files.extend(material::files(piece, SystemTime::now())?);
            secrets.extend(piece.secrets.iter().map(|secret| secret.full_name()));
        }
    }
    folder.create(&files)?;
    let closed = folder.close(pieces.iter().flat_map(Piece::files))?;
    Ok(Ensured { made: secrets.into_iter().collect(), closed, sealed: sealed.into_iter().collect() })
}

/// A file that a person has yet to write.
#[derive(Debug, PartialEq, Eq)]
pub struct ToGive {
    /// Its path.
    pub file: Utf8PathBuf,
    /// What belongs there.
    pub what: String,
    /// Whether nothing of the cluster can be applied without: kustomize refuses a Secret whose file is missing.
    pub is_applied: bool,
}

/// What a person has yet to give.
///
/// # Errors
/// When a declaration contradicts another, or something in the folder is a symbolic link.
pub fn to_give(root: &Utf8Path, cluster: &Cluster) -> Result<Vec<ToGive>, Error> {
    let folder = Folder::of(root, cluster);
    let mut missing = Vec::new();
    for piece in declared::pieces(cluster)? {
        if let Recipe::Given(what) = piece.recipe
            && is_to_be_given(&folder, piece.file)?
            && !is_sealed(&piece, &folder)?
        {
            let is_applied = piece.secrets.iter().any(|secret| matches!(secret, Declared::Kubernetes(_)));
            missing.push(ToGive { file: folder.path(piece.file), what: what.to_owned(), is_applied });
        }
    }
    Ok(missing)
}

/// What is wrong with the material that is there, a line a file and fault: a certificate that ends or is not for its hosts, a text that is
/// declared otherwise now.
///
/// # Errors
/// When a declaration contradicts another, something in the folder is a symbolic link, or a file cannot be read.
pub fn faults(root: &Utf8Path, cluster: &Cluster, now: SystemTime) -> Result<Vec<String>, Error> {
    let (folder, rotations) = (Folder::of(root, cluster), Rotations::of(cluster));
    let view = View { folder: &folder, rotations: &rotations, now };
    let mut lines = Vec::new();
    for piece in declared::pieces(cluster)? {
        for file in piece.files() {
            if folder.metadata(file)?.is_some() {
                lines.extend(view.faults(&piece, file)?.iter().map(|fault| format!("{}: {fault}", folder.path(file))));
            }
        }
    }
    Ok(lines)
}

/// Whether git has it, for those who can open it.
fn is_sealed(piece: &Piece<'_>, folder: &Folder) -> Result<bool, Error> {
    for secret in &piece.secrets {
        if folder.metadata(&secret.sealed_file())?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
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
    let help = format!("put it back, or {}", faults::made_anew(piece, folder));
    Err(Error::new(format!("{present} is there but {missing} is not, and they belong together"), help))
}
