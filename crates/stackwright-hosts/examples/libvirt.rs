//! A cluster by K3s on virtual machines of two computers with libvirt: `cargo run --package stackwright-hosts --example libvirt -- FOLDER` writes its
//! files there. After FOLDER may come the URL and the SHA-256 of another image.

use std::fs;

use stackwright::prelude::*;
use stackwright::render::render;
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
use stackwright_hosts::libvirt::{self, Computer, Image, UBUNTU_24_04};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, image) = match &arguments[..] {
        [folder] => (folder, UBUNTU_24_04),
        [folder, url, sha256] => (folder, Image { url, sha256, ..UBUNTU_24_04 }),
        _ => return Err("usage: libvirt FOLDER [URL SHA256]".into()),
    };
    let cluster = cluster(image)?;
    // One server is enough to see how they are made.
    let findings: Vec<_> = stackwright::check(&cluster).iter().map(|finding| finding.id).collect();
    assert_eq!(findings, ["etcd-quorum"]);
    for (path, file) in render(&cluster)? {
        let path = std::path::Path::new(folder).join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, file.text)?;
    }
    Ok(())
}

fn cluster(image: Image) -> Result<Cluster, Error> {
    let subnet = Subnet::new("192.168.96.0/20")?;
    let router = subnet.range("192.168.96.1")?;
    let lan = Network { reserved: vec![(Holder::Gateway, router)], ..Network::new("lan", subnet) };
    let nic = |number, interface: &str| -> Result<Nic, Error> {
        Ok(Nic { interface: Some(interface.into()), ..Nic::on(&lan, number)? })
    };
    let computer = |name, number| Ok::<_, Error>(Host::new(name, (8, 16 * 1024), nic(number, "br0")?));
    let (kvm1, kvm2) = (computer("kvm1", 10)?, computer("kvm2", 11)?);

    let host = |name, number, computer: &Host| -> Result<Host, Error> {
        let host = Host::new(name, (2, 2048), nic(number, "lan0")?);
        Ok(Host { disk: Some(20), runs_on: Some(computer.name.clone()), ..host })
    };
    let server = Node { taints: vec![], ..Node::control_plane(host("kmaster1", 31, &kvm1)?)? };
    let data_disk = Some(DataDisk { gibibytes: 5, mounted_at: "/srv/data".into() });
    let storing = Host { data_disk, ..host("kworker1", 41, &kvm1)? };
    let nodes = [server, Node::worker(storing)?, Node::worker(host("kworker2", 42, &kvm2)?)?];

    let networks = [lan.clone()];
    let machines = libvirt::Config {
        computers: &[
            Computer { host: &kvm1, connection: "qemu:///system" },
            Computer { host: &kvm2, connection: "qemu+ssh://root@192.168.96.11/system" },
        ],
        hosts: nodes.iter().map(|node| &node.host).collect(),
        networks: &networks,
        nameservers: &[router.first()],
        image,
        pool: "lab",
    };
    let platform = k3s::platform(&k3s::Config {
        release: K3S_1_36,
        access: &libvirt::access(&machines)?,
        nodes: &nodes,
        networks: &networks,
        services: &[Subnet::new(SERVICES)?],
        pods: &[Subnet::new(PODS)?],
        tls_san: &["lab.example.com"],
        disable: &[],
        artefacts: stackwright_hosts::disk::artefacts(nodes.iter().map(|node| &node.host))?,
        names: &[],
    })?;
    let stacks = vec![platform.stack, libvirt::stack(&machines)?];
    Ok(Cluster {
        stacks,
        hosts: vec![kvm1, kvm2],
        networks: networks.into(),
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        ..Cluster::new("lab", "1.36.1")
    })
}
