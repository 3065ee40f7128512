//! Helm releases between the parts: which are as the tree has them, and how the others are installed.

use camino::Utf8Path;
use serde_json::Value;
use stackwright::{Cluster, Consequence, Error, Release};

use crate::diff::files::FileChange;
use crate::helm::{PROGRAM, run};

/// Helm at a context, and the folder of a cluster.
pub struct Helm<'a> {
    pub context: &'a str,
    pub cluster: &'a Cluster,
    pub out: &'a Utf8Path,
}

impl Helm<'_> {
    /// What becomes of each release that isn't as the tree has it.
    pub fn changes<'r>(&self, releases: &[&'r Release]) -> Result<Vec<(&'r Release, FileChange)>, Error> {
        if releases.is_empty() {
            return Ok(Vec::new());
        }
        let version = run(PROGRAM.into(), &["version", "--short"])?;
        if !version.starts_with("v4.") {
            let fact = format!("Helm 4 is needed, and this is {}", version.trim());
            return Err(Error::new(fact, "install it: https://helm.sh/docs/intro/install"));
        }
        let listed = self.json(&["list", "--all-namespaces", "--output", "json"])?;
        let mut changes = Vec::new();
        for release in releases {
            let is_it =
                |one: &&Value| one["name"] == release.name.as_str() && one["namespace"] == release.namespace.as_str();
            let found = listed.as_array().into_iter().flatten().find(is_it);
            if let Some(fact) = self.fact(release, found)? {
                changes.push((*release, change(release, fact)));
            }
        }
        Ok(changes)
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
