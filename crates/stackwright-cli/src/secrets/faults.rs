use std::time::{Duration, SystemTime};

use camino::Utf8Path;
use stackwright::{Error, Rotations};

use super::certificate::{DAY, Reading};
use super::declared::{Declared, Piece, Recipe};
use super::folder::Folder;
use super::list::count;

/// When the end of a certificate is near enough to be told without being asked.
const SOON: Duration = Duration::from_hours(30 * 24);

/// The key under which an Ingress or Gateway looks for a certificate, and the one for its private key.
const SERVED: [&str; 2] = ["tls.crt", "tls.key"];

/// What material is looked at with.
pub(super) struct View<'a> {
    pub folder: &'a Folder,
    pub rotations: &'a Rotations<'a>,
    pub now: SystemTime,
}

impl View<'_> {
    /// What is wrong with a file that is there, each with what to do.
    pub fn faults(&self, piece: &Piece<'_>, file: &Utf8Path) -> Result<Vec<String>, Error> {
        match piece.recipe {
            Recipe::Text(text) if self.folder.read(file)? != text.as_bytes() => {
                Ok(vec!["not what is declared: delete it and render again".to_owned()])
            }
            Recipe::Certificate { hosts, key_file, .. } if file == piece.file => {
                let anew = self.anew(piece);
                let lacking =
                    |certificate: &Reading| certificate.lacking(hosts).map(|host| format!("does not name {host}"));
                self.of_certificate(file, Some(key_file), &anew, lacking)
            }
            Recipe::Client { key_file, .. } if file == piece.file => {
                self.of_certificate(file, Some(key_file), &self.anew(piece), |_| None)
            }
            Recipe::Given(_) => self.of_given(piece, file),
            _ => Ok(Vec::new()),
        }
    }

    /// The certificate that a file holds, if it holds one.
    pub fn certificate(&self, piece: &Piece<'_>, file: &Utf8Path) -> Result<Option<Reading>, Error> {
        let may_be = match piece.recipe {
            Recipe::Certificate { .. } | Recipe::Client { .. } => file == piece.file,
            Recipe::Given(_) => true,
            Recipe::Text(_) | Recipe::Random(_) => false,
        };
        Ok(if may_be { Reading::of(&self.folder.read(file)?) } else { None })
    }

    fn of_given(&self, piece: &Piece<'_>, file: &Utf8Path) -> Result<Vec<String>, Error> {
        let content = self.folder.read(file)?;
        let is_served = |name: &str| piece.keys().any(|key| key.file == file && key.name == name);
        if is_served(SERVED[0]) || content.starts_with(b"-----BEGIN CERTIFICATE-----") {
            let pair = piece.keys().find(|key| key.name == SERVED[1]);
            let key_file = pair.filter(|_| is_served(SERVED[0])).map(|key| &*key.file);
            return self.of_certificate(file, key_file, "write another", |certificate| {
                let hosts = piece.secrets.iter().flat_map(|secret| match secret {
                    Declared::Kubernetes(spec) if is_served(SERVED[0]) => self.rotations.hosts(spec),
                    _ => Vec::new(),
                });
                let lacking = hosts.filter(|host| !certificate.is_for(host)).min();
                lacking.map(|host| format!("is not for {host}, for which it is shown"))
            });
        }
        let line = content.strip_suffix(b"\n").unwrap_or_default();
        let is_one_line = !line.is_empty() && !line.contains(&b'\n');
        let ends = "ends with a line break, which becomes a part of it: write it without, as by `printf %s`";
        Ok(is_one_line.then(|| ends.to_owned()).into_iter().collect())
    }

    fn of_certificate(
        &self,
        file: &Utf8Path,
        key_file: Option<&Utf8Path>,
        anew: &str,
        lacking: impl Fn(&Reading) -> Option<String>,
    ) -> Result<Vec<String>, Error> {
        let Some(certificate) = Reading::of(&self.folder.read(file)?) else {
            return Ok(vec![format!("no certificate that can be read: {anew}")]);
        };
        let mut faults = Vec::new();
        match certificate.end.duration_since(self.now) {
            Ok(left) if left > SOON => {}
            Ok(left) => {
                let days = count(left.as_secs() / DAY.as_secs(), "day");
                faults.push(format!("ends on {}, in {days}", certificate.last_day));
            }
            Err(_) => faults.push(format!("EXPIRED {}", certificate.last_day)),
        }
        faults.extend(lacking(&certificate));
        if let Some(key_file) = key_file
            && self.folder.metadata(key_file)?.is_some()
            && certificate.is_not_for(&self.folder.read(key_file)?)
        {
            faults.push("its key is another's".to_owned());
        }
        Ok((!faults.is_empty()).then(|| format!("{}: {anew}", faults.join(", "))).into_iter().collect())
    }

    /// How a piece is made anew, and what follows.
    fn anew(&self, piece: &Piece<'_>) -> String {
        let anew = made_anew(piece, self.folder);
        let rotation = piece.kubernetes().map(|secret| self.rotations.rotation(secret));
        match rotation.filter(|rotation| !rotation.steps.is_empty()) {
            Some(rotation) => format!("{anew}, then {}", rotation.summary),
            None => anew,
        }
    }
}

/// How a piece that is made here is made anew.
pub(super) fn made_anew(piece: &Piece<'_>, folder: &Folder) -> String {
    if let Some(secret) = piece.kubernetes() {
        return format!("replace it: `secrets rotate {}`", Declared::Kubernetes(secret).full_name());
    }
    let all: Vec<_> = piece.files().map(|file| folder.path(file).into_string()).collect();
    format!("delete {}, render, and give them to the hosts again", all.join(", "))
}
