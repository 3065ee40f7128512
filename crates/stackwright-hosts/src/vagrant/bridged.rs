//! Virtual machines on several computers, bridged to the network that these are on: a Vagrantfile for each computer.

mod network;

use serde::Serialize;
use stackwright::prelude::*;

use super::{NEEDS, Needs, USER, data_disk_size, is_plain_url};
use crate::access::below_machines;
use crate::names::check_host_name;

/// What the virtual machines are made of, and given.
#[derive(Debug, Clone)]
pub struct Bridged<'a> {
    /// The hosts that become virtual machines. Each says by `runs_on` on which computer, and has one NIC, which says what the box calls
    /// it: `eth1` in bento's, after VirtualBox's NAT. Their computers are set up in the order of the first host on each.
    pub hosts: Vec<&'a Host>,
    /// The networks that they are on. Where one has a gateway, the machines go out by it, so that they can answer those who come in by it.
    pub networks: &'a [Network],
    /// The interfaces of each computer to bridge to, by its name; the first one that is there is taken. VirtualBox calls them as
    /// `VBoxManage list bridgedifs` does.
    pub bridges: &'a [(&'a str, &'a [&'a str])],
    /// The Vagrant box, such as `bento/ubuntu-24.04`.
    pub image: &'a str,
    /// The box's version; the newest if none is given.
    pub image_version: Option<&'a str>,
    /// A mirror of Ubuntu's archives, without their `/ubuntu`: `http://ftp.kaist.ac.kr`.
    pub apt_mirror: Option<&'a str>,
    /// What the machines are given, in the order in which that has to happen on each: an installer's
    /// [`Stack::artefacts`](stackwright::Stack::artefacts).
    pub artefacts: &'a [Artefact],
}

/// Who may log in, beside Vagrant: a person writes it, for the machines of each computer.
const AUTHORIZED_KEYS: &str = "authorized_keys";
/// `machines/COMPUTER/Vagrantfile` for each computer, what that needs, and the steps. `vagrant up` in that folder is all that the computer
/// runs: Vagrant's own Ruby copies what a machine is given, which a script in the machine then puts in place. So the computer may run Windows.
///
/// Afterwards ssh reaches the machines from anywhere on their network, as [`USER`], by the keys in `machines/COMPUTER/authorized_keys`:
/// [`ssh::access`](crate::ssh::access) is the way to them. The password that every box has is good for nothing any more. A host's `disk` is what
/// the box has, and nothing makes it so.
///
/// # Errors
/// When a host is on no computer, or has no NIC that can be set up, a computer has no bridge, or a value cannot be written in Ruby.
pub fn bridged(config: &Bridged) -> Result<Stack, Error> {
    if config.apt_mirror.is_some_and(|mirror| !is_plain_url(mirror)) {
        return Err(Error::new(
            "the mirror is not the URL of one",
            "write its scheme and host, and its path if it has one: http://mirror.example/pub",
        ));
    }
    let mut own = Vec::new();
    for host in &config.hosts {
        own.push(network::artefact(host, config.networks)?);
        own.push(log_in(host));
    }
    let computers =
        computers(config)?.into_iter().map(|name| Computer::new(config, &own, name)).collect::<Result<Vec<_>, _>>()?;

    let mut files = vec![
        // Git on Windows would give the scripts line ends that no shell takes.
        File::new("machines/.gitattributes", "* text eol=lf\n"),
        template("machines/pack.sh", include_str!("bridged/pack.sh.j2"), Pack { computers: &computers })?,
    ];
    for computer in &computers {
        let path = |name| format!("machines/{}/{name}", computer.name);
        files.push(template(&path("Vagrantfile"), include_str!("bridged/Vagrantfile.j2"), computer)?);
        // Vagrant keeps the machines' keys there, and people who they are.
        files.push(File::new(path(".gitignore"), format!("/.vagrant/\n/{AUTHORIZED_KEYS}\n")));
    }
    if config.apt_mirror.is_some() {
        files.push(File::script("machines/apt-mirror.sh", include_str!("apt-mirror.sh")));
    }
    Ok(Stack {
        name: "vagrant".into(),
        files,
        needs: computers.iter().map(Computer::needs).collect(),
        steps: steps(&computers),
        artefacts: own,
        ..default()
    })
}

/// By Vagrant, in `~USER/.ssh/authorized_keys`, only the computer itself can log in. The box's password is known to everyone.
fn log_in(host: &Host) -> Artefact {
    let script = File::script("machines/remote/administrators.sh", include_str!("bridged/administrators.sh"));
    Artefact { arguments: vec![AUTHORIZED_KEYS.into(), USER.into()], ..Artefact::new(host, "administrators", script) }
}

/// The computers of the hosts, in the order of these.
fn computers<'a>(config: &Bridged<'a>) -> Result<Vec<&'a str>, Error> {
    let mut computers: Vec<&str> = Vec::new();
    for host in &config.hosts {
        let computer = host.runs_on.as_deref().ok_or_else(|| {
            Error::new(
                format!("host `{}` is on no computer", host.name.escape_debug()),
                "say which it runs on: `Host { runs_on: Some(..), .. }`",
            )
        })?;
        if !computers.contains(&computer) {
            check_host_name(computer)?;
            computers.push(computer);
        }
    }
    Ok(computers)
}

fn steps(computers: &[Computer]) -> Vec<(When, Step)> {
    let names: Vec<_> = computers.iter().map(|computer| computer.name).collect();
    let authorized_keys: Vec<_> = names.iter().map(|name| format!("machines/{name}/{AUTHORIZED_KEYS}")).collect();
    let mut steps = vec![
        Step::new(
            "Say who may log in to the machines: you, by your public key, which ssh-keygen makes",
            &format!("tee {} <~/.ssh/id_ed25519.pub", authorized_keys.join(" ")),
        ),
        Step::new(
            "Pack what the computers need, tokens included, and bring each but this one its archive, by a USB stick or scp",
            &format!("machines/pack.sh {}", names.join(" ")),
        ),
    ];
    steps.extend(computers.iter().map(|Computer { name, .. }| {
        Step::new(
            &format!("On {name}, in machines/{name} of this folder or of what `tar -xf {name}.tar` unpacked there"),
            "vagrant up --provider=virtualbox",
        )
    }));
    steps.into_iter().map(|step| (When::Hosts, step)).collect()
}

#[derive(Serialize)]
struct Pack<'a> {
    computers: &'a [Computer<'a>],
}

#[derive(Serialize)]
struct Computer<'a> {
    name: &'a str,
    bridges: &'a [&'a str],
    image: &'a str,
    image_version: Option<&'a str>,
    apt_mirror: Option<&'a str>,
    machines: Vec<Machine<'a>>,
    /// What of the cluster's folder has to be on it.
    files: Vec<String>,
    /// The subnets that it has to be on.
    network: String,
}

impl<'a> Computer<'a> {
    fn new(config: &Bridged<'a>, own: &'a [Artefact], name: &'a str) -> Result<Self, Error> {
        let bridges = config.bridges.iter().find(|(computer, _)| *computer == name).map(|(_, bridges)| *bridges);
        let bridges = bridges.filter(|bridges| !bridges.is_empty()).ok_or_else(|| {
            Error::new(
                format!("no interface of `{name}` is known to bridge to"),
                "name one in `vagrant::Bridged::bridges`: `VBoxManage list bridgedifs` lists them on that computer",
            )
        })?;
        let Bridged { image, image_version, apt_mirror, .. } = *config;
        let hosts: Vec<_> = config.hosts.iter().filter(|host| host.runs_on.as_deref() == Some(name)).collect();
        let is_theirs = |network: &&Network| hosts.iter().any(|host| host.nics[0].network == network.name);
        let subnets = config.networks.iter().filter(is_theirs).flat_map(|network| &network.subnets);
        let network = subnets.map(Subnet::to_string).collect::<Vec<_>>().join(", ");
        let artefacts = || own.iter().chain(config.artefacts);
        let machines = hosts.iter().map(|host| Machine::new(host, artefacts())).collect::<Result<Vec<_>, Error>>()?;

        let mut files = vec![format!("machines/{name}/{AUTHORIZED_KEYS}"), format!("machines/{name}/Vagrantfile")];
        files.extend(apt_mirror.map(|_| "machines/apt-mirror.sh".to_owned()));
        for given in machines.iter().flat_map(|machine| &machine.artefacts) {
            files.extend(given.files.iter().map(|file| format!("machines/{file}")));
            files.extend(given.secrets.iter().map(|file| format!("secrets/{file}")));
        }
        files.sort_unstable();
        files.dedup();
        Ok(Self { name, bridges, image, image_version, apt_mirror, machines, files, network })
    }

    fn needs(&self) -> String {
        let memory: u32 = self.machines.iter().map(|machine| machine.memory).sum();
        let count = u32::try_from(self.machines.len()).unwrap_or_default();
        let Needs { virtualbox, vagrant, gibibytes_per_machine } = NEEDS;
        let bridges = self.bridges.iter().map(|bridge| format!("`{bridge}`")).collect::<Vec<_>>().join(" or ");
        format!(
            "`{}`, on {} by {bridges}: VirtualBox {virtualbox} or newer, Vagrant {vagrant} or newer, {memory} MiB of free memory and {} GiB \
             of free disk for a start; it may run Windows",
            self.name,
            self.network,
            count * gibibytes_per_machine
        )
    }
}

#[derive(Serialize)]
struct Machine<'a> {
    name: &'a str,
    cpus: u32,
    memory: u32,
    data_disk_size: Option<String>,
    artefacts: Vec<Given<'a>>,
}

impl<'a> Machine<'a> {
    fn new(host: &'a Host, artefacts: impl Iterator<Item = &'a Artefact>) -> Result<Self, Error> {
        let Host { name, cpus, memory, .. } = host;
        let artefacts =
            artefacts.filter(|artefact| artefact.host == *name).map(Given::new).collect::<Result<_, _>>()?;
        Ok(Self { name, cpus: *cpus, memory: *memory, data_disk_size: data_disk_size(host), artefacts })
    }
}

#[derive(Serialize)]
struct Given<'a> {
    name: &'a str,
    files: Vec<&'a str>,
    secrets: Vec<&'a str>,
    /// The script, and what it is told.
    command: Vec<&'a str>,
}

impl<'a> Given<'a> {
    fn new(artefact: &'a Artefact) -> Result<Self, Error> {
        let script = below_machines(&artefact.script)?;
        let files = artefact.files.iter().map(below_machines).collect::<Result<Vec<_>, Error>>()?;
        Ok(Self {
            name: &artefact.name,
            files: [script].into_iter().chain(files).collect(),
            secrets: artefact.secrets.iter().map(|key| key.file.as_str()).collect(),
            command: [script].into_iter().chain(artefact.arguments.iter().map(String::as_str)).collect(),
        })
    }
}
