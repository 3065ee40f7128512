//! Clusters that fixtures put their objects on.

mod examples;

use serde_json::{Value, json};
use stackwright::charts::kube_prometheus_stack::{self, Prometheus, PrometheusSpec, Values};
use stackwright::charts::traefik;
use stackwright::prelude::*;

/// The cluster of a name.
pub fn cluster(name: &str) -> Cluster {
    match name {
        "lab" => lab(),
        "lab-on-three-computers" => on_three_computers(),
        "twins" => Cluster { nodes: [lab().nodes, lab().nodes].concat(), ..lab() },
        "unknown-release" => Cluster { kubernetes: "1.99.0".into(), ..lab() },
        "no-workers" => Cluster { nodes: lab().nodes[..1].to_vec(), ..lab() },
        "released" => Cluster { stacks: vec![traefik()], ..lab() },
        "traefik" => providing(Provided { ingress_classes: vec!["traefik".into()], ..default() }),
        "operators" => operators(),
        "declared" => having(Stack { secrets: vec![SecretSpec::login("web", "login", "web")], ..default() }),
        "monitored" => having(Stack { releases: vec![monitoring(&Values::default())], ..default() }),
        "monitored-all" => having(Stack { releases: vec![monitoring(&takes_all())], ..default() }),
        "metallb" => metallb(),
        "muddled-addresses" => muddled_addresses(),
        "k3s" => k3s(),
        "two-load-balancers" => Cluster {
            stacks: vec![Stack { releases: vec![release("kube-vip", json!({}))], ..Stack::new("vip", []) }],
            ..metallb()
        },
        "node-port-30090" => node_port_30090(),
        "one-address" => one_address(),
        "busy-hosts" => busy_hosts(),
        "nfs" => nfs("192.168.56.0/24(rw,sync,root_squash)"),
        "nfs-for-one" => nfs("192.168.56.21(rw,sync,root_squash)"),
        "nfs-as-root" => nfs("*(rw,sync,no_root_squash)"),
        "nfs-data-disk" => data_disk("/srv/nfs"),
        "nfs-data-disk-elsewhere" => data_disk("/srv/other"),
        "nfs-on-worker" => nfs_on_worker(),
        "nfs-not-installed" => nfs_not_installed(),
        "longhorn" => {
            Cluster { stacks: vec![Stack { releases: vec![release("longhorn", json!({}))], ..default() }], ..lab() }
        }
        "four-control-planes" => control_planes(4),
        "one-computer" => computer(4, 6144),
        "small-computer" => elsewhere("node2", computer(1, 4095)),
        "certificate" => certificate(),
        "ways-in" => ways_in(),
        "ways-to-nowhere" => ways_to_nowhere(),
        "ways-crossed" => ways_crossed(),
        "ways-shut" => ways_shut(),
        "ways-open" => ways_open(),
        "ways-to-the-inside" => ways_to_the_inside(),
        "ways-for-administrators" => ways_for_administrators(),
        "ways-in-k3s" => Cluster {
            provided: Provided { ingress_classes: Vec::new(), ..k3s().provided },
            ways_in: vec![way("router", 80, "192.168.56.22:80")],
            ..lab()
        },

        "units" => units(),
        "metrics-lab" => metrics_lab(),
        "ignored-values" => having(Stack { releases: vec![ignored_values()], ..Stack::new("monitoring", []) }),
        "moved-hosts" => moved_hosts(),
        "rules-kept-elsewhere" => rules_kept_elsewhere(),
        "edge-in-the-pool" => edge_in_the_pool(),
        "two-lans-of-one-subnet" => two_lans_of_one_subnet(),
        "both-families" => both_families("fd00:64::/56", "fd00:56::/64"),
        "both-families-muddled" => both_families("fd00:56::/48", "fd00:57::/64"),
        "forwarding" => having(Stack { files: vec![forwarding()], ..Stack::new("edge", []) }),
        "forwarding-kept" => {
            let unit = "[Service]\nType=oneshot\nExecStart=/usr/local/sbin/forward.sh\n";
            let files = vec![forwarding(), File::new("host/forward.service", unit)];
            having(Stack { files, ..Stack::new("edge", []) })
        }
        _ => examples::cluster(name).unwrap_or_else(|| panic!("no cluster {name} in tests/clusters")),
    }
}

/// Amounts with the units of people, where Kubernetes has its own.
fn units() -> Cluster {
    let containers = vec![resources(("100m", "64MB"), ("1 core", "64Mi"))];
    let pods = vec![ProvidedPods { name: "agent".into(), containers, spread: Spread::EveryNode }];
    let kubelet = Kubelet { cpu: "0.5 CPU".into(), memory: "1gb".into(), ..default() };
    providing(Provided { pods, kubelet, ..default() })
}

/// A control plane and two workers of 2 CPUs and 2048 MiB on 192.168.56.0/24, all on one computer.
pub fn lab() -> Cluster {
    let lan = Network::new("lan", subnet("192.168.56.0/24"));
    let host = |name, number| Host { runs_on: Some("pc".into()), ..host(name, &lan, number) };
    Cluster {
        about: "A lab.".into(),
        nodes: vec![
            Node::control_plane(host("control1", 11)).expect("an address"),
            Node::worker(host("node1", 21)).expect("an address"),
            Node::worker(host("node2", 22)).expect("an address"),
        ],
        hosts: vec![Host::new("pc", (8, 16384), Nic::without_address(&lan))],
        networks: vec![lan],
        ..Cluster::new("lab", "1.35.4")
    }
}

fn subnet(cidr: &str) -> Subnet {
    Subnet::new(cidr).expect("a subnet")
}

/// A host of 2 CPUs and 2048 MiB with this address of a network.
pub fn host(name: &str, lan: &Network, number: u32) -> Host {
    Host::new(name, (2, 2048), Nic::on(lan, number).expect("an address of the subnet"))
}

/// The lab with one more node.
pub fn with(mut lab: Cluster, node: Result<Node, Error>) -> Cluster {
    lab.nodes.push(node.expect("an address"));
    lab
}

/// A range of the lab's addresses.
pub fn range(text: &str) -> AddressRange {
    subnet("192.168.56.0/24").range(text).expect("a range of the subnet")
}

/// The lab on a network whose addresses others have, too.
pub fn reserving(lab: Cluster, reserved: &[(Holder, AddressRange)]) -> Cluster {
    let networks = lab.networks.into_iter().map(|network| Network { reserved: reserved.to_vec(), ..network });
    Cluster { networks: networks.collect(), ..lab }
}

/// The lab, whose nodes are computers of their own.
fn on_three_computers() -> Cluster {
    let mut lab = lab();
    lab.hosts.clear();
    for node in &mut lab.nodes {
        node.host.runs_on = None;
    }
    lab
}

/// The lab on a computer of this size.
pub fn computer(cpus: u32, memory: u32) -> Cluster {
    let mut lab = lab();
    lab.hosts[0] = Host { cpus, memory, ..lab.hosts[0].clone() };
    lab
}

/// The same with a node on a computer that is not there.
fn elsewhere(node: &str, mut lab: Cluster) -> Cluster {
    let moved = lab.nodes.iter_mut().find(|other| other.name() == node).expect("a node");
    moved.host.runs_on = Some("mac".into());
    lab
}

/// A stack of a release of Traefik in the namespace traefik, and nothing else.
fn traefik() -> Stack {
    let values: [(&str, &str); 0] = [];
    Stack { releases: vec![Release::new("traefik", "traefik", traefik::CHART, &values)], ..Stack::new("traefik", []) }
}

/// The lab with an Ingress controller and the kinds of cert-manager, Sealed Secrets and the Gateway API.
fn operators() -> Cluster {
    let kinds = ["Certificate", "Issuer", "ClusterIssuer", "SealedSecret", "GatewayClass", "Gateway", "HTTPRoute"];
    providing(Provided { kinds: kinds.map(Into::into).into(), ingress_classes: vec!["traefik".into()], ..default() })
}

fn providing(provided: Provided) -> Cluster {
    Cluster { provided, ..lab() }
}

fn having(stack: Stack) -> Cluster {
    Cluster { stacks: vec![stack], ..lab() }
}

/// A release of kube-prometheus-stack, whose Prometheus by default takes only what carries the release's label.
fn monitoring(values: &Values) -> Release {
    Release::new("prom", "monitor", kube_prometheus_stack::CHART, values)
}

fn takes_all() -> Values {
    let spec = PrometheusSpec { service_monitor_selector_nil_uses_helm_values: Some(false), ..default() };
    Values { prometheus: Some(Prometheus { prometheus_spec: Some(spec), ..default() }), ..default() }
}

/// The lab with everything on a network of its own: MetalLB's pool, a DHCP server's range, a gateway, pods and Services.
fn metallb() -> Cluster {
    let reserved = vec![
        (Holder::Dhcp, range("192.168.56.100-192.168.56.199")),
        (Holder::Gateway, range("192.168.56.1")),
        (Holder::VirtualIp, range("192.168.56.10")),
    ];
    Cluster {
        provided: Provided {
            load_balancer: Some("metallb".into()),
            namespaces: vec!["metallb-system".into()],
            kinds: vec!["IPAddressPool".into(), "BGPAdvertisement".into(), "IPPool".into()],
            ..default()
        },
        load_balancers: vec![range("192.168.56.200-192.168.56.209")],
        pods: vec![subnet("10.233.64.0/18")],
        services: vec![subnet("10.233.0.0/18")],
        ..reserving(lab(), &reserved)
    }
}

/// The same with every address where another is.
fn muddled_addresses() -> Cluster {
    let reserved = vec![
        (Holder::Dhcp, range("192.168.56.100-192.168.56.199")),
        (Holder::Gateway, range("192.168.56.1")),
        (Holder::VirtualIp, range("192.168.56.11")),
    ];
    Cluster {
        load_balancers: vec![range("192.168.56.20-192.168.56.109"), range("192.168.56.1-192.168.56.10")],
        pods: vec![subnet("10.233.0.0/16")],
        services: vec![subnet("10.233.0.0/18")],
        ..reserving(metallb(), &reserved)
    }
}

/// The lab as K3s makes it: ServiceLB, and a Traefik of its own.
fn k3s() -> Cluster {
    let provided = Provided {
        load_balancer: Some("servicelb".into()),
        ingress_classes: vec!["traefik".into()],
        storage_classes: vec!["local-path".into()],
        namespaces: vec!["metallb-system".into()],
        kinds: vec!["IPAddressPool".into()],
        ..default()
    };
    Cluster { provided, ..lab() }
}

/// The lab with monitoring as the first seed had it, and Prometheus made a NodePort later.
fn node_port_30090() -> Cluster {
    let values = json!({
        "grafana": { "service": { "type": "NodePort", "nodePort": 30090 } },
        "prometheus": { "service": { "type": "NodePort" } },
    });
    let releases = vec![release("kube-prometheus-stack", values)];
    Cluster { stacks: vec![Stack { releases, ..Stack::new("monitoring", []) }], ..lab() }
}

/// The lab with two releases that ask MetalLB for one address.
fn one_address() -> Cluster {
    let annotations = json!({ "metallb.universe.tf/loadBalancerIPs": "192.168.56.200" });
    let grafana = json!({ "grafana": { "service": { "type": "LoadBalancer", "annotations": annotations } } });
    let traefik = json!({ "service": { "annotations": annotations } });
    let releases = vec![release("kube-prometheus-stack", grafana), release("traefik", traefik)];
    Cluster { stacks: vec![Stack { releases, ..Stack::new("web", []) }], ..metallb() }
}

/// The lab with host services that want a port twice: of each other, of Kubernetes and of a Service.
fn busy_hosts() -> Cluster {
    let mut lab = lab();
    let tcp = Listener::tcp;
    lab.nodes[0].host.listeners = vec![tcp("etcd of the old cluster", 2379)];
    lab.nodes[1].host.listeners = vec![tcp("nginx", 8080), tcp("jenkins", 8080), tcp("edge", 30080)];
    lab.nodes[2].host.listeners = vec![tcp("nginx", 8080), tcp("sshd", 22)];
    lab
}

fn release(chart: &'static str, values: Value) -> Release {
    let chart = Chart { repository: "https://charts.example", name: chart, version: "1.0.0" };
    Release { values, ..Release::new("prom", "monitor", chart, &json!({})) }
}

/// The lab with an NFS server on its control plane, for these clients, and a NAS elsewhere.
fn nfs(clients: &str) -> Cluster {
    let mut lab = lab();
    for node in &mut lab.nodes {
        node.host.packages = vec!["nfs-common".into()];
        node.host.disk = Some(20);
    }
    lab.nodes[0].host.disk = Some(64);
    let exports = Artefact {
        files: vec![File::new("machines/exports", format!("# ours\n/srv/nfs {clients}\n"))],
        listeners: vec![Listener::tcp("NFS server", 2049)],
        ..Artefact::new(
            &lab.nodes[0].host,
            "NFS server",
            File::script("machines/remote/nfs-server.sh", "exportfs -ra\n"),
        )
    };
    Cluster {
        provided: Provided { storage_classes: vec!["nfs-client".into(), "local-path".into()], ..default() },
        stacks: vec![Stack { artefacts: vec![exports], ..Stack::new("nfs", []) }],
        ..reserving(lab, &[(Holder::Other("the NAS".into()), range("192.168.56.5"))])
    }
}

/// The same, of which nobody has installed anything yet.
fn nfs_not_installed() -> Cluster {
    Cluster { nodes: lab().nodes, stacks: Vec::new(), ..nfs("*(rw)") }
}

/// The lab whose NFS server has a data disk.
fn data_disk(mounted_at: &str) -> Cluster {
    let mut nfs = nfs("192.168.56.0/24(rw,sync,root_squash)");
    nfs.nodes[0].host.data_disk = Some(DataDisk { gibibytes: 30, mounted_at: mounted_at.into() });
    nfs
}

/// The lab whose NFS server is its first worker.
fn nfs_on_worker() -> Cluster {
    let mut nfs = nfs("192.168.56.0/24(rw,sync,root_squash)");
    nfs.stacks[0].artefacts[0].host.clone_from(&nfs.nodes[1].host.name);
    nfs
}

/// The lab with so many control planes.
pub fn control_planes(number: u32) -> Cluster {
    (2..=number).fold(lab(), |lab, more| {
        let host = host(&format!("control{more}"), &lab.networks[0], 10 + more);
        with(lab, Node::control_plane(host))
    })
}

/// The lab with a certificate that a stack declares, and one that names nobody.
fn certificate() -> Cluster {
    let secrets = vec![
        SecretSpec::self_signed("web", "declared", vec!["declared.test".into(), "*.declared.test".into()], 365),
        SecretSpec::self_signed("web", "nobody", Vec::new(), 365),
    ];
    Cluster { stacks: vec![Stack { secrets, ..Stack::new("web", []) }], ..lab() }
}

/// The lab after somebody changed its network, and forgot the rest: one host on a network that is gone, one with an address of the old
/// subnet, a node at an address that its host had, and a file for a host that is no more.
fn moved_hosts() -> Cluster {
    let mut lab = lab();
    lab.nodes[0].host.nics[0].network = "old".into();
    lab.nodes[1].host.nics[0].addresses = vec![[192, 168, 57, 21].into()];
    let gone = Host { name: "gone".into(), ..lab.nodes[2].host.clone() };
    let artefacts = vec![Artefact::new(&gone, "proxy", File::script("machines/remote/proxy.sh", "true\n"))];
    Cluster { stacks: vec![Stack { artefacts, ..Stack::new("edge", []) }], ..lab }
}

/// The lab, whose first worker keeps its rules, and whose second gets the same ones by a script.
fn rules_kept_elsewhere() -> Cluster {
    let lab = lab();
    let open =
        File::script("machines/remote/open.sh", "#!/bin/sh\nnft add rule inet filter input tcp dport 30080 accept\n");
    let keep = File::script("machines/remote/keep.sh", "#!/bin/sh\ncp rules.nft /etc/nftables.conf\n");
    let artefacts = vec![
        Artefact::new(&lab.nodes[1].host, "rules", keep),
        Artefact::new(&lab.nodes[1].host, "open port", open.clone()),
        Artefact::new(&lab.nodes[2].host, "open port", open),
    ];
    Cluster { stacks: vec![Stack { artefacts, ..Stack::new("edge", []) }], ..lab }
}

/// The lab with a host in front of it that has one of the load balancer's addresses.
fn edge_in_the_pool() -> Cluster {
    let mut metallb = metallb();
    metallb.hosts.push(host("edge", &metallb.networks[0], 201));
    metallb
}

/// The lab with a second network of the same addresses.
fn two_lans_of_one_subnet() -> Cluster {
    let mut lab = lab();
    lab.networks.push(Network::new("office", subnet("192.168.0.0/16")));
    lab
}

/// The lab with IPv6 beside IPv4: the pods' subnet, and the one that the load balancer has sixteen addresses of.
fn both_families(pods: &str, balanced: &str) -> Cluster {
    let mut lab = metallb();
    let hosts = subnet("fd00:56::/64");
    lab.networks[0].subnets.push(hosts);
    for (node, number) in lab.nodes.iter_mut().zip(0x11..) {
        node.host.nics[0].addresses.push(hosts.host(number).expect("an address of the subnet"));
    }
    lab.pods.push(subnet(pods));
    let end = |number| subnet(balanced).host(number).expect("an address of the subnet");
    let range = format!("{}-{}", end(0x200), end(0x20f));
    lab.load_balancers.push(subnet(balanced).range(&range).expect("a range of the subnet"));
    lab
}

/// The lab, whose second worker serves its own metrics and has a third beside it that does not.
fn metrics_lab() -> Cluster {
    let mut lab = lab();
    lab.nodes[2].host.listeners.push(Listener::tcp("node-exporter", 9100));
    let host = Host { runs_on: Some("pc".into()), ..host("node3", &lab.networks[0], 23) };
    with(lab, Node::worker(host))
}

/// kube-prometheus-stack with what the seeds write and the chart never reads.
fn ignored_values() -> Release {
    let values = json!({
        "grafana": { "replicas": 1 },
        "prometheus": { "resources": { "requests": { "memory": "2Gi" } }, "prometheusSpec": { "scrapeIntervall": "10s" } },
        "server": { "tolerations": [{ "operator": "Exists" }] },
        "global": { "nodeSelector": { "type": "ui" } },
    });
    Release::new("prom", "monitor", kube_prometheus_stack::CHART, &values)
}

/// The forwarding to a NodePort of the seed with Multipass.
fn forwarding() -> File {
    let rules = "#!/bin/sh\n\
                 sudo iptables -t nat -A PREROUTING -p tcp --dport 30060 -j DNAT --to-destination 192.168.56.21:30060\n\
                 sudo iptables -I FORWARD -p tcp -d 192.168.56.21 --dport 30060 -j ACCEPT\n";
    File::script("host/forward.sh", rules)
}

/// A way in to this address and port of TCP.
fn way(at: &str, port: u16, to: &str) -> WayIn {
    WayIn {
        what: "web".into(),
        at: at.into(),
        port,
        protocol: "TCP".into(),
        to: vec![to.parse().expect("an address and a port")],
        from: Source::Anyone,
    }
}

/// The lab with a forward to each thing that listens: node port, port of the host, of a pod on it, of a load balancer.
fn ways_in() -> Cluster {
    let mut lab = lab();
    lab.nodes[0].host.listeners = vec![Listener::udp("WireGuard", 51820)];
    lab.hosts[0].nics = vec![Nic::on(&lab.networks[0], 1).expect("an address of the subnet")];
    lab.hosts[0].listeners = vec![Listener::tcp("nginx", 80)];
    let wireguard = WayIn { protocol: "UDP".into(), ..way("router", 51820, "192.168.56.11:51820") };
    let both = way("router", 30080, "192.168.56.21:30080");
    let both = WayIn { to: [both.to, way("", 0, "192.168.56.22:30080").to].concat(), ..both };
    Cluster {
        load_balancers: vec![range("192.168.56.200-192.168.56.209")],
        ways_in: vec![
            wireguard,
            both,
            way("router", 80, "192.168.56.1:80"),
            way("router", 8443, "192.168.56.21:8443"),
            way("router", 443, "192.168.56.200:80"),
            WayIn { protocol: "UDP".into(), ..way("router", 30080, "192.168.56.11:30081") },
        ],
        provided: Provided { load_balancer: Some("metallb".into()), ..default() },
        ..lab
    }
}

/// The lab with forwards to a port that is none, one of another protocol, an address of nobody, and to no address.
fn ways_to_nowhere() -> Cluster {
    let udp = WayIn { protocol: "UDP".into(), ..way("router", 2, "192.168.56.21:30080") };
    Cluster {
        ways_in: vec![
            way("router", 1, "192.168.56.21:30081"),
            udp,
            way("router", 3, "192.168.56.99:30080"),
            WayIn { to: Vec::new(), ..way("router", 4, "192.168.56.21:1") },
        ],
        ..lab()
    }
}

/// The lab with a port that is forwarded twice, beside one of another protocol and one of another router.
fn ways_crossed() -> Cluster {
    let way = |at, to| way(at, 80, to);
    Cluster {
        ways_in: vec![
            way("router", "192.168.56.21:30080"),
            WayIn { protocol: "UDP".into(), ..way("router", "192.168.56.21:30081") },
            way("other router", "192.168.56.21:30080"),
            way("router", "192.168.56.22:30080"),
        ],
        ..lab()
    }
}

/// Each node of a cluster with a firewall that lets this in.
pub fn behind_firewalls(cluster: Cluster, openings: &[Opening]) -> Cluster {
    let script = File::script("machines/remote/firewall.sh", "systemctl enable --now nftables.service\n");
    let firewall = |node: &Node| Artefact {
        opens: Some(openings.to_vec()),
        ..Artefact::new(&node.host, "firewall", script.clone())
    };
    let artefacts = cluster.nodes.iter().map(firewall).collect();
    let stacks = cluster.stacks.into_iter().chain([Stack { artefacts, ..Stack::new("firewall", []) }]).collect();
    Cluster { stacks, ..cluster }
}

fn from(cidr: &str) -> Source {
    Source::Subnets(vec![subnet(cidr)])
}

/// Forwards to node ports that a firewall shuts: to all, to those from outside, and to a proxy on a computer of the cluster.
fn ways_shut() -> Cluster {
    let mut lab = lab();
    lab.hosts[0].nics = vec![Nic::on(&lab.networks[0], 1).expect("an address of the subnet")];
    let office = WayIn { from: from("203.0.113.0/24"), ..way("router", 3, "192.168.56.21:30080") };
    let ways_in = vec![
        way("router", 1, "192.168.56.21:30081"),
        way("router", 2, "192.168.56.21:30080"),
        office,
        way("pc", 4, "192.168.56.21:30082"),
    ];
    let openings =
        [Opening::tcp("web", &[30080], from("203.0.113.0/25")), Opening::tcp("web", &[30082], from("192.168.56.8/29"))];
    behind_firewalls(Cluster { ways_in, ..lab }, &openings)
}

/// The same forwards, of which each is let in as far as it has to be.
fn ways_open() -> Cluster {
    let openings =
        [Opening::tcp("web", &[30080, 30081], Source::Anyone), Opening::tcp("web", &[30082], from("192.168.56.0/29"))];
    behind_firewalls(Cluster { stacks: Vec::new(), ..ways_shut() }, &openings)
}

/// Forwards and openings of what is nobody's business outside.
fn ways_to_the_inside() -> Cluster {
    let udp = |port, to| WayIn { protocol: "UDP".into(), ..way("router", port, to) };
    let mut lab = lab();
    lab.hosts[0].nics = vec![Nic::on(&lab.networks[0], 1).expect("an address of the subnet")];
    lab.hosts[0].listeners = vec![Listener::tcp("NFS server", 2049)];
    let ways_in = vec![
        udp(1, "192.168.56.21:8472"),
        way("router", 2, "192.168.56.11:2379"),
        WayIn { from: from("203.0.113.0/24"), ..way("router", 3, "192.168.56.21:10250") },
        way("router", 4, "192.168.56.1:2049"),
        WayIn { from: from("0.0.0.0/0"), ..way("router", 5, "192.168.56.11:6443") },
    ];
    let openings = [
        Opening::udp("VXLAN", &[8472], Source::Anyone),
        Opening::tcp("kubelet", &[10250], from("192.168.56.0/24")),
        Opening::tcp("etcd", &[2379, 2380], from("0.0.0.0/0")),
        // What has the number of another protocol.
        Opening::tcp("web", &[8472], Source::Anyone),
    ];
    behind_firewalls(Cluster { ways_in, ..lab }, &openings)
}

/// The API server for some, and on a computer that is no node what has the numbers of Kubernetes.
fn ways_for_administrators() -> Cluster {
    let mut lab = lab();
    lab.hosts[0].nics = vec![Nic::on(&lab.networks[0], 1).expect("an address of the subnet")];
    lab.hosts[0].listeners = vec![Listener::tcp("game", 10250), Listener::udp("game", 8472)];
    let game = WayIn { protocol: "UDP".into(), ..way("router", 2, "192.168.56.1:8472") };
    let ways_in = vec![
        WayIn { from: from("203.0.113.0/24"), ..way("router", 6443, "192.168.56.11:6443") },
        way("router", 1, "192.168.56.1:10250"),
        game,
        way("router", 80, "192.168.56.21:30080"),
    ];
    let openings =
        [Opening::tcp("API server", &[6443], from("203.0.113.0/24")), Opening::tcp("web", &[30080], Source::Anyone)];
    behind_firewalls(Cluster { ways_in, ..lab }, &openings)
}
