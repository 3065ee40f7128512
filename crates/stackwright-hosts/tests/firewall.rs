//! The rules of a node's firewall. `e2e/firewall/run` loads the snapshot, and tries it with connections.

mod support;

use std::fmt::Write as _;

use stackwright::prelude::*;
use stackwright_hosts::firewall::{self, Rules};
use stackwright_hosts::{k3s, kubespray};
use support::{HOSTILE, assert_snapshot, subnet};

/// A server of a cluster with two others and an agent, of both families. The addresses are those of `e2e/firewall`.
#[test]
fn a_server_of_k3s() {
    let nodes = nodes();
    let pods = [subnet("10.42.0.0/16"), subnet("fd00:42::/56")];
    let services = [subnet("10.43.0.0/16"), subnet("fd00:43::/112")];
    let config = firewall::Config {
        nodes: &nodes,
        pods: &pods,
        services: &services,
        administrators: &[subnet("10.0.1.0/24"), subnet("10.0.1.128/25"), subnet("fd00:1::/64")],
        traffic: k3s::traffic(&nodes),
        openings: vec![
            Opening::tcp("web", &[30080, 30090], Source::Anyone),
            Opening::to(&Listener::tcp("node-exporter", 9100), Source::Subnets(pods.into())),
        ],
    };
    let rules = firewall::node_rules(&nodes[0], &config);
    let artefact = firewall::artefact(&nodes[0].host, &rules).expect("rules");
    assert_eq!(artefact.opens.as_ref(), Some(&rules.openings));
    assert_eq!(artefact.arguments, ["host", "firewall-server.nft"]);
    assert_snapshot("firewall-server", &artefact.files[0].text);

    let ports = |rules: &Rules| rules.openings.iter().flat_map(|opening| opening.ports.clone()).collect::<Vec<_>>();
    let agent = firewall::node_rules(&nodes[2], &config);
    assert_eq!(ports(&agent), [22, 8472, 10250, 30080, 30090, 9100]);
    // One control plane shares its etcd with nobody.
    let alone = firewall::node_rules(&nodes[0], &firewall::Config { nodes: &nodes[..1], ..config });
    assert_eq!(ports(&alone), [22, 6443, 10250, 30080, 30090, 9100]);
    assert_eq!(k3s::traffic(&nodes[..1]).len(), 2);
}

/// The same by kubespray, with MetalLB.
#[test]
fn a_server_of_kubespray() {
    let nodes = nodes();
    let pods = [subnet("10.42.0.0/16"), subnet("fd00:42::/56")];
    let config = firewall::Config {
        nodes: &nodes,
        pods: &pods,
        services: &[subnet("10.43.0.0/16"), subnet("fd00:43::/112")],
        administrators: &[subnet("10.0.1.0/24"), subnet("fd00:1::/64")],
        traffic: kubespray::traffic(Some(subnet("10.0.0.0/24").range("10.0.0.200-10.0.0.209").expect("a range"))),
        openings: vec![Opening::tcp("web", &[30080, 30090], Source::Anyone)],
    };
    let rules = firewall::node_rules(&nodes[0], &config);
    let artefact = firewall::artefact(&nodes[0].host, &rules).expect("rules");
    assert_snapshot("firewall-kubespray", &artefact.files[0].text);
}

#[test]
fn what_no_rule_can_say_is_refused() {
    let host = nodes()[0].host.clone();
    let web = || Opening::tcp("web", &[80], Source::Anyone);
    let mut refusals = String::new();
    for opening in [
        Opening { protocol: "SCTP".into(), ..web() },
        Opening { protocol: "tcp dport 1 accept\n".into(), ..web() },
        Opening { ports: Vec::new(), ..web() },
        Opening { from: Source::Subnets(Vec::new()), ..web() },
    ] {
        let error = firewall::artefact(&host, &Rules { openings: vec![opening], ..default() }).expect_err("refused");
        writeln!(refusals, "{error}\n  {}", error.help()).expect("a string takes any text");
    }
    let error = firewall::artefact(&Host { name: "a/../b".into(), ..host.clone() }, &default()).expect_err("refused");
    writeln!(refusals, "{error}\n  {}", error.help()).expect("a string takes any text");
    assert_snapshot("firewall-refusals", &refusals);

    let hostile = Opening { what: HOSTILE.into(), ..web() };
    let rules = Rules { openings: vec![hostile], ..default() };
    let text = &firewall::artefact(&host, &rules).expect("a comment").files[0].text;
    let added = text.lines().filter(|line| line.contains("to-") || line.contains("dport { 80 }"));
    assert_eq!(added.count(), 2, "{text}");
}

fn nodes() -> [Node; 3] {
    let lan = Network {
        subnets: vec![subnet("10.0.0.0/24"), subnet("fd00:a::/64")],
        ..Network::new("lan", subnet("10.0.0.0/24"))
    };
    let host = |name, number| Host::new(name, (2, 4096), Nic::on(&lan, number).expect("an address"));
    [
        Node::control_plane(host("server", 11)).expect("an address"),
        Node::control_plane(host("server2", 12)).expect("an address"),
        Node::worker(host("agent", 21)).expect("an address"),
    ]
}
