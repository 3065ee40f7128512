use std::collections::BTreeMap;

use serde::Serialize;

use super::checked_name;
use crate::order::{After, Order};
use crate::template::template;
use crate::{Error, File, Release, yaml};

/// What a release's command in the script is made of.
#[derive(Serialize)]
struct Command<'a> {
    name: &'a str,
    namespace: &'a str,
    chart: &'a str,
    version: &'a str,
    repository: &'a str,
    /// The folder of the objects that wait for it, if there are any.
    then: Option<String>,
}

impl<'a> Command<'a> {
    fn of((release, is_waited_for): (&'a Release, bool)) -> Self {
        let Release { name, namespace, chart, values: _, pods: _, brings: _ } = release;
        let then = is_waited_for.then(|| After::Release(release).folder());
        Self { name, namespace, chart: chart.name, version: chart.version, repository: chart.repository, then }
    }
}

/// The values of each release, and the script that installs them all in their order.
pub(super) fn files(order: &Order) -> Result<Vec<File>, Error> {
    if order.releases().next().is_none() {
        return Ok(Vec::new());
    }
    let mut files = order.releases().map(|(release, _)| values(release)).collect::<Result<Vec<_>, _>>()?;
    files.insert(0, script(order)?);
    Ok(files)
}

fn script(order: &Order) -> Result<File, Error> {
    let commands: Vec<_> = order.releases().map(Command::of).collect();
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
    use crate::{Chart, Cluster, Stack};

    const CHART: Chart =
        Chart { repository: "https://charts.example.com/it's", name: "web", version: "1.2.3", digest: None };

    fn cluster(releases: Vec<Release>) -> Cluster {
        Cluster { stacks: vec![Stack { releases, ..Stack::new("web", []) }], ..Cluster::new("lab", "1.35.4") }
    }

    #[test]
    fn releases_are_values_and_one_script() {
        let releases = vec![
            Release::new("web", "front", CHART, &json!({"replicas": 2, "annotations": {"a.b/c": "yes"}})),
            Release::new("metrics", "back", CHART, &json!({})),
        ];
        let files = files(&Order::of(&cluster(releases))).unwrap();
        let texts: Vec<_> = files.iter().map(|file| format!("==> {}\n{}", file.path, file.text)).collect();
        insta::with_settings!(
            {snapshot_path => "../../../../snapshots/releases", prepend_module_to_snapshot => false, omit_expression => true},
            { insta::assert_snapshot!("files", texts.concat()) }
        );
        assert!(files[0].executable);
    }

    #[test]
    fn a_cluster_without_releases_has_no_files_for_them() {
        assert_eq!(files(&Order::of(&cluster(Vec::new()))).unwrap(), []);
    }

    #[test]
    fn a_name_that_a_shell_could_take_for_more_is_refused() {
        for name in ["", "-x", "a b", "$(reboot)", "../web"] {
            let error = files(&Order::of(&cluster(vec![Release::new(name, "front", CHART, &json!({}))]))).unwrap_err();
            assert!(error.to_string().contains("release"), "{error}");
        }
    }
}
