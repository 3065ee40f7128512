//! A data centre at home: an application on a cluster of three machines, behind a host with a public address that changes.

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;
use stackwright_addons::alerts::{node_gone, prometheus_disk_filling};
use stackwright_addons::monitoring::{self, Charts, Exposure, Messages, Nodes, Receiver, Sizes, Storage};
use stackwright_addons::traefik;
use stackwright_hosts::ddns::{self, CLOUDFLARE, RecordType, SOURCES};
use stackwright_hosts::edge::{self, Acme, Certificate, Challenge, Http, LETS_ENCRYPT, Port, Site};
use stackwright_hosts::firewall::{self, Rules};
use stackwright_hosts::kubespray::{self, Addon, HELM_4};
use stackwright_hosts::ssh;

use crate::backend;

/// The name that visitors ask for: of the certificate, the record in DNS, the proxy's site and the Ingress.
const HOST: &str = "wwwm-spring-be.com";
/// The zone of that name, as its overview at Cloudflare has it: another for everyone.
const ZONE: &str = "00000000000000000000000000000000";
const EMAIL: &str = "admin@wwwm-spring-be.com";
/// The application's image: another for everyone.
const IMAGE: &str = "registry.example.com/wwwm-spring-be:1.0.0";
const ROUTER: &str = "router";
/// Where the proxy listens, and what visitors type.
const HTTP: Port = Port { listens: 8080, public: 80 };
const HTTPS: Port = Port { listens: 8443, public: 443 };
/// Ports of every node.
const INGRESS: traefik::Exposure = traefik::Exposure::NodePorts { web: 30080, websecure: 30443 };
const GRAFANA: u16 = 30200;

/// The cluster, from one topology: every address, port and name that two artefacts share stands here once.
///
/// # Errors
/// When one of the values below was changed to something that it cannot be, such as an address outside its network.
pub fn cluster() -> Result<Cluster, Error> {
    let (masters, workers) = (Subnet::new("172.20.112.0/24")?, Subnet::new("192.168.100.0/24")?);
    let networks = [Network::new("masters", masters), Network::new("workers", workers)];
    let (pods, services) = (Subnet::new("10.244.0.0/16")?, Subnet::new("10.96.0.0/16")?);
    // The router in front of it has the address on the internet, by DHCP, and the way between the two networks.
    let edge_host = Host {
        listeners: vec![Listener::tcp("sshd", 22)],
        ..Host::new("edge", (4, 8 * 1024), Nic::on(&networks[0], 10)?)
    };
    let nodes = nodes(&networks)?;

    let sites = sites(&traefik::service("traefik", INGRESS), &nodes)?;
    let edge_config = edge::Config { host: &edge_host, sites: &sites, ipv6: false };
    let ssh = Opening::tcp("ssh", &[22], Source::Subnets(vec![masters, workers]));
    let rules = Rules { openings: [vec![ssh], edge::openings(&edge_config)].concat(), ..default() };
    let dynamic_dns = ddns::artefact(&ddns::Config {
        host: &edge_host,
        records: &edge::records(&edge_config, ZONE, RecordType::A),
        sources: &SOURCES,
        api: CLOUDFLARE,
    })?;
    // An authority finds the name before it gives a certificate.
    let mut artefacts = vec![firewall::firewalld(&edge_host, &rules)?, dynamic_dns];
    artefacts.extend(edge::artefacts(&edge_config)?);

    let hosts: Vec<_> = nodes.iter().map(|node| &node.host).chain([&edge_host]).collect();
    let platform = kubespray::platform(&kubespray::Config {
        release: "v2.31.0",
        kubernetes: "1.35.4",
        helm: HELM_4,
        access: &ssh::access("rocky", hosts.iter().copied())?,
        nodes: &nodes,
        networks: &networks,
        services: &[services],
        pods: &[pods],
        load_balancers: None,
        addons: &[Addon::LocalVolumes, Addon::MetricsServer],
        aggregator_routing: false,
        artefacts,
        names: &[],
    })?;

    let internet = internet_except(&[masters, workers, services, pods]);
    let mut backend = backend::stack(&backend::Config {
        platform: &platform,
        namespace: "backend".into(),
        name: "wwwm-spring-be".into(),
        image: IMAGE.into(),
        host: Some(HOST.into()),
        path: "/".into(),
        way: backend::Way::Ingress("traefik".into()),
        controller: traefik::app("traefik"),
        scraper: monitoring::scraper("monitoring"),
        replicas: 2,
        reaches: internet.clone(),
    });
    backend.endpoints.push(Endpoint::new("The application", format!("https://{HOST}/")));
    let traefik = traefik::stack(&traefik::Config {
        platform: &platform,
        namespace: "traefik".into(),
        charts: traefik::Charts::Traefik,
        class: "traefik".into(),
        exposure: INGRESS,
        // What comes by a node port comes under a node's address, or that of its card for pods' traffic.
        proxies: vec![masters, workers, pods],
        replicas: 2,
        https_only: false,
        scraper: Some(monitoring::scraper("monitoring")),
    });
    let monitoring = monitoring::stack(&watched(&platform, internet));

    let mut ways_in = edge::forwards(&edge_config, ROUTER)?;
    ways_in.extend(edge::ways_in(&edge_config));
    Ok(Cluster {
        about: "An application behind a proxy of its own: visitors find it by a name that follows a public address, by TLS, past a lost node. \
                On machines of two networks, by kubespray."
            .into(),
        needs: vec![
            format!("an address of {masters} or {workers}: from elsewhere, {} lets nobody in by ssh", edge_host.name),
            "a name, its zone at Cloudflare, and an image that the nodes can pull: `HOST`, `ZONE`, `EMAIL` and `IMAGE` \
             in this cluster's code are to be yours"
                .into(),
            format!("an A record of {HOST} in that zone, not proxied: any address will do, which dynamic DNS then changes"),
        ],
        ways_in,
        hosts: vec![edge_host.clone()],
        networks: networks.into(),
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        allowances: vec![Allowance::new("etcd-quorum", "the control plane is one machine")],
        stacks: vec![backend, traefik, monitoring, platform.stack],
        ..Cluster::new("home-idc", "1.35.4")
    })
}

fn watched(platform: &Platform, internet: Vec<NetworkPolicyPeer>) -> monitoring::Config<'_> {
    monitoring::Config {
        platform,
        namespace: "monitoring".into(),
        charts: Charts::Separate,
        release: "prometheus".into(),
        sizes: Sizes::LEAN,
        grafana: Exposure::NodePort { port: GRAFANA, url: format!("https://{HOST}:{GRAFANA}/") },
        embedded: false,
        prometheus: None,
        interval: Some("1m".into()),
        retention: "15d".into(),
        retention_size: "6GiB".into(),
        storage: Storage::Volumes { class: "local-path".into(), samples: "8Gi".into(), grafana: "1Gi".into() },
        nodes: Nodes::Any,
        alerts: vec![node_gone("2m"), prometheus_disk_filling("monitoring", "5m")],
        dashboards: vec![],
        receiver: Some(Receiver { takes: Messages::Slack, at: internet, port: 443 }),
    }
}

/// The document has no sizes of its machines.
fn nodes(networks: &[Network; 2]) -> Result<[Node; 3], Error> {
    let host = |name, (network, number): (&Network, u32), size| -> Result<Host, Error> {
        Ok(Host {
            disk: Some(40),
            listeners: vec![Listener::tcp("sshd", 22)],
            ..Host::new(name, size, Nic::on(network, number)?)
        })
    };
    let [masters, workers] = networks;
    Ok([
        Node::control_plane(host("master", (masters, 101), (4, 8 * 1024))?)?,
        Node::worker(host("k8s-worker-1", (workers, 44), (2, 4 * 1024))?)?,
        Node::worker(host("k8s-worker-2", (workers, 29), (2, 4 * 1024))?)?,
    ])
}

/// What visitors reach: the application by the Ingress controller, and Grafana at a port of its own.
fn sites(ingress: &Service, nodes: &[Node]) -> Result<[Site; 2], Error> {
    let certificate =
        Certificate::Acme(Acme { directory: LETS_ENCRYPT.into(), email: EMAIL.into(), challenge: Challenge::Http });
    let grafana = edge::Upstream {
        what: "Grafana".into(),
        to: nodes.iter().map(|node| (node.address, GRAFANA).into()).collect(),
    };
    Ok([
        Site {
            http: Http::Redirects(HTTP),
            ..Site::new(&[HOST], HTTPS, certificate.clone(), edge::upstream(ingress, "web", nodes)?)
        },
        Site::new(&[HOST], GRAFANA, certificate, grafana),
    ])
}
