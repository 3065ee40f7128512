//! A cluster by K3s on instances of Multipass, once behind forwards of their computer and once bridged: `cargo run --package stackwright-hosts
//! --example multipass -- FOLDER` writes their files there.

use std::fs;

use stackwright::prelude::*;
use stackwright::render::render;
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
use stackwright_hosts::multipass;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: multipass FOLDER")?;
    for (name, bridged) in [("forwarded", false), ("bridged", true)] {
        let cluster = cluster(name, bridged)?;
        assert_eq!(stackwright::check(&cluster), []);
        for (path, file) in render(&cluster)? {
            let path = std::path::Path::new(&folder).join(path);
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(path, file.text)?;
        }
    }
    Ok(())
}

fn cluster(name: &str, bridged: bool) -> Result<Cluster, Error> {
    let home = Subnet::new("192.168.50.0/24")?;
    let lan = Network { reserved: vec![(Holder::Gateway, home.range("192.168.50.1")?)], ..Network::new("lan", home) };
    let inside = Network::new("instances", Subnet::new("10.120.52.0/24")?);
    let nic = |network: &Network, number, interface: &str| {
        Ok::<_, Error>(Nic { interface: Some(interface.into()), ..Nic::on(network, number)? })
    };
    let computer = Host {
        nics: vec![nic(&lan, 27, "enp3s0")?, nic(&inside, 1, "lab0")?],
        ..Host::new("computer", (12, 24 * 1024), nic(&lan, 27, "enp3s0")?)
    };
    let network = if bridged { &lan } else { &inside };
    let host = |name, number| -> Result<Host, Error> {
        let host = Host::new(name, (2, 4096), nic(network, number, "lab0")?);
        // Node ports, of Services that a cluster would have.
        let listeners = vec![Listener::tcp("web", 30080), Listener::tcp("grafana", 30060)];
        Ok(Host { disk: Some(20), runs_on: Some(computer.name.clone()), listeners, ..host })
    };
    let server = Node { taints: vec![], ..Node::control_plane(host("node1", 23)?)? };
    let nodes = [server, Node::worker(host("node2", 24)?)?, Node::worker(host("node3", 25)?)?];
    let listeners = vec![Listener::tcp("jenkins", 8080), Listener::udp("syslog", 5514)];
    let ops = Host { listeners, ..host("ops", 31)? };

    let networks = [lan.clone(), inside.clone()];
    let machines = multipass::Config {
        computer: &computer,
        hosts: nodes.iter().map(|node| &node.host).chain([&ops]).collect(),
        networks: &networks,
        image: "24.04",
    };
    let mut ways_in = Vec::new();
    if !machines.is_bridged() {
        let at_home = Source::Subnets(vec![home]);
        let [web, grafana] = &nodes[0].host.listeners[..] else { unreachable!("two node ports") };
        ways_in.push(forward_to((&computer.name, 30060), grafana, &nodes[0].host)?);
        ways_in.push(WayIn { from: at_home, ..forward_to((&computer.name, 8080), &ops.listeners[0], &ops)? });
        ways_in.push(forward_to((&computer.name, 514), &ops.listeners[1], &ops)?);
        // A node port of all nodes.
        let to = nodes.iter().map(|node| (node.address, 30080).into()).collect();
        ways_in.push(WayIn { to, ..forward_to((&computer.name, 80), web, &nodes[0].host)? });
    }
    let platform = k3s::platform(&k3s::Config {
        release: K3S_1_36,
        access: &multipass::access(&machines)?,
        nodes: &nodes,
        networks: &networks,
        services: &[Subnet::new(SERVICES)?],
        pods: &[Subnet::new(PODS)?],
        tls_san: &["lab.example.com"],
        disable: &[],
        artefacts: vec![],
        names: &[],
    })?;
    let multipass = multipass::stack(&machines, &ways_in)?;
    Ok(Cluster {
        ways_in,
        hosts: vec![ops, computer],
        networks: networks.into(),
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        stacks: vec![platform.stack, multipass],
        ..Cluster::new(name, "1.36.1")
    })
}
