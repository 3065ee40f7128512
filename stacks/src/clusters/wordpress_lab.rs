//! WordPress on a replicated MySQL, on VirtualBox machines that kubespray makes a cluster of.

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;
use stackwright_addons::{monitoring, nfs as provisioner, traefik};
use stackwright_hosts::kubespray::{self, Addon, HELM_4};
use stackwright_hosts::nfs::{self, Export};
use stackwright_hosts::{disk, vagrant};

use crate::mysql;
use crate::wordpress::{self, Database};

const KUBERNETES: &str = "1.35.4";
const HOST: &str = "cccr-miniproject.com";
const WORDPRESS: &str = "wordpress";
/// Where the storage host's data disk is mounted, all of which is exported.
const EXPORT: &str = "/srv/nfs-volume";
const INGRESS_CLASS: &str = "traefik";

/// The cluster, from one topology: every address, path and name that two artefacts share stands here once.
///
/// # Errors
/// When one of the values below was changed to something that it cannot be, such as an address outside the network.
pub fn cluster() -> Result<Cluster, Error> {
    let subnet = Subnet::new("192.168.56.0/24")?;
    let (services, pods) = (Subnet::new("10.233.0.0/18")?, Subnet::new("10.233.64.0/18")?);
    let load_balancers = subnet.range("192.168.56.200-192.168.56.209")?;
    let (web_address, grafana_address) = (load_balancers.nth(0)?, load_balancers.nth(1)?);

    let network = Network::new("host-only", subnet);
    // 16 GiB, a quarter of which it keeps for itself.
    let computer = Host::new("computer", (8, 12 * 1024), Nic::on(&network, 1)?);
    let nodes = nodes(&network, &computer)?;
    let hosts: Vec<_> = nodes.iter().map(|node| &node.host).collect();
    let workers: Vec<_> = nodes.iter().filter(|node| !node.control_plane).map(|node| &node.host).collect();
    let export = Export { server: hosts[0], directory: EXPORT };
    let names = vec![(HOST.to_owned(), web_address)];

    let access = vagrant::access(&vagrant::Config {
        hosts: hosts.clone(),
        image: "bento/ubuntu-24.04",
        // Of October 2025: the newest of this box by the table of builds in bento's CHANGELOG and by public Vagrantfiles, August 2026.
        image_version: Some("202510.26.0"),
        apt_mirror: None,
        allowed_networks: &[],
    })?;
    let mut artefacts = disk::artefacts(hosts.iter().copied())?;
    artefacts.extend(nfs::artefacts(&nfs::Config {
        export,
        clients: workers,
        subnets: &[subnet],
        pods: &[pods],
        nodes: &nodes,
    })?);
    let platform = kubespray::platform(&kubespray::Config {
        release: "v2.31.0",
        kubernetes: KUBERNETES,
        helm: HELM_4,
        access: &access,
        nodes: &nodes,
        networks: std::slice::from_ref(&network),
        services: &[services],
        pods: &[pods],
        load_balancers: Some(load_balancers),
        addons: &[Addon::AddressPool, Addon::MetricsServer],
        aggregator_routing: false,
        artefacts,
        names: &names,
    })?;

    let mysql = database(&platform);
    let internet = internet_except(&[subnet, services, pods]);
    let stacks = vec![
        provisioner::stack(&provisioner::Config {
            platform: &platform,
            server: export.address()?,
            directory: EXPORT,
            namespace: "nfs-provisioner",
        }),
        traefik::stack(&traefik::Config {
            platform: &platform,
            namespace: "traefik".into(),
            charts: traefik::Charts::Traefik,
            class: INGRESS_CLASS.into(),
            exposure: traefik::Exposure::LoadBalancer(web_address),
            proxies: vec![],
            replicas: 2,
            https_only: true,
            scraper: None,
        }),
        monitoring::stack(&monitoring::Config {
            platform: &platform,
            namespace: "monitor".into(),
            charts: monitoring::Charts::KubePrometheusStack,
            release: "prom".into(),
            sizes: monitoring::Sizes::SMALL,
            grafana: monitoring::Exposure::LoadBalancer(grafana_address),
            embedded: false,
            prometheus: None,
            interval: None,
            retention: "7d".into(),
            retention_size: "4GiB".into(),
            // The only class here is NFS.
            storage: monitoring::Storage::NodeDisk { samples: "6Gi".into() },
            nodes: monitoring::Nodes::Untainted,
            alerts: vec![],
            dashboards: vec![],
            receiver: None,
        }),
        wordpress::stack(&site(&mysql, platform.dns(), internet))?,
        mysql::stack(&mysql)?,
        platform.stack,
    ];

    Ok(Cluster {
        about: "WordPress behind an Ingress with TLS, on a replicated MySQL, with shared storage from NFS and monitoring by \
                Prometheus and Grafana, on VirtualBox machines of one computer. Both members of MySQL lie on the one \
                NFS disk: the replica guards against a lost pod, node or volume, not against the loss of that disk. Copy the \
                databases to another computer."
            .into(),
        networks: vec![network],
        hosts: vec![computer],
        nodes: platform.nodes,
        provided: Provided { ingress_classes: vec![INGRESS_CLASS.into()], ..platform.provided },
        services: platform.services,
        pods: platform.pods,
        load_balancers: vec![load_balancers],
        names,
        stacks,
        ..Cluster::new("wordpress-lab", KUBERNETES)
    })
}

fn site(mysql: &mysql::Config, dns: Vec<NetworkPolicyPeer>, internet: Vec<NetworkPolicyPeer>) -> wordpress::Config {
    wordpress::Config {
        namespace: WORDPRESS.into(),
        host: HOST.into(),
        title: "CCCR mini project".into(),
        admin_email: format!("admin@{HOST}"),
        image: "wordpress:7.1.0-php8.3-apache".into(),
        ingress_class: INGRESS_CLASS.into(),
        replicas: 2..=5,
        cpu_percent: 70,
        storage_class: provisioner::CLASS.into(),
        storage: "2Gi".into(),
        upload: 64,
        certificate_days: 365,
        controller: traefik::app("traefik"),
        dns,
        internet,
        database: Database {
            host: mysql.host(),
            name: mysql.database.clone(),
            connections: mysql.connections,
            login: mysql.login(),
        },
    }
}

fn database(platform: &Platform) -> mysql::Config {
    mysql::Config {
        namespace: "database".into(),
        image: "mysql:9.7.2".into(),
        replicas: 2,
        connections: 100,
        storage_class: provisioner::CLASS.into(),
        storage: "1Gi".into(),
        database: "wordpress".into(),
        user: "wordpress".into(),
        clients: vec![wordpress::app(WORDPRESS), wordpress::task_app(WORDPRESS)],
        dns: platform.dns(),
        domain: platform.domain.clone(),
    }
}

/// The nodes, as virtual machines; the control plane serves the storage.
fn nodes(network: &Network, computer: &Host) -> Result<Vec<Node>, Error> {
    let host = |name, number| -> Result<Host, Error> {
        Ok(Host {
            packages: vec![nfs::CLIENT_PACKAGE.into()],
            listeners: vec![Listener::tcp("sshd", 22)],
            // What bento's boxes come with.
            disk: Some(64),
            runs_on: Some(computer.name.clone()),
            // With 2560 MiB, less what the kernel and kubespray keep, the pods of a lost worker would have no place.
            ..Host::new(name, (2, 3072), Nic::on(network, number)?)
        })
    };
    let control = Host {
        // Full, it stops no etcd.
        data_disk: Some(DataDisk { gibibytes: 20, mounted_at: EXPORT.into() }),
        ..host("kube-control1", 11)?
    };
    Ok(vec![
        Node::control_plane(control)?,
        Node::worker(host("kube-node1", 21)?)?,
        Node::worker(host("kube-node2", 22)?)?,
        Node::worker(host("kube-node3", 23)?)?,
    ])
}
