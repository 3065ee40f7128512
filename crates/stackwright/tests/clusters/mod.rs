//! Clusters that fixtures put their objects on.

use stackwright::charts::kube_prometheus_stack::{CHART, Prometheus, PrometheusSpec, Values};
use stackwright::prelude::*;

/// The cluster of a name.
pub fn cluster(name: &str) -> Cluster {
    match name {
        "lab" => lab(),
        "twins" => Cluster { machines: [lab().machines, lab().machines].concat(), ..lab() },
        "no-workers" => Cluster { machines: lab().machines[..1].to_vec(), ..lab() },
        "traefik" => providing(Provided { ingress_classes: vec!["traefik".into()], ..default() }),
        "k3s" => providing(Provided {
            storage_classes: vec!["local-path".into()],
            namespaces: vec!["metallb-system".into()],
            kinds: vec!["IPAddressPool".into()],
            ..default()
        }),
        "declared" => having(Stack { secrets: vec![SecretSpec::login("web", "login", "web")], ..default() }),
        "monitored" => having(Stack { releases: vec![monitoring(&Values::default())], ..default() }),
        "monitored-all" => having(Stack { releases: vec![monitoring(&takes_all())], ..default() }),
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

fn providing(provided: Provided) -> Cluster {
    Cluster { provided, ..lab() }
}

fn having(stack: Stack) -> Cluster {
    Cluster { stacks: vec![stack], ..lab() }
}

/// A release of kube-prometheus-stack, whose Prometheus by default takes only what carries the release's label.
fn monitoring(values: &Values) -> Release {
    Release::new("prom", "monitor", CHART, values)
}

fn takes_all() -> Values {
    let spec = PrometheusSpec { service_monitor_selector_nil_uses_helm_values: Some(false), ..default() };
    Values { prometheus: Some(Prometheus { prometheus_spec: Some(spec), ..default() }), ..default() }
}
