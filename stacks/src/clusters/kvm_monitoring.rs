//! Monitoring by hand on KVM: six machines on a bridge, and each part of what watches and serves them as an object.

use std::net::IpAddr;

use stackwright::prelude::*;
use stackwright_addons::alerts::{node_gone, prometheus_disk_filling};
use stackwright_addons::monitoring::{self, Charts, Directory, Exposure, Nodes, Sizes, Storage};
use stackwright_addons::traefik::{self, Routes};
use stackwright_addons::{dashboard, metallb, metrics_server};
use stackwright_hosts::aggregation;
use stackwright_hosts::kubespray::{self, Addon, HELM_4};
use stackwright_hosts::libvirt::{self, Computer, UBUNTU_24_04};

use crate::{backend, lifecycle};

const KUBERNETES: &str = "1.35.4";
/// Each part by hand. One value: by `Charts::KubePrometheusStack` Prometheus' operator makes them, behind addresses of the load balancer.
const WATCHED_BY: Charts = Charts::None;
/// One value: by `Routes::Gateway` visitors come by the Gateway API.
const ROUTES: Routes = Routes::Ingresses;
/// The domain of the machines' names.
const DOMAIN: &str = "systemv.local";
/// What watches the cluster runs on nodes with this label.
const MONITORING: (&str, &str) = ("system.rule", "monitoring");
/// Ports of every node.
const PROMETHEUS: u16 = 30000;
const GRAFANA: u16 = 30004;
/// The application's image: another for everyone.
const IMAGE: &str = "registry.example.com/springboot:1.0.0";
const PATH: &str = "/springboot";

/// The cluster, from one topology: every address, port and name that two artefacts share stands here once.
///
/// # Errors
/// When one of the values below was changed to something that it cannot be, such as an address outside the network.
pub fn cluster() -> Result<Cluster, Error> {
    by(WATCHED_BY, ROUTES)
}

/// The cluster, watched and reached by these.
///
/// # Errors
/// As [`cluster`].
pub fn by(charts: Charts, routes: Routes) -> Result<Cluster, Error> {
    let subnet = Subnet::new("192.168.96.0/20")?;
    let network = Network {
        reserved: vec![
            (Holder::Gateway, subnet.range("192.168.96.1")?),
            (Holder::Dhcp, subnet.range("192.168.100.1-192.168.103.254")?),
        ],
        ..Network::new("bridge", subnet)
    };
    let load_balancers = subnet.range("192.168.104.10-192.168.104.29")?;
    let (pods, services) = (Subnet::new("10.233.64.0/18")?, Subnet::new("10.233.0.0/18")?);
    // 32 GiB, an eighth of which it keeps for itself. Its network card is in the bridge `br0`.
    let kvm = Host {
        listeners: vec![Listener::tcp("sshd", 22)],
        ..Host::new("kvm", (16, 28 * 1024), Nic { interface: Some("br0".into()), ..Nic::on(&network, 10)? })
    };
    let nodes = nodes(&network, &kvm)?;
    let machines = libvirt::Config {
        computers: &[Computer { host: &kvm, connection: "qemu:///system" }],
        hosts: nodes.iter().map(|node| &node.host).collect(),
        networks: std::slice::from_ref(&network),
        nameservers: &[subnet.range("192.168.96.1")?.first()],
        image: UBUNTU_24_04,
        pool: "kvm-monitoring",
    };
    let names: Vec<_> = nodes.iter().map(|node| (format!("{}.{DOMAIN}", node.name()), node.address)).collect();

    let storage = storage();
    let mut artefacts = aggregation::artefacts(&nodes)?;
    artefacts.extend(monitoring::directories(&storage, &nodes)?);
    let platform = kubespray::platform(&kubespray::Config {
        release: "v2.31.0",
        kubernetes: KUBERNETES,
        helm: HELM_4,
        access: &libvirt::access(&machines)?,
        nodes: &nodes,
        networks: std::slice::from_ref(&network),
        services: &[services],
        pods: &[pods],
        load_balancers: Some(load_balancers),
        // The pool and metrics-server are objects here.
        addons: match routes {
            Routes::Ingresses => &[],
            Routes::Gateway => &[Addon::GatewayApi],
        },
        aggregator_routing: true,
        artefacts,
        names: &names,
    })?;

    let metrics_server = metrics_server(&platform)?;
    let application = load_balancers.nth(0)?;
    let traefik = traefik::stack(&traefik::Config {
        platform: &platform,
        namespace: "traefik".into(),
        charts: traefik::Charts::None(routes),
        class: "traefik".into(),
        exposure: traefik::Exposure::LoadBalancer(application),
        proxies: vec![],
        replicas: 2,
        https_only: false,
        scraper: Some(monitoring::scraper("monitoring")),
    });
    let watched = monitoring::stack(&match charts {
        Charts::KubePrometheusStack => monitoring::Config {
            grafana: Exposure::LoadBalancer(load_balancers.nth(1)?),
            prometheus: Some(Exposure::LoadBalancer(load_balancers.nth(2)?)),
            ..watched(&platform, charts, storage)
        },
        Charts::Separate | Charts::None => watched(&platform, charts, storage),
    });
    let lifecycle = lifecycle::stack(&lifecycle::Config {
        namespace: "lifecycle".into(),
        image: "docker.io/busybox:1.37.0".into(),
    });

    Ok(Cluster {
        about: "Prometheus, Grafana, Alertmanager and the exporters by hand, as objects that each can be seen; a Spring Boot \
                application behind an address of MetalLB; and Deployments that show how pods end, and when they are not \
                available. On virtual machines of KVM, by kubespray."
            .into(),
        needs: vec!["an image that the nodes can pull: `IMAGE` in this cluster's code is to be yours".into()],
        networks: vec![network.clone()],
        hosts: vec![kvm.clone()],
        nodes: platform.nodes.clone(),
        provided: platform.provided.clone(),
        services: platform.services.clone(),
        pods: platform.pods.clone(),
        load_balancers: vec![load_balancers],
        names,
        stacks: vec![
            springboot(&platform, routes, application),
            lifecycle,
            libvirt::stack(&machines)?,
            metallb::stack(&[load_balancers]),
            metrics_server,
            traefik,
            watched,
            platform.stack,
        ],
        ..Cluster::new("kvm-monitoring", KUBERNETES)
    })
}

/// Three of each, as in the document, which has no sizes. Beside the application's pods, a worker that is lost
/// leaves room on the others; the third has more, for what watches may take all of its limits.
fn nodes(network: &Network, kvm: &Host) -> Result<[Node; 6], Error> {
    let host = |name, number, size| -> Result<Host, Error> {
        Ok(Host {
            disk: Some(40),
            listeners: vec![Listener::tcp("sshd", 22)],
            runs_on: Some(kvm.name.clone()),
            ..Host::new(name, size, Nic { interface: Some("lan0".into()), ..Nic::on(network, number)? })
        })
    };
    let (master, worker, watcher) = ((2, 3072), (2, 4096), (4, 6144));
    let labels = [(MONITORING.0.to_owned(), MONITORING.1.to_owned())].into();
    Ok([
        Node::control_plane(host("kmaster1", 31, master)?)?,
        Node::control_plane(host("kmaster2", 32, master)?)?,
        Node::control_plane(host("kmaster3", 33, master)?)?,
        Node::worker(host("kworker1", 37, worker)?)?,
        Node::worker(host("kworker2", 38, worker)?)?,
        Node { labels, ..Node::worker(host("kworker3", 39, watcher)?)? },
    ])
}

/// What tells how much nodes and pods take, by API servers that ask it themselves; and the script that looks whether they do.
fn metrics_server(platform: &Platform) -> Result<Stack, Error> {
    let mut stack = metrics_server::stack(&metrics_server::Config {
        platform,
        kubelets: metrics_server::Kubelets::SelfSigned,
        replicas: 1,
    })?;
    let (script, step) = aggregation::check(&platform.nodes)?;
    stack.files.push(script);
    stack.steps.push(step);
    Ok(stack)
}

/// Directories of the node that watches.
fn storage() -> Storage {
    Storage::Directories {
        node: "kworker3".into(),
        samples: Directory::new("/opt/prometheus", "20Gi"),
        grafana: Directory::new("/opt/grafana", "2Gi"),
    }
}

/// By hand it is at ports of every node; here they are shown as those of the node that it runs on.
fn watched(platform: &Platform, charts: Charts, storage: Storage) -> monitoring::Config<'_> {
    let node = platform.nodes.iter().rfind(|node| node.labels.contains_key(MONITORING.0));
    let at = |port| Exposure::NodePort {
        port,
        url: node.map(|node| format!("http://{}:{port}/", node.address)).unwrap_or_default(),
    };
    monitoring::Config {
        platform,
        namespace: "monitoring".into(),
        charts,
        release: "prometheus".into(),
        sizes: Sizes::SMALL,
        grafana: at(GRAFANA),
        embedded: false,
        prometheus: Some(at(PROMETHEUS)),
        interval: Some("10s".into()),
        retention: "15d".into(),
        retention_size: "16GiB".into(),
        storage,
        nodes: Nodes::Labelled(MONITORING.0, MONITORING.1),
        alerts: vec![node_gone("2m"), prometheus_disk_filling("monitoring", "5m")],
        dashboards: vec![dashboard::nodes()],
        receiver: None,
    }
}

/// The application, which people ask for by the address alone.
fn springboot(platform: &Platform, routes: Routes, address: IpAddr) -> Stack {
    let way = match routes {
        Routes::Ingresses => backend::Way::Ingress("traefik".into()),
        Routes::Gateway => backend::Way::Gateway(traefik::gateway("traefik", "traefik")),
    };
    let mut stack = backend::stack(&backend::Config {
        platform,
        namespace: "springboot".into(),
        name: "springboot".into(),
        image: IMAGE.into(),
        host: None,
        path: PATH.into(),
        way,
        controller: traefik::app("traefik"),
        scraper: monitoring::scraper("monitoring"),
        replicas: 2,
        reaches: vec![],
    });
    stack.endpoints.push(Endpoint::new("The application", format!("http://{address}{PATH}")));
    stack
}
