//! Virtual machines on several computers, bridged to the network that these are on: a Vagrantfile for each computer.

use std::net::{IpAddr, Ipv4Addr};

use serde::Serialize;
use stackwright::prelude::*;

use super::is_plain_url;
use crate::access::below_machines;
use crate::names::check_host_name;

/// What the virtual machines are made of, and given.
#[derive(Debug, Clone)]
pub struct Bridged<'a> {
    /// The hosts that become virtual machines. Each says by `runs_on` on which computer.
    pub hosts: Vec<&'a Host>,
    /// The networks that they are on.
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

/// `machines/COMPUTER/Vagrantfile` for each computer. `vagrant up` in that folder is all that the computer runs: Vagrant's own Ruby copies what
/// a machine is given, which a script in the machine then puts in place. So the computer may run Windows.
///
/// # Errors
/// When a host is on no computer or has no address of IPv4, a computer has no bridge, or a value cannot be written in Ruby.
pub fn bridged(config: &Bridged) -> Result<Vec<File>, Error> {
    if config.apt_mirror.is_some_and(|mirror| !is_plain_url(mirror)) {
        return Err(Error::new(
            "the mirror is not the URL of one",
            "write its scheme and host, and its path if it has one: http://mirror.example/pub",
        ));
    }
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
    let mut files = vec![
        // Git on Windows would give the scripts line ends that no shell takes.
        File::new("machines/.gitattributes", "* text eol=lf\n"),
    ];
    for computer in computers {
        let bridges = config.bridges.iter().find(|(name, _)| *name == computer).map(|(_, bridges)| *bridges);
        let bridges = bridges.filter(|bridges| !bridges.is_empty()).ok_or_else(|| {
            Error::new(
                format!("no interface of `{computer}` is known to bridge to"),
                "name one in `vagrant::Bridged::bridges`: `VBoxManage list bridgedifs` lists them on that computer",
            )
        })?;
        let machines = config.hosts.iter().filter(|host| host.runs_on.as_deref() == Some(computer));
        let machines = machines.map(|host| Machine::new(config, host)).collect::<Result<_, Error>>()?;
        let Bridged { image, image_version, apt_mirror, .. } = *config;
        let values = Vagrantfile { bridges, image, image_version, apt_mirror, machines };
        files.push(template(
            &format!("machines/{computer}/Vagrantfile"),
            include_str!("bridged.Vagrantfile.j2"),
            values,
        )?);
    }
    if config.apt_mirror.is_some() {
        files.push(File::script("machines/apt-mirror.sh", include_str!("apt-mirror.sh")));
    }
    Ok(files)
}

#[derive(Serialize)]
struct Vagrantfile<'a> {
    bridges: &'a [&'a str],
    image: &'a str,
    image_version: Option<&'a str>,
    apt_mirror: Option<&'a str>,
    machines: Vec<Machine<'a>>,
}

#[derive(Serialize)]
struct Machine<'a> {
    name: &'a str,
    cpus: u32,
    memory: u32,
    address: IpAddr,
    netmask: Ipv4Addr,
    artefacts: Vec<Given<'a>>,
}

#[derive(Serialize)]
struct Given<'a> {
    name: &'a str,
    files: Vec<&'a str>,
    secrets: Vec<&'a str>,
    /// The script, and what it is told.
    command: Vec<&'a str>,
}

impl<'a> Machine<'a> {
    fn new(config: &'a Bridged, host: &'a Host) -> Result<Self, Error> {
        let Host { name, cpus, memory, .. } = host;
        let address = host.address()?;
        let mut subnets = config.networks.iter().flat_map(|network| &network.subnets);
        let subnet = subnets.find(|subnet| subnet.contains(address)).map(Subnet::cidr);
        let Some(IpAddr::V4(netmask)) = subnet.map(|subnet| subnet.netmask()) else {
            return Err(Error::new(
                format!("host `{}` is at {address}, which is of no IPv4 subnet of its networks", name.escape_debug()),
                "Vagrant sets an address of IPv4: let its first NIC have one of `vagrant::Bridged::networks`",
            ));
        };
        let artefacts = config.artefacts.iter().filter(|artefact| artefact.host == *name);
        let artefacts = artefacts.map(Given::new).collect::<Result<_, Error>>()?;
        Ok(Self { name, cpus: *cpus, memory: *memory, address, netmask, artefacts })
    }
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
