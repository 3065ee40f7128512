//! A lab of Multipass' instances on one computer: three nodes of K3s, databases and NFS beside them on purpose, and Jenkins.

use std::net::IpAddr;

use stackwright::prelude::*;
use stackwright_addons::alerts::{node_gone, prometheus_disk_filling};
use stackwright_addons::monitoring::{self, Charts, Exposure, Nodes, Sizes, Storage};
use stackwright_addons::nfs as provisioner;
use stackwright_hosts::Download;
use stackwright_hosts::databases::{self, Database};
use stackwright_hosts::jenkins::{self, Pipeline};
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, Packaged, SERVICES};
use stackwright_hosts::multipass;
use stackwright_hosts::nfs::{self, Export};

/// What people look at runs on nodes with this label.
const UI: (&str, &str) = ("type", "ui");
/// A port of every node, and of the computer.
const GRAFANA: u16 = 30060;
const EXPORT: &str = "/srv/nfs";
const APPS: &str = "apps";
/// The newest that these pipelines may use beside Kubernetes 1.36, one minor version apart: kubespray v2.31.0 has its sums,
/// `roles/kubespray_defaults/vars/main/checksums.yml`.
const KUBECTL: Download = Download {
    version: "1.35.4",
    amd64: "b529430df69a688fd61b64ad2299edb5fd71cb58be2a4779dba624c7d3510efd",
    arm64: "6a5a4cc4e396d7626a7a693a3044b51c75520f81db30fe6816c2554e53be336f",
};

/// The cluster, from one topology: every address, port and name that two artefacts share stands here once.
///
/// # Errors
/// When one of the values below was changed to something that it cannot be, such as an address outside the network.
pub fn cluster() -> Result<Cluster, Error> {
    let lan = Network::new("lan", Subnet::new("192.168.50.0/24")?);
    let inside_subnet = Subnet::new("10.120.52.0/24")?;
    let inside = Network::new("instances", inside_subnet);
    let (pods, services) = (Subnet::new(PODS)?, Subnet::new(SERVICES)?);
    // One value: by `&lan`, each instance has an address of its own there, and the computer forwards nothing.
    let network = &inside;

    let nic = |network: &Network, number, interface: &str| -> Result<Nic, Error> {
        Ok(Nic { interface: Some(interface.into()), ..Nic::on(network, number)? })
    };
    let computer = Host {
        nics: vec![nic(&lan, 27, "enp3s0")?, nic(&inside, 1, "lab0")?],
        ..Host::new("computer", (12, 24 * 1024), nic(&lan, 27, "enp3s0")?)
    };
    let instance = |name, number, size, disk| -> Result<Host, Error> {
        Ok(Host {
            disk: Some(disk),
            listeners: vec![Listener::tcp("sshd", 22)],
            runs_on: Some(computer.name.clone()),
            ..Host::new(name, size, nic(network, number, "lab0")?)
        })
    };
    let node = |name, number, size, disk| -> Result<Host, Error> {
        Ok(Host { packages: vec![nfs::CLIENT_PACKAGE.into()], ..instance(name, number, size, disk)? })
    };
    let labels = [(UI.0.to_owned(), UI.1.to_owned())].into();
    let nodes = [
        // Workloads run on the server, too: K3s does not taint it.
        Node { taints: vec![], labels, ..Node::control_plane(node("node1", 23, (2, 4096), 30)?)? },
        Node::worker(node("node2", 24, (2, 3072), 20)?)?,
        Node::worker(node("node3", 25, (2, 3072), 20)?)?,
    ];
    let nfs_host = instance("nfs", 40, (2, 3072), 40)?;
    let ops = instance("ops", 50, (2, 3072), 30)?;
    let hosts: Vec<_> = nodes.iter().map(|node| &node.host).chain([&nfs_host, &ops]).collect();

    let networks = [lan.clone(), inside.clone()];
    let machines = multipass::Config { computer: &computer, hosts: hosts.clone(), networks: &networks, image: "24.04" };

    let export = Export { server: &nfs_host, directory: EXPORT };
    let mut artefacts = nfs::artefacts(&nfs::Config {
        export,
        clients: nodes.iter().map(|node| &node.host).collect(),
        subnets: &[inside_subnet],
        pods: &[pods],
        nodes: &nodes,
    })?;
    let (apps, beside) = apps(&nfs_host, &ops, inside_subnet, nodes[0].address)?;
    artefacts.extend(beside);
    let access = multipass::access(&machines)?;
    let platform = k3s::platform(&k3s::Config {
        release: K3S_1_36,
        access: &access,
        nodes: &nodes,
        networks: &networks,
        services: &[services],
        pods: &[pods],
        tls_san: &[],
        // Visitors come by node ports, and the class for volumes is that of the export.
        disable: &[Packaged::Traefik, Packaged::ServiceLb, Packaged::LocalStorage],
        artefacts,
        names: &[],
    })?;
    let monitoring = monitoring::stack(&watched(&platform, computer.address()?));
    let nfs = provisioner::stack(&provisioner::Config {
        platform: &platform,
        server: export.address()?,
        directory: EXPORT,
        namespace: "nfs-provisioner",
    });

    // A node port answers at every node: at the labelled one is the pod, so there is no second hop.
    let grafana = forward_to((&computer.name, GRAFANA), &Listener::tcp("Grafana", GRAFANA), &nodes[0].host)?;
    let to_jenkins = forward_to((&computer.name, 8080), &Listener::tcp("Jenkins", 8080), &ops)?;
    let ways_in = if machines.is_bridged() { vec![] } else { vec![grafana, to_jenkins] };
    let instances = multipass::stack(&machines, &ways_in)?;
    Ok(Cluster {
        about: "K3s, a host with NFS, MySQL and MongoDB outside Kubernetes on purpose, and Jenkins: Multipass' \
                instances on one computer, which sends on what people reach."
            .into(),
        ways_in,
        hosts: vec![computer.clone(), nfs_host.clone(), ops.clone()],
        networks: networks.to_vec(),
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        stacks: vec![apps, nfs, monitoring, platform.stack, instances],
        ..Cluster::new("multipass-lab", "1.36.1")
    })
}

/// What pods find beside the cluster, and who may change what runs in their namespace: its objects, and what the hosts are given.
fn apps(nfs: &Host, ops: &Host, instances: Subnet, server_address: IpAddr) -> Result<(Stack, [Artefact; 3]), Error> {
    let give = Step::new("give it to the host", "rendered/multipass-lab/machines/bootstrap.sh hosts nfs");
    let login = |name: &str| SecretSpec { after_rotation: vec![give.clone()], ..SecretSpec::login(APPS, name, APPS) };
    let (mysql_login, mongodb_login) = (login("mysql-login"), login("mongodb-login"));
    let [for_mysql, for_mongodb] = [&mysql_login, &mongodb_login].map(|login| [Database { name: APPS, login }]);
    let server = |names, databases| databases::Config { host: nfs, network: instances, names, databases };
    let mysql = databases::mysql(&server(&["mysql.apps.svc"], &for_mysql))?;
    let mongodb = databases::mongodb(&server(&["mongodb.apps.svc"], &for_mongodb))?;
    let jenkins = jenkins::artefact(&jenkins::Config {
        host: ops,
        url: "http://10.120.52.50:8080/",
        administrator: "admin",
        release: jenkins::LTS,
        kubectl: KUBECTL,
        pipelines: &[Pipeline {
            name: APPS,
            repository: "https://git.example.com/apps.git",
            branch: "main",
            path: "Jenkinsfile",
        }],
    })?;

    let app = |name: &str| App::new(name, APPS);
    let (mysql_service, mysql_slice) = service_outside(&app("mysql"), nfs, &mysql.listeners)?;
    let (mongodb_service, mongodb_slice) = service_outside(&app("mongodb"), nfs, &mongodb.listeners)?;
    // The application that the pipeline deploys. Its pods are known by its name, and the databases let in nobody else.
    let client = app(APPS);
    let deployer = app("jenkins");
    let (kubeconfig, step) = jenkins::kubeconfig(&deployer, ops, &format!("https://{server_address}:6443"), 30)?;
    let objects: Vec<Object> = vec![
        namespace(APPS, PodSecurity::Restricted).into(),
        default_deny(APPS).into(),
        allow_dns(&client, vec![cluster_dns()]).into(),
        connect_outside(&client, &mysql_slice).into(),
        connect_outside(&client, &mongodb_slice).into(),
        mysql_service.into(),
        mysql_slice.into(),
        mongodb_service.into(),
        mongodb_slice.into(),
    ];
    let apps = Stack {
        objects: objects.into_iter().chain(jenkins::rights(&deployer)).collect(),
        secrets: vec![
            databases::trust(&mysql, APPS, "mysql-ca")?,
            databases::trust(&mongodb, APPS, "mongodb-ca")?,
            mysql_login,
            mongodb_login,
        ],
        files: vec![kubeconfig],
        steps: vec![step],
        ..Stack::new(APPS, [])
    };
    Ok((apps, [mysql, mongodb, jenkins]))
}

fn watched(platform: &Platform, computer: IpAddr) -> monitoring::Config<'_> {
    monitoring::Config {
        platform,
        namespace: "monitoring".into(),
        charts: Charts::KubePrometheusStack,
        release: "prometheus".into(),
        sizes: Sizes::SMALL,
        grafana: Exposure::NodePort { port: GRAFANA, url: format!("http://{computer}:{GRAFANA}/") },
        embedded: false,
        prometheus: None,
        interval: None,
        retention: "7d".into(),
        retention_size: "4GiB".into(),
        // The only class here is NFS.
        storage: Storage::NodeDisk { samples: "6Gi".into() },
        nodes: Nodes::Labelled(UI.0, UI.1),
        alerts: vec![node_gone("2m"), prometheus_disk_filling("monitoring", "5m")],
        dashboards: vec![],
        receiver: None,
    }
}
