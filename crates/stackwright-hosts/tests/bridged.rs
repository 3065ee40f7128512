//! Bridged machines: what their parameters change, what is refused, and values that mean something to Ruby or a shell.

mod support;

use stackwright::prelude::*;
use stackwright_hosts::vagrant::{self, Bridged};
use support::{HOSTILE, assert_snapshot, note, subnet};

#[test]
fn machines_on_two_computers() {
    let (lan, hosts) = (lan(), hosts());
    let artefacts = [k3s(&hosts[0]), k3s(&hosts[1])];
    let machines = vagrant::bridged(&bridged(&hosts, &[lan], &artefacts)).expect("two Vagrantfiles");
    assert_snapshot("bridged", &files(&machines));
    assert_snapshot("bridged-way-up", &format!("{:#?}\n{:#?}", machines.needs, machines.steps));
}

/// Both families, a router for each, a disk for data, and a mirror.
#[test]
fn machines_with_everything() {
    let home = subnet("192.168.1.0/24");
    let home6 = subnet("fd00:1::/64");
    let gateway = |address: &str, subnet: Subnet| (Holder::Gateway, subnet.range(address).expect("a router"));
    let networks = [Network {
        subnets: vec![home, home6],
        reserved: vec![gateway("192.168.1.1", home), gateway("fd00:1::1", home6)],
        ..Network::new("lan", home)
    }];
    let data_disk = Some(DataDisk { gibibytes: 20, mounted_at: "/srv".into() });
    let hosts = [Host { data_disk, ..host("server", 11, &networks[0], Some("desk")) }];
    let config = Bridged { apt_mirror: Some("http://ftp.kaist.ac.kr"), ..bridged(&hosts, &networks, &[]) };
    assert_snapshot("bridged-everything", &files(&vagrant::bridged(&config).expect("a Vagrantfile")));
}

#[test]
fn what_cannot_be_bridged_is_refused() {
    let (networks, hosts) = ([lan()], hosts());
    let refused = |hosts: &[Host]| vagrant::bridged(&bridged(hosts, &networks, &[]));
    let config = bridged(&hosts, &networks, &[]);
    let mut refusals = String::new();
    let without = Bridged { bridges: &[("desk", &["eth0"]), ("laptop", &[])], ..config.clone() };
    note(&mut refusals, "bridge", "none for laptop", vagrant::bridged(&without));
    note(&mut refusals, "mirror", "$(id)", vagrant::bridged(&Bridged { apt_mirror: Some("$(id)"), ..config.clone() }));
    note(&mut refusals, "networks", "none", vagrant::bridged(&Bridged { networks: &[], ..config.clone() }));
    for computer in [Some("../.."), Some(HOSTILE), None] {
        let wrong = [host("server", 11, &lan(), computer)];
        note(&mut refusals, "computer", computer.unwrap_or("none"), refused(&wrong));
    }
    let mut nic = |what: &str, change: fn(&mut Host)| {
        let mut wrong = hosts.clone();
        change(&mut wrong[0]);
        note(&mut refusals, "NICs", what, refused(&wrong));
    };
    nic("two", |host| host.nics.push(host.nics[0].clone()));
    nic("none", |host| host.nics.clear());
    nic("no name", |host| host.nics[0].interface = None);
    nic("eth*", |host| host.nics[0].interface = Some("eth*".into()));
    nic("by DHCP", |host| host.nics[0].addresses.clear());
    nic("of another family", |host| host.nics[0].addresses.push("fd00::1".parse().expect("an address")));
    nic("on another network", |host| host.nics[0].network = "elsewhere".into());
    nic("a name that is a path", |host| host.name = "../server".into());
    assert_snapshot("bridged-refusals", &refusals);
}

/// `e2e/machines/hostile.sh` evaluates it.
#[test]
fn hostile_values_are_inert_in_a_bridged_vagrantfile() {
    let (lan, hosts) = (lan(), hosts());
    let script = File::script("machines/remote/say.sh", "echo \"$1\"\n");
    let artefacts = [Artefact { arguments: vec![HOSTILE.into()], ..Artefact::new(&hosts[0], HOSTILE, script) }];
    let networks = [lan];
    let config =
        Bridged { image: HOSTILE, bridges: &[("desk", &[HOSTILE])], ..bridged(&hosts[..1], &networks, &artefacts) };
    let machines = vagrant::bridged(&config).expect("Ruby can quote any text");
    let vagrantfile =
        machines.files.iter().find(|file| file.path == "machines/desk/Vagrantfile").expect("a Vagrantfile");
    assert_snapshot("hostile-bridged", &vagrantfile.text);
}

/// What their values change.
fn files(machines: &Stack) -> String {
    let is_fixed = |file: &&&File| file.path.starts_with("machines/remote") || file.path == "machines/apt-mirror.sh";
    let files = machines.all_files().into_iter().filter(|file| !is_fixed(&file));
    files.map(|file| format!("# {}\n{}", file.path, file.text)).collect::<Vec<_>>().join("\n")
}

fn bridged<'a>(hosts: &'a [Host], networks: &'a [Network], artefacts: &'a [Artefact]) -> Bridged<'a> {
    Bridged {
        hosts: hosts.iter().collect(),
        networks,
        bridges: &[("desk", &["enp3s0"]), ("laptop", &["Intel(R) Wi-Fi 6 AX201", "en0: Wi-Fi"])],
        image: "bento/ubuntu-24.04",
        image_version: None,
        apt_mirror: None,
        artefacts,
    }
}

fn lan() -> Network {
    Network::new("lan", subnet("192.168.1.0/24"))
}

fn host(name: &str, number: u32, network: &Network, computer: Option<&str>) -> Host {
    let nic = Nic { interface: Some("eth1".into()), ..Nic::on(network, number).expect("an address") };
    Host { runs_on: computer.map(str::to_owned), ..Host::new(name, (2, 4096), nic) }
}

fn hosts() -> [Host; 2] {
    [host("server", 11, &lan(), Some("desk")), host("agent", 12, &lan(), Some("laptop"))]
}

/// What an installer gives to a host: a script, a file and a token.
fn k3s(host: &Host) -> Artefact {
    let name = if host.name == "server" { "token" } else { "agent-token" };
    let token = Key { name: name.into(), file: format!("k3s/{name}").into(), material: Material::Password };
    Artefact {
        arguments: vec![format!("k3s/{}.yaml", host.name), format!("secrets/k3s/{name}")],
        files: vec![File::new(format!("machines/k3s/{}.yaml", host.name), "node-name: it\n")],
        secrets: vec![token],
        ..Artefact::new(host, "K3s", File::script("machines/remote/k3s.sh", "true\n"))
    }
}
