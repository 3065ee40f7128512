//! What the stacks of Helm charts render with another configuration than the lab's.

use std::fmt::Write;
use std::net::Ipv4Addr;

use stackwright::prelude::cluster_dns;
use stackwright::{Machine, Network, Release, Role, SecretSpec, Stack, yaml};
use stackwright_stacks::{monitoring, traefik};

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
        {snapshot_path => "../../snapshots/stacks", prepend_module_to_snapshot => false, omit_expression => true},
        { insta::assert_snapshot!(name, text) }
    );
}

fn network(cidr: &str) -> Network {
    Network::new(cidr).expect("a subnet")
}

fn control_plane(address: Ipv4Addr) -> [Machine; 1] {
    [Machine::new("control", Role::ControlPlane, (2, 3072), address)]
}

#[test]
fn traefik_elsewhere() {
    let config = traefik::Config {
        namespace: "ingress".into(),
        class: "public".into(),
        address: Ipv4Addr::new(10, 0, 0, 80),
        address_annotation: "metallb.io/loadBalancerIPs".into(),
        replicas: 3,
        https_only: false,
        dns: vec![cluster_dns()],
        machines: &control_plane(Ipv4Addr::new(10, 0, 0, 10)),
    };
    assert_stack("traefik-elsewhere", &traefik::stack(&config));
}

#[test]
fn monitoring_elsewhere() {
    let config = monitoring::Config {
        namespace: "watch".into(),
        release: "metrics".into(),
        grafana_address: Ipv4Addr::new(10, 0, 0, 81),
        address_annotation: "metallb.io/loadBalancerIPs".into(),
        retention: "30d".into(),
        retention_size: "40GiB".into(),
        storage: "50Gi".into(),
        dns: vec![cluster_dns()],
        nodes: network("10.0.0.0/24"),
        pods: network("10.42.0.0/16"),
        machines: &control_plane(Ipv4Addr::new(10, 0, 0, 10)),
    };
    assert_stack("monitoring-elsewhere", &monitoring::stack(&config));
}
