//! Clusters that fixtures put their objects on.

mod examples;
mod proxies;
mod ways_in;

use serde_json::{Value, json};
use stackwright::charts::kube_prometheus_stack::{self, Prometheus, PrometheusSpec, Values};
use stackwright::charts::traefik;
use stackwright::inflated::Inflated;
use stackwright::prelude::*;

use proxies::proxied;
pub use ways_in::behind_firewalls;
use ways_in::{
    listening_behind_a_firewall, node_port_30080, storage, storage_behind_a_firewall, way, ways_crossed,
    ways_for_administrators, ways_in, ways_open, ways_shut, ways_to_nowhere, ways_to_some_nodes, ways_to_the_inside,
};

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
        "ways-to-some-nodes" => ways_to_some_nodes(),
        "listening-behind-a-firewall" => listening_behind_a_firewall(),
        "node-port-30080" => node_port_30080(),
        "storage" => storage(),
        "storage-shut" => storage_behind_a_firewall(&["192.168.56.21/32"]),
        "storage-open" => storage_behind_a_firewall(&["192.168.56.21/32", "192.168.56.22/32"]),
        "forwarded" => Cluster { ways_in: vec![way("router", 80, "192.168.56.21:30080")], ..lab() },
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
        _ => {
            let found = proxies::cluster(name).or_else(|| examples::cluster(name));
            found.unwrap_or_else(|| panic!("no cluster {name} in tests/clusters"))
        }
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
            kinds: vec!["IPAddressPool".into(), "L2Advertisement".into(), "BGPAdvertisement".into(), "IPPool".into()],
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
        kinds: vec!["IPAddressPool".into(), "L2Advertisement".into()],
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
    let chart = Chart { repository: "https://charts.example", name: chart, version: "1.0.0", digest: None };
    Release { values, ..Release::new("prom", "monitor", chart, &json!({})) }
}

/// A stack with a release that Helm made with these values, and that has those now.
fn inflated(before: &Value, now: &Value) -> Stack {
    let objects = "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n";
    let of = |values: &Value| Release { namespace: "web".into(), name: "web".into(), ..release("web", values.clone()) };
    let text =
        Inflated::text(&of(before), &lab(), "sha256:00", objects).expect("the lab's release of Kubernetes is known");
    Stack::new("web", []).inflated(of(now), &text).expect("objects")
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
