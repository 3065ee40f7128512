//! Instances of Multipass on one computer that runs Linux: a script that makes and starts them, and what cloud-init does in each at first.
//!
//! Multipass gives an instance a NIC of its own, whose address may be another after each start. So each has a second one, with the address that its
//! [`Host`] has, by a bridge of the computer. Which network that is on chooses how others come to the instances:
//!
//! - **A network inside the computer.** Others ask the computer, which [sends on](WayIn) what arrives at some of its ports, by nftables and in a
//!   table of its own. It asks the instances under its own address, as a proxy does.
//! - **The network that the computer itself is on.** Each instance has an address of its own there, and nothing is forwarded. So visitors'
//!   addresses arrive, and ports need no list: the better way, where the network has addresses to spare and its router lets several
//!   computers be at one cable. Wi-Fi does not.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
//! use stackwright_hosts::multipass;
//!
//! # fn main() -> Result<(), Error> {
//! let lan = Network::new("lan", Subnet::new("192.168.50.0/24")?);
//! let inside = Network::new("instances", Subnet::new("10.120.52.0/24")?);
//! let nic = |network, number, interface: &str| Ok::<_, Error>(Nic { interface: Some(interface.into()), ..Nic::on(network, number)? });
//! let computer = Host {
//!     nics: vec![nic(&lan, 27, "enp3s0")?, nic(&inside, 1, "lab0")?],
//!     ..Host::new("computer", (12, 24 * 1024), nic(&lan, 27, "enp3s0")?)
//! };
//!
//! // One value: by `&lan`, each instance is at an address of its own there.
//! let network = &inside;
//! let host = |name, number| -> Result<Host, Error> {
//!     let host = Host::new(name, (2, 4096), nic(network, number, "lab0")?);
//!     Ok(Host { disk: Some(20), runs_on: Some(computer.name.clone()), ..host })
//! };
//! let server = Node { taints: vec![], ..Node::control_plane(host("node1", 23)?)? };
//! let nodes = [server, Node::worker(host("node2", 24)?)?];
//! let ops = Host { listeners: vec![Listener::tcp("jenkins", 8080)], ..host("ops", 31)? };
//!
//! let networks = [lan, inside.clone()];
//! let machines = multipass::Config {
//!     computer: &computer,
//!     hosts: nodes.iter().map(|node| &node.host).chain([&ops]).collect(),
//!     networks: &networks,
//!     image: "24.04",
//! };
//! // By `forward`, to a node port of a Service.
//! let jenkins = forward_to((&computer.name, 8080), &ops.listeners[0], &ops)?;
//! let ways_in = if machines.is_bridged() { vec![] } else { vec![jenkins] };
//! let platform = k3s::platform(&k3s::Config {
//!     release: K3S_1_36,
//!     access: &multipass::access(&machines)?,
//!     nodes: &nodes,
//!     networks: &networks,
//!     services: &[Subnet::new(SERVICES)?],
//!     pods: &[Subnet::new(PODS)?],
//!     tls_san: &[],
//!     disable: &[],
//!     artefacts: vec![],
//!     names: &[],
//! })?;
//! let multipass = multipass::stack(&machines, &ways_in)?;
//! assert!(multipass.artefacts[0].files[0].text.contains("tcp dport 8080 dnat ip to 10.120.52.31:8080"));
//!
//! let cluster = Cluster {
//!     ways_in,
//!     hosts: vec![ops, computer],
//!     networks: networks.into(),
//!     nodes: platform.nodes,
//!     provided: platform.provided,
//!     stacks: vec![platform.stack, multipass],
//!     ..Cluster::new("lab", "1.36.1")
//! };
//! assert_eq!(stackwright::check(&cluster), []);
//! let files = stackwright::render::render(&cluster)?;
//! assert!(files.iter().any(|(path, _)| path == "lab/machines/multipass/node1.yaml"));
//! # Ok(())
//! # }
//! ```

mod check;
mod user_data;

use serde::Serialize;
use stackwright::prelude::*;

use crate::instances::{self, Instance};
use crate::{Access, forwards, ssh};
use check::checked;
use user_data::user_data;

/// Who is on Ubuntu's images, with `sudo` and no password for that.
pub const USER: &str = "ubuntu";

/// What the instances are made of.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The computer that they run on. Its first NIC is the one by which others reach it. Where the instances are on a network inside it, it has
    /// an address there, too. Each of these NICs says what the computer calls it: a bridge of this name is made for the network inside.
    pub computer: &'a Host,
    /// The hosts that become instances, in the order in which they are started. Each has one NIC, on a network that the computer is on, and it
    /// gets the [name](Nic::interface) that this has. Their disks are as large as their `disk` says.
    pub hosts: Vec<&'a Host>,
    /// The networks of these. Where the instances' own has a gateway, they go out by it.
    pub networks: &'a [Network],
    /// The image, as `multipass find` lists it, such as `24.04`.
    pub image: &'a str,
}

impl Config<'_> {
    /// Whether the instances are on the network by which others reach the computer, and so need no forwards.
    pub fn is_bridged(&self) -> bool {
        let outside = self.computer.nics.first().map(|nic| &nic.network);
        self.hosts.iter().all(|host| host.nics.first().map(|nic| &nic.network) == outside)
    }

    /// The computer's NIC on the network of the instances.
    fn nic(&self) -> Option<&Nic> {
        let network = self.hosts.first()?.nics.first().map(|nic| &nic.network)?;
        self.computer.nics.iter().find(|nic| nic.network == *network)
    }

    /// What the computer calls it.
    fn interface(&self) -> &str {
        self.nic().and_then(|nic| nic.interface.as_deref()).unwrap_or_default()
    }
}

/// The oldest that adds NICs where QEMU runs the instances: its documentation, "Set up custom networking".
const MULTIPASS: &str = "1.15";

const PROVIDER: &str = "Multipass";
/// The script that makes, starts, stops and deletes the instances.
const SCRIPT: &str = "machines/multipass/instances.sh";
/// Who may log in to them: a person writes it.
const AUTHORIZED_KEYS: &str = "machines/multipass/authorized_keys";
/// What gives the computer the network inside, and the forwards.
const COMPUTER: &str = "machines/multipass/computer.sh";

/// The script for the instances, the user-data of each, and the way to them: by ssh from the computer, as [`USER`].
///
/// What runs stays as it is, and what is missing is made. Host keys are learnt by Multipass' own connection, so that ssh asks about none.
///
/// # Errors
/// When the hosts are on different networks, or on none of the computer's, or one cannot be an instance.
pub fn access(config: &Config) -> Result<Access, Error> {
    let instances = checked(config)?;
    let Access { hosts, mut files, .. } = ssh::access(USER, config.hosts.iter().copied())?;
    for instance in &instances {
        files.push(user_data(instance, config.networks)?);
    }
    let script = Script {
        provider: PROVIDER,
        image: config.image,
        interface: config.interface(),
        bridged: config.is_bridged(),
        user: USER,
        computer: COMPUTER,
        instances: &instances,
    };
    files.push(instances::script(SCRIPT, include_str!("multipass/instances.sh.j2"), script)?);
    files.push(File::new("machines/multipass/.gitignore", "/authorized_keys\n"));

    let memory: u32 = hosts.iter().map(|host| host.memory).sum();
    let disk: u32 = instances.iter().map(|instance| instance.disk).sum();
    let needs = Needs { provider: PROVIDER, folder: "multipass", multipass: MULTIPASS, instances: &instances };
    Ok(Access {
        script: instances::access(include_str!("multipass/access.sh.j2"), needs)?,
        user: USER.into(),
        needs: vec![
            format!(
                "this computer to be `{}`: Ubuntu or Debian with KVM, and Multipass {MULTIPASS} or newer",
                config.computer.name
            ),
            format!("{memory} MiB of free memory and {disk} GiB of free disk"),
        ],
        files,
        hosts,
    })
}

/// What the computer is given, and the steps: the network inside it and the forwards of these ways in, unless the instances are on its own network.
///
/// # Errors
/// As [`access`]; and when a way in that listens on the computer is none that it could send on.
pub fn stack(config: &Config, ways_in: &[WayIn]) -> Result<Stack, Error> {
    checked(config)?;
    let key = Step::new(
        "Say who may log in to the instances: you, by your public key, which ssh-keygen makes",
        &format!("cp ~/.ssh/id_ed25519.pub {AUTHORIZED_KEYS}"),
    );
    let later = Step::new(
        "Later: stop, start or delete instances, as it says itself. What runs stays, and what is missing is made",
        &format!("{SCRIPT} --help"),
    );
    let (before, after) = ((When::Hosts, key), (When::Running, later));
    let name = "multipass".to_owned();
    if config.is_bridged() {
        if let Some(way_in) = ways_in.iter().find(|way_in| way_in.at == config.computer.name) {
            return Err(Error::new(
                format!("`{}` is to send port {} on, and the instances are bridged", way_in.at, way_in.port),
                "leave the forward out: they have addresses of their own on its network",
            ));
        }
        return Ok(Stack { name, steps: vec![before, after], ..default() });
    }
    let artefacts = vec![
        forwards::artefact(config.computer, config.interface(), check::network(config)?, ways_in)?,
        network(config)?,
    ];
    let scripts = artefacts.iter().map(Run::new).collect::<Result<_, Error>>()?;
    let computer = Step::new(
        "Give this computer the network of the instances and the forwards: as root, and now and at each start",
        &format!("sudo {COMPUTER}"),
    );
    Ok(Stack {
        name,
        files: vec![template(COMPUTER, include_str!("multipass/computer.sh.j2"), Computer { scripts })?],
        artefacts,
        steps: vec![before, (When::Hosts, computer), after],
        ..default()
    })
}

/// The bridge for the network inside the computer.
fn network(config: &Config) -> Result<Artefact, Error> {
    let network = check::network(config)?;
    let addresses = config.nic().into_iter().flat_map(|nic| &nic.addresses);
    let with_prefix = addresses.map(|address| {
        let subnet = network.subnets.iter().find(|subnet| subnet.contains(*address));
        subnet.map(|subnet| format!("{address}/{}", subnet.cidr().prefix_len()))
    });
    let script = File::script("machines/remote/instances-network.sh", include_str!("multipass/instances-network.sh"));
    Ok(Artefact {
        arguments: [config.interface().to_owned()].into_iter().chain(with_prefix.flatten()).collect(),
        ..Artefact::new(config.computer, "network of the instances", script)
    })
}

#[derive(Serialize)]
struct Script<'a> {
    provider: &'static str,
    image: &'a str,
    interface: &'a str,
    bridged: bool,
    user: &'a str,
    computer: &'a str,
    instances: &'a [Instance<'a>],
}

#[derive(Serialize)]
struct Needs<'a> {
    provider: &'static str,
    folder: &'static str,
    multipass: &'a str,
    instances: &'a [Instance<'a>],
}

#[derive(Serialize)]
struct Computer<'a> {
    scripts: Vec<Run<'a>>,
}

/// A script of an artefact, as it is run in `machines/`.
#[derive(Serialize)]
struct Run<'a> {
    script: &'a str,
    arguments: &'a [String],
}

impl<'a> Run<'a> {
    fn new(artefact: &'a Artefact) -> Result<Self, Error> {
        Ok(Self { script: crate::access::below_machines(&artefact.script)?, arguments: &artefact.arguments })
    }
}
