//! The K3s course: a page that an autoscaler watches, on two virtual machines of two computers, bridged to the network at home.

use std::net::SocketAddr;

use stackwright::prelude::*;
use stackwright_addons::alerts::{node_gone, prometheus_disk_filling};
use stackwright_addons::monitoring::{self, Charts, Exposure, Nodes, Sizes, Storage};
use stackwright_hosts::firewall::{self, Askers, Traffic};
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, Packaged, SERVICES};
use stackwright_hosts::ssh;
use stackwright_hosts::vagrant::{self, Bridged};

use crate::course::{self, Image};

/// The name that people reach the cluster by: the router's, from outside, and the server's, at home.
const NAME: &str = "course.example";
const ROUTER: &str = "router";
/// Ports of every node.
const PAGE: u16 = 30080;
const GRAFANA: u16 = 30090;
const PROMETHEUS: u16 = 30100;

/// The cluster, from one topology: every address, port and name that two artefacts share stands here once.
///
/// # Errors
/// When one of the values below was changed to something that it cannot be, such as an address outside the network.
pub fn cluster() -> Result<Cluster, Error> {
    let home = Subnet::new("192.168.0.0/24")?;
    let lan = Network {
        reserved: vec![
            (Holder::Gateway, home.range("192.168.0.1")?),
            (Holder::Dhcp, home.range("192.168.0.100-192.168.0.254")?),
        ],
        ..Network::new("home", home)
    };
    let (pods, services) = (Subnet::new(PODS)?, Subnet::new(SERVICES)?);
    // Their own addresses are the router's matter. A quarter of 16 GiB stays theirs.
    let computers = ["desktop", "laptop"].map(|name| Host::new(name, (8, 12 * 1024), Nic::without_address(&lan)));
    let nodes = nodes(&lan, &computers)?;
    let hosts: Vec<_> = nodes.iter().map(|node| &node.host).collect();

    let names = vec![(NAME.to_owned(), nodes[0].address)];
    let mut traffic = k3s::traffic(&nodes);
    // Prometheus is a pod, and asks every node.
    traffic.push(Traffic::tcp("node-exporter", &[9100], Askers::NodesAndPods));
    let cluster = firewall::Config {
        nodes: &nodes,
        pods: &[pods],
        services: &[services],
        // Vagrant comes by VirtualBox's NAT: every machine's first one is on this subnet (its manual, on the address of a NAT interface).
        administrators: &[home, Subnet::new("10.0.2.0/24")?],
        traffic,
        openings: vec![
            Opening::tcp("page", &[PAGE], Source::Anyone),
            // The page shows Grafana's panels, and whoever is at home may look at Prometheus.
            Opening::tcp("Grafana", &[GRAFANA], Source::Anyone),
            Opening::tcp("Prometheus", &[PROMETHEUS], Source::Subnets(vec![home])),
        ],
    };
    let firewalls = nodes.iter().map(|node| firewall::artefact(&node.host, &firewall::node_rules(node, &cluster)));
    let platform = k3s::platform(&k3s::Config {
        release: K3S_1_36,
        access: &ssh::access(vagrant::USER, hosts.iter().copied())?,
        nodes: &nodes,
        networks: std::slice::from_ref(&lan),
        services: &[services],
        pods: &[pods],
        tls_san: &[NAME],
        // Visitors come by node ports.
        disable: &[Packaged::Traefik, Packaged::ServiceLb],
        artefacts: firewalls.collect::<Result<_, _>>()?,
        names: &names,
    })?;
    let machines = vagrant::bridged(&Bridged {
        hosts: hosts.clone(),
        networks: std::slice::from_ref(&lan),
        bridges: &[
            ("desktop", &["Intel(R) Ethernet Connection (17) I219-V", "enp3s0"]),
            ("laptop", &["en0: Wi-Fi", "wlp2s0"]),
        ],
        image: "bento/ubuntu-24.04",
        image_version: Some("202510.26.0"),
        apt_mirror: None,
        artefacts: &platform.stack.artefacts,
    })?;

    let grafana = Exposure::NodePort { port: GRAFANA, url: format!("http://{NAME}:{GRAFANA}/") };
    let course = course::stack(&course::Config {
        platform: &platform,
        namespace: "course".into(),
        image: Image::Imported {
            nodes: nodes.iter().map(|node| node.name().to_owned()).collect(),
            ssh_config: Some(ssh::CONFIG.into()),
        },
        node_port: PAGE,
        replicas: 2..=4,
        cpu_percent: 80,
        grafana: grafana.url(),
        scraper: monitoring::scraper("monitoring"),
    });
    let monitoring = monitoring::stack(&watched(&platform, grafana, &nodes[0]));
    let page = course.objects.iter().find_map(|object| object.get::<Service>()).cloned().unwrap_or_default();

    Ok(Cluster {
        about: "A page that says which pod answers, and a button that puts that pod under load until an autoscaler adds pods; Grafana \
                shows it in the page. On virtual machines of two computers at home, by K3s. Samples lie on the server's disk: they \
                end with it."
            .into(),
        ways_in: vec![forward((ROUTER, 80), &page, "http", &nodes)?],
        names,
        networks: vec![lan],
        hosts: computers.into(),
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        allowances: vec![Allowance::new("etcd-quorum", "the course's cluster holds nothing that would be missed")],
        stacks: vec![course, monitoring, platform.stack, machines],
        ..Cluster::new("k3s-course", "1.36.1")
    })
}

/// The nodes, as a virtual machine of each computer.
fn nodes(lan: &Network, computers: &[Host; 2]) -> Result<[Node; 2], Error> {
    let host = |name, number, computer: &Host| -> Result<Host, Error> {
        // What bento's boxes call it. Before it is VirtualBox's NAT, by which no other machine is reached.
        let nic = Nic { interface: Some("eth1".into()), ..Nic::on(lan, number)? };
        Ok(Host {
            disk: Some(64),
            listeners: vec![Listener::tcp("sshd", 22)],
            runs_on: Some(computer.name.clone()),
            // Two pods of the page find a place on each when it is put under load: 1 CPU is asked for by each of them.
            ..Host::new(name, (4, 4096), nic)
        })
    };
    Ok([
        // Workloads run on the server, too: K3s does not taint it.
        Node { taints: vec![], ..Node::control_plane(host("server", 11, &computers[0])?)? },
        Node::worker(host("agent", 12, &computers[1])?)?,
    ])
}

/// Prometheus and Grafana, whose data lies on one node's disk.
fn watched<'a>(platform: &'a Platform, grafana: Exposure, node: &'a Node) -> monitoring::Config<'a> {
    monitoring::Config {
        platform,
        namespace: "monitoring".into(),
        charts: Charts::KubePrometheusStack,
        release: "prometheus".into(),
        sizes: Sizes::SMALL,
        grafana,
        embedded: true,
        prometheus: Some(Exposure::NodePort {
            port: PROMETHEUS,
            url: format!("http://{}/", SocketAddr::new(node.address, PROMETHEUS)),
        }),
        interval: Some("10s".into()),
        retention: "2d".into(),
        retention_size: "1GiB".into(),
        storage: Storage::Volumes { class: "local-path".into(), samples: "2Gi".into(), grafana: "1Gi".into() },
        nodes: Nodes::One(node),
        alerts: vec![node_gone("1m"), prometheus_disk_filling("monitoring", "5m")],
        dashboards: vec![],
        receiver: None,
    }
}
