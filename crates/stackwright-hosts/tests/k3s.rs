//! K3s' files: what their parameters change, what is refused, and that the pinned K3s knows each key of each role.

mod support;

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::Taint;
use stackwright::prelude::*;
use stackwright::yaml::{self, Entry, Value};
use stackwright_hosts::k3s::{self, K3S_1_36, PODS, Packaged, SERVICES};
use stackwright_hosts::{Access, Download, ssh};
use support::{HOSTILE, assert_snapshot, files_with_values, note, subnet};

#[test]
fn a_server_and_an_agent() {
    let nodes = two();
    let k3s = K3s { tls_san: vec!["lab.example.com", "203.0.113.7"], ..K3s::on(&nodes) };
    let platform = k3s.platform().expect("a cluster");
    assert_snapshot("k3s-two-nodes", &files_with_values(&platform.stack));
    let secrets = |host: &str| {
        let artefact = platform.stack.artefacts.iter().find(|artefact| artefact.host == host).expect("K3s");
        artefact.secrets.iter().map(|key| key.file.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(secrets("server"), ["k3s/token", "k3s/agent-token"]);
    assert_eq!(secrets("agent"), ["k3s/agent-token"], "with the servers' token an agent could become one");
    let provided = &platform.provided;
    assert_eq!(
        (&provided.ingress_classes[..], &provided.storage_classes[..]),
        (&["traefik".into()][..], &["local-path".into()][..])
    );
    assert_eq!(
        (provided.load_balancer.as_deref(), &provided.apis[..]),
        (Some("servicelb"), &["metrics.k8s.io".into()][..])
    );
    assert!(platform.nodes.iter().all(Node::runs_workloads));
}

/// What is left out brings no pods, what two components make together neither, and etcd takes the place of SQLite.
#[test]
fn what_comes_along_follows_what_is_there() {
    let (two, three) = (two(), three());
    let pods = |k3s: K3s| {
        let pods = k3s.platform().expect("a cluster").provided.pods;
        pods.into_iter().map(|pods| (pods.name, pods.containers[0].requests.clone())).collect::<Vec<_>>()
    };
    let names = |disable: &[Packaged]| {
        let pods = pods(K3s { disable: disable.to_vec(), ..K3s::on(&two) });
        pods.into_iter().skip(2).map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["coredns", "metrics-server", "local-path-provisioner", "traefik", "svclb-traefik"]);
    assert_eq!(names(&[Packaged::ServiceLb]), ["coredns", "metrics-server", "local-path-provisioner", "traefik"]);
    assert_eq!(names(&[Packaged::Traefik, Packaged::CoreDns]), ["metrics-server", "local-path-provisioner"]);
    let (sqlite, etcd) = (pods(K3s::on(&two)), pods(K3s::on(&three).with_both_families()));
    assert_eq!(sqlite[0], etcd[0]);
    assert_eq!(sqlite[1].0, etcd[1].0);
    assert_ne!(sqlite[1].1, etcd[1].1, "etcd needs more memory than SQLite");
    assert_eq!(etcd.len(), 2);
}

/// On two networks, with both families, without what K3s brings along, and with labels and taints.
#[test]
fn three_servers_with_etcd_and_both_families() {
    let nodes = three();
    let platform = K3s::on(&nodes).with_both_families().platform().expect("a cluster");
    assert_snapshot("k3s-three-servers", &files_with_values(&platform.stack));
    assert_eq!(platform.node_subnets, ["10.0.0.0/24", "fd00:10::/64"].map(subnet));
    let provided = platform.provided;
    let names = [provided.ingress_classes, provided.storage_classes, provided.apis].concat();
    assert!(names.is_empty() && provided.load_balancer.is_none(), "{names:?}");
    let hosts: Vec<_> = platform.stack.artefacts.iter().map(|artefact| artefact.host.as_str()).collect();
    assert_eq!(hosts, ["one", "two", "three", "four"], "servers start before agents, the first of them first");
}

#[test]
fn an_agent_is_told_after_its_server_whatever_their_order() {
    let mut nodes = two();
    nodes.reverse();
    let stack = K3s::on(&nodes).platform().expect("a cluster").stack;
    let hosts: Vec<_> = stack.artefacts.iter().map(|artefact| artefact.host.as_str()).collect();
    assert_eq!(hosts, ["server", "agent"]);
}

/// A server skips an unknown key with a warning, an agent doesn't start: each role has a list of its own.
#[test]
fn the_pinned_k3s_knows_each_key_and_its_type() {
    let list = include_str!("../../../e2e/machines/k3s-v1.36.1+k3s1.txt");
    assert!(list.contains(K3S_1_36.version), "the list is of another release");
    let known: BTreeMap<_, Vec<_>> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(key, rest)| (key, rest.split('\t').collect()))
        .collect();
    let mut checked = 0;
    let nodes = [two().to_vec(), three()].concat();
    for nodes in [&nodes[..2], &nodes[2..]] {
        let k3s = K3s { tls_san: vec!["lab.example.com"], ..K3s::on(nodes) };
        let stack = k3s.with_both_families().platform().expect("a cluster").stack;
        for artefact in &stack.artefacts {
            let role = artefact.arguments[0].as_str();
            let config = yaml::read(&artefact.files[0].text).expect("YAML").documents.remove(0);
            for Entry { key, value, .. } in config.entries() {
                let known = known.get(key.as_str()).unwrap_or_else(|| panic!("K3s knows no {key}"));
                assert!(known[0].split(',').any(|command| command == role), "{role}s do not know {key}");
                let is_of_its_type = match (known[1], &value.value) {
                    ("string", Value::String(_)) | ("bool", Value::Bool(_)) => true,
                    ("strings", Value::List(items)) => items.iter().all(|item| item.text().is_some()),
                    _ => false,
                };
                assert!(is_of_its_type, "{key} is {value:?}, and has to be of type {}", known[1]);
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "{checked} keys");
}

#[test]
fn nodes_that_make_no_cluster_are_refused() {
    let nodes = two();
    let three = three();
    let mut refusals = String::new();
    let tainted = [Node::control_plane(host("server", 11)).expect("an address")];
    for (what, nodes) in [("no server", &nodes[1..]), ("two servers", &three[..2]), ("no workload runs", &tainted[..])]
    {
        note(&mut refusals, "nodes", what, K3s::on(nodes).platform());
    }
    let access = ssh::access("admin", [&nodes[0].host]).expect("a way to the hosts");
    note(&mut refusals, "access", "to the server alone", K3s { access, ..K3s::on(&nodes) }.platform());
    for (pods, services) in [
        (vec![], vec![SERVICES]),
        (vec![PODS, "10.44.0.0/16"], vec![SERVICES, "10.45.0.0/16"]),
        (vec![PODS, "fd00:42::/56"], vec![SERVICES]),
        (vec![PODS, "fd00:42::/56"], vec!["fd00:43::/112", SERVICES]),
        (vec![PODS, "fd00:42::/56"], vec![SERVICES, "fd00:43::/112"]),
    ] {
        let k3s = K3s {
            pods: pods.iter().map(|cidr| subnet(cidr)).collect(),
            services: services.iter().map(|cidr| subnet(cidr)).collect(),
            ..K3s::on(&nodes)
        };
        note(&mut refusals, "pods and Services", &format!("{pods:?} {services:?}"), k3s.platform());
    }
    assert_snapshot("k3s-refused-nodes", &refusals);
}

#[test]
fn hostile_values_are_refused_where_nothing_quotes_them() {
    let nodes = two();
    let mut refusals = String::new();
    for version in ["", "1.36.1+k3s1", "v1.36.1", "v1.36+k3s1", "v1.36.1+k3s", "v1.36.1+k3s1\n", "v1.36.$(id)+k3s1"] {
        let release = Download { version, ..K3S_1_36 };
        note(&mut refusals, "version", version, K3s { release, ..K3s::on(&nodes) }.platform());
    }
    for sum in ["", "a443db3f", "$(id)", &K3S_1_36.amd64.to_uppercase()] {
        let release = Download { amd64: sum, ..K3S_1_36 };
        note(&mut refusals, "sum for amd64", sum, K3s { release, ..K3s::on(&nodes) }.platform());
        let release = Download { arm64: sum, ..K3S_1_36 };
        note(&mut refusals, "sum for arm64", sum, K3s { release, ..K3s::on(&nodes) }.platform());
    }
    for name in ["", "-x", "a,b", "a b", "$(id)", "a#b", HOSTILE] {
        note(&mut refusals, "name of the API server", name, K3s { tls_san: vec![name], ..K3s::on(&nodes) }.platform());
        let mut named = nodes.clone();
        named[1].host.name = name.into();
        let access = Access { hosts: named.iter().map(|node| node.host.clone()).collect(), ..K3s::on(&nodes).access };
        note(&mut refusals, "node", name, K3s { access, ..K3s::on(&named) }.platform());
    }
    for text in ["a,b", "a b", "$(id)", HOSTILE] {
        let mut nodes = nodes.clone();
        nodes[1].labels.insert("example.com/disk".into(), text.into());
        note(&mut refusals, "label", text, K3s::on(&nodes).platform());
        nodes[1].labels.clear();
        nodes[1].taints = vec![Taint { key: text.into(), effect: "NoSchedule".into(), ..default() }];
        note(&mut refusals, "taint", text, K3s::on(&nodes).platform());
        nodes[1].taints.clear();
        nodes[1].host.nics[0].interface = Some(text.into());
        note(&mut refusals, "interface", text, K3s::on(&nodes).platform());
    }
    assert_snapshot("k3s-hostile-refusals", &refusals);
}

/// The kubelet, which K3s gives them to, ends at a name of Kubernetes' own that is none of those which a node may give itself.
#[test]
fn labels_that_a_node_may_not_give_itself_are_refused() {
    let mut nodes = two();
    let mut refusals = String::new();
    for key in [
        "node-role.kubernetes.io/worker",
        "kubernetes.io/role",
        "example.k8s.io/disk",
        "node-restriction.kubernetes.io/x",
    ] {
        nodes[1].labels = BTreeMap::from([(key.into(), String::new())]);
        note(&mut refusals, "label", key, K3s::on(&nodes).platform());
    }
    assert_snapshot("k3s-refused-labels", &refusals);
    let taken = [
        "disk",
        "example.com/disk",
        "notkubernetes.io/disk",
        "topology.kubernetes.io/zone",
        "node.kubernetes.io/disk",
        "rack.kubelet.kubernetes.io/row",
    ];
    for key in taken {
        nodes[1].labels = BTreeMap::from([(key.into(), "a".into())]);
        K3s::on(&nodes).platform().unwrap_or_else(|error| panic!("{key}: {error}"));
    }
}

fn both(name: &str, ipv4: &str, ipv6: &str) -> Network {
    Network { subnets: vec![subnet(ipv4), subnet(ipv6)], ..Network::new(name, subnet(ipv4)) }
}

fn lan() -> Network {
    Network::new("lan", subnet("192.168.1.0/24"))
}

fn host(name: &str, number: u32) -> Host {
    Host::new(name, (2, 4096), Nic::on(&lan(), number).expect("an address"))
}

/// A server on which workloads run, and an agent.
fn two() -> [Node; 2] {
    let server = Node::control_plane(host("server", 11)).expect("an address");
    [Node { taints: Vec::new(), ..server }, Node::worker(host("agent", 12)).expect("an address")]
}

/// Three servers with two networks, both families, labels and taints, and an agent.
fn three() -> Vec<Node> {
    let (lan, storage) = (both("lan", "10.0.0.0/24", "fd00:10::/64"), Network::new("storage", subnet("10.9.0.0/24")));
    let node = |name: &str, number| {
        let nics = vec![
            Nic { interface: Some("eth1".into()), ..Nic::on(&storage, number).expect("an address") },
            Nic { interface: Some("eth0".into()), ..Nic::on(&lan, number).expect("an address") },
        ];
        let node = Node::worker(Host { nics: nics.clone(), ..host(name, number) }).expect("an address");
        let labels = BTreeMap::from([("example.com/disk".into(), "ssd".into())]);
        Node { address: nics[1].addresses[0], labels, ..node }
    };
    let taint = |value: Option<&str>| Taint {
        key: "example.com/slow".into(),
        value: value.map(str::to_owned),
        effect: "NoSchedule".into(),
        ..default()
    };
    let servers = [("one", 11), ("two", 12), ("three", 13)];
    let servers = servers.map(|(name, number)| Node { control_plane: true, ..node(name, number) });
    let agent = Node { taints: vec![taint(Some("yes")), taint(None)], ..node("four", 14) };
    servers.into_iter().chain([agent]).collect()
}

/// What K3s is told, with everything in it that its configuration borrows.
struct K3s<'a> {
    release: Download<'a>,
    access: Access,
    nodes: &'a [Node],
    networks: Vec<Network>,
    services: Vec<Subnet>,
    pods: Vec<Subnet>,
    tls_san: Vec<&'a str>,
    disable: Vec<Packaged>,
    artefacts: Vec<Artefact>,
    names: Vec<(String, IpAddr)>,
}

impl<'a> K3s<'a> {
    fn on(nodes: &'a [Node]) -> Self {
        let hosts = nodes.iter().map(|node| &node.host);
        Self {
            release: K3S_1_36,
            access: ssh::access("admin", hosts).unwrap_or_else(|_| ssh::access("admin", []).expect("a way to nowhere")),
            nodes,
            networks: vec![lan()],
            services: vec![subnet(SERVICES)],
            pods: vec![subnet(PODS)],
            tls_san: Vec::new(),
            disable: Vec::new(),
            artefacts: Vec::new(),
            names: Vec::new(),
        }
    }

    /// The same with IPv6, too, if the nodes have it, and without what K3s brings along.
    fn with_both_families(self) -> Self {
        if self.nodes[0].addresses().len() < 2 {
            return self;
        }
        Self {
            networks: vec![both("lan", "10.0.0.0/24", "fd00:10::/64"), Network::new("storage", subnet("10.9.0.0/24"))],
            pods: [PODS, "fd00:42::/56"].map(subnet).into(),
            services: [SERVICES, "fd00:43::/112"].map(subnet).into(),
            disable: vec![
                Packaged::CoreDns,
                Packaged::LocalStorage,
                Packaged::MetricsServer,
                Packaged::Runtimes,
                Packaged::ServiceLb,
                Packaged::Traefik,
            ],
            ..self
        }
    }

    fn platform(&self) -> Result<Platform, Error> {
        let Self { release, access, nodes, networks, services, pods, tls_san, disable, artefacts, names } = self;
        k3s::platform(&k3s::Config {
            release: *release,
            access,
            nodes,
            networks,
            services,
            pods,
            tls_san,
            disable,
            artefacts: artefacts.clone(),
            names,
        })
    }
}
