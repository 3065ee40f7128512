//! Monitoring by either choice of charts, and what holds without charts, too.

use serde_json::Value;
use stackwright::prelude::*;
use stackwright::yaml;
use stackwright_addons::monitoring::{self, Charts, Config, Exposure, Messages, Nodes, Receiver, Sizes, Storage};
use stackwright_addons::{alerts, dashboard};

use crate::{assert_stack, platform, subnet};

const BOTH: [Charts; 2] = [Charts::KubePrometheusStack, Charts::Separate];
const ALL: [Charts; 3] = [Charts::KubePrometheusStack, Charts::Separate, Charts::None];

/// Monitoring with as little as can be asked of it.
pub fn little(platform: &Platform, charts: Charts) -> Config<'_> {
    Config {
        platform,
        namespace: "watch".into(),
        charts,
        release: "metrics".into(),
        sizes: Sizes::SMALL,
        grafana: Exposure::LoadBalancer([10, 0, 0, 81].into()),
        embedded: false,
        prometheus: None,
        interval: None,
        retention: "30d".into(),
        retention_size: "40GiB".into(),
        storage: Storage::NodeDisk { samples: "50Gi".into() },
        nodes: Nodes::Untainted,
        alerts: vec![],
        dashboards: vec![],
        receiver: None,
    }
}

/// Monitoring with everything that can be asked of it, on one tainted node.
fn everything(platform: &Platform, charts: Charts) -> Config<'_> {
    Config {
        platform,
        namespace: "monitoring".into(),
        charts,
        release: "prometheus".into(),
        sizes: Sizes::SMALL,
        grafana: Exposure::NodePort { port: 30090, url: "http://course.example:30090/".into() },
        embedded: true,
        prometheus: Some(Exposure::NodePort { port: 30100, url: "http://course.example:30100/".into() }),
        interval: Some("10s".into()),
        retention: "2d".into(),
        retention_size: "1GiB".into(),
        storage: Storage::Volumes { class: "local-path".into(), samples: "2Gi".into(), grafana: "1Gi".into() },
        nodes: Nodes::One(&platform.nodes[0]),
        alerts: vec![alerts::node_gone("1m"), alerts::prometheus_disk_filling("monitoring", "5m")],
        dashboards: vec![],
        receiver: Some(Receiver {
            takes: Messages::Webhook,
            at: internet_except(&[subnet("10.0.0.0/24"), subnet("10.42.0.0/16")]),
            port: 443,
        }),
    }
}

/// A control plane that takes no pods of others, and two workers in another subnet, as those of the home data centre.
pub fn home(worker: (u32, u32)) -> Platform {
    let (hall, shelf) =
        (Network::new("hall", subnet("172.20.112.0/24")), Network::new("shelf", subnet("192.168.100.0/24")));
    let host = |name, size, network, number| Host::new(name, size, Nic::on(network, number).expect("an address"));
    let nodes = vec![
        Node::control_plane(host("master", (4, 8192), &hall, 101)).expect("an address"),
        Node::worker(host("worker-1", worker, &shelf, 44)).expect("an address"),
        Node::worker(host("worker-2", worker, &shelf, 29)).expect("an address"),
    ];
    Platform {
        nodes,
        node_subnets: [hall.subnets, shelf.subnets].concat(),
        pods: vec![subnet("10.244.0.0/16")],
        provided: Provided { storage_classes: vec!["local-path".into()], ..default() },
        node_dns: Some([169, 254, 25, 10].into()),
        address_annotation: None,
        scraped: vec![],
        annotated: vec![9253],
        ..platform()
    }
}

/// What somebody at home wants: on the control plane too, where there is room, and at a node port behind a proxy.
pub fn at_home<'p>(platform: &'p Platform, charts: Charts, sizes: &Sizes) -> Config<'p> {
    Config {
        sizes: *sizes,
        grafana: Exposure::NodePort { port: 30200, url: "https://grafana.example/".into() },
        embedded: false,
        prometheus: None,
        interval: Some("1m".into()),
        nodes: Nodes::Any,
        ..everything(platform, charts)
    }
}

pub fn cluster(platform: &Platform, stacks: Vec<Stack>) -> Cluster {
    let network = |name, index: usize| Network::new(name, platform.node_subnets[index]);
    Cluster {
        nodes: platform.nodes.clone(),
        networks: vec![network("hall", 0), network("shelf", 1)],
        pods: platform.pods.clone(),
        services: platform.services.clone(),
        provided: platform.provided.clone(),
        allowances: vec![Allowance::new("etcd-quorum", "there is no third machine at home")],
        stacks,
        ..Cluster::new("home", "1.36.1")
    }
}

#[test]
fn monitoring_elsewhere() {
    assert_stack("monitoring-elsewhere", &monitoring::stack(&little(&platform(), Charts::KubePrometheusStack)));
}

#[test]
fn monitoring_with_everything() {
    assert_stack(
        "monitoring-with-everything",
        &monitoring::stack(&everything(&platform(), Charts::KubePrometheusStack)),
    );
}

#[test]
fn monitoring_separate_elsewhere() {
    assert_stack("monitoring-separate-elsewhere", &monitoring::stack(&little(&platform(), Charts::Separate)));
}

#[test]
fn monitoring_separate_at_home() {
    let platform = home((2, 2048));
    assert_stack(
        "monitoring-separate-at-home",
        &monitoring::stack(&at_home(&platform, Charts::Separate, &Sizes::LEAN)),
    );
}

/// No check finds anything in a cluster with it: no value that a chart ignores, no class that is missing, no pod without a place.
#[test]
fn every_choice_is_clean() {
    for charts in ALL {
        let platform = home((2, 3072));
        let stack = monitoring::stack(&at_home(&platform, charts, &Sizes::LEAN));
        let found: Vec<_> = stackwright::check(&cluster(&platform, vec![stack]))
            .into_iter()
            .map(|finding| format!("{}: {}", finding.id, finding.message))
            .collect();
        assert_eq!(found, [""; 0], "{charts:?}");
    }
}

/// All make the same but for the names of releases: what people reach, who may connect, what is secret.
#[test]
fn every_choice_makes_the_same() {
    let platform = home((2, 3072));
    let [operator, separate, objects] = ALL.map(|charts| monitoring::stack(&at_home(&platform, charts, &Sizes::LEAN)));
    assert_eq!(operator.endpoints, separate.endpoints);
    assert_eq!(operator.endpoints, objects.endpoints);
    assert_eq!(operator.secrets, separate.secrets);
    let keys = |stack: &Stack| {
        stack.secrets.iter().map(|secret| (secret.name.clone(), secret.keys.clone())).collect::<Vec<_>>()
    };
    assert_eq!(keys(&operator), keys(&objects));
    let names = |stack: &Stack| -> Vec<_> {
        let policies = stack.objects.iter().filter(|object| object.kind() == "NetworkPolicy");
        policies.map(|policy| policy.name().to_owned()).filter(|name| !name.contains("operator")).collect()
    };
    let (mut one, mut other) = (names(&operator), names(&separate));
    one.sort();
    other.sort();
    assert_eq!(one, other);
    // Without charts less is asked for: nothing looks for ConfigMaps, and kube-state-metrics knows its one address.
    let mut fewer = names(&objects);
    fewer.retain(|name| name != "default-deny" && !name.starts_with("blackbox-exporter"));
    fewer.insert(0, "default-deny".into());
    fewer.sort();
    one.retain(|name| !["grafana-to-api-server", "kube-state-metrics-dns"].contains(&name.as_str()));
    assert_eq!(one, fewer);
    // What the operator reads of an object stands in the values.
    let mut rule = String::new();
    let object = operator.objects.iter().find(|object| object.kind() == "PrometheusRule").expect("alerts");
    object.write_yaml(&mut rule).expect("YAML");
    let mut file = String::new();
    yaml::write(&mut file, &separate.releases[0].values["serverFiles"]["alerting_rules.yml"]).expect("YAML");
    let spec = rule.split_once("spec:\n").expect("a specification").1;
    assert_eq!(spec.lines().map(str::trim).collect::<Vec<_>>(), file.lines().map(str::trim).collect::<Vec<_>>());
}

/// By its own selector, as neither chart has one for all: only the node exporter is on every node.
#[test]
fn each_part_is_pinned() {
    let pinned = |charts| {
        let stack = monitoring::stack(&everything(&platform(), charts));
        let mut pinned = Vec::new();
        stack.releases.iter().for_each(|release| selectors("", &release.values, &mut pinned));
        let pods = stack.releases.iter().flat_map(|release| &release.pods);
        (pinned, pods.filter(|pods| pods.spread == Spread::Node("control".into())).count())
    };
    let (operator, pods) = pinned(Charts::KubePrometheusStack);
    assert_eq!(
        operator,
        [
            "grafana",
            "prometheus.prometheusSpec",
            "alertmanager.alertmanagerSpec",
            "prometheusOperator",
            "prometheusOperator.admissionWebhooks.patch",
            "kube-state-metrics",
        ]
    );
    assert_eq!(pods, 5);
    let (separate, pods) = pinned(Charts::Separate);
    assert_eq!(separate, ["server", "alertmanager", "kube-state-metrics", ""]);
    assert_eq!(pods, 4);
}

/// The paths of what has a selector of that node, and tolerates its taint.
fn selectors(path: &str, values: &Value, found: &mut Vec<String>) {
    if values.pointer("/nodeSelector/kubernetes.io~1hostname").is_some_and(|name| name == "control")
        && values.pointer("/tolerations/0/key").is_some_and(|key| key == "node-role.kubernetes.io/control-plane")
    {
        found.push(path.trim_start_matches('.').to_owned());
    }
    for (key, below) in values.as_object().into_iter().flatten() {
        selectors(&format!("{path}.{key}"), below, found);
    }
}

/// kube-prometheus-stack's own node port of Prometheus is the one that people like for Grafana.
#[test]
fn two_things_at_one_node_port_are_found() {
    let found = |change: fn(&mut Stack)| {
        let platform = platform();
        let mut stack = monitoring::stack(&everything(&platform, Charts::KubePrometheusStack));
        change(&mut stack);
        let cluster =
            Cluster { nodes: platform.nodes.clone(), stacks: vec![stack], ..Cluster::new("course", "1.36.1") };
        let findings = stackwright::check(&cluster).into_iter();
        findings.filter(|finding| finding.id == "node-port-conflict").map(|finding| finding.message).collect::<Vec<_>>()
    };
    assert_eq!(found(|_| {}), [""; 0]);
    let by_default = found(|stack| {
        let service = stack.releases[0].values.pointer_mut("/prometheus/service").and_then(Value::as_object_mut);
        service.expect("it has a Service").remove("nodePort");
    });
    assert_eq!(by_default.len(), 1, "{by_default:?}");
    assert!(by_default[0].contains("by default") && by_default[0].contains("30090"), "{by_default:?}");
}

/// Two releases at one node port, the second in a subchart.
#[test]
fn a_node_port_of_separate_charts_is_known() {
    let platform = home((2, 3072));
    let prometheus = Some(Exposure::NodePort { port: 30200, url: "http://home.example:30200/".into() });
    let config = Config { prometheus, ..at_home(&platform, Charts::Separate, &Sizes::LEAN) };
    let findings = stackwright::check(&cluster(&platform, vec![monitoring::stack(&config)]));
    assert_eq!(findings.iter().filter(|finding| finding.id == "node-port-conflict").count(), 1);
}

/// Without an operator nobody reads them: the API server would refuse them, and the check says so before.
#[test]
fn objects_for_an_operator_are_found_where_there_is_none() {
    let found = |charts| {
        let platform = home((2, 3072));
        let app = App::new("shop", "monitoring");
        let rule = alerts::rule(&app, "shop", &[alerts::node_gone("1m")]);
        let shop = Stack { name: "shop".into(), objects: vec![rule], ..default() };
        let monitoring = monitoring::stack(&at_home(&platform, charts, &Sizes::LEAN));
        let findings = stackwright::check(&cluster(&platform, vec![monitoring, shop]));
        findings.iter().filter(|finding| finding.id == "crd-missing").count()
    };
    assert_eq!(BOTH.map(found), [0, 1]);
}

/// Only where its configuration would be refused without: a target may take 10 s unless told otherwise.
#[test]
fn a_target_takes_no_longer_than_the_interval() {
    let timeout = |interval: &str| {
        let platform = home((2, 3072));
        let config = Config { interval: Some(interval.into()), ..at_home(&platform, Charts::Separate, &Sizes::LEAN) };
        monitoring::stack(&config).releases[0].values["server"]["global"]["scrape_timeout"].clone()
    };
    assert_eq!(["5s", "500ms"].map(timeout), ["5s", "500ms"]);
    assert_eq!(["10s", "1m", "1h"].map(timeout), [Value::Null, Value::Null, Value::Null]);
}

/// As the charts' templates name them.
#[test]
fn grafana_finds_prometheus_whatever_the_release_is_called() {
    let urls = |release: &str| {
        let platform = home((2, 3072));
        let config = Config { release: release.into(), ..at_home(&platform, Charts::Separate, &Sizes::LEAN) };
        let values = &monitoring::stack(&config).releases[1].values;
        let sources = values["datasources"]["datasources.yaml"]["datasources"].as_array().cloned().unwrap_or_default();
        sources.iter().map(|source| source["url"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        urls("prometheus"),
        [
            "http://prometheus-server.monitoring.svc.cluster.local:80",
            "http://prometheus-alertmanager.monitoring.svc.cluster.local:9093"
        ]
    );
    assert_eq!(
        urls("metrics"),
        [
            "http://metrics-prometheus-server.monitoring.svc.cluster.local:80",
            "http://metrics-alertmanager.monitoring.svc.cluster.local:9093"
        ]
    );
}

/// The dashboards of this crate ask the data source that both choices have.
#[test]
fn dashboards_find_their_data_source() {
    let platform = home((2, 3072));
    let values = &monitoring::stack(&at_home(&platform, Charts::Separate, &Sizes::LEAN)).releases[1].values;
    assert_eq!(values["datasources"]["datasources.yaml"]["datasources"][0]["uid"], "prometheus");
    assert_eq!(values["sidecar"]["dashboards"]["searchNamespace"], "ALL");
    assert_eq!(dashboard::LABEL.0, "grafana_dashboard");
}

/// The URL is a file for whatever Alertmanager speaks, and stands in no values.
#[test]
fn a_receiver_is_known_by_a_file() {
    let kinds = [
        (Messages::Webhook, "webhook_configs", "url_file"),
        (Messages::Slack, "slack_configs", "api_url_file"),
        (Messages::Discord, "discord_configs", "webhook_url_file"),
    ];
    let folders = ["/etc/alertmanager/secrets/alertmanager-receiver", "/etc/alertmanager-receiver"];
    for (charts, folder) in BOTH.into_iter().zip(folders) {
        for (takes, list, file) in kinds {
            let platform = home((2, 3072));
            let config = at_home(&platform, charts, &Sizes::LEAN);
            let receiver = config.receiver.clone().map(|receiver| Receiver { takes, ..receiver });
            let stack = monitoring::stack(&Config { receiver, ..config });
            let values = &stack.releases[0].values["alertmanager"]["config"];
            let people = values["route"]["receiver"].as_str().expect("somebody is told");
            let receivers = values["receivers"].as_array().expect("receivers");
            let people = receivers.iter().find(|receiver| receiver["name"] == people).expect("who is told");
            assert_eq!(people[list][0][file], format!("{folder}/url"));
            let secret =
                stack.secrets.iter().find(|secret| secret.name == "alertmanager-receiver").expect("its secret");
            assert!(matches!(secret.keys[..], [Key { ref name, material: Material::Given(_), .. }] if name == "url"));
        }
    }
}

#[test]
fn an_address_of_ipv6_stands_in_brackets() {
    assert_eq!(Exposure::LoadBalancer("fd00::81".parse().unwrap()).url(), "http://[fd00::81]/");
}
