//! Clusters that fixtures put their objects on.

use stackwright::prelude::*;

/// The cluster of a name.
pub fn cluster(name: &str) -> Cluster {
    match name {
        "lab" => lab(),
        "twins" => Cluster { machines: [lab().machines, lab().machines].concat(), ..lab() },
        "no-workers" => Cluster { machines: lab().machines[..1].to_vec(), ..lab() },
        "metrics-lab" => metrics_lab(),
        _ => panic!("no cluster {name} in tests/clusters"),
    }
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

/// The lab, whose second worker serves its own metrics and has a third beside it that does not.
fn metrics_lab() -> Cluster {
    let mut lab = lab();
    let metrics = HostService { name: "node-exporter".into(), port: 9100, protocol: "TCP".into() };
    lab.machines[2].services.push(metrics);
    let address = lab.network.host(23).expect("an address of the subnet");
    lab.machines.push(Machine::new("node3", Role::Worker, (2, 2048), address));
    lab
}
