//! Instances of Multipass: what their parameters change, what is refused, and values that mean something to a shell or nftables.
//!
//! `e2e/multipass/run` reads and runs what the example of the same name renders.

mod support;

use stackwright::prelude::*;
use stackwright_hosts::kubespray::{self, Addon, HELM_4};
use stackwright_hosts::multipass;
use support::{HOSTILE, assert_snapshot, files_of_instances, note, subnet};

#[test]
fn instances_behind_forwards() {
    let lab = Lab::new("instances");
    let config = lab.config();
    assert!(!config.is_bridged());
    assert_snapshot("multipass-access", &access(&config));
    let stack = multipass::stack(&config, &[lab.forward(), lab.spread()]).expect("forwards");
    assert_snapshot("multipass-computer", &files(&stack));
    assert_snapshot("multipass-way-up", &format!("{:#?}", stack.steps));
    // Who gives it to the computer is this stack: no installer reaches it.
    assert!(stack.artefacts.iter().all(|artefact| artefact.host == "computer" && artefact.secrets.is_empty()));
    // What listens elsewhere is somebody else's to forward.
    let router = WayIn { at: "router".into(), ..lab.forward() };
    let rules = &multipass::stack(&config, &[router]).expect("no forwards").artefacts[0].files[0].text;
    assert!(!rules.contains("dnat ip to"), "{rules}");
}

/// What a provider gives, each installer takes.
#[test]
fn kubespray_on_instances() {
    let lab = Lab::new("instances");
    let nodes = [Node::control_plane(lab.hosts[0].clone()), Node::worker(lab.hosts[1].clone())];
    let nodes = nodes.map(|node| node.expect("an address"));
    let config = kubespray::Config {
        release: "v2.31.0",
        kubernetes: "1.35.4",
        helm: HELM_4,
        access: &multipass::access(&lab.config()).expect("instances"),
        nodes: &nodes,
        networks: &lab.networks,
        services: &[subnet("10.233.0.0/18")],
        pods: &[subnet("10.233.64.0/18")],
        load_balancers: None,
        addons: &[Addon::MetricsServer],
        aggregator_routing: false,
        artefacts: Vec::new(),
        names: &[],
    };
    let platform = kubespray::platform(&config).expect("a cluster");
    assert!(platform.stack.files.iter().any(|file| file.path == "machines/multipass/instances.sh"));
    assert_eq!(platform.node_subnets, lab.networks[1].subnets);
}

/// Both families, and a router for each.
#[test]
fn bridged_instances() {
    let mut lab = Lab::new("lan");
    let subnet6 = subnet("fd00:50::/64");
    lab.networks[0].subnets.push(subnet6);
    lab.networks[0].reserved.push((Holder::Gateway, subnet6.range("fd00:50::1").expect("a router")));
    for (host, number) in lab.hosts.iter_mut().zip(23..) {
        host.nics = vec![nic(&lab.networks[0], number, "lab0")];
    }
    let config = lab.config();
    assert!(config.is_bridged());
    assert_snapshot("multipass-bridged", &access(&config));
    let stack = multipass::stack(&config, &[]).expect("steps");
    assert_eq!((stack.artefacts.len(), stack.steps.len()), (0, 2));
}

#[test]
fn what_multipass_cannot_make_is_refused() {
    let mut refusals = String::new();
    let mut refused = |what: &str, change: fn(&mut Lab)| {
        let mut lab = Lab::new("instances");
        change(&mut lab);
        note(&mut refusals, "lab", what, multipass::access(&lab.config()));
        multipass::stack(&lab.config(), &[]).expect_err("refused by both");
    };
    refused("no hosts", |lab| lab.hosts.clear());
    refused("an option as its image", |lab| lab.image = "--help");
    refused("no network", |lab| lab.networks.clear());
    refused("two networks", |lab| lab.hosts[1].nics = vec![nic(&lab.networks[0], 24, "lab0")]);
    refused("a computer elsewhere", |lab| lab.computer.nics.truncate(1));
    refused("a bridge without a name", |lab| lab.computer.nics[1].interface = None);
    refused("a bridge with a hostile name", |lab| lab.computer.nics[1].interface = Some(HOSTILE.into()));
    refused("a computer without an address inside", |lab| lab.computer.nics[1].addresses.clear());
    refused("IPv6 inside", |lab| lab.networks[1].subnets.push(subnet("fd00:52::/64")));
    let mut refused = |what: &str, change: fn(&mut Host)| {
        let mut lab = Lab::new("instances");
        change(&mut lab.hosts[0]);
        note(&mut refusals, "instance", what, multipass::access(&lab.config()));
    };
    refused("a hostile name", |host| host.name = HOSTILE.into());
    refused("a name that begins with a digit", |host| host.name = "1st".into());
    refused("the name of the one that gets a home", |host| host.name = "primary".into());
    refused("on another computer", |host| host.runs_on = Some("laptop".into()));
    refused("on no computer", |host| host.runs_on = None);
    refused("a second disk", |host| host.data_disk = Some(DataDisk { gibibytes: 10, mounted_at: "/srv".into() }));
    refused("no size of its disk", |host| host.disk = None);
    refused("too little memory", |host| host.memory = 511);
    refused("a NIC without a name", |host| host.nics[0].interface = None);
    refused("a NIC with a pattern for a name", |host| host.nics[0].interface = Some("eth*".into()));
    refused("two NICs", |host| host.nics.push(host.nics[0].clone()));
    refused("an address by DHCP", |host| host.nics[0].addresses.clear());
    refused("an address of another network", |host| host.nics[0].addresses = vec!["10.9.9.9".parse().expect("one")]);
    assert_snapshot("multipass-refusals", &refusals);
}

#[test]
fn what_no_rule_can_forward_is_refused() {
    let lab = Lab::new("instances");
    let mut refusals = String::new();
    let mut refused = |what: &str, change: fn(&mut WayIn)| {
        let mut way_in = lab.forward();
        change(&mut way_in);
        note(&mut refusals, "forward", what, multipass::stack(&lab.config(), &[way_in]));
    };
    refused("SCTP", |way_in| way_in.protocol = "SCTP".into());
    refused("a hostile protocol", |way_in| way_in.protocol = "tcp dport 1 accept\n".into());
    refused("for a name", |way_in| way_in.names.push("a.example".into()));
    refused("to nowhere", |way_in| way_in.to.clear());
    refused("to elsewhere", |way_in| way_in.to.push("192.168.50.9:80".parse().expect("one")));
    refused("for nobody", |way_in| way_in.from = Source::Subnets(Vec::new()));
    refused("for IPv6 alone", |way_in| way_in.from = Source::Subnets(vec![subnet("fd00::/8")]));
    let mut nameless = Lab::new("instances");
    nameless.computer.nics[0].addresses.clear();
    note(&mut refusals, "computer", "by DHCP", multipass::stack(&nameless.config(), &[lab.forward()]));
    let bridged = Lab::new("lan");
    note(&mut refusals, "instances", "bridged", multipass::stack(&bridged.config(), &[lab.forward()]));
    assert_snapshot("multipass-forward-refusals", &refusals);
}

/// `e2e/multipass/run` evaluates it.
#[test]
fn hostile_values_are_inert() {
    let mut lab = Lab::new("instances");
    lab.image = HOSTILE;
    let access = multipass::access(&lab.config()).expect("a shell can quote any text");
    let script = access.files.iter().find(|file| file.path == "machines/multipass/instances.sh").expect("a script");
    assert_snapshot("hostile-multipass", script.text.split("usage()").next().expect("its values"));

    let way_in = WayIn { what: HOSTILE.into(), ..lab.forward() };
    let rules = &multipass::stack(&lab.config(), &[way_in]).expect("a comment").artefacts[0].files[0].text;
    let added = rules.lines().filter(|line| line.contains("# to-") || line.contains(" dnat ip to "));
    assert_eq!(added.count(), 2, "{rules}");
}

/// A computer with two instances.
struct Lab {
    networks: Vec<Network>,
    computer: Host,
    hosts: Vec<Host>,
    image: &'static str,
}

impl Lab {
    /// With the instances on this network.
    fn new(network: &str) -> Self {
        let home = subnet("192.168.50.0/24");
        let gateway = (Holder::Gateway, home.range("192.168.50.1").expect("a router"));
        let lan = Network { reserved: vec![gateway], ..Network::new("lan", home) };
        let networks = vec![lan, Network::new("instances", subnet("10.120.52.0/24"))];
        let outside = nic(&networks[0], 27, "enp3s0");
        let computer = Host {
            nics: vec![outside.clone(), nic(&networks[1], 1, "lab0")],
            ..Host::new("computer", (12, 24 * 1024), outside)
        };
        let on = networks.iter().find(|one| one.name == network).expect("one of the two");
        let host = |name: &str, number| Host {
            disk: Some(20),
            runs_on: Some("computer".into()),
            ..Host::new(name, (2, 4096), nic(on, number, "lab0"))
        };
        let hosts = vec![host("node1", 23), Host { memory: 2048, disk: Some(50), ..host("nfs", 30) }];
        Self { computer, hosts, image: "24.04", networks }
    }

    fn config(&self) -> multipass::Config<'_> {
        let Self { networks, computer, hosts, image } = self;
        multipass::Config { computer, hosts: hosts.iter().collect(), networks, image }
    }

    fn forward(&self) -> WayIn {
        let grafana = Listener::tcp("grafana", 30060);
        forward_to(("computer", 3000), &grafana, &self.hosts[0]).expect("an address")
    }

    /// To two of them, for some.
    fn spread(&self) -> WayIn {
        let dns = Listener::udp("dns", 30053);
        let one = forward_to(("computer", 53), &dns, &self.hosts[0]).expect("an address");
        let other = (self.hosts[1].address().expect("an address"), 30053).into();
        let from = Source::Subnets(["192.168.50.0/24", "10.0.0.0/8", "fd00:50::/64"].map(subnet).into());
        WayIn { to: vec![one.to[0], other], from, ..one }
    }
}

fn nic(network: &Network, number: u32, interface: &str) -> Nic {
    Nic { interface: Some(interface.into()), ..Nic::on(network, number).expect("an address") }
}

/// The provider's files.
fn access(config: &multipass::Config) -> String {
    files_of_instances(&multipass::access(config).expect("instances"))
}

/// What the computer is given, as far as values change it.
fn files(stack: &Stack) -> String {
    let files = stack.all_files().into_iter().filter(|file| !file.path.starts_with("machines/remote"));
    files.map(|file| format!("# {}\n{}", file.path, file.text)).collect::<Vec<_>>().join("\n")
}
