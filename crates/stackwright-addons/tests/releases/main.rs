//! What the stacks of Helm charts render with another configuration than the lab's.

mod metrics_server;
mod monitoring;
mod objects;
mod sizes;

use std::fmt::Write;

use stackwright::prelude::*;
use stackwright::yaml;
use stackwright_addons::{metallb, nfs, traefik};

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
        annotated: vec![],
    }
}

#[test]
fn traefik_elsewhere() {
    let config = traefik::Config {
        platform: &platform(),
        namespace: "ingress".into(),
        charts: traefik::Charts::Traefik,
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

/// At node ports, behind a proxy, by TLS only: everything that can be asked of it without a chart.
#[test]
fn traefik_by_hand() {
    let config = traefik::Config {
        platform: &platform(),
        namespace: "ingress".into(),
        charts: traefik::Charts::None(traefik::Routes::Ingresses),
        class: "public".into(),
        exposure: traefik::Exposure::NodePorts { web: 30080, websecure: 30443 },
        proxies: vec![subnet("10.0.0.0/24"), subnet("10.42.0.0/16")],
        replicas: 3,
        https_only: true,
        scraper: Some(App::new("prometheus", "monitoring")),
    };
    assert_stack("traefik-by-hand", &traefik::stack(&config));
}

/// Those who connect know the same Service and the same pods, whoever makes them.
#[test]
fn traefik_is_the_same_for_others_by_either_way() {
    let platform = platform();
    let exposure = traefik::Exposure::NodePorts { web: 30080, websecure: 30443 };
    let config = |charts| traefik::Config {
        platform: &platform,
        namespace: "ingress".into(),
        charts,
        class: "public".into(),
        exposure,
        proxies: vec![],
        replicas: 2,
        https_only: false,
        scraper: None,
    };
    let known = traefik::service("ingress", exposure).spec.expect("a specification");
    let policies = |stack: &Stack| -> Vec<_> {
        stack.objects.iter().filter_map(|object| object.get::<NetworkPolicy>()).cloned().collect()
    };
    let by_chart = traefik::stack(&config(traefik::Charts::Traefik));
    for routes in [traefik::Routes::Ingresses, traefik::Routes::Gateway] {
        let stack = traefik::stack(&config(traefik::Charts::None(routes)));
        assert_eq!((policies(&stack), stack.releases.len()), (policies(&by_chart), 0));
        let service = stack.objects.iter().find_map(|object| object.get::<Service>()).expect("a Service");
        let spec = service.spec.clone().expect("a specification");
        assert_eq!(spec.type_, known.type_);
        let numbers = |ports: Option<Vec<k8s_openapi::api::core::v1::ServicePort>>| -> Vec<_> {
            ports.into_iter().flatten().map(|port| (port.name, port.port, port.node_port)).collect()
        };
        assert_eq!(numbers(spec.ports), numbers(known.ports.clone()));
        assert_eq!(spec.selector, traefik::app("ingress").selector().match_labels);
    }
}

#[test]
fn addresses_of_metallb() {
    let lan = subnet("10.0.0.0/24");
    let range = |text: &str| lan.range(text).expect("a range");
    assert_stack("metallb", &metallb::stack(&[range("10.0.0.200-10.0.0.209"), range("10.0.0.5")]));
}

#[test]
fn a_route_names_its_gateway_and_its_service() {
    let app = App::new("shop", "web");
    let service = headless_service(&app, &[container_port("http", 8080)]);
    let gateway = traefik::gateway("ingress", "public");
    let objects = [gateway.class("traefik.io/gateway-controller"), gateway.object()];
    let routes = [Some("shop.example"), None].map(|host| gateway.route(&app, host, "/shop", &service));
    assert_stack("gateway", &Stack { objects: objects.into_iter().chain(routes).collect(), ..default() });
}
