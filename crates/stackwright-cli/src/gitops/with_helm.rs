//! The person's Helm, where it is asked for: it makes the objects of charts that lie in the repository.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use stackwright::Error;

use crate::helm::{self, PROGRAM};

/// Whether a person's Helm is run.
#[derive(Args)]
pub struct WithHelm {
    /// In a repository of Flux or Argo CD, let your Helm, or the one at a path, make the objects of charts that lie in it
    #[arg(long, value_name = "PROGRAM", num_args = 0..=1, require_equals = true, default_missing_value = PROGRAM)]
    helm: Option<Utf8PathBuf>,
}

impl WithHelm {
    /// The Helm that is asked for, for a minor version of Kubernetes.
    pub fn program(&self, kubernetes: Option<u32>) -> Result<Option<Helm>, Error> {
        self.helm.as_ref().map(|program| Helm::found(program, kubernetes)).transpose()
    }
}

/// A person's Helm that is there, and the release of Kubernetes that it is asked to render for.
pub struct Helm {
    pub program: Utf8PathBuf,
    /// The minor version; Helm's own if none is told.
    pub kubernetes: Option<u32>,
}

impl Helm {
    /// The program of this name or path, if it works.
    fn found(program: &Utf8Path, kubernetes: Option<u32>) -> Result<Self, Error> {
        helm::output(program, &["version"]).map_err(|error| {
            let help = "install it, name yours by --helm=PATH, or leave --helm out: charts are not looked at then";
            Error::io(format!("cannot run {program}"), help, error)
        })?;
        Ok(Self { program: program.to_owned(), kubernetes })
    }
}
