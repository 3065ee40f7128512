//! The aggregation layer: what control planes are given, and the script that looks at it. `e2e/aggregation/run` runs both.

mod support;

use stackwright::prelude::*;
use stackwright_hosts::aggregation;
use support::{HOSTILE, assert_snapshot, subnet};

#[test]
fn each_control_plane_is_given_the_same() {
    let nodes = [node("master-1", 1, true), node("master-2", 2, true), node("worker-1", 3, false)];
    let artefacts = aggregation::artefacts(&nodes).expect("certificates");
    let hosts: Vec<_> = artefacts.iter().map(|artefact| artefact.host.as_str()).collect();
    assert_eq!(hosts, ["master-1", "master-2"]);
    let [one, other] = &artefacts[..] else { panic!("two") };
    assert_eq!((&one.secrets, &one.arguments), (&other.secrets, &other.arguments));
    let files: Vec<_> = one.secrets.iter().map(|key| format!("secrets/{}", key.file)).collect();
    assert_eq!(files, one.arguments);

    let (script, (when, step)) = aggregation::check(&nodes).expect("a script");
    assert_snapshot("aggregation-check", &script.text);
    assert_eq!((when, step.command.as_str(), script.executable), (When::Running, "machines/aggregation.sh", true));
}

#[test]
fn what_is_no_control_plane_is_refused() {
    for nodes in [vec![], vec![node("worker-1", 1, false)]] {
        assert!(aggregation::artefacts(&nodes).is_err() && aggregation::check(&nodes).is_err());
    }
    let nodes = [node(HOSTILE, 1, true)];
    assert!(aggregation::artefacts(&nodes).is_err() && aggregation::check(&nodes).is_err());
}

fn node(name: &str, number: u32, control_plane: bool) -> Node {
    let lan = Network::new("lan", subnet("192.168.96.0/20"));
    let host = Host::new(name, (2, 4096), Nic::on(&lan, number).expect("an address"));
    if control_plane { Node::control_plane(host) } else { Node::worker(host) }.expect("an address")
}
