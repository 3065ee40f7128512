//! Helm releases between the parts: which are as the tree has them, and how the others are installed.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use serde_json::Value;
use stackwright::{Cluster, Consequence, Error, Release};

use crate::diff::files::FileChange;
use crate::helm::{PROGRAM, run};
use crate::report;

/// Helm at a context, and the folder of a cluster.
pub struct Helm<'a> {
    pub context: &'a str,
    pub cluster: &'a Cluster,
    pub out: &'a Utf8Path,
}

/// How the releases of a cluster differ from those of the tree.
#[derive(Default)]
pub struct Releases<'r> {
    /// Those that aren't as the tree has them, and what becomes of each.
    pub changes: Vec<(&'r Release, FileChange)>,
    /// Those of the inventory that the tree no longer has and Helm still has, as `NAMESPACE/NAME`.
    pub left: BTreeSet<String>,
}

impl Releases<'_> {
    /// Reports what stays, as data may go with it.
    pub fn tell_left(&self) {
        for left in &self.left {
            let (namespace, name) = left.split_once('/').unwrap_or_default();
            let stays = format!("release {left} stays, which the code no longer has, and what its chart made");
            report::note(&format!("{stays}; `helm uninstall {name} --namespace {namespace}` removes both"));
        }
    }
}

/// The name of a release in a cluster.
pub fn name(release: &Release) -> String {
    format!("{}/{}", release.namespace, release.name)
}

impl Helm<'_> {
    /// What becomes of each release of the tree, and of those that an inventory knows.
    pub fn compared<'r>(&self, releases: &[&'r Release], known: &BTreeSet<String>) -> Result<Releases<'r>, Error> {
        if releases.is_empty() && known.is_empty() {
            return Ok(Releases::default());
        }
        let version = run(PROGRAM.into(), &["version", "--short"])?;
        if !version.starts_with("v4.") {
            let fact = format!("Helm 4 is needed, and this is {}", version.trim());
            return Err(Error::new(fact, "install it: https://helm.sh/docs/intro/install"));
        }
        let listed = self.json(&["list", "--all-namespaces", "--output", "json"])?;
        let text = |one: &Value, key| one[key].as_str().unwrap_or_default().to_owned();
        let named = |one| (format!("{}/{}", text(one, "namespace"), text(one, "name")), one);
        let mut listed: BTreeMap<_, _> = listed.as_array().into_iter().flatten().map(named).collect();
        let mut changes = Vec::new();
        for release in releases {
            if let Some(fact) = self.fact(release, listed.remove(&name(release)))? {
                changes.push((*release, change(release, fact)));
            }
        }
        Ok(Releases { changes, left: known.iter().filter(|known| listed.contains_key(*known)).cloned().collect() })
    }

    fn fact(&self, release: &Release, found: Option<&Value>) -> Result<Option<&'static str>, Error> {
        let Some(found) = found else { return Ok(Some("it is installed")) };
        let chart = release.chart.name.rsplit('/').next().unwrap_or_default();
        let wanted = format!("{chart}-{}", release.chart.version.trim_start_matches('v'));
        if found["status"] != "deployed" {
            return Ok(Some("its last installation failed, and is made again"));
        }
        if found["chart"].as_str().map(|chart| chart.replacen("-v", "-", 1)) != Some(wanted.replacen("-v", "-", 1)) {
            return Ok(Some("its chart changes"));
        }
        let values =
            self.json(&["get", "values", &release.name, "--namespace", &release.namespace, "--output", "json"])?;
        let is_empty = |value: &Value| value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty);
        let is_same = values == release.values || is_empty(&values) && is_empty(&release.values);
        Ok((!is_same).then_some("its values change"))
    }

    /// Installs a release as `releases/install.sh` does, and waits until it is ready.
    pub fn install(&self, release: &Release) -> Result<(), Error> {
        let values = self.out.join(&self.cluster.name).join("releases").join(format!("{}.yaml", release.name));
        let chart = &release.chart;
        let mut arguments = vec!["upgrade", "--install", &release.name, chart.name];
        arguments.extend(Some(["--repo", chart.repository]).filter(|_| !chart.repository.is_empty()).iter().flatten());
        arguments.extend(["--version", chart.version, "--namespace", &release.namespace, "--values", values.as_str()]);
        arguments.extend(["--rollback-on-failure", "--wait", "--wait-for-jobs", "--timeout", "15m"]);
        arguments.extend(["--kube-context", self.context]);
        // What its chart says may hold passwords.
        run(PROGRAM.into(), &arguments).map(drop)
    }

    fn json(&self, arguments: &[&str]) -> Result<Value, Error> {
        let arguments: Vec<_> = arguments.iter().copied().chain(["--kube-context", self.context]).collect();
        let said = run(PROGRAM.into(), &arguments)?;
        serde_json::from_str(&said)
            .map_err(|error| Error::new(format!("helm prints what is no JSON: {error}"), "see `helm list`"))
    }
}

fn change(release: &Release, fact: &'static str) -> FileChange {
    FileChange {
        path: Utf8Path::new("releases").join(format!("{}.yaml", release.name)),
        consequence: Consequence::Unknown,
        fact: fact.to_owned(),
        then: "Helm does it; what its chart makes of it isn't known here".to_owned(),
        is_removed: false,
        allowed: None,
    }
}
