//! WordPress on a replicated MySQL, on VirtualBox machines that kubespray makes a cluster of.

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;

use crate::kubespray::{self, Helm};
use crate::monitoring;
use crate::mysql;
use crate::nfs::{self, Export};
use crate::traefik;
use crate::vagrant;
use crate::wordpress::{self, Database};

const KUBERNETES: &str = "1.35.4";
const HOST: &str = "cccr-miniproject.com";
const WORDPRESS: &str = "wordpress";
/// Where the storage machine's data disk is mounted, all of which is exported.
const EXPORT: &str = "/srv/nfs-volume";
const INGRESS_CLASS: &str = "traefik";

/// Helm 4 for the control plane; the sums are those that are published beside the archives.
const HELM: Helm<'static> = Helm {
    version: "4.2.4",
    amd64: "c306b46f719b0a4da32d0f78ee21bf90ce8d602f15b22ab753f0674d1670a7f3",
    arm64: "564de2191b881e9f71b5606b25345821ea1682f06ab90499d3ab22b530176da1",
};

/// The cluster, from one topology: every address, path and name that two artefacts share stands here once.
///
/// # Errors
/// When one of the values below was changed to something that it cannot be, such as an address outside the network.
pub fn cluster() -> Result<Cluster, Error> {
    let network = Network::new("192.168.56.0/24")?;
    let services = Network::new("10.233.0.0/18")?;
    let pods = Network::new("10.233.64.0/18")?;
    let load_balancers = network.range("192.168.56.200-192.168.56.209")?;
    let web_address = load_balancers.nth(0)?;
    let grafana_address = load_balancers.nth(1)?;

    let machines = machines(network)?;
    let export = Export { server: &machines[0], directory: EXPORT };
    let hosts = vec![(HOST.to_owned(), web_address)];

    let dns = vec![cluster_dns(), address_peer(kubespray::NODE_DNS)];

    let mysql = database(dns.clone());
    let stacks = vec![
        vagrant::stack(&vagrant::Config {
            machines: &machines,
            image: "bento/ubuntu-24.04",
            // Of October 2025: the newest of this box by the table of builds in bento's CHANGELOG and by public Vagrantfiles, August 2026.
            image_version: Some("202510.26.0"),
            apt_mirror: None,
            allowed_networks: &[],
        })?,
        kubespray::stack(&kubespray::Config {
            release: "v2.31.0",
            kubernetes: KUBERNETES,
            helm: HELM,
            machines: &machines,
            services,
            pods,
            load_balancers,
            export,
            hosts: &hosts,
        })?,
        nfs::stack(&nfs::Config {
            export,
            clients: &[network],
            pods,
            namespace: "nfs-provisioner",
            machines: &machines,
        })?,
        traefik::stack(&traefik::Config {
            namespace: "traefik".into(),
            class: INGRESS_CLASS.into(),
            address: web_address,
            address_annotation: kubespray::ADDRESS_ANNOTATION.into(),
            replicas: 2,
            https_only: true,
            dns: dns.clone(),
            machines: &machines,
        }),
        monitoring::stack(&monitoring::Config {
            namespace: "monitor".into(),
            release: "prom".into(),
            grafana_address,
            address_annotation: kubespray::ADDRESS_ANNOTATION.into(),
            retention: "7d".into(),
            retention_size: "4GiB".into(),
            storage: "6Gi".into(),
            dns: dns.clone(),
            nodes: network,
            pods,
            machines: &machines,
        }),
        wordpress::stack(&site(&mysql, dns, internet_except(&[network, services, pods])))?,
        mysql::stack(&mysql)?,
    ];

    Ok(Cluster {
        about: "WordPress behind an Ingress with TLS, on a replicated MySQL, with shared storage from NFS and monitoring by \
                Prometheus and Grafana, on VirtualBox machines of one computer. Both members of MySQL lie on the one \
                NFS disk: the replica guards against a lost pod, node or volume, not against the loss of that disk. Copy the \
                databases to another computer."
            .into(),
        provided: Provided { ingress_classes: vec![INGRESS_CLASS.into()], ..kubespray::provided() },
        services: Some(services),
        pods: Some(pods),
        load_balancers: vec![load_balancers],
        // A computer of 16 GiB, a quarter of which it keeps for itself.
        hypervisors: vec![Hypervisor {
            name: "VirtualBox".into(),
            cpus: 8,
            memory: 12 * 1024,
            machines: machines.iter().map(|machine| machine.name.clone()).collect(),
        }],
        reserved: vec![(Holder::Other("the computer itself".into()), network.range("192.168.56.1-192.168.56.1")?)],
        hosts,
        machines,
        stacks,
        ..Cluster::new("wordpress-lab", KUBERNETES, network)
    })
}

fn site(mysql: &mysql::Config, dns: Vec<NetworkPolicyPeer>, internet: NetworkPolicyPeer) -> wordpress::Config {
    wordpress::Config {
        namespace: WORDPRESS.into(),
        host: HOST.into(),
        title: "CCCR mini project".into(),
        admin_email: format!("admin@{HOST}"),
        image: "wordpress:7.1.0-php8.3-apache".into(),
        ingress_class: INGRESS_CLASS.into(),
        replicas: 2..=5,
        cpu_percent: 70,
        storage_class: nfs::CLASS.into(),
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

fn database(dns: Vec<NetworkPolicyPeer>) -> mysql::Config {
    mysql::Config {
        namespace: "database".into(),
        image: "mysql:9.7.2".into(),
        replicas: 2,
        connections: 100,
        storage_class: nfs::CLASS.into(),
        storage: "1Gi".into(),
        database: "wordpress".into(),
        user: "wordpress".into(),
        clients: vec![wordpress::app(WORDPRESS), wordpress::task_app(WORDPRESS)],
        dns,
        domain: kubespray::DOMAIN.into(),
    }
}

/// The machines; the control plane serves the storage.
fn machines(network: Network) -> Result<Vec<Machine>, Error> {
    let machine = |name, role, number| -> Result<Machine, Error> {
        Ok(Machine {
            packages: vec![nfs::CLIENT_PACKAGE.into()],
            services: vec![HostService { name: "sshd".into(), port: 22, protocol: "TCP".into() }],
            // What bento's boxes come with.
            disk: Some(64),
            // With 2560 MiB, less what the kernel and kubespray keep, the pods of a lost worker would have no place.
            ..Machine::new(name, role, (2, 3072), network.host(number)?)
        })
    };
    let mut machines = vec![
        machine("kube-control1", Role::ControlPlane, 11)?,
        machine("kube-node1", Role::Worker, 21)?,
        machine("kube-node2", Role::Worker, 22)?,
        machine("kube-node3", Role::Worker, 23)?,
    ];
    machines[0].services.push(nfs::server());
    // Full, it stops no etcd.
    machines[0].data_disk = Some(DataDisk { gibibytes: 20, mounted_at: EXPORT.into() });
    Ok(machines)
}
