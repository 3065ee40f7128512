//! Clusters that fixtures put their objects on.

use stackwright::prelude::*;

/// The cluster of a name.
pub fn cluster(name: &str) -> Cluster {
    match name {
        "lab" => lab(),
        "twins" => Cluster { machines: [lab().machines, lab().machines].concat(), ..lab() },
        "no-workers" => Cluster { machines: lab().machines[..1].to_vec(), ..lab() },
        _ => panic!("no cluster {name} in tests/clusters"),
    }
}

/// A control plane and two workers of 2 CPUs and 2048 MiB on 192.168.56.0/24.
pub fn lab() -> Cluster {
    let network = Network::new("192.168.56.0/24").expect("a subnet");
    let machine = |name: &str, role, address| Machine {
        name: name.into(),
        role,
        cpus: 2,
        memory: 2048,
        address: network.host(address).expect("an address of the subnet"),
    };
    Cluster {
        name: "lab".into(),
        about: "A lab.".into(),
        kubernetes: "1.35.4".into(),
        network,
        machines: vec![
            machine("control1", Role::ControlPlane, 11),
            machine("node1", Role::Worker, 21),
            machine("node2", Role::Worker, 22),
        ],
        hosts: vec![],
        steps: vec![],
        stacks: vec![],
    }
}
