//! A cluster by K3s on three hosts that exist: `cargo run --package stackwright-hosts --example k3s -- FOLDER` writes its files there.
//!
//! They are what `render` would write, but for the tokens: without its command-line interface nobody makes secrets.

use std::fs;

use stackwright::prelude::*;
use stackwright::render::render;
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
use stackwright_hosts::ssh;

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
    let host = |name, number| Ok::<_, Error>(Host::new(name, (2, 4096), Nic::on(&lan, number)?));
    let server = Node { taints: vec![], ..Node::control_plane(host("server", 11)?)? };
    let nodes = [server, Node::worker(host("agent-1", 12)?)?, Node::worker(host("agent-2", 13)?)?];
    let platform = k3s::platform(&k3s::Config {
        release: K3S_1_36,
        access: &ssh::access("admin", nodes.iter().map(|node| &node.host))?,
        nodes: &nodes,
        networks: std::slice::from_ref(&lan),
        services: &[Subnet::new(SERVICES)?],
        pods: &[Subnet::new(PODS)?],
        tls_san: &["lab.example.com"],
        disable: &[],
        artefacts: vec![],
        names: &[],
    })?;
    Ok(Cluster {
        networks: vec![lan],
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        stacks: vec![platform.stack],
        ..Cluster::new("k3s-lab", "1.36.1")
    })
}
