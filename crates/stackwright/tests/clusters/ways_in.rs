//! Clusters that people come into from outside: by forwards, past firewalls.

use serde_json::json;
use stackwright::prelude::*;

use super::{lab, range, subnet};

/// A way in to this address and port of TCP.
pub fn way(at: &str, port: u16, to: &str) -> WayIn {
    WayIn {
        what: "web".into(),
        at: at.into(),
        port,
        protocol: "TCP".into(),
        to: vec![to.parse().expect("an address and a port")],
        from: Source::Anyone,
        names: vec![],
    }
}

/// The lab with a forward to each thing that listens: node port, port of the host, of a pod on it, of a load balancer.
pub fn ways_in() -> Cluster {
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

/// The lab with forwards to a port that is none, one of another protocol, an address of nobody, to no address, and to a node port of a host
/// that is no node.
pub fn ways_to_nowhere() -> Cluster {
    let udp = WayIn { protocol: "UDP".into(), ..way("router", 2, "192.168.56.21:30080") };
    let mut lab = lab();
    lab.hosts[0].nics = vec![Nic::on(&lab.networks[0], 1).expect("an address of the subnet")];
    Cluster {
        ways_in: vec![
            way("router", 1, "192.168.56.21:30081"),
            udp,
            way("router", 3, "192.168.56.99:30080"),
            WayIn { to: Vec::new(), ..way("router", 4, "192.168.56.21:1") },
            way("router", 5, "192.168.56.1:30080"),
        ],
        ..lab
    }
}

/// The lab with one forward to all nodes, and one to the second worker.
pub fn ways_to_some_nodes() -> Cluster {
    let nodes = ["192.168.56.11:30080", "192.168.56.21:30080", "192.168.56.22:30080"];
    let to = nodes.map(|to| to.parse().expect("an address and a port")).into();
    let ways_in = vec![WayIn { to, ..way("router", 80, nodes[0]) }, way("router", 8443, "192.168.56.22:8443")];
    Cluster { ways_in, ..lab() }
}

/// The lab with two things on its first worker: one that its firewall knows, and one that it does not.
pub fn listening_behind_a_firewall() -> Cluster {
    let lab = lab();
    let script = File::script("machines/remote/proxy.sh", "#!/bin/sh\n");
    let listeners = vec![Listener::tcp("nginx", 8080), Listener::tcp("nginx", 8443), Listener::udp("nginx", 8443)];
    let artefacts = vec![Artefact { listeners, ..Artefact::new(&lab.nodes[1].host, "nginx", script) }];
    let lab = Cluster { stacks: vec![Stack { artefacts, ..Stack::new("edge", []) }], ..lab };
    behind_firewalls(lab, &[Opening::tcp("nginx", &[8443], Source::Anyone)])
}

/// The lab with a host beside its nodes, at which a database listens.
pub fn storage() -> Cluster {
    let mut lab = lab();
    let nic = Nic::on(&lab.networks[0], 40).expect("an address of the subnet");
    let listeners = vec![Listener::tcp("MySQL", 3306)];
    lab.hosts.push(Host { listeners, ..Host::new("storage", (2, 2048), nic) });
    lab
}

/// The same host, brought its database by an artefact, and with a firewall that lets these in.
pub fn storage_behind_a_firewall(from: &[&str]) -> Cluster {
    let mut lab = storage();
    let host = lab.hosts.last_mut().expect("the host");
    let listeners = std::mem::take(&mut host.listeners);
    let script = |name: &str| File::script(format!("machines/remote/{name}.sh"), "#!/bin/sh\n");
    let database = Artefact { listeners, ..Artefact::new(host, "MySQL", script("mysql")) };
    let from = Source::Subnets(from.iter().map(|cidr| subnet(cidr)).collect());
    let opens = Some(database.openings(&from));
    let firewall = Artefact { opens, ..Artefact::new(host, "firewall", script("firewall")) };
    lab.stacks.push(Stack { artefacts: vec![database, firewall], ..Stack::new("storage", []) });
    lab
}

/// The lab with Traefik and Prometheus at node ports.
pub fn node_port_30080() -> Cluster {
    let traefik = json!({"ports": {"web": {"nodePort": 30080}}, "service": {"spec": {"type": "NodePort"}}});
    let prometheus = json!({"server": {"service": {"type": "NodePort", "nodePort": 30090}}});
    let releases = vec![
        Release::new("traefik", "default", stackwright::charts::traefik::CHART, &traefik),
        Release::new("prometheus", "default", stackwright::charts::prometheus::CHART, &prometheus),
    ];
    Cluster { stacks: vec![Stack { releases, ..Stack::new("web", []) }], ..lab() }
}

/// The lab with a port that is forwarded twice, beside one of another protocol and one of another router.
pub fn ways_crossed() -> Cluster {
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

pub fn from(cidr: &str) -> Source {
    Source::Subnets(vec![subnet(cidr)])
}

/// Forwards to node ports that a firewall shuts: to all, to those from outside, and to a proxy on a computer of the cluster.
pub fn ways_shut() -> Cluster {
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
pub fn ways_open() -> Cluster {
    let openings =
        [Opening::tcp("web", &[30080, 30081], Source::Anyone), Opening::tcp("web", &[30082], from("192.168.56.0/29"))];
    behind_firewalls(Cluster { stacks: Vec::new(), ..ways_shut() }, &openings)
}

/// Forwards and openings of what is nobody's business outside.
pub fn ways_to_the_inside() -> Cluster {
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
pub fn ways_for_administrators() -> Cluster {
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
