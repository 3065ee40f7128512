//! Three masters whose API servers ask extension API servers by a declared certificate, and metrics-server: what `e2e/aggregation/run` runs.
//!
//! `cargo run --package stackwright-stacks --example aggregation -- render --out FOLDER`

use std::process::ExitCode;

use stackwright::prelude::*;
use stackwright_addons::metrics_server::{self, Kubelets};
use stackwright_hosts::kubespray::{self, HELM_4};
use stackwright_hosts::{aggregation, ssh};

fn main() -> ExitCode {
    stackwright_cli::run(cluster().map(|cluster| vec![cluster]))
}

fn cluster() -> Result<Cluster, Error> {
    let network = Network::new("lan", Subnet::new("192.168.96.0/20")?);
    let (services, pods) = (Subnet::new("10.96.0.0/12")?, Subnet::new("10.244.0.0/16")?);
    let host =
        |name: &str, number| -> Result<Host, Error> { Ok(Host::new(name, (4, 8192), Nic::on(&network, number)?)) };
    let nodes = vec![
        Node::control_plane(host("master-1", 11)?)?,
        Node::control_plane(host("master-2", 12)?)?,
        Node::control_plane(host("master-3", 13)?)?,
        Node::worker(host("worker-1", 21)?)?,
        Node::worker(host("worker-2", 22)?)?,
    ];
    let networks = vec![network];
    let platform = kubespray::platform(&kubespray::Config {
        release: "v2.31.0",
        kubernetes: "1.35.4",
        helm: HELM_4,
        access: &ssh::access("admin", nodes.iter().map(|node| &node.host))?,
        nodes: &nodes,
        networks: &networks,
        services: &[services],
        pods: &[pods],
        load_balancers: None,
        addons: &[],
        aggregator_routing: true,
        artefacts: aggregation::artefacts(&nodes)?,
        names: &[],
    })?;
    let metrics = metrics_server::stack(&metrics_server::Config {
        platform: &platform,
        kubelets: Kubelets::SelfSigned,
        replicas: 2,
    })?;
    let (script, step) = aggregation::check(&nodes)?;
    let layer = Stack { files: vec![script], steps: vec![step], ..Stack::new("aggregation", []) };
    Ok(Cluster {
        networks,
        nodes,
        services: vec![services],
        pods: vec![pods],
        provided: platform.provided,
        stacks: vec![platform.stack, metrics, layer],
        ..Cluster::new("masters", "1.35.4")
    })
}
