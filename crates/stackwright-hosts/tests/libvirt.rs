//! Virtual machines by libvirt: what their parameters change, what is refused, and values that mean something to a shell.
//!
//! `e2e/libvirt/run` runs what the example of the same name renders.

mod support;

use std::net::IpAddr;

use stackwright::prelude::*;
use stackwright_hosts::kubespray::{self, HELM_4};
use stackwright_hosts::libvirt::{self, Computer, Image, UBUNTU_24_04};
use support::{HOSTILE, assert_snapshot, files_of_instances, note, subnet};

/// Two computers; both families, and a router for each; a second disk.
#[test]
fn instances() {
    let lab = Lab::new();
    lab.with_config(|config| {
        assert_snapshot("libvirt-access", &files_of_instances(&libvirt::access(config).expect("instances")));
        let stack = libvirt::stack(config).expect("steps");
        assert_snapshot("libvirt-way-up", &format!("{:#?}", stack.steps));
        assert!(stack.artefacts.is_empty() && stack.files.is_empty());
    });
}

/// What a provider gives, each installer takes.
#[test]
fn kubespray_on_instances() {
    let lab = Lab::new();
    let nodes = [Node::control_plane(lab.hosts[0].clone()), Node::worker(lab.hosts[1].clone())];
    let nodes = nodes.map(|node| node.expect("an address"));
    let platform = lab.with_config(|machines| {
        let config = kubespray::Config {
            release: "v2.31.0",
            kubernetes: "1.35.4",
            helm: HELM_4,
            access: &libvirt::access(machines).expect("instances"),
            nodes: &nodes,
            networks: &lab.networks,
            services: &[subnet("10.233.0.0/18")],
            pods: &[subnet("10.233.64.0/18")],
            load_balancers: None,
            local_volumes: false,
            artefacts: Vec::new(),
            names: &[],
        };
        kubespray::platform(&config).expect("a cluster")
    });
    assert!(platform.stack.files.iter().any(|file| file.path == "machines/libvirt/instances.sh"));
}

#[test]
fn what_libvirt_cannot_make_is_refused() {
    let mut refusals = String::new();
    let mut refused = |what: &str, change: fn(&mut Lab)| {
        let mut lab = Lab::new();
        change(&mut lab);
        lab.with_config(|config| {
            note(&mut refusals, "lab", what, libvirt::access(config));
            libvirt::stack(config).expect_err("refused by both");
        });
    };
    refused("no hosts", |lab| lab.hosts.clear());
    refused("no computers", |lab| lab.computers.clear());
    refused("no network", |lab| lab.networks.clear());
    refused("no nameserver", |lab| lab.nameservers.clear());
    refused("two networks", |lab| lab.hosts[1].nics[0].network = "other".into());
    refused("a computer elsewhere", |lab| lab.computers[1].0.nics[0].network = "other".into());
    refused("a bridge without a name", |lab| lab.computers[0].0.nics[0].interface = None);
    refused("a bridge with a hostile name", |lab| lab.computers[0].0.nics[0].interface = Some(HOSTILE.into()));
    refused("a connection of one person", |lab| lab.computers[0].1 = "qemu:///session");
    refused("a connection elsewhere", |lab| lab.computers[0].1 = "xen:///system");
    refused("a hostile connection", |lab| lab.computers[0].1 = HOSTILE);
    refused("a pool in another folder", |lab| lab.pool = "../lab");
    refused("an option as its pool", |lab| lab.pool = "-lab");
    refused("a pool that virt-install parts", |lab| lab.pool = "lab,size=1");
    refused("an image by another protocol", |lab| lab.image.url = "ftp://a.example/image.img");
    refused("a folder of images", |lab| lab.image.url = "https://a.example/images/");
    refused("an image with a query", |lab| lab.image.url = "https://a.example/image.img?v=1");
    refused("an image that nothing proves", |lab| lab.image.sha256 = "latest");
    refused("a hostile user", |lab| lab.image.user = HOSTILE);

    let mut refused = |what: &str, change: fn(&mut Host)| {
        let mut lab = Lab::new();
        change(&mut lab.hosts[0]);
        lab.with_config(|config| note(&mut refusals, "instance", what, libvirt::access(config)));
    };
    refused("a hostile name", |host| host.name = HOSTILE.into());
    refused("a number for a name", |host| host.name = "1".into());
    refused("on another computer", |host| host.runs_on = Some("laptop".into()));
    refused("on no computer", |host| host.runs_on = None);
    refused("no size of its disk", |host| host.disk = None);
    refused("too little memory", |host| host.memory = 511);
    refused("a NIC without a name", |host| host.nics[0].interface = None);
    refused("two NICs", |host| host.nics.push(host.nics[0].clone()));
    refused("an address by DHCP", |host| host.nics[0].addresses.clear());
    refused("an address of another network", |host| host.nics[0].addresses = vec!["10.9.9.9".parse().expect("one")]);
    assert_snapshot("libvirt-refusals", &refusals);
}

/// `e2e/libvirt/run` evaluates it.
#[test]
fn hostile_values_are_inert() {
    let mut lab = Lab::new();
    let words: String = HOSTILE.split_whitespace().collect();
    let connection = format!("qemu:///system?{words}");
    let url = format!("https://a.example/{HOSTILE}/image.img");
    lab.computers[0].1 = &connection;
    lab.image.url = &url;
    let access = lab.with_config(|config| libvirt::access(config).expect("a shell can quote any text"));
    let script = access.files.iter().find(|file| file.path == "machines/libvirt/instances.sh").expect("a script");
    let values = script.text.lines().skip_while(|line| !line.starts_with("readonly CONNECTIONS"));
    let values: Vec<_> = values.take_while(|line| !line.starts_with("readonly SHA256")).collect();
    assert_snapshot("hostile-libvirt", &values.join("\n"));
}

/// Two computers with an instance each.
struct Lab<'a> {
    networks: Vec<Network>,
    computers: Vec<(Host, &'a str)>,
    hosts: Vec<Host>,
    nameservers: Vec<IpAddr>,
    image: Image<'a>,
    pool: &'a str,
}

impl Lab<'_> {
    fn new() -> Self {
        let (home, home6) = (subnet("192.168.96.0/20"), subnet("fd00:96::/64"));
        let routers = [home.range("192.168.96.1"), home6.range("fd00:96::1")].map(|router| router.expect("a router"));
        let reserved = routers.map(|router| (Holder::Gateway, router)).into();
        let lan = Network { subnets: vec![home, home6], reserved, ..Network::new("lan", home) };
        let nic = |number, interface: &str| Nic {
            interface: Some(interface.into()),
            ..Nic::on(&lan, number).expect("an address")
        };
        let computer = |name, number| Host::new(name, (8, 16 * 1024), nic(number, "br0"));
        let host = |name: &str, number, computer: &str| Host {
            disk: Some(40),
            runs_on: Some(computer.into()),
            ..Host::new(name, (2, 4096), nic(number, "lan0"))
        };
        let data_disk = Some(DataDisk { gibibytes: 100, mounted_at: "/srv".into() });
        Self {
            computers: vec![
                (computer("kvm1", 10), "qemu:///system"),
                (computer("kvm2", 11), "qemu+ssh://admin@kvm2/system"),
            ],
            hosts: vec![host("kmaster1", 31, "kvm1"), Host { data_disk, ..host("kworker1", 41, "kvm2") }],
            nameservers: vec![routers[0].first()],
            image: UBUNTU_24_04,
            networks: vec![lan],
            pool: "kvm-monitoring",
        }
    }

    fn with_config<T>(&self, taken: impl FnOnce(&libvirt::Config) -> T) -> T {
        let Self { networks, computers, hosts, nameservers, image, pool } = self;
        let computers: Vec<_> = computers.iter().map(|(host, connection)| Computer { host, connection }).collect();
        taken(&libvirt::Config {
            computers: &computers,
            hosts: hosts.iter().collect(),
            networks,
            nameservers,
            image: *image,
            pool,
        })
    }
}
