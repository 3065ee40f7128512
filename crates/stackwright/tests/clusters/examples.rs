//! The clusters that the pages in docs/checks show, word by word: `lab()` is a control plane and two workers.

use serde_json::json;
use stackwright::charts::kube_prometheus_stack;
use stackwright::prelude::*;

use super::{behind_firewalls, computer, control_planes, inflated, lab, proxied, range, reserving};

/// The cluster of a function's name, with dashes.
pub fn cluster(name: &str) -> Option<Cluster> {
    Some(match name {
        "a-value-that-the-chart-does-not-read" => a_value_that_the_chart_does_not_read(),
        "a-value-that-the-chart-reads" => a_value_that_the_chart_reads(),
        "an-inflated-release-with-other-values" => an_inflated_release_with_other_values(),
        "an-inflated-release-with-its-values" => an_inflated_release_with_its_values(),
        "with-metrics-server" => with_metrics_server(),
        "with-metallb" => with_metallb(),
        "web-server-on-the-workers" => web_server_on_the_workers(),
        "pool-in-the-range-of-dhcp" => pool_in_the_range_of_dhcp(),
        "pool-behind-the-range-of-dhcp" => pool_behind_the_range_of_dhcp(),
        "pool-with-the-gateway" => pool_with_the_gateway(),
        "pool-without-the-gateway" => pool_without_the_gateway(),
        "services-among-the-pods" => services_among_the_pods(),
        "services-beside-the-pods" => services_beside_the_pods(),
        "virtual-address-of-a-host" => virtual_address_of_a_host(),
        "virtual-address-of-its-own" => virtual_address_of_its_own(),
        "two-services-at-one-port" => two_services_at_one_port(),
        "two-services-at-two-ports" => two_services_at_two_ports(),
        "an-address-of-another-network" => an_address_of_another_network(),
        "an-address-of-its-network" => an_address_of_its_network(),
        "two-hosts-of-one-address" => two_hosts_of_one_address(),
        "two-hosts-of-two-addresses" => two_hosts_of_two_addresses(),
        "control-plane-of-one-cpu" => control_plane_of_one_cpu(),
        "control-plane-of-two-cpus" => control_plane_of_two_cpus(),
        "rules-until-the-next-start" => rules_until_the_next_start(),
        "rules-of-nftables-service" => rules_of_nftables_service(),
        "computer-of-four-gibibytes" => computer_of_four_gibibytes(),
        "computer-of-eight-gibibytes" => computer_of_eight_gibibytes(),
        "two-control-planes" => two_control_planes(),
        "three-control-planes" => three_control_planes(),
        "proxy-for-a-name-without-a-rule" => proxy_for_a_name_without_a_rule(),
        "proxy-for-a-name-with-a-rule" => proxy_for_a_name_with_a_rule(),
        "proxy-for-a-name-without-a-record" => proxy_for_a_name_without_a_record(),
        "proxy-for-names-with-records" => proxy_for_names_with_records(),
        "proxy-that-is-not-believed" => proxy_that_is_not_believed(),
        "proxy-that-is-believed" => proxy_that_is_believed(),
        "proxy-for-some-that-is-open" => proxy_for_some_that_is_open(),
        "proxy-for-some" => proxy_for_some(),
        "web-server-without-an-opening" => web_server_without_an_opening(),
        "web-server-with-an-opening" => web_server_with_an_opening(),
        "forward-to-a-port-of-nobody" => forward_to_a_port_of_nobody(),
        "forward-to-a-web-server" => forward_to_a_web_server(),
        "two-forwards-of-one-port" => two_forwards_of_one_port(),
        "two-forwards-of-two-ports" => two_forwards_of_two_ports(),
        "forward-to-a-shut-port" => forward_to_a_shut_port(),
        "forward-to-an-open-port" => forward_to_an_open_port(),
        "api-server-for-strangers" => api_server_for_strangers(),
        "api-server-for-administrators" => api_server_for_administrators(),
        _ => return None,
    })
}

fn subnet(text: &str) -> Subnet {
    Subnet::new(text).expect("a subnet")
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

fn an_inflated_release_with_other_values() -> Cluster {
    let (one, two) = (json!({ "replicas": 1 }), json!({ "replicas": 2 }));
    Cluster { stacks: vec![inflated(&one, &two)], ..lab() }
}

fn an_inflated_release_with_its_values() -> Cluster {
    let two = json!({ "replicas": 2 });
    Cluster { stacks: vec![inflated(&two, &two)], ..lab() }
}

fn with_metrics_server() -> Cluster {
    Cluster { provided: Provided { apis: vec!["metrics.k8s.io".into()], ..default() }, ..lab() }
}

fn with_metallb() -> Cluster {
    let provided = Provided {
        load_balancer: Some("metallb".into()),
        kinds: vec!["IPAddressPool".into(), "L2Advertisement".into()],
        namespaces: vec!["metallb-system".into()],
        ..default()
    };
    Cluster { provided, ..lab() }
}

fn web_server_on_the_workers() -> Cluster {
    let mut lab = lab();
    for worker in &mut lab.nodes[1..] {
        worker.host.listeners = vec![Listener::tcp("nginx", 80)];
    }
    lab
}

fn pool_in_the_range_of_dhcp() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.150-192.168.56.209")],
        ..reserving(lab(), &[(Holder::Dhcp, range("192.168.56.100-192.168.56.199"))])
    }
}

fn pool_behind_the_range_of_dhcp() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.200-192.168.56.209")],
        ..reserving(lab(), &[(Holder::Dhcp, range("192.168.56.100-192.168.56.199"))])
    }
}

fn pool_with_the_gateway() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.1-192.168.56.10")],
        ..reserving(lab(), &[(Holder::Gateway, range("192.168.56.1"))])
    }
}

fn pool_without_the_gateway() -> Cluster {
    Cluster {
        load_balancers: vec![range("192.168.56.2-192.168.56.10")],
        ..reserving(lab(), &[(Holder::Gateway, range("192.168.56.1"))])
    }
}

fn services_among_the_pods() -> Cluster {
    Cluster { pods: vec![subnet("10.233.0.0/16")], services: vec![subnet("10.233.0.0/18")], ..lab() }
}

fn services_beside_the_pods() -> Cluster {
    Cluster { pods: vec![subnet("10.233.64.0/18")], services: vec![subnet("10.233.0.0/18")], ..lab() }
}

fn virtual_address_of_a_host() -> Cluster {
    reserving(lab(), &[(Holder::VirtualIp, range("192.168.56.11"))])
}

fn virtual_address_of_its_own() -> Cluster {
    reserving(lab(), &[(Holder::VirtualIp, range("192.168.56.10"))])
}

fn two_services_at_one_port() -> Cluster {
    let mut lab = lab();
    lab.nodes[1].host.listeners = vec![Listener::tcp("nginx", 8080), Listener::tcp("jenkins", 8080)];
    lab
}

fn two_services_at_two_ports() -> Cluster {
    let mut lab = lab();
    lab.nodes[1].host.listeners = vec![Listener::tcp("nginx", 8080), Listener::tcp("jenkins", 8081)];
    lab
}

fn an_address_of_another_network() -> Cluster {
    let mut lab = lab();
    let nic = Nic { addresses: vec![[192, 168, 57, 22].into()], ..lab.nodes[2].host.nics[0].clone() };
    lab.nodes[2] = Node::worker(Host { nics: vec![nic], ..lab.nodes[2].host.clone() }).expect("an address");
    lab
}

fn an_address_of_its_network() -> Cluster {
    let mut lab = lab();
    let nic = Nic::on(&lab.networks[0], 22).expect("an address of the subnet");
    lab.nodes[2] = Node::worker(Host { nics: vec![nic], ..lab.nodes[2].host.clone() }).expect("an address");
    lab
}

fn two_hosts_of_one_address() -> Cluster {
    let mut lab = lab();
    let nics = lab.nodes[1].host.nics.clone();
    lab.nodes[2] = Node::worker(Host { nics, ..lab.nodes[2].host.clone() }).expect("an address");
    lab
}

fn two_hosts_of_two_addresses() -> Cluster {
    let mut lab = lab();
    let nics = vec![Nic::on(&lab.networks[0], 23).expect("an address of the subnet")];
    lab.nodes[2] = Node::worker(Host { nics, ..lab.nodes[2].host.clone() }).expect("an address");
    lab
}

fn control_plane_of_one_cpu() -> Cluster {
    let mut lab = lab();
    lab.nodes[0].host.cpus = 1;
    lab
}

fn control_plane_of_two_cpus() -> Cluster {
    let mut lab = lab();
    lab.nodes[0].host.cpus = 2;
    lab
}

fn rules_until_the_next_start() -> Cluster {
    let script = "#!/bin/sh\nnft add rule inet filter input tcp dport 30080 accept\n";
    let files = vec![File::script("hosts/open.sh", script)];
    Cluster { stacks: vec![Stack { files, ..Stack::new("edge", []) }], ..lab() }
}

fn rules_of_nftables_service() -> Cluster {
    let script = "#!/bin/sh\ncp open.nft /etc/nftables.d/\nsystemctl enable --now nftables.service\n";
    let files = vec![File::script("hosts/open.sh", script)];
    Cluster { stacks: vec![Stack { files, ..Stack::new("edge", []) }], ..lab() }
}

fn computer_of_four_gibibytes() -> Cluster {
    computer(4, 4096)
}

fn computer_of_eight_gibibytes() -> Cluster {
    computer(4, 8192)
}

fn two_control_planes() -> Cluster {
    control_planes(2)
}

fn three_control_planes() -> Cluster {
    control_planes(3)
}

fn forward_to_a_port_of_nobody() -> Cluster {
    let lab = lab();
    let nginx = Listener::tcp("nginx", 8080);
    let way_in = forward_to(("router", 80), &nginx, &lab.nodes[1].host).expect("an address");
    Cluster { ways_in: vec![way_in], ..lab }
}

fn forward_to_a_web_server() -> Cluster {
    let mut lab = lab();
    let nginx = Listener::tcp("nginx", 8080);
    lab.nodes[1].host.listeners = vec![nginx.clone()];
    let way_in = forward_to(("router", 80), &nginx, &lab.nodes[1].host).expect("an address");
    Cluster { ways_in: vec![way_in], ..lab }
}

fn two_forwards_of_one_port() -> Cluster {
    let lab = web_server_on_the_workers();
    let forward = |host: &Host| forward_to(("router", 80), &host.listeners[0], host).expect("an address");
    Cluster { ways_in: vec![forward(&lab.nodes[1].host), forward(&lab.nodes[2].host)], ..lab }
}

fn two_forwards_of_two_ports() -> Cluster {
    let lab = web_server_on_the_workers();
    let forward = |port, host: &Host| forward_to(("router", port), &host.listeners[0], host).expect("an address");
    Cluster { ways_in: vec![forward(80, &lab.nodes[1].host), forward(8080, &lab.nodes[2].host)], ..lab }
}

fn forward_to_a_shut_port() -> Cluster {
    let lab = forward_to_a_web_server();
    let office = Source::Subnets(vec![subnet("192.168.56.0/24")]);
    let openings = vec![Opening::tcp("nginx", &[8080], office)];
    behind_firewalls(lab, &openings)
}

fn forward_to_an_open_port() -> Cluster {
    let lab = forward_to_a_web_server();
    let openings = vec![Opening::tcp("nginx", &[8080], Source::Anyone)];
    behind_firewalls(lab, &openings)
}

fn api_server_for_strangers() -> Cluster {
    let lab = lab();
    let api = Listener::tcp("API server", 6443);
    let way_in = forward_to(("router", 6443), &api, &lab.nodes[0].host).expect("an address");
    Cluster { ways_in: vec![way_in], ..lab }
}

fn api_server_for_administrators() -> Cluster {
    let lab = lab();
    let api = Listener::tcp("API server", 6443);
    let way_in = forward_to(("router", 6443), &api, &lab.nodes[0].host).expect("an address");
    let office = Source::Subnets(vec![subnet("203.0.113.0/29")]);
    Cluster { ways_in: vec![WayIn { from: office, ..way_in }], ..lab }
}

fn proxy_for_a_name_without_a_rule() -> Cluster {
    proxied(&["shop.example.com", "www.example.com"], &["shop.example.com"])
}

fn proxy_for_a_name_with_a_rule() -> Cluster {
    proxied(&["shop.example.com"], &["shop.example.com"])
}

fn proxy_for_a_name_without_a_record() -> Cluster {
    let mut lab = proxied(&["shop.example.com", "blog.example.com"], &["*.example.com"]);
    let script = File::script("machines/remote/ddns.sh", "#!/bin/sh\n");
    let names = vec!["shop.example.com".into()];
    lab.stacks[0].artefacts.push(Artefact { names, ..Artefact::new(&lab.nodes[1].host, "dynamic DNS", script) });
    lab
}

fn proxy_for_names_with_records() -> Cluster {
    let mut lab = proxy_for_a_name_without_a_record();
    lab.stacks[0].artefacts[0].names.push("blog.example.com".into());
    lab
}

fn proxy_that_is_not_believed() -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    lab.stacks[0].releases[0].values["ports"]["web"] = json!({ "nodePort": 30080 });
    lab
}

fn proxy_that_is_believed() -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    let trusted = json!({ "trustedIPs": ["192.168.56.0/24"] });
    lab.stacks[0].releases[0].values["ports"]["web"] = json!({ "nodePort": 30080, "forwardedHeaders": trusted });
    lab
}

fn proxy_for_some_that_is_open() -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    lab.ways_in[0].from = Source::Subnets(vec![subnet("203.0.113.0/24")]);
    behind_firewalls(lab, &[Opening::tcp("web", &[8443, 30080], Source::Anyone)])
}

fn proxy_for_some() -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    lab.ways_in[0].from = Source::Subnets(vec![subnet("203.0.113.0/24")]);
    let nginx = Opening::tcp("nginx", &[8443], lab.ways_in[0].from.clone());
    behind_firewalls(lab, &[nginx, Opening::tcp("traefik", &[30080], Source::Anyone)])
}

fn web_server_without_an_opening() -> Cluster {
    let mut lab = web_server_with_an_opening();
    lab.stacks[1].artefacts[1].opens = Some(vec![Opening::tcp("ssh", &[22], Source::Anyone)]);
    lab
}

fn web_server_with_an_opening() -> Cluster {
    let mut lab = lab();
    let nginx = Artefact {
        listeners: vec![Listener::tcp("nginx", 8080)],
        ..Artefact::new(&lab.nodes[1].host, "nginx", File::script("machines/remote/nginx.sh", "#!/bin/sh\n"))
    };
    lab.stacks.push(Stack { artefacts: vec![nginx], ..Stack::new("web", []) });
    behind_firewalls(lab, &[Opening::tcp("nginx", &[8080], Source::Anyone)])
}
