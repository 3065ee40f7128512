//! Monitoring without charts.

use k8s_openapi::api::core::v1::{PersistentVolume, PodTemplateSpec};
use stackwright::check::{Index, checks, findings};
use stackwright::prelude::*;
use stackwright_addons::dashboard;
use stackwright_addons::monitoring::{self, Charts, Config, Directory, Exposure, Nodes, Sizes, Storage, directories};

use crate::monitoring::{at_home, cluster, home, little};
use crate::{assert_stack, platform};

/// Volumes on the disk of a worker, as in the document.
fn storage() -> Storage {
    Storage::Directories {
        node: "worker-1".into(),
        samples: Directory::new("/opt/prometheus", "20Gi"),
        grafana: Directory::new("/opt/grafana", "1Gi"),
    }
}

fn by_hand(platform: &Platform) -> Config<'_> {
    Config {
        charts: Charts::None,
        grafana: Exposure::NodePort { port: 30004, url: "http://192.168.100.44:30004/".into() },
        prometheus: Some(Exposure::NodePort { port: 30000, url: "http://192.168.100.44:30000/".into() }),
        interval: Some("10s".into()),
        storage: storage(),
        nodes: Nodes::Untainted,
        dashboards: vec![dashboard::nodes()],
        ..at_home(platform, Charts::None, &Sizes::SMALL)
    }
}

#[test]
fn monitoring_by_hand() {
    assert_stack("monitoring-by-hand", &monitoring::stack(&by_hand(&home((2, 3072)))));
}

/// With as little as can be asked of it.
#[test]
fn monitoring_by_hand_elsewhere() {
    assert_stack("monitoring-by-hand-elsewhere", &monitoring::stack(&little(&platform(), Charts::None)));
}

/// Not even advice, but that each part is one pod: two would need a database that both could write to.
#[test]
fn nothing_is_found_by_hand_but_one_pod_of_each() {
    let platform = home((2, 3072));
    let cluster = cluster(&platform, vec![monitoring::stack(&by_hand(&platform))]);
    let found: Vec<_> = findings(&Index::of(&cluster), checks())
        .into_iter()
        .map(|finding| format!("{}: {}", finding.id, finding.message))
        .filter(|finding| !finding.starts_with("rollout-outage"))
        .collect();
    assert_eq!(found, [""; 0]);
}

/// Each kind of storage is one that every choice of charts can have.
#[test]
fn directories_are_volumes_for_every_choice() {
    for charts in [Charts::KubePrometheusStack, Charts::Separate, Charts::None] {
        let platform = home((2, 3072));
        let stack = monitoring::stack(&Config { charts, ..by_hand(&platform) });
        let volumes: Vec<_> = stack.objects.iter().filter_map(|object| object.get::<PersistentVolume>()).collect();
        assert_eq!(volumes.len(), 2);
        let found: Vec<_> = stackwright::check(&cluster(&platform, vec![stack]))
            .into_iter()
            .map(|finding| format!("{}: {}", finding.id, finding.message))
            .collect();
        assert_eq!(found, [""; 0], "{charts:?}");
    }
}

#[test]
fn directories_are_made_on_their_node_for_their_users() {
    let platform = home((2, 3072));
    let made = directories(&storage(), &platform.nodes).expect("directories");
    assert_eq!(made.len(), 1);
    assert_eq!(
        (made[0].host.as_str(), made[0].arguments.join(" ").as_str()),
        ("worker-1", "/opt/prometheus 65534 /opt/grafana 472")
    );
    assert_eq!(directories(&Storage::NodeDisk { samples: "1Gi".into() }, &platform.nodes).expect("none"), []);
}

#[test]
fn directories_that_cannot_be_are_refused() {
    let platform = home((2, 3072));
    let refused = |node: &str, path: &str| {
        let storage = Storage::Directories {
            node: node.into(),
            samples: Directory::new(path, "20Gi"),
            grafana: Directory::new("/opt/grafana", "1Gi"),
        };
        directories(&storage, &platform.nodes).expect_err("no directory").to_string()
    };
    assert_eq!(refused("worker-9", "/opt/a"), "the volumes of monitoring are to be on `worker-9`, which is no node");
    for path in ["opt/a", "/", "/opt/../etc", ""] {
        assert_eq!(refused("worker-1", path), format!("`{path}` can't be a volume"));
    }
}

/// A pod reads its configuration once: another one is another pod.
#[test]
fn what_is_configured_otherwise_starts_anew() {
    let restarted = |change: fn(&mut Config<'_>)| -> Vec<String> {
        let platform = home((2, 3072));
        let mut config = by_hand(&platform);
        let before = templates(&monitoring::stack(&config));
        change(&mut config);
        let after = templates(&monitoring::stack(&config));
        before.into_iter().zip(after).filter(|(before, after)| before != after).map(|(before, _)| before.0).collect()
    };
    assert_eq!(restarted(|config| config.alerts.truncate(1)), ["prometheus"]);
    assert_eq!(restarted(|config| config.interval = Some("30s".into())), ["prometheus", "grafana"]);
    assert_eq!(restarted(|config| config.receiver = None), ["alertmanager"]);
    // Grafana looks for dashboards again.
    assert_eq!(restarted(|config| config.dashboards[0].title = "All nodes".into()), [""; 0]);
}

fn templates(stack: &Stack) -> Vec<(String, PodTemplateSpec)> {
    let deployments = stack.objects.iter().filter_map(|object| object.get::<Deployment>());
    let template = |deployment: &Deployment| {
        (deployment.metadata.name.clone().unwrap_or_default(), deployment.spec.template.clone())
    };
    deployments.map(template).collect()
}
