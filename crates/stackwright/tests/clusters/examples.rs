//! The clusters that the pages in docs/checks show, word by word: `lab()` is a control plane and two workers.

use serde_json::json;
use stackwright::charts::kube_prometheus_stack;
use stackwright::prelude::*;

use super::lab;

/// The cluster of a function's name, with dashes.
pub fn cluster(name: &str) -> Option<Cluster> {
    Some(match name {
        "a-value-that-the-chart-does-not-read" => a_value_that_the_chart_does_not_read(),
        "a-value-that-the-chart-reads" => a_value_that_the_chart_reads(),
        "with-metrics-server" => with_metrics_server(),
        "with-metallb" => with_metallb(),
        "web-server-on-the-workers" => web_server_on_the_workers(),
        "pool-in-the-range-of-dhcp" => pool_in_the_range_of_dhcp(),
        "pool-behind-the-range-of-dhcp" => pool_behind_the_range_of_dhcp(),
        "pool-with-the-gateway" => pool_with_the_gateway(),
        "pool-without-the-gateway" => pool_without_the_gateway(),
        "services-among-the-pods" => services_among_the_pods(),
        "services-beside-the-pods" => services_beside_the_pods(),
        "virtual-address-of-a-machine" => virtual_address_of_a_machine(),
        "virtual-address-of-its-own" => virtual_address_of_its_own(),
        "two-services-at-one-port" => two_services_at_one_port(),
        "two-services-at-two-ports" => two_services_at_two_ports(),
        "two-machines-of-one-address" => two_machines_of_one_address(),
        "two-machines-of-two-addresses" => two_machines_of_two_addresses(),
        "control-plane-of-one-cpu" => control_plane_of_one_cpu(),
        "control-plane-of-two-cpus" => control_plane_of_two_cpus(),
        "rules-until-the-next-start" => rules_until_the_next_start(),
        "rules-of-nftables-service" => rules_of_nftables_service(),
        "computer-of-four-gibibytes" => computer_of_four_gibibytes(),
        "computer-of-eight-gibibytes" => computer_of_eight_gibibytes(),
        "two-control-planes" => two_control_planes(),
        "three-control-planes" => three_control_planes(),
        _ => return None,
    })
}

/// Addresses of the lab's network.
fn range(text: &str) -> AddressRange {
    lab().network.range(text).expect("a range of the network")
}

fn subnet(text: &str) -> Network {
    Network::new(text).expect("a subnet")
}

fn a_value_that_the_chart_does_not_read() -> Cluster {
    let values = json!({ "prometheus": { "resources": { "requests": { "memory": "1Gi" } } } });
    let release = Release::new("monitoring", "default", kube_prometheus_stack::CHART, &values);
    Cluster { stacks: vec![Stack { releases: vec![release], ..Stack::new("monitoring", []) }], ..lab() }
}

fn a_value_that_the_chart_reads() -> Cluster {
    let values = json!({ "prometheus": { "prometheusSpec": { "resources": { "requests": { "memory": "1Gi" } } } } });
    let release = Release::new("monitoring", "default", kube_prometheus_stack::CHART, &values);
    Cluster { stacks: vec![Stack { releases: vec![release], ..Stack::new("monitoring", []) }], ..lab() }
}

fn with_metrics_server() -> Cluster {
    Cluster { provided: Provided { apis: vec!["metrics.k8s.io".into()], ..default() }, ..lab() }
}

fn with_metallb() -> Cluster {
    let provided = Provided {
        load_balancer: Some("metallb".into()),
        kinds: vec!["IPAddressPool".into()],
        namespaces: vec!["metallb-system".into()],
        ..default()
    };
    Cluster { provided, ..lab() }
}

fn web_server_on_the_workers() -> Cluster {
    let mut lab = lab();
    for worker in &mut lab.machines[1..] {
        worker.services = vec![HostService { name: "nginx".into(), port: 80, protocol: "TCP".into() }];
    }
    lab
}

fn pool_in_the_range_of_dhcp() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.150-192.168.56.209")],
        reserved: vec![(Holder::Dhcp, range("192.168.56.100-192.168.56.199"))],
        ..lab()
    }
}

fn pool_behind_the_range_of_dhcp() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.200-192.168.56.209")],
        reserved: vec![(Holder::Dhcp, range("192.168.56.100-192.168.56.199"))],
        ..lab()
    }
}

fn pool_with_the_gateway() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.1-192.168.56.10")],
        reserved: vec![(Holder::Other("the gateway".into()), range("192.168.56.1-192.168.56.1"))],
        ..lab()
    }
}

fn pool_without_the_gateway() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.2-192.168.56.10")],
        reserved: vec![(Holder::Other("the gateway".into()), range("192.168.56.1-192.168.56.1"))],
        ..lab()
    }
}

fn services_among_the_pods() -> Cluster {
    Cluster { pods: Some(subnet("10.233.0.0/16")), services: Some(subnet("10.233.0.0/18")), ..lab() }
}

fn services_beside_the_pods() -> Cluster {
    Cluster { pods: Some(subnet("10.233.64.0/18")), services: Some(subnet("10.233.0.0/18")), ..lab() }
}

fn virtual_address_of_a_machine() -> Cluster {
    Cluster { reserved: vec![(Holder::VirtualIp, range("192.168.56.11-192.168.56.11"))], ..lab() }
}

fn virtual_address_of_its_own() -> Cluster {
    Cluster { reserved: vec![(Holder::VirtualIp, range("192.168.56.10-192.168.56.10"))], ..lab() }
}

fn two_services_at_one_port() -> Cluster {
    let service = |name: &str, port| HostService { name: name.into(), port, protocol: "TCP".into() };
    let mut lab = lab();
    lab.machines[1].services = vec![service("nginx", 8080), service("jenkins", 8080)];
    lab
}

fn two_services_at_two_ports() -> Cluster {
    let service = |name: &str, port| HostService { name: name.into(), port, protocol: "TCP".into() };
    let mut lab = lab();
    lab.machines[1].services = vec![service("nginx", 8080), service("jenkins", 8081)];
    lab
}

fn two_machines_of_one_address() -> Cluster {
    let mut lab = lab();
    lab.machines[2].address = lab.machines[1].address;
    lab
}

fn two_machines_of_two_addresses() -> Cluster {
    let mut lab = lab();
    lab.machines[2].address = [192, 168, 56, 23].into();
    lab
}

fn control_plane_of_one_cpu() -> Cluster {
    let mut lab = lab();
    lab.machines[0].cpus = 1;
    lab
}

fn control_plane_of_two_cpus() -> Cluster {
    let mut lab = lab();
    lab.machines[0].cpus = 2;
    lab
}

fn rules_until_the_next_start() -> Cluster {
    let script = "#!/bin/sh\nnft add rule inet filter input tcp dport 30080 accept\n";
    let files = vec![File::script("machines/open.sh", script)];
    Cluster { stacks: vec![Stack { files, ..Stack::new("edge", []) }], ..lab() }
}

fn rules_of_nftables_service() -> Cluster {
    let script = "#!/bin/sh\ncp open.nft /etc/nftables.d/\nsystemctl enable --now nftables.service\n";
    let files = vec![File::script("machines/open.sh", script)];
    Cluster { stacks: vec![Stack { files, ..Stack::new("edge", []) }], ..lab() }
}

fn computer_of_four_gibibytes() -> Cluster {
    let machines = lab().machines.into_iter().map(|machine| machine.name).collect();
    Cluster { hypervisors: vec![Hypervisor { name: "pc".into(), cpus: 4, memory: 4096, machines }], ..lab() }
}

fn computer_of_eight_gibibytes() -> Cluster {
    let machines = lab().machines.into_iter().map(|machine| machine.name).collect();
    Cluster { hypervisors: vec![Hypervisor { name: "pc".into(), cpus: 4, memory: 8192, machines }], ..lab() }
}

fn two_control_planes() -> Cluster {
    let mut lab = lab();
    lab.machines.push(Machine::new("control2", Role::ControlPlane, (2, 2048), [192, 168, 56, 12].into()));
    lab
}

fn three_control_planes() -> Cluster {
    let mut lab = lab();
    lab.machines.push(Machine::new("control2", Role::ControlPlane, (2, 2048), [192, 168, 56, 12].into()));
    lab.machines.push(Machine::new("control3", Role::ControlPlane, (2, 2048), [192, 168, 56, 13].into()));
    lab
}
