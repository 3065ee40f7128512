//! The machines' files: what their parameters change, and values that mean something to Ruby, a shell or Ansible, which are inert or
//! refused.
//!
//! The hostile snapshots are also run: `e2e/machines/run` evaluates them with Ruby and Bash and finds the very same text again.

use std::fmt::Write as _;

use stackwright::prelude::*;
use stackwright_stacks::kubespray::{self, Helm};
use stackwright_stacks::nfs::{self, Export};
use stackwright_stacks::vagrant;

/// Quotes, substitutions of shells and of Ruby, a backslash before a quote, a line break and what looks like an option.
const HOSTILE: &str = include_str!("hostile.txt");

const HELM: Helm<'static> = Helm {
    version: "4.2.4",
    amd64: "c306b46f719b0a4da32d0f78ee21bf90ce8d602f15b22ab753f0674d1670a7f3",
    arm64: "564de2191b881e9f71b5606b25345821ea1682f06ab90499d3ab22b530176da1",
};

#[test]
fn virtual_machines_with_every_parameter() {
    let mut machines = machines("kube-node1");
    machines[1].data_disk = Some(DataDisk { gibibytes: 10, mounted_at: "/srv/data".into() });
    let config = vagrant::Config {
        machines: &machines,
        image: "bento/ubuntu-22.04",
        image_version: Some("202510.26.0"),
        apt_mirror: Some("http://ftp.kaist.ac.kr"),
        allowed_networks: &[],
    };
    let stack = vagrant::stack(&config).expect("a stack");
    assert_snapshot("parameters-Vagrantfile", &stack.files[0].text);
    assert_eq!(stack.files[1].path, "machines/apt-mirror.sh");
}

#[test]
fn three_control_planes_and_storage_on_a_worker() {
    let mut machines = machines("kube-node1").to_vec();
    for number in 2..=3 {
        let name = format!("kube-control{number}");
        machines.push(Machine { name, address: [192, 168, 56, 10 + number].into(), ..machines[0].clone() });
    }
    machines[1].data_disk = Some(DataDisk { gibibytes: 100, mounted_at: "/srv".into() });
    let export = Export { server: &machines[1], directory: "/srv/volumes" };
    let clients = ["192.168.56.0/24", "10.1.0.0/16"].map(|cidr| Network::new(cidr).expect("a subnet"));
    let stacks = [
        kubespray::stack(&kubespray::Config { export, ..kubespray(&machines) }),
        nfs::stack(&nfs::Config {
            export,
            clients: &clients,
            pods: Network::new("10.233.64.0/18").expect("a subnet"),
            namespace: "storage",
            machines: &machines,
        }),
    ];
    let files = stacks.into_iter().flat_map(|stack| stack.expect("a stack").files);
    let text: Vec<_> = files
        .filter(|file| !file.path.starts_with("machines/remote") && !file.path.starts_with("machines/steps"))
        .map(|file| match file.path.file_name() {
            Some("bootstrap.sh") => format!("# {}\n{}", file.path, values(&file.text)),
            _ => format!("# {}\n{}", file.path, file.text),
        })
        .collect();
    assert_snapshot("parameters-kubespray-nfs", &text.join("\n"));
}

#[test]
fn hostile_values_are_inert_in_ruby() {
    let config = vagrant::Config {
        machines: &machines(HOSTILE),
        image: HOSTILE,
        image_version: Some(HOSTILE),
        apt_mirror: None,
        allowed_networks: &[],
    };
    let stack = vagrant::stack(&config).expect("Ruby can quote any text");
    assert_snapshot("hostile-Vagrantfile", &stack.files[0].text);
}

#[test]
fn hostile_values_are_inert_in_a_shell() {
    let directory = format!("/{HOSTILE}");
    let machines = machines("kube-node1");
    let stack = kubespray::stack(&kubespray::Config {
        release: HOSTILE,
        export: Export { server: &machines[0], directory: &directory },
        ..kubespray(&machines)
    });
    let stack = stack.expect("a shell can quote any text");
    assert_snapshot("hostile-bootstrap", values(&stack.files[0].text));
}

#[test]
fn hostile_values_are_refused_where_nothing_quotes_them() {
    let machines = machines("kube-node1");
    let network = Network::new("192.168.56.0/24").expect("a subnet");
    let mut refusals = String::new();

    for directory in
        ["srv", "/srv/../etc", "/srv/a b", "/srv *(rw)", "/srv\n/ *(rw)", "/srv/$(id)", "/srv/`id`", "/srv/#{}"]
    {
        let export = Export { server: &machines[0], directory };
        let refused = nfs::stack(&nfs::Config {
            export,
            clients: &[network],
            namespace: "nfs",
            pods: network,
            machines: &machines,
        });
        note(&mut refusals, "exported directory", directory, refused);
    }
    for name in
        ["", "-node", "node-", "Node1", "node 1", "node1\n[all:vars]", "node[1:3]", "node1=x", "$(id)", "`id`", "#{id}"]
    {
        let named = [machines[0].clone(), Machine { name: name.into(), ..machines[1].clone() }];
        note(&mut refusals, "machine", name, kubespray::stack(&kubespray(&named)));
    }
    for host in ["", "a b", "-a", "a\n127.0.0.1 b", "$(id)", "#"] {
        let hosts = [(host.to_owned(), machines[0].address)];
        let config = kubespray::Config { hosts: &hosts, ..kubespray(&machines) };
        note(&mut refusals, "host", host, kubespray::stack(&config));
    }
    for kubernetes in ["v1.35.4", "1.35", "{{ lookup('pipe', 'id') }}", "1.35.4\n"] {
        let config = kubespray::Config { kubernetes, ..kubespray(&machines) };
        note(&mut refusals, "Kubernetes", kubernetes, kubespray::stack(&config));
    }
    for sum in ["", "{{ lookup('pipe', 'id') }}", "'] + lookup('pipe', 'id') + ['"] {
        let config = kubespray::Config { helm: Helm { amd64: sum, ..HELM }, ..kubespray(&machines) };
        note(&mut refusals, "checksum", sum, kubespray::stack(&config));
    }
    let release = "--upload-pack=id";
    note(&mut refusals, "release", release, kubespray::stack(&kubespray::Config { release, ..kubespray(&machines) }));
    for mirror in [
        "",
        "ftp.example",
        "file:///etc",
        "http://",
        "http://a b",
        "http://a#b",
        "http://a\nb",
        "http://$(id)",
        "http://`id`",
    ] {
        let config = vagrant::Config {
            machines: &machines,
            image: "box",
            image_version: None,
            apt_mirror: Some(mirror),
            allowed_networks: &[],
        };
        note(&mut refusals, "mirror", mirror, vagrant::stack(&config));
    }
    assert_snapshot("hostile-refusals", &refusals);
}

#[test]
fn machines_that_make_no_cluster_are_refused() {
    let machines = machines("kube-node1");
    let mut refusals = String::new();
    let two = [machines[0].clone(), machines[0].clone(), machines[1].clone()];
    let taken = [machines[0].clone(), Machine { address: [192, 168, 56, 205].into(), ..machines[1].clone() }];
    for (what, machines) in
        [("no worker", &machines[..1]), ("no control plane", &machines[1..]), ("even", &two[..]), ("taken", &taken[..])]
    {
        note(&mut refusals, "machines", what, kubespray::stack(&kubespray(machines)));
    }
    for (gibibytes, mounted_at) in [
        (0, "/srv"),
        (1, ""),
        (1, "/"),
        (1, "srv"),
        (1, "/srv/"),
        (1, "/srv/../etc"),
        (1, "/srv/a b"),
        (1, "/srv\n/ ext4"),
    ] {
        let data_disk = Some(DataDisk { gibibytes, mounted_at: mounted_at.into() });
        let with_disk = [Machine { data_disk, ..machines[0].clone() }, machines[1].clone()];
        note(&mut refusals, "data disk", mounted_at, kubespray::stack(&kubespray(&with_disk)));
    }
    assert_snapshot("refused-machines", &refusals);
}

/// VirtualBox would refuse it when the machines are started, and Vagrant before.
#[test]
fn a_network_that_virtualbox_refuses_is_refused_at_render() {
    let network = |cidr| Network::new(cidr).expect("a subnet");
    let mut refusals = String::new();
    let stack = |address: [u8; 4], allowed: &[Network]| {
        let mut machines = machines("kube-node1");
        machines[1].address = address.into();
        let config = vagrant::Config {
            machines: &machines,
            image: "box",
            image_version: None,
            apt_mirror: None,
            allowed_networks: allowed,
        };
        vagrant::stack(&config)
    };
    // The first and the last address of 192.168.56.0/21.
    for address in [[192, 168, 56, 0], [192, 168, 63, 255]] {
        assert!(stack(address, &[]).is_ok(), "{address:?}");
    }
    for address in [[192, 168, 55, 255], [192, 168, 64, 0], [10, 0, 0, 21]] {
        note(&mut refusals, "address", &format!("{address:?}"), stack(address, &[]));
    }
    let allowed = [network("192.168.56.0/24"), network("10.0.0.0/16")];
    assert!(stack([10, 0, 0, 21], &allowed).is_ok());
    note(&mut refusals, "address", "beside those of networks.conf", stack([10, 1, 0, 21], &allowed));
    assert_snapshot("refused-networks", &refusals);
}

/// A variable that the release does not define is ignored in silence, as `ingress_nginx_enabled` is since v2.31.
/// `e2e/machines/known_variables.py` refreshes the list.
#[test]
fn every_variable_is_one_that_the_release_defines() {
    let known: Vec<_> = include_str!("../../e2e/machines/kubespray-v2.31.0.txt").lines().collect();
    assert!(!known.contains(&"ingress_nginx_enabled"));
    let clusters = stackwright_stacks::clusters().expect("every cluster can be described");
    let files = clusters.iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.files);
    let mut count = 0;
    for file in files.filter(|file| file.path.as_str().contains("/group_vars/")) {
        for entry in stackwright::yaml::read(&file.text).expect("YAML").documents[0].entries() {
            assert!(known.contains(&entry.key.as_str()), "{} sets {}, which is no variable", file.path, entry.key);
            count += 1;
        }
    }
    assert!(count > 10, "{count} variables");
}

/// The part of `bootstrap.sh` that holds the values.
fn values(bootstrap: &str) -> &str {
    bootstrap.split("readonly STEPS=").next().unwrap_or_default()
}

fn machines(worker: &str) -> [Machine; 2] {
    let machine = |name: &str, role, host| Machine::new(name, role, (2, 3072), [192, 168, 56, host].into());
    [machine("kube-control1", Role::ControlPlane, 11), machine(worker, Role::Worker, 21)]
}

fn kubespray(machines: &[Machine]) -> kubespray::Config<'_> {
    let network = |cidr| Network::new(cidr).expect("a subnet");
    let range = "192.168.56.200-192.168.56.209";
    kubespray::Config {
        release: "v2.31.0",
        kubernetes: "1.35.4",
        helm: HELM,
        machines,
        services: network("10.233.0.0/18"),
        pods: network("10.233.64.0/18"),
        load_balancers: network("192.168.56.0/24").range(range).expect("a range"),
        export: Export { server: &machines[0], directory: "/srv/nfs-volume" },
        hosts: &[],
    }
}

fn note(refusals: &mut String, what: &str, value: &str, outcome: Result<Stack, Error>) {
    let error = outcome.expect_err(&format!("{what} {value:?} is taken"));
    writeln!(refusals, "{what} {value:?}\n  {error}\n  {}", error.help()).expect("a string takes any text");
}

fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots/machines"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
