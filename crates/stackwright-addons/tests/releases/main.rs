//! What the stacks of Helm charts render with another configuration than the lab's.

mod metrics_server;
mod monitoring;
mod objects;
mod sizes;

use std::fmt::Write;

use stackwright::prelude::*;
use stackwright::yaml;
use stackwright_addons::{nfs, traefik};

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
        {snapshot_path => "../../../../snapshots/addons", prepend_module_to_snapshot => false, omit_expression => true},
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
        exposure: traefik::Exposure::LoadBalancer([10, 0, 0, 80].into()),
        proxies: vec![],
        replicas: 3,
        https_only: false,
        scraper: Some(App::new("prometheus", "monitoring")),
    };
    assert_stack("traefik-elsewhere", &traefik::stack(&config));
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
