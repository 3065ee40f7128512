use std::collections::BTreeMap;

use serde::Serialize;

use super::checked_name;
use crate::template::template;
use crate::{Cluster, Error, File, Release, yaml};

/// What a release's command in the script is made of.
#[derive(Serialize)]
struct Command<'a> {
    name: &'a str,
    namespace: &'a str,
    chart: &'a str,
    version: &'a str,
    repository: &'a str,
}

impl<'a> Command<'a> {
    fn of(release: &'a Release) -> Self {
        let Release { name, namespace, chart, values: _, pods: _ } = release;
        Self { name, namespace, chart: chart.name, version: chart.version, repository: chart.repository }
    }
}

/// The values of each release, and the script that installs them all.
pub(super) fn files(cluster: &Cluster) -> Result<Vec<File>, Error> {
    let mut releases: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.releases).collect();
    if releases.is_empty() {
        return Ok(Vec::new());
    }
    releases.sort_by_key(|release| (&release.namespace, &release.name));

    let mut files = releases.iter().map(|release| values(release)).collect::<Result<Vec<_>, _>>()?;
    files.insert(0, script(&releases)?);
    Ok(files)
}

fn script(releases: &[&Release]) -> Result<File, Error> {
    let commands: Vec<_> = releases.iter().map(|release| Command::of(release)).collect();
    let values = BTreeMap::from([("releases", commands)]);
    template("releases/install.sh", include_str!("install.sh.j2"), values)
}

fn values(release: &Release) -> Result<File, Error> {
    checked_name("release", &release.name)?;
    let text = yaml::to_string(&release.values).map_err(|error| {
        let message = format!("the values of release {} cannot be written as YAML", release.name);
        Error::yaml(message, "its maps need text as keys", error)
    })?;
    Ok(File::new(format!("releases/{}.yaml", release.name), text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Chart, Network, Stack};

    const CHART: Chart = Chart { repository: "https://charts.example.com/it's", name: "web", version: "1.2.3" };

    fn cluster(releases: Vec<Release>) -> Cluster {
        let network = Network::new("192.168.56.0/24").unwrap();
        Cluster { stacks: vec![Stack { releases, ..Stack::new("web", []) }], ..Cluster::new("lab", "1.35.4", network) }
    }

    #[test]
    fn releases_are_values_and_one_script() {
        let releases = vec![
            Release::new("web", "front", CHART, &json!({"replicas": 2, "annotations": {"a.b/c": "yes"}})),
            Release::new("metrics", "back", CHART, &json!({})),
        ];
        let files = files(&cluster(releases)).unwrap();
        let texts: Vec<_> = files.iter().map(|file| format!("==> {}\n{}", file.path, file.text)).collect();
        insta::with_settings!(
            {snapshot_path => "../../../../snapshots/releases", prepend_module_to_snapshot => false, omit_expression => true},
            { insta::assert_snapshot!("files", texts.concat()) }
        );
        assert!(files[0].executable);
    }

    #[test]
    fn a_cluster_without_releases_has_no_files_for_them() {
        assert_eq!(files(&cluster(Vec::new())).unwrap(), []);
    }

    #[test]
    fn a_name_that_a_shell_could_take_for_more_is_refused() {
        for name in ["", "-x", "a b", "$(reboot)", "../web"] {
            let error = files(&cluster(vec![Release::new(name, "front", CHART, &json!({}))])).unwrap_err();
            assert!(error.to_string().contains("release"), "{error}");
        }
    }
}
