//! Clusters that fixtures put their objects on.

use serde_json::{Value, json};
use stackwright::charts::kube_prometheus_stack::{self, Prometheus, PrometheusSpec, Values};
use stackwright::charts::traefik;
use stackwright::prelude::*;

/// The cluster of a name.
pub fn cluster(name: &str) -> Cluster {
    match name {
        "lab" => lab(),
        "twins" => Cluster { machines: [lab().machines, lab().machines].concat(), ..lab() },
        "unknown-release" => Cluster { kubernetes: "1.99.0".into(), ..lab() },
        "no-workers" => Cluster { machines: lab().machines[..1].to_vec(), ..lab() },
        "released" => Cluster { stacks: vec![traefik()], ..lab() },
        "traefik" => providing(Provided { ingress_classes: vec!["traefik".into()], ..default() }),
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
        "nfs-not-installed" => Cluster { machines: lab().machines, ..nfs("*(rw)") },
        "longhorn" => {
            Cluster { stacks: vec![Stack { releases: vec![release("longhorn", json!({}))], ..default() }], ..lab() }
        }
        "two-control-planes" => control_planes(2),
        "four-control-planes" => control_planes(4),
        "three-control-planes" => control_planes(3),
        "one-computer" => Cluster { hypervisors: vec![computer("pc", 4, 6144, "node2")], ..lab() },
        "small-computer" => Cluster { hypervisors: vec![computer("pc", 1, 6143, "node3")], ..lab() },
        "certificate" => certificate(),

        "units" => units(),
        "metrics-lab" => metrics_lab(),
        "ignored-values" => having(Stack { releases: vec![ignored_values()], ..Stack::new("monitoring", []) }),
        "forwarding" => having(Stack { files: vec![forwarding()], ..Stack::new("edge", []) }),
        "forwarding-kept" => {
            let unit = "[Service]\nType=oneshot\nExecStart=/usr/local/sbin/forward.sh\n";
            let files = vec![forwarding(), File::new("host/forward.service", unit)];
            having(Stack { files, ..Stack::new("edge", []) })
        }
        _ => panic!("no cluster {name} in tests/clusters"),
    }
}

/// Amounts with the units of people, where Kubernetes has its own.
fn units() -> Cluster {
    let containers = vec![resources(("100m", "64MB"), ("1 core", "64Mi"))];
    let pods = vec![ProvidedPods { name: "agent".into(), containers, spread: Spread::EveryNode }];
    let kubelet = Kubelet { cpu: "0.5 CPU".into(), memory: "1gb".into(), ..default() };
    providing(Provided { pods, kubelet, ..default() })
}

/// A control plane and two workers of 2 CPUs and 2048 MiB on 192.168.56.0/24.
pub fn lab() -> Cluster {
    let network = Network::new("192.168.56.0/24").expect("a subnet");
    let machine = |name: &str, role, host| {
        let address = network.host(host).expect("an address of the subnet");
        Machine::new(name, role, (2, 2048), address)
    };
    Cluster {
        about: "A lab.".into(),
        machines: vec![
            machine("control1", Role::ControlPlane, 11),
            machine("node1", Role::Worker, 21),
            machine("node2", Role::Worker, 22),
        ],
        ..Cluster::new("lab", "1.35.4", network)
    }
}

/// A stack of a release of Traefik in the namespace traefik, and nothing else.
fn traefik() -> Stack {
    let values: [(&str, &str); 0] = [];
    Stack { releases: vec![Release::new("traefik", "traefik", traefik::CHART, &values)], ..Stack::new("traefik", []) }
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
    let lab = lab();
    let range = |text| lab.network.range(text).expect("a range of the subnet");
    Cluster {
        provided: Provided { load_balancer: Some("metallb".into()), ..default() },
        load_balancers: vec![range("192.168.56.200-192.168.56.209")],
        reserved: vec![
            (Holder::Dhcp, range("192.168.56.100-192.168.56.199")),
            (Holder::Other("the gateway".into()), range("192.168.56.1-192.168.56.1")),
            (Holder::VirtualIp, range("192.168.56.10-192.168.56.10")),
        ],
        pods: Some(Network::new("10.233.64.0/18").expect("a subnet")),
        services: Some(Network::new("10.233.0.0/18").expect("a subnet")),
        ..lab
    }
}

/// The same with every address where another is.
fn muddled_addresses() -> Cluster {
    let good = metallb();
    let range = |text| good.network.range(text).expect("a range of the subnet");
    Cluster {
        load_balancers: vec![range("192.168.56.20-192.168.56.109"), range("192.168.56.1-192.168.56.10")],
        reserved: vec![
            (Holder::Dhcp, range("192.168.56.100-192.168.56.199")),
            (Holder::Other("the gateway".into()), range("192.168.56.1-192.168.56.1")),
            (Holder::VirtualIp, range("192.168.56.11-192.168.56.11")),
        ],
        pods: Some(Network::new("10.233.0.0/16").expect("a subnet")),
        services: Some(Network::new("10.233.0.0/18").expect("a subnet")),
        ..good
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
    let service = |name: &str, port| HostService { name: name.into(), port, protocol: "TCP".into() };
    let mut lab = lab();
    lab.machines[0].services = vec![service("etcd of the old cluster", 2379)];
    lab.machines[1].services = vec![service("nginx", 8080), service("jenkins", 8080), service("edge", 30080)];
    lab.machines[2].services = vec![service("nginx", 8080), service("sshd", 22)];
    lab
}

fn release(chart: &'static str, values: Value) -> Release {
    let chart = Chart { repository: "https://charts.example", name: chart, version: "1.0.0" };
    Release { name: "prom".into(), namespace: "monitor".into(), chart, values, pods: Vec::new() }
}

/// The lab with an NFS server on its control plane, for these clients, and a NAS elsewhere.
fn nfs(clients: &str) -> Cluster {
    let mut lab = lab();
    let nfs = HostService { name: "NFS server".into(), port: 2049, protocol: "TCP".into() };
    for machine in &mut lab.machines {
        machine.packages = vec!["nfs-common".into()];
        machine.disk = Some(20);
    }
    lab.machines[0].services = vec![nfs];
    lab.machines[0].disk = Some(64);
    let files = vec![File::new("machines/exports", format!("# ours\n/srv/nfs {clients}\n"))];
    let nas = lab.network.range("192.168.56.5-192.168.56.5").expect("a range of the subnet");
    Cluster {
        provided: Provided { storage_classes: vec!["nfs-client".into(), "local-path".into()], ..default() },
        reserved: vec![(Holder::Other("the NAS".into()), nas)],
        stacks: vec![Stack { files, ..Stack::new("nfs", []) }],
        ..lab
    }
}

/// The lab whose NFS server has a data disk.
fn data_disk(mounted_at: &str) -> Cluster {
    let mut nfs = nfs("192.168.56.0/24(rw,sync,root_squash)");
    nfs.machines[0].data_disk = Some(DataDisk { gibibytes: 30, mounted_at: mounted_at.into() });
    nfs
}

/// The lab whose NFS server is its first worker.
fn nfs_on_worker() -> Cluster {
    let mut nfs = nfs("192.168.56.0/24(rw,sync,root_squash)");
    nfs.machines[1].services = std::mem::take(&mut nfs.machines[0].services);
    nfs
}

/// The lab with so many control planes.
fn control_planes(number: u8) -> Cluster {
    let mut lab = lab();
    for more in 2..=number {
        let (name, address) = (format!("control{more}"), [192, 168, 56, 10 + more].into());
        lab.machines.push(Machine { name, address, ..lab.machines[0].clone() });
    }
    lab
}

/// A computer with this memory that runs the lab's first machines and one more.
fn computer(name: &str, cpus: u32, memory: u32, more: &str) -> Hypervisor {
    let machines = ["control1", "node1", "node2", more];
    let machines = machines[..if more == "node2" { 3 } else { 4 }].iter().map(|machine| (*machine).to_owned());
    Hypervisor { name: name.into(), cpus, memory, machines: machines.collect() }
}

/// The lab with a certificate that a stack declares, and one that names nobody.
fn certificate() -> Cluster {
    let secrets = vec![
        SecretSpec::self_signed("web", "declared", vec!["declared.test".into(), "*.declared.test".into()], 365),
        SecretSpec::self_signed("web", "nobody", Vec::new(), 365),
    ];
    Cluster { stacks: vec![Stack { secrets, ..Stack::new("web", []) }], ..lab() }
}

/// The lab, whose second worker serves its own metrics and has a third beside it that does not.
fn metrics_lab() -> Cluster {
    let mut lab = lab();
    let metrics = HostService { name: "node-exporter".into(), port: 9100, protocol: "TCP".into() };
    lab.machines[2].services.push(metrics);
    let address = lab.network.host(23).expect("an address of the subnet");
    lab.machines.push(Machine::new("node3", Role::Worker, (2, 2048), address));
    lab
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
