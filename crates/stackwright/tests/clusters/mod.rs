//! Clusters that fixtures put their objects on.

use stackwright::charts::traefik::CHART;
use stackwright::prelude::*;

/// The cluster of a name.
pub fn cluster(name: &str) -> Cluster {
    match name {
        "lab" => lab(),
        "twins" => Cluster { machines: [lab().machines, lab().machines].concat(), ..lab() },
        "no-workers" => Cluster { machines: lab().machines[..1].to_vec(), ..lab() },
        "released" => Cluster { stacks: vec![traefik()], ..lab() },
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

/// A stack of a release of Traefik in the namespace traefik, and nothing else.
fn traefik() -> Stack {
    let values: [(&str, &str); 0] = [];
    Stack { releases: vec![Release::new("traefik", "traefik", CHART, &values)], ..Stack::new("traefik", []) }
}
