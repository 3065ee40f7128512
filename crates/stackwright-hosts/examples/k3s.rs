//! A cluster by K3s on three hosts, which exist or are virtual machines on two computers: `cargo run --package stackwright-hosts --example k3s -- FOLDER` writes its files there.
//!
//! They are what `render` would write, but for the tokens: without its command-line interface nobody makes secrets.

use std::fs;

use stackwright::prelude::*;
use stackwright::render::render;
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
use stackwright_hosts::ssh;
use stackwright_hosts::vagrant::{self, Bridged};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: k3s FOLDER")?;
    for (path, file) in render(&cluster()?)? {
        let path = std::path::Path::new(&folder).join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, file.text)?;
    }
    Ok(())
}

fn cluster() -> Result<Cluster, Error> {
    let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
    // Two computers run the virtual machines. Their own addresses are the router's matter.
    let computers = ["desk", "laptop"].map(|name| Host::new(name, (8, 12 * 1024), Nic::without_address(&lan)));
    let host = |name, number, computer: &Host| {
        let nic = Nic { interface: Some("eth1".into()), ..Nic::on(&lan, number)? };
        let host = Host::new(name, (2, 4096), nic);
        Ok::<_, Error>(Host { runs_on: Some(computer.name.clone()), ..host })
    };
    let nodes = [
        Node { taints: vec![], ..Node::control_plane(host("server", 11, &computers[0])?)? },
        Node::worker(host("agent-1", 12, &computers[1])?)?,
        Node::worker(host("agent-2", 13, &computers[1])?)?,
    ];
    let platform = k3s::platform(&k3s::Config {
        release: K3S_1_36,
        access: &ssh::access(vagrant::USER, nodes.iter().map(|node| &node.host))?,
        nodes: &nodes,
        networks: std::slice::from_ref(&lan),
        services: &[Subnet::new(SERVICES)?],
        pods: &[Subnet::new(PODS)?],
        tls_san: &["lab.example.com"],
        disable: &[],
        artefacts: vec![],
        names: &[],
    })?;
    // The same by Vagrant alone, on computers that have no Bash.
    let machines = vagrant::bridged(&Bridged {
        hosts: nodes.iter().map(|node| &node.host).collect(),
        networks: std::slice::from_ref(&lan),
        bridges: &[("desk", &["enp3s0"]), ("laptop", &["Intel(R) Wi-Fi 6 AX201", "en0: Wi-Fi"])],
        image: "bento/ubuntu-24.04",
        image_version: Some("202510.26.0"),
        apt_mirror: None,
        artefacts: &platform.stack.artefacts,
    })?;
    Ok(Cluster {
        networks: vec![lan],
        hosts: computers.into(),
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        stacks: vec![platform.stack, machines],
        ..Cluster::new("k3s-lab", "1.36.1")
    })
}
