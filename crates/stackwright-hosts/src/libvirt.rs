//! Virtual machines by libvirt and KVM, on a bridge of one or several computers: a script that makes and starts them, and what cloud-init does in
//! each at first.
//!
//! Each instance has the address that its [`Host`] has, on the network that its computer is on: others reach it as any host there. Its disk grows
//! from an image for clouds, which the script downloads once and checks. cloud-init reads its name, its address and who may log in from a second,
//! small disk: a seed, by the source [`NoCloud`](https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html).
//!
//! The script asks libvirt for all of it, disks included. So it needs no root, and a computer may be another one, reached by ssh.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
//! use stackwright_hosts::libvirt::{self, Computer, UBUNTU_24_04};
//!
//! # fn main() -> Result<(), Error> {
//! let subnet = Subnet::new("192.168.96.0/20")?;
//! let lan = Network { reserved: vec![(Holder::Gateway, subnet.range("192.168.96.1")?)], ..Network::new("lan", subnet) };
//! let nic = |number, interface: &str| -> Result<Nic, Error> {
//!     Ok(Nic { interface: Some(interface.into()), ..Nic::on(&lan, number)? })
//! };
//! // `br0` is a bridge there, which its network card is in.
//! let kvm = Host::new("kvm", (16, 64 * 1024), nic(10, "br0")?);
//! let host = |name, number| -> Result<Host, Error> {
//!     let host = Host::new(name, (2, 4096), nic(number, "lan0")?);
//!     Ok(Host { disk: Some(40), runs_on: Some(kvm.name.clone()), ..host })
//! };
//! let server = Node { taints: vec![], ..Node::control_plane(host("kmaster1", 31)?)? };
//! let nodes = [server, Node::worker(host("kworker1", 41)?)?];
//!
//! let networks = [lan];
//! let machines = libvirt::Config {
//!     computers: &[Computer { host: &kvm, connection: "qemu+ssh://admin@192.168.96.10/system" }],
//!     hosts: nodes.iter().map(|node| &node.host).collect(),
//!     networks: &networks,
//!     nameservers: &["192.168.96.1".parse().expect("an address")],
//!     image: UBUNTU_24_04,
//!     pool: "lab",
//! };
//! let platform = k3s::platform(&k3s::Config {
//!     release: K3S_1_36,
//!     access: &libvirt::access(&machines)?,
//!     nodes: &nodes,
//!     networks: &networks,
//!     services: &[Subnet::new(SERVICES)?],
//!     pods: &[Subnet::new(PODS)?],
//!     tls_san: &[],
//!     disable: &[],
//!     artefacts: vec![],
//!     names: &[],
//! })?;
//!
//! let cluster = Cluster {
//!     stacks: vec![platform.stack, libvirt::stack(&machines)?],
//!     hosts: vec![kvm],
//!     networks: networks.into(),
//!     nodes: platform.nodes,
//!     provided: platform.provided,
//!     ..Cluster::new("lab", "1.36.1")
//! };
//! assert_eq!(stackwright::check(&cluster), []);
//! let files = stackwright::render::render(&cluster)?;
//! assert!(files.iter().any(|(path, _)| path == "lab/machines/libvirt/kworker1/network-config"));
//! # Ok(())
//! # }
//! ```

mod check;

use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use crate::cloud_init::{MetaData, UserData};
use crate::instances::{self, Instance};
use crate::netplan::Netplan;
use crate::{Access, ssh};
use check::checked;

/// What the instances are made of.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The computers that they run on. Each has a NIC on their network, whose [name](Nic::interface) is that of a bridge there.
    pub computers: &'a [Computer<'a>],
    /// The hosts that become instances, in the order in which they are started. Each [runs on](Host::runs_on) one of the computers. It has one NIC,
    /// which gets the [name](Nic::interface) that it has here. Its disk is as large as its `disk` says; its `data_disk` is a second one.
    pub hosts: Vec<&'a Host>,
    /// The networks of these. Where the instances' own has a gateway, they go out by it.
    pub networks: &'a [Network],
    /// Who tells the instances the addresses of names.
    pub nameservers: &'a [IpAddr],
    /// What their disks hold at first.
    pub image: Image<'a>,
    /// libvirt's storage pool for their disks, on each computer. It is the cluster's own: made with the first instance, in a folder of this name
    /// in `/var/lib/libvirt/images/`, and deleted with the last. To have it elsewhere, define it there before.
    pub pool: &'a str,
}

/// A computer with KVM.
#[derive(Debug, Clone, Copy)]
pub struct Computer<'a> {
    /// What it has to give, and its NICs.
    pub host: &'a Host,
    /// The URI by which `virsh` reaches it: `qemu:///system` on itself, `qemu+ssh://admin@kvm1/system` from elsewhere.
    pub connection: &'a str,
}

/// An image for clouds: a disk in the format qcow2, with cloud-init on it.
#[derive(Debug, Clone, Copy)]
pub struct Image<'a> {
    /// Where it is downloaded from: `https://`, or `file://` for one that is there.
    pub url: &'a str,
    /// Its SHA-256.
    pub sha256: &'a str,
    /// Who is on it, with `sudo` and no password for that.
    pub user: &'a str,
}

/// Ubuntu 24.04 for x86_64, as of 2026-08-14. The sum is that of Ubuntu's own `SHA256SUMS` beside it, which is signed.
pub const UBUNTU_24_04: Image = Image {
    url: "https://cloud-images.ubuntu.com/releases/noble/release-20260814/ubuntu-24.04-server-cloudimg-amd64.img",
    sha256: "6e40c07ae715f744f84af0bec76415cc1987dd115b4b8de437818561f01a3733",
    user: "ubuntu",
};

const PROVIDER: &str = "libvirt";
/// The script that makes, starts, stops and deletes the instances.
const SCRIPT: &str = "machines/libvirt/instances.sh";
/// Who may log in to them: a person writes it.
const AUTHORIZED_KEYS: &str = "machines/libvirt/authorized_keys";
/// What is on each seed beside the folder of its instance.
const USER_DATA: &str = "machines/libvirt/user-data";
/// The oldest with `--osinfo`, which Ubuntu 22.04 has.
const VIRT_INSTALL: &str = "4.0";

/// The script for the instances, what their seeds are made of, and the way to them: by ssh, as the image's user.
///
/// What runs stays as it is, and what is missing is made. Each gets a host key from the script, so that ssh asks about none.
///
/// # Errors
/// When the hosts are on different networks or on none of their computers', when one cannot be an instance, or when a value is not what it has to be.
pub fn access(config: &Config) -> Result<Access, Error> {
    let placed = checked(config)?;
    let instances: Vec<&Instance> = placed.iter().map(|placed| &placed.instance).collect();
    let Access { hosts, mut files, .. } = ssh::access(config.image.user, config.hosts.iter().copied())?;
    files.push(UserData { ssh_pwauth: false, write_files: vec![], runcmd: vec![] }.file(USER_DATA)?);
    for instance in &instances {
        files.extend(seed(instance, config)?);
    }
    let Image { url, sha256, .. } = config.image;
    let script = Script { provider: PROVIDER, instances: &instances, placed: &placed, pool: config.pool, url, sha256 };
    files.push(instances::script(SCRIPT, include_str!("libvirt/instances.sh.j2"), script)?);
    files.push(File::new("machines/libvirt/.gitignore", "/authorized_keys\n/images/\n"));

    let connections: Vec<&str> = config.computers.iter().map(|computer| computer.connection).collect();
    let needs = Needs {
        provider: PROVIDER,
        folder: "libvirt",
        virt_install: VIRT_INSTALL,
        instances: &instances,
        placed: &placed,
        connections: &connections,
    };
    Ok(Access {
        script: instances::access(include_str!("libvirt/access.sh.j2"), needs)?,
        user: config.image.user.into(),
        needs: [format!("Linux with virsh, virt-install {VIRT_INSTALL} or newer, xorriso and curl")]
            .into_iter()
            .chain(config.computers.iter().map(|computer| needs_of(computer, config, &placed)))
            .collect(),
        files,
        hosts,
    })
}

/// The steps: who may log in, and what there is to do later.
///
/// # Errors
/// As [`access`].
pub fn stack(config: &Config) -> Result<Stack, Error> {
    checked(config)?;
    let key = Step::new(
        "Say who may log in to the instances: you, by your public key, which ssh-keygen makes",
        &format!("cp ~/.ssh/id_ed25519.pub {AUTHORIZED_KEYS}"),
    );
    let later = Step::new(
        "Later: stop, start or delete instances, as it says itself. What runs stays, and what is missing is made",
        &format!("{SCRIPT} --help"),
    );
    Ok(Stack { name: PROVIDER.into(), steps: vec![(When::Hosts, key), (When::Running, later)], ..default() })
}

/// An instance, and where it is.
#[derive(Serialize)]
struct Placed<'a> {
    instance: Instance<'a>,
    connection: &'a str,
    bridge: &'a str,
    /// In GiB, and none where there is no such disk.
    data_disk: u32,
}

/// The files of an instance's own on its seed.
fn seed(instance: &Instance, config: &Config) -> Result<[File; 2], Error> {
    let folder = format!("machines/libvirt/{}", instance.name);
    let network = Netplan::of(instance.host, config.networks)?.named_by(&instance.mac).resolved_by(config.nameservers);
    let path = format!("{folder}/network-config");
    Ok([
        MetaData { instance_id: instance.name, local_hostname: instance.name }.file(&format!("{folder}/meta-data"))?,
        File::new(&path, network.text(&path)?),
    ])
}

/// What one of the computers has to have.
fn needs_of(computer: &Computer, config: &Config, placed: &[Placed]) -> String {
    let here: Vec<_> = placed.iter().filter(|placed| placed.connection == computer.connection).collect();
    let memory: u32 = here.iter().map(|placed| placed.instance.memory).sum();
    let disk: u32 = here.iter().map(|placed| placed.instance.disk + placed.data_disk).sum();
    let bridge = check::bridge(config, computer.host).unwrap_or_default();
    format!(
        "`{}` with KVM and libvirt, which `virsh --connect {}` reaches; a bridge `{bridge}` that its network card is in; {memory} MiB of free \
         memory and {disk} GiB of free disk",
        computer.host.name, computer.connection
    )
}

#[derive(Serialize)]
struct Script<'a> {
    provider: &'static str,
    instances: &'a [&'a Instance<'a>],
    placed: &'a [Placed<'a>],
    pool: &'a str,
    url: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Needs<'a> {
    provider: &'static str,
    folder: &'static str,
    virt_install: &'static str,
    instances: &'a [&'a Instance<'a>],
    placed: &'a [Placed<'a>],
    connections: &'a [&'a str],
}
