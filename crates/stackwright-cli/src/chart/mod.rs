//! `chart`: any Helm chart as a Rust module, and what an upgrade of it changes.

mod actions;
mod archive;
#[expect(clippy::module_inception, reason = "the command is named after what it reads")]
mod chart;
mod comments;
mod fields;
mod module;
mod name;
mod reads;
mod schema;
mod upgrade;
mod values;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use stackwright::{Error, File, yaml};

use crate::helm::{self, Packed, Reference};
use crate::writer::{Folder, disk};
use crate::{Outcome, flags, report};

use chart::Chart;
use fields::Fields;
use module::Origin;
use upgrade::Ours;

/// Prints or writes the module of a chart, or what changed since another version of it.
pub fn outcome(flags: &flags::Chart) -> Result<Outcome, Error> {
    let new = Read::of(&flags.named, flags.repo.as_deref(), flags.version.as_deref())?;
    if let Some(since) = &flags.since {
        let old = new.before(since, flags)?;
        let ours = flags.values.iter().map(ours).collect::<Result<Vec<_>, _>>()?;
        let upgrade = upgrade::upgrade((&old.chart, &old.values), (&new.chart, &new.values), &ours);
        report::data(&upgrade.text)?;
        return Ok(if upgrade.breaks_ours { Outcome::Found } else { Outcome::Clean });
    }
    new.notes(flags.repo.as_deref());
    let text = module::module(&new.chart, &new.origin, &new.values);
    let Some(out) = &flags.out else {
        report::data(&text)?;
        return Ok(Outcome::Clean);
    };
    let folder = out.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(".".into());
    let Some(name) = out.file_name() else {
        return Err(Error::new(format!("{out} names no file"), "name one, such as src/web.rs"));
    };
    Folder::locked(folder)?.add(&[File::new(name, text)])?;
    report::note(&format!("{out}: declare it with `mod`, and put what `release` returns into a stack's releases"));
    Ok(Outcome::Clean)
}

/// A chart that was read.
struct Read {
    chart: Chart,
    values: Fields,
    origin: Origin,
    /// Whether Helm pulled it.
    is_pulled: bool,
}

impl Read {
    fn of(named: &str, repository: Option<&str>, version: Option<&str>) -> Result<Self, Error> {
        if let Some(packed) = Packed::read(Utf8Path::new(named))? {
            return Self::at(named, packed, named, repository);
        }
        let is_reference = repository.is_some()
            || named.contains("://")
            || named.matches('/').count() == 1 && !helm::is_archive(named);
        if !is_reference || named.starts_with(['.', '/']) {
            let help = "name a chart's folder or archive, or what `helm pull` takes: a URL, oci://…, or a name with --repo URL";
            return Err(Error::new(format!("there is no chart at `{named}`"), help));
        }
        Self::pulled(&Reference { chart: named, repository, version })
    }

    fn pulled(reference: &Reference<'_>) -> Result<Self, Error> {
        let (_scratch, archive) = helm::pull(reference)?;
        let nothing = || Error::new("helm pulled nothing", "see what `helm pull` does");
        let packed = Packed::read(&archive)?.ok_or_else(nothing)?;
        Ok(Self { is_pulled: true, ..Self::at(reference.chart, packed, reference.chart, reference.repository)? })
    }

    fn at(place: &str, packed: Packed, reference: &str, repository: Option<&str>) -> Result<Self, Error> {
        let digest = packed.digest();
        let files = match packed {
            Packed::Archive(bytes) => archive::files(place, &bytes)?,
            Packed::Folder(files) => files,
        };
        let chart = Chart::of(place.trim_end_matches('/'), files)?;
        let values = values::values(&chart)?;
        // What Helm installs it from: an OCI registry has the chart's name at the end of its own.
        let oci = reference.starts_with("oci://").then_some(reference);
        let repository = repository.unwrap_or_default().to_owned();
        let name = oci.map_or_else(|| chart.name.clone(), str::to_owned);
        Ok(Self { origin: Origin { repository, name, digest }, chart, values, is_pulled: false })
    }

    /// An older version of the chart: at a path, or pulled by its version.
    fn before(&self, since: &str, flags: &flags::Chart) -> Result<Self, Error> {
        if let Some(packed) = Packed::read(Utf8Path::new(since))? {
            return Self::at(since, packed, since, None);
        }
        let is_version = since.starts_with(|c: char| c.is_ascii_digit() || c == 'v') && !since.contains('/');
        if !is_version {
            return Self::of(since, None, None);
        }
        let repository = flags.repo.as_deref();
        if !self.is_pulled && repository.is_none() {
            let help = "name the older chart's folder or archive, or the repository to pull it from with --repo URL";
            return Err(Error::new(format!("nobody says where version {since} of {} is from", self.chart.name), help));
        }
        let chart = if self.is_pulled { &flags.named } else { &self.chart.name };
        Self::pulled(&Reference { chart, repository, version: Some(since) })
    }

    /// What a person should know of the module.
    fn notes(&self, repository: Option<&str>) {
        if repository.is_none() && !self.origin.name.starts_with("oci://") {
            report::note("the module names no repository: `--repo URL` says where Helm installs the chart from");
        }
        for name in &self.chart.missing {
            report::note(&format!(
                "subchart {name} does not lie in the chart, so its values are open: `helm dependency build` fetches it"
            ));
        }
        if self.chart.is_library {
            report::note(&format!("{} is a library: it makes no objects of its own", self.chart.name));
        }
    }
}

/// The values of a file that a person has.
fn ours(path: &Utf8PathBuf) -> Result<Ours, Error> {
    let Some(text) = disk::text(path)? else {
        return Err(Error::new(format!("there is no file {path}"), "check how its path is written"));
    };
    let stream = yaml::read(&text).map_err(|problems| {
        let problem = problems.first().map(ToString::to_string).unwrap_or_default();
        Error::new(format!("{path}:{problem}"), "repair it: Helm would not read it as it is meant")
    })?;
    let values = stream.documents.first().map_or(Value::Null, values::json);
    Ok(Ours { file: path.to_string(), values })
}
