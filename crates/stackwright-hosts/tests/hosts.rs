//! The hosts' files: what their parameters change, and values that mean something to Ruby, a shell or Ansible, which are inert or
//! refused.
//!
//! The hostile snapshots are also run: `e2e/machines/run` evaluates them with Ruby and Bash and finds the very same text again.

mod support;

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::Taint;
use stackwright::prelude::*;
use stackwright_hosts::kubespray::{self, Addon, HELM_4};
use stackwright_hosts::nfs::{self, Export};
use stackwright_hosts::{Access, Download, disk, firewall, ssh, vagrant};
use support::{HOSTILE, assert_snapshot, files_with_values, note, subnet, values};

#[test]
fn virtual_machines_with_every_parameter() {
    let mut nodes = nodes("kube-node1");
    nodes[1].host.data_disk = Some(DataDisk { gibibytes: 10, mounted_at: "/srv/data".into() });
    let config = vagrant::Config {
        image: "bento/ubuntu-22.04",
        image_version: Some("202510.26.0"),
        apt_mirror: Some("http://ftp.kaist.ac.kr"),
        ..virtual_machines(hosts(&nodes))
    };
    let access = vagrant::access(&config).expect("a way to the machines");
    assert_snapshot("parameters-Vagrantfile", &access.files[0].text);
    assert_eq!(access.files[1].path, "machines/apt-mirror.sh");
}

#[test]
fn three_control_planes_and_storage_on_a_worker() {
    let nodes = nodes("kube-node1");
    let mut hosts = vec![nodes[0].host.clone()];
    hosts.extend((2..=3).map(|number| host(&format!("kube-control{number}"), 10 + number)));
    hosts[1].data_disk = Some(DataDisk { gibibytes: 100, mounted_at: "/srv".into() });
    let mut nodes: Vec<_> = hosts.into_iter().map(|host| Node::control_plane(host).expect("an address")).collect();
    nodes.push(Node::worker(host("kube-node1", 21)).expect("an address"));
    let artefacts = [
        disk::artefacts(nodes.iter().map(|node| &node.host)).expect("a disk"),
        nfs::artefacts(&nfs::Config {
            subnets: &["192.168.56.0/24", "10.1.0.0/16"].map(subnet),
            ..export(&nodes, Export { server: &nodes[1].host, directory: "/srv/volumes" })
        })
        .expect("an export"),
    ];
    assert_snapshot(
        "parameters-kubespray-nfs",
        &values_of(&Kubespray { artefacts: artefacts.concat(), ..Kubespray::on(&nodes) }),
    );
}

/// Without Vagrant, MetalLB and NFS, with IPv6 beside IPv4, on control planes that run workloads.
#[test]
fn hosts_that_exist_with_both_families() {
    let lan = Network {
        subnets: vec![subnet("10.0.0.0/24"), subnet("fd00:10::/64")],
        ..Network::new("lan", subnet("10.0.0.0/24"))
    };
    let node = |name: &str, number| {
        let host = Host::new(name, (4, 8192), Nic::on(&lan, number).expect("an address"));
        Node { taints: Vec::new(), ..Node::control_plane(host).expect("an address") }
    };
    let nodes = [node("one", 11), node("two", 12), node("three", 13)];
    let kubespray = Kubespray {
        access: ssh::access("admin", nodes.iter().map(|node| &node.host)).expect("a way to the hosts"),
        networks: vec![lan.clone()],
        services: ["10.233.0.0/18", "fd00:233::/112"].map(subnet).into(),
        pods: ["10.233.64.0/18", "fd00:64::/48"].map(subnet).into(),
        load_balancers: None,
        addons: vec![Addon::LocalVolumes, Addon::MetricsServer],
        ..Kubespray::on(&nodes)
    };
    assert_snapshot("existing-hosts", &values_of(&kubespray));
    let platform = kubespray.platform().expect("a cluster");
    assert_eq!((&platform.provided.load_balancer, &platform.address_annotation), (&None, &None));
    assert_eq!(platform.node_subnets, lan.subnets);
    let everyone: Vec<_> =
        platform.anyone().into_iter().filter_map(|peer| peer.ip_block).map(|block| block.cidr).collect();
    assert_eq!(everyone, ["0.0.0.0/0", "::/0"]);
}

/// kubespray labels and taints nodes by kubectl: also by names that a node could not give itself.
#[test]
fn labels_and_taints_are_variables_of_their_node() {
    let mut nodes = nodes("kube-node1");
    nodes[1].labels.insert("node-role.kubernetes.io/worker".into(), String::new());
    let taint = Taint { key: "example.com/slow".into(), effect: "NoSchedule".into(), ..default() };
    nodes[1].taints = vec![taint.clone(), Taint { value: Some("yes".into()), effect: "NoExecute".into(), ..taint }];
    let stack = Kubespray::on(&nodes).platform().expect("a cluster").stack;
    let of_nodes: Vec<_> = stack.files.iter().filter(|file| file.path.as_str().contains("host_vars")).collect();
    assert_eq!(of_nodes.len(), 1, "a control plane's own taint is kubespray's");
    assert_eq!(of_nodes[0].path, "machines/inventory/host_vars/kube-node1.yml");
    assert_snapshot("kubespray-labels", &of_nodes[0].text);
    let bootstrap = stack.files.iter().find(|file| file.path == "machines/bootstrap.sh").expect("a script");
    assert!(bootstrap.text.contains("\n  inventory/host_vars\n"));
    nodes[1].taints.clear();
    for text in ["a,b", "{{ x }}"] {
        nodes[1].labels = BTreeMap::from([("disk".into(), text.into())]);
        Kubespray::on(&nodes).platform().expect_err("a label that is none");
    }
}

/// What its firewall lets in is what others ask of a node, and what is scraped is reached by pods.
#[test]
fn a_firewall_lets_in_what_kubespray_needs() {
    let nodes = nodes("kube-node1");
    let platform = Kubespray::on(&nodes).platform().expect("a cluster");
    assert_eq!(platform.scraped, [Component::ControllerManager, Component::Scheduler]);
    assert!(platform.annotated.contains(&9253), "{:?}", platform.annotated);
    let rules = |node, load_balancers| {
        let config = firewall::Config {
            nodes: &nodes,
            pods: &platform.pods,
            services: &platform.services,
            administrators: &platform.node_subnets,
            traffic: kubespray::traffic(load_balancers),
            openings: Vec::new(),
        };
        let rules = firewall::node_rules(node, &config);
        rules.openings.iter().flat_map(|opening| opening.ports.clone()).collect::<Vec<_>>()
    };
    let range = Kubespray::on(&nodes).load_balancers;
    // From its own address a single control plane asks for nothing by the network.
    assert_eq!(rules(&nodes[0], range), [22, 6443, 10250, 10257, 10259, 4789, 53, 53, 7946, 7946]);
    assert_eq!(rules(&nodes[1], range), [22, 22, 10250, 4789, 53, 53, 7946, 7946]);
    assert_eq!(rules(&nodes[1], None), [22, 22, 10250, 4789, 53, 53]);
}

#[test]
fn hostile_values_are_inert_in_ruby() {
    let nodes = nodes(HOSTILE);
    let config = vagrant::Config { image: HOSTILE, image_version: Some(HOSTILE), ..virtual_machines(hosts(&nodes)) };
    let access = vagrant::access(&config).expect("Ruby can quote any text");
    assert_snapshot("hostile-Vagrantfile", &access.files[0].text);
}

#[test]
fn hostile_values_are_inert_in_a_shell() {
    let nodes = nodes("kube-node1");
    let script = File::script("machines/remote/say.sh", "echo \"$1\"\n");
    let artefact = Artefact { arguments: vec![HOSTILE.into()], ..Artefact::new(&nodes[0].host, HOSTILE, script) };
    let kubespray = Kubespray { release: HOSTILE, artefacts: vec![artefact], ..Kubespray::on(&nodes) };
    let stack = kubespray.platform().expect("a shell can quote any text").stack;
    let text = |path: &str| stack.files.iter().find(|file| file.path == path).expect("a file").text.as_str();
    assert_snapshot("hostile-bootstrap", values(text("machines/bootstrap.sh")));
    assert_snapshot("hostile-hosts", text("machines/steps/hosts.sh"));
}

#[test]
fn hostile_values_are_refused_where_nothing_quotes_them() {
    let nodes = nodes("kube-node1");
    let mut refusals = String::new();

    for directory in
        ["srv", "/srv/../etc", "/srv/a b", "/srv *(rw)", "/srv\n/ *(rw)", "/srv/$(id)", "/srv/`id`", "/srv/#{}"]
    {
        let subnets = &[subnet("192.168.56.0/24")];
        let config = nfs::Config { subnets, ..export(&nodes, Export { server: &nodes[0].host, directory }) };
        note(&mut refusals, "exported directory", directory, nfs::artefacts(&config));
    }
    for name in
        ["", "-node", "node-", "Node1", "node 1", "node1\n[all:vars]", "node[1:3]", "node1=x", "$(id)", "`id`", "#{id}"]
    {
        let mut named = nodes.clone();
        named[1].host.name = name.into();
        note(&mut refusals, "node", name, Kubespray::on(&named).platform());
        note(&mut refusals, "host by ssh", name, ssh::access("admin", [&named[1].host]));
    }
    for user in ["", "-l", "a b", "a\nb", "$(id)", "{{ x }}", "#"] {
        note(&mut refusals, "user by ssh", user, ssh::access(user, hosts(&nodes)));
        let access = Access { user: user.into(), ..Kubespray::on(&nodes).access };
        note(&mut refusals, "Ansible's user", user, Kubespray { access, ..Kubespray::on(&nodes) }.platform());
    }
    for name in ["", "a b", "-a", "a\n127.0.0.1 b", "$(id)", "#"] {
        let names = vec![(name.to_owned(), nodes[0].address)];
        note(&mut refusals, "name", name, Kubespray { names, ..Kubespray::on(&nodes) }.platform());
    }
    for kubernetes in ["v1.35.4", "1.35", "{{ lookup('pipe', 'id') }}", "1.35.4\n"] {
        note(&mut refusals, "Kubernetes", kubernetes, Kubespray { kubernetes, ..Kubespray::on(&nodes) }.platform());
    }
    for sum in ["", "{{ lookup('pipe', 'id') }}", "'] + lookup('pipe', 'id') + ['"] {
        let helm = Download { amd64: sum, ..HELM_4 };
        note(&mut refusals, "checksum", sum, Kubespray { helm, ..Kubespray::on(&nodes) }.platform());
    }
    let release = "--upload-pack=id";
    note(&mut refusals, "release", release, Kubespray { release, ..Kubespray::on(&nodes) }.platform());
    for mirror in [
        "",
        "ftp.example",
        "file:///etc",
        "http://",
        "http://a b",
        "http://a#b",
        "http://a\nb",
        "http://$(id)",
        "http://`id`",
    ] {
        let config = vagrant::Config { apt_mirror: Some(mirror), ..virtual_machines(hosts(&nodes)) };
        note(&mut refusals, "mirror", mirror, vagrant::access(&config));
    }
    assert_snapshot("hostile-refusals", &refusals);
}

#[test]
fn nodes_that_make_no_cluster_are_refused() {
    let nodes = nodes("kube-node1");
    let mut refusals = String::new();
    let two = [nodes[0].clone(), nodes[0].clone(), nodes[1].clone()];
    let taken = [nodes[0].clone(), Node::worker(host("kube-node1", 205)).expect("an address")];
    for (what, nodes) in
        [("no worker", &nodes[..1]), ("no control plane", &nodes[1..]), ("even", &two[..]), ("taken", &taken[..])]
    {
        note(&mut refusals, "nodes", what, Kubespray::on(nodes).platform());
    }
    let access = vagrant::access(&virtual_machines(hosts(&nodes[..1]))).expect("a way to one machine");
    note(&mut refusals, "nodes", "without a way there", Kubespray { access, ..Kubespray::on(&nodes) }.platform());
    let script = File::script("machines/remote/x.sh", "");
    let artefacts = vec![Artefact::new(&host("elsewhere", 99), "x", script)];
    note(&mut refusals, "artefact", "for another host", Kubespray { artefacts, ..Kubespray::on(&nodes) }.platform());
    let artefacts = vec![Artefact::new(&nodes[0].host, "x", File::script("scripts/x.sh", ""))];
    note(&mut refusals, "artefact", "in another folder", Kubespray { artefacts, ..Kubespray::on(&nodes) }.platform());
    for (pods, services) in [
        (vec![], vec!["10.233.0.0/18"]),
        (vec!["10.233.64.0/18", "10.234.0.0/18"], vec!["10.233.0.0/18"]),
        (vec!["10.233.64.0/18", "fd00:64::/48"], vec!["10.233.0.0/18"]),
    ] {
        let kubespray = Kubespray {
            pods: pods.iter().map(|cidr| subnet(cidr)).collect(),
            services: services.iter().map(|cidr| subnet(cidr)).collect(),
            ..Kubespray::on(&nodes)
        };
        note(&mut refusals, "pods and Services", &format!("{pods:?} {services:?}"), kubespray.platform());
    }
    for (gibibytes, mounted_at) in [
        (0, "/srv"),
        (1, ""),
        (1, "/"),
        (1, "srv"),
        (1, "/srv/"),
        (1, "/srv/../etc"),
        (1, "/srv/a b"),
        (1, "/srv\n/ ext4"),
    ] {
        let data_disk = Some(DataDisk { gibibytes, mounted_at: mounted_at.into() });
        let with_disk = Host { data_disk, ..nodes[0].host.clone() };
        note(&mut refusals, "data disk", mounted_at, disk::artefacts([&with_disk]));
    }
    assert_snapshot("refused-nodes", &refusals);
}

/// VirtualBox would refuse it when the machines are started, and Vagrant before.
#[test]
fn a_network_that_virtualbox_refuses_is_refused_at_render() {
    let mut refusals = String::new();
    let access = |address: &str, allowed: &[Subnet]| {
        let mut nodes = nodes("kube-node1");
        nodes[1].host.nics[0].addresses = vec![address.parse().expect("an address")];
        vagrant::access(&vagrant::Config { allowed_networks: allowed, ..virtual_machines(hosts(&nodes)) })
    };
    // The first and the last address of 192.168.56.0/21.
    for address in ["192.168.56.0", "192.168.63.255"] {
        assert!(access(address, &[]).is_ok(), "{address}");
    }
    for address in ["192.168.55.255", "192.168.64.0", "10.0.0.21"] {
        note(&mut refusals, "address", address, access(address, &[]));
    }
    let allowed = [subnet("192.168.56.0/24"), subnet("10.0.0.0/16")];
    assert!(access("10.0.0.21", &allowed).is_ok());
    note(&mut refusals, "address", "beside those of networks.conf", access("10.1.0.21", &allowed));
    assert_snapshot("refused-networks", &refusals);
}

/// The files of a cluster that its values change.
fn values_of(kubespray: &Kubespray) -> String {
    files_with_values(&kubespray.platform().expect("a cluster").stack)
}

fn host_only() -> Network {
    Network::new("host-only", subnet("192.168.56.0/24"))
}

fn host(name: &str, number: u32) -> Host {
    Host::new(name, (2, 3072), Nic::on(&host_only(), number).expect("an address"))
}

fn nodes(worker: &str) -> [Node; 2] {
    let control = Node::control_plane(host("kube-control1", 11)).expect("an address");
    [control, Node::worker(host(worker, 21)).expect("an address")]
}

fn hosts(nodes: &[Node]) -> Vec<&Host> {
    nodes.iter().map(|node| &node.host).collect()
}

fn virtual_machines(hosts: Vec<&Host>) -> vagrant::Config<'_> {
    vagrant::Config { hosts, image: "box", image_version: None, apt_mirror: None, allowed_networks: &[] }
}

fn export<'a>(nodes: &'a [Node], export: Export<'a>) -> nfs::Config<'a> {
    nfs::Config { export, clients: Vec::new(), subnets: &[], pods: &[], nodes }
}

/// What kubespray is told, with everything in it that its configuration borrows.
struct Kubespray<'a> {
    release: &'a str,
    kubernetes: &'a str,
    helm: Download<'a>,
    access: Access,
    nodes: &'a [Node],
    networks: Vec<Network>,
    services: Vec<Subnet>,
    pods: Vec<Subnet>,
    load_balancers: Option<AddressRange>,
    addons: Vec<Addon>,
    aggregator_routing: bool,
    artefacts: Vec<Artefact>,
    names: Vec<(String, IpAddr)>,
}

impl<'a> Kubespray<'a> {
    /// A cluster of virtual machines.
    fn on(nodes: &'a [Node]) -> Self {
        Self {
            release: "v2.31.0",
            kubernetes: "1.35.4",
            helm: HELM_4,
            access: vagrant::access(&virtual_machines(hosts(nodes)))
                .unwrap_or_else(|_| ssh::access("admin", []).expect("a way to nowhere")),
            nodes,
            networks: vec![host_only()],
            services: vec![subnet("10.233.0.0/18")],
            pods: vec![subnet("10.233.64.0/18")],
            load_balancers: Some(subnet("192.168.56.0/24").range("192.168.56.200-192.168.56.209").expect("a range")),
            addons: vec![Addon::AddressPool, Addon::MetricsServer],
            aggregator_routing: false,
            artefacts: Vec::new(),
            names: Vec::new(),
        }
    }

    fn platform(&self) -> Result<Platform, Error> {
        let Self {
            release,
            kubernetes,
            helm,
            access,
            nodes,
            networks,
            services,
            pods,
            load_balancers,
            addons,
            aggregator_routing,
            artefacts,
            names,
        } = self;
        kubespray::platform(&kubespray::Config {
            release,
            kubernetes,
            helm: *helm,
            access,
            nodes,
            networks,
            services,
            pods,
            load_balancers: *load_balancers,
            addons,
            aggregator_routing: *aggregator_routing,
            artefacts: artefacts.clone(),
            names,
        })
    }
}

/// Whoever brings the pool and metrics-server by objects has kubespray leave both out, and has the kinds of the Gateway API if it likes.
#[test]
fn what_stacks_bring_kubespray_leaves_out() {
    let nodes = nodes("kube-node1");
    let platform = |addons| Kubespray { addons, ..Kubespray::on(&nodes) }.platform().expect("a cluster");
    let variables = |platform: &Platform| {
        let addons = platform.stack.files.iter().find(|file| file.path.ends_with("addons.yml"));
        addons.expect("its add-ons").text.clone()
    };
    let little = platform(vec![]);
    let text = variables(&little);
    assert!(text.contains("metallb_enabled: true\n") && text.contains("metrics_server_enabled: false\n"), "{text}");
    assert!(!text.contains("metallb_config") && !text.contains("gateway_api"), "{text}");
    assert_eq!((little.provided.load_balancer.as_deref(), little.provided.apis.len()), (Some("metallb"), 0));
    let more = platform(vec![Addon::GatewayApi, Addon::AddressPool]);
    let text = variables(&more);
    assert!(text.contains("gateway_api_enabled: true\n") && text.contains("address_pools:\n"), "{text}");
    assert!(more.provided.kinds.iter().any(|kind| kind == "HTTPRoute"));
}
