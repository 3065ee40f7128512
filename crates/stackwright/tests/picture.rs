//! The picture in a cluster's README, by what a change does to it and what is joined in it.

use serde_json::json;
use stackwright::charts::{kube_prometheus_stack, traefik};
use stackwright::prelude::*;
use stackwright::{render, yaml};

fn lab() -> Cluster {
    let lan = Network::new("lan", Subnet::new("192.168.56.0/24").expect("a subnet"));
    let host =
        |name: &str, number| Host::new(name, (2, 2048), Nic::on(&lan, number).expect("an address of the subnet"));
    Cluster {
        nodes: vec![
            Node::control_plane(host("control", 11)).expect("an address"),
            Node::worker(host("node1", 21)).expect("an address"),
        ],
        networks: vec![lan.clone()],
        stacks: vec![web("traefik")],
        ..Cluster::new("lab", "1.35.4")
    }
}

/// A workload behind an Ingress of a class.
fn web(class: &str) -> Stack {
    let app = App::new("web", "web");
    let container = Container { name: "web".into(), ports: Some(vec![container_port("http", 8080)]), ..default() };
    let web = deployment(&app, PodSpec { containers: vec![container], ..default() });
    let service = service_for(&web);
    let ingress = ingress(&app, class, "web.example", backend(&service, "http"));
    Stack::new("web", [web.into(), service.into(), ingress.into()])
}

/// The lines of the README.
fn lines(cluster: &Cluster) -> Vec<String> {
    let files = render::render(cluster).expect("a tree");
    files[camino::Utf8Path::new("lab/README.md")].text.lines().map(str::to_owned).collect()
}

fn assert_joined(cluster: &Cluster, edges: &[&str]) {
    let lines = lines(cluster);
    for edge in edges {
        assert!(lines.iter().any(|line| line.trim() == *edge), "{edge} is not in\n{}", lines.join("\n"));
    }
}

#[test]
fn two_more_workers_change_only_their_own_lines() {
    let mut more = lab();
    for (name, host) in [("node2", 22), ("a-node-before-all", 23)] {
        let nic = Nic::on(&more.networks[0], host).expect("an address of the subnet");
        more.nodes.push(Node::worker(Host::new(name, (2, 2048), nic)).expect("an address"));
    }
    let (before, after) = (lines(&lab()), lines(&more));
    let (mut old, mut new) = (before.iter().peekable(), Vec::new());
    for line in &after {
        if old.next_if_eq(&line).is_none() {
            new.push(line.as_str());
        }
    }
    assert_eq!(old.next(), None, "a line is gone or has moved");
    // In the picture and in the table.
    assert_eq!(new.len(), 4, "{new:#?}");
    assert!(new.iter().all(|line| line.contains("node2") || line.contains("a-node-before-all")), "{new:#?}");
}

#[test]
fn a_way_in_leads_to_its_service_or_else_to_a_host() {
    let mut cluster = Cluster { stacks: vec![web("public")], ..lab() };
    let nodes = cluster.nodes.clone();
    let service = &mut cluster.stacks[0].objects[1];
    let mut exposed = service.get::<Service>().expect("a Service").clone();
    for port in exposed.spec.iter_mut().flat_map(|spec| spec.ports.iter_mut().flatten()) {
        port.node_port = Some(30080);
    }
    let web = forward(("router", 80), &exposed, "http", &nodes).expect("a node port");
    *service = exposed.into();
    let ssh = forward_to(("router", 2222), &Listener::tcp("ssh|d", 22), &nodes[0].host).expect("an address");
    let office = Source::Subnets(vec![Subnet::new("203.0.113.0/29").expect("a subnet")]);
    cluster.ways_in = vec![web, WayIn { from: office, ..ssh }];
    assert_joined(
        &cluster,
        &[
            "way-in_router_80-tcp --> service_web_web",
            "way-in_router_2222-tcp --> host_control",
            "| router, port 80/TCP | 192.168.56.11:30080 (control), 192.168.56.21:30080 (node1) | web | anyone |",
            r"| router, port 2222/TCP | 192.168.56.11:22 (control) | ssh\|d | 203.0.113.0/29 |",
        ],
    );
}

#[test]
fn a_controller_stands_between_a_name_and_its_ingress() {
    let values = json!({ "ingressClass": { "name": "public" } });
    let release = Release::new("edge", "traefik", traefik::CHART, &values);
    let mut cluster = Cluster { stacks: vec![web("public")], ..lab() };
    cluster.stacks[0].releases.push(release);
    let ingress = "release_traefik_edge --> ingress_web_web";
    assert_joined(
        &cluster,
        &["name_web.example --> release_traefik_edge", ingress, "ingress_web_web --> service_web_web"],
    );

    // One that the installer brings.
    let cluster = Cluster { stacks: vec![web("public")], ..lab() };
    assert_joined(&cluster, &["name_web.example --> controller_public", "controller_public --> ingress_web_web"]);
}

#[test]
fn monitoring_is_joined_to_what_it_reads() {
    let monitors = "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: web, namespace: monitor}\n\
                    spec:\n  namespaceSelector: {matchNames: [web]}\n  selector: {matchLabels: {app.kubernetes.io/name: web}}\n---\n\
                    apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: web, namespace: web}\n\
                    spec: {selector: {matchLabels: {app.kubernetes.io/name: web}}}\n---\n\
                    apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: elsewhere, namespace: other}\n\
                    spec: {selector: {}}\n";
    let mut cluster = lab();
    let metrics = json!({ "metrics": { "prometheus": { "serviceMonitor": { "enabled": true } } } });
    cluster.stacks.push(Stack {
        releases: vec![
            Release::new("prom", "monitor", kube_prometheus_stack::CHART, &json!({})),
            Release::new("traefik", "traefik", traefik::CHART, &metrics),
        ],
        objects: yaml::objects(monitors).expect("objects").into_iter().map(|located| located.object).collect(),
        ..Stack::new("monitoring", [])
    });
    let read = ["service_web_web", "deployment_web_web", "release_traefik_traefik", "hosts"];
    let edges = read.map(|what| format!("release_monitor_prom -.->|reads| {what}"));
    assert_joined(&cluster, &edges.each_ref().map(String::as_str));
    let reads = lines(&cluster).iter().filter(|line| line.contains("|reads|")).count();
    assert_eq!(reads, edges.len());
}
