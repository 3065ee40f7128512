//! What the stacks of Helm charts render with another configuration than the lab's.

use std::fmt::Write;

use serde_json::Value;
use stackwright::charts::{kube_prometheus_stack, unknown_values};
use stackwright::prelude::*;
use stackwright::yaml;
use stackwright_addons::monitoring::{Exposure, Storage};
use stackwright_addons::{alerts, monitoring, nfs, traefik};

/// A snapshot of the stack's objects and releases, and of the names of its secrets' keys.
fn assert_stack(name: &str, stack: &Stack) {
    let mut text = String::new();
    for object in &stack.objects {
        text.push_str("---\n");
        object.write_yaml(&mut text).unwrap();
    }
    for Release { name, namespace, chart, values, .. } in &stack.releases {
        writeln!(text, "--- # release {name} in {namespace}: {} {}", chart.name, chart.version).unwrap();
        yaml::write(&mut text, values).unwrap();
    }
    for SecretSpec { name, namespace, keys, .. } in &stack.secrets {
        let keys: Vec<_> = keys.iter().map(|key| key.name.as_str()).collect();
        writeln!(text, "--- # secret {name} in {namespace}: {}", keys.join(", ")).unwrap();
    }
    insta::with_settings!(
        {snapshot_path => "../../../snapshots/addons", prepend_module_to_snapshot => false, omit_expression => true},
        { insta::assert_snapshot!(name, text) }
    );
}

fn subnet(cidr: &str) -> Subnet {
    Subnet::new(cidr).expect("a subnet")
}

/// A cluster of one node that somebody else installed, with both families of addresses and a load balancer.
fn platform() -> Platform {
    let lan = Network::new("lan", subnet("10.0.0.0/24"));
    let host = Host::new("control", (2, 3072), Nic::on(&lan, 10).expect("an address"));
    Platform {
        stack: Stack::default(),
        nodes: vec![Node::control_plane(host).expect("an address")],
        node_subnets: lan.subnets,
        pods: vec![subnet("10.42.0.0/16"), subnet("fd00:42::/56")],
        services: vec![subnet("10.43.0.0/16")],
        provided: Provided::default(),
        domain: "cluster.local".into(),
        node_dns: None,
        address_annotation: Some("metallb.io/loadBalancerIPs".into()),
        scraped: vec![Component::Scheduler],
    }
}

#[test]
fn traefik_elsewhere() {
    let config = traefik::Config {
        platform: &platform(),
        namespace: "ingress".into(),
        class: "public".into(),
        address: [10, 0, 0, 80].into(),
        replicas: 3,
        https_only: false,
    };
    assert_stack("traefik-elsewhere", &traefik::stack(&config));
}

#[test]
fn monitoring_elsewhere() {
    let config = monitoring::Config {
        platform: &platform(),
        namespace: "watch".into(),
        release: "metrics".into(),
        grafana: Exposure::LoadBalancer([10, 0, 0, 81].into()),
        embedded: false,
        prometheus_node_port: None,
        interval: None,
        retention: "30d".into(),
        retention_size: "40GiB".into(),
        storage: Storage::NodeDisk { samples: "50Gi".into() },
        node: None,
        alerts: vec![],
    };
    assert_stack("monitoring-elsewhere", &monitoring::stack(&config));
}

/// Monitoring with everything that can be asked of it, on one tainted node.
fn everything(platform: &Platform) -> monitoring::Config<'_> {
    monitoring::Config {
        platform,
        namespace: "monitoring".into(),
        release: "prometheus".into(),
        grafana: Exposure::NodePort { port: 30090, url: "http://course.example:30090/".into() },
        embedded: true,
        prometheus_node_port: Some(30100),
        interval: Some("10s".into()),
        retention: "2d".into(),
        retention_size: "1GiB".into(),
        storage: Storage::Volumes { class: "local-path".into(), samples: "2Gi".into(), grafana: "1Gi".into() },
        node: Some(&platform.nodes[0]),
        alerts: vec![alerts::node_gone("1m"), alerts::prometheus_disk_filling("monitoring", "5m")],
    }
}

#[test]
fn monitoring_with_everything() {
    assert_stack("monitoring-with-everything", &monitoring::stack(&everything(&platform())));
}

/// A key that the chart doesn't read is lost in silence.
#[test]
fn the_pinned_chart_reads_every_key() {
    let stack = monitoring::stack(&everything(&platform()));
    assert_eq!(unknown_values(kube_prometheus_stack::KNOWN, &stack.releases[0].values), [""; 0]);
}

/// By its own selector, as the chart has none for all: only the node exporter is on every node.
#[test]
fn each_part_is_pinned() {
    let stack = monitoring::stack(&everything(&platform()));
    let mut pinned = Vec::new();
    selectors("", &stack.releases[0].values, &mut pinned);
    assert_eq!(
        pinned,
        [
            "grafana",
            "prometheus.prometheusSpec",
            "alertmanager.alertmanagerSpec",
            "prometheusOperator",
            "prometheusOperator.admissionWebhooks.patch",
            "kube-state-metrics",
        ]
    );
    let pods = &stack.releases[0].pods;
    assert_eq!(pods.iter().filter(|pods| pods.spread == Spread::Node("control".into())).count(), 5);
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

/// The chart's own node port of Prometheus is the one that people like for Grafana.
#[test]
fn two_things_at_one_node_port_are_found() {
    let found = |change: fn(&mut Stack)| {
        let platform = platform();
        let mut stack = monitoring::stack(&everything(&platform));
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

#[test]
fn an_address_of_ipv6_stands_in_brackets() {
    assert_eq!(Exposure::LoadBalancer("fd00::81".parse().unwrap()).url(), "http://[fd00::81]/");
}

#[test]
fn nfs_elsewhere() {
    let config = nfs::Config {
        platform: &platform(),
        server: [10, 0, 0, 5].into(),
        directory: "/volume1/k8s",
        namespace: "storage",
    };
    assert_stack("nfs-elsewhere", &nfs::stack(&config));
}
