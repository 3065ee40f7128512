//! What stands for `gitops` in a program of clusters, which would wait for its compiler: it checks files as they are written.

use camino::Utf8PathBuf;
use clap::Args;
use stackwright::Error;

use crate::check::Manifests;

/// There is no chart to render.
#[derive(Args)]
pub struct WithHelm {}

#[expect(clippy::unnecessary_wraps, reason = "as the walk itself has it")]
pub fn manifests(_: &[Utf8PathBuf], _: &WithHelm, _: Option<u32>) -> Result<Option<Vec<Manifests>>, Error> {
    Ok(None)
}
