//! Virtual machines: a Vagrantfile for VirtualBox, and the script that switches their apt to a mirror.

mod bridged;

use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use crate::Access;
pub use bridged::{Bridged, bridged};

/// Who is on every box, with `sudo` and no password for that: <https://developer.hashicorp.com/vagrant/docs/boxes/base>.
pub const USER: &str = "vagrant";

/// What the virtual machines are made of.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The hosts that become virtual machines, in the order in which they are started.
    pub hosts: Vec<&'a Host>,
    /// The Vagrant box, such as `bento/ubuntu-24.04`.
    pub image: &'a str,
    /// The box's version; the newest if none is given.
    pub image_version: Option<&'a str>,
    /// A mirror of Ubuntu's archives, without their `/ubuntu`: `http://ftp.kaist.ac.kr`.
    pub apt_mirror: Option<&'a str>,
    /// Networks that the computer's `/etc/vbox/networks.conf` allows, where it has one; VirtualBox's own range otherwise.
    pub allowed_networks: &'a [Subnet],
}

/// Where host-only networks may be when no `/etc/vbox/networks.conf` says otherwise: VirtualBox's manual, 6.7. Vagrant refuses
/// others as well, when the machines are started (plugins/providers/virtualbox/action/network.rb).
const HOST_ONLY: &str = "192.168.56.0/21";

/// What a person's computer needs: the oldest versions that do, and how much disk.
#[derive(Debug, Clone, Copy, Serialize)]
struct Needs {
    virtualbox: &'static str,
    vagrant: &'static str,
    gibibytes_per_machine: u32,
}

const NEEDS: Needs = Needs {
    virtualbox: "7.1",
    // The first that attaches disks to every controller that bento's boxes have: its CHANGELOG, GH-13587.
    vagrant: "2.4.4",
    // A guess: a box, packages and the images of a node, with room for the first volumes. The disks grow as they fill.
    gibibytes_per_machine: 10,
};

/// The Vagrantfile, the script of the mirror if there is one, and the way to the machines.
///
/// # Errors
/// When a value cannot be written in Ruby, VirtualBox refuses an address, or the mirror is not a plain URL.
pub fn access(config: &Config) -> Result<Access, Error> {
    check_addresses(config)?;
    let mut files = vec![template(
        "machines/Vagrantfile",
        include_str!("vagrant/Vagrantfile.j2"),
        Vagrantfile {
            image: config.image,
            image_version: config.image_version,
            apt_mirror: config.apt_mirror,
            machines: config.hosts.iter().map(|host| VirtualMachine::new(host)).collect::<Result<_, _>>()?,
        },
    )?];
    if let Some(mirror) = config.apt_mirror {
        if !is_plain_url(mirror) {
            return Err(Error::new(
                format!("`{}` is not the URL of a mirror", mirror.escape_debug()),
                "write its scheme and host, and its path if it has one: http://mirror.example/pub",
            ));
        }
        files.push(File::script("machines/apt-mirror.sh", include_str!("vagrant/apt-mirror.sh")));
    }
    let hosts: Vec<Host> = config.hosts.iter().map(|host| (*host).clone()).collect();
    let script = include_str!("vagrant/access.sh.j2");
    Ok(Access {
        script: template("machines/steps/access.sh", script, Script { needs: NEEDS, hosts: &hosts })?,
        user: USER.into(),
        files,
        needs: needs(&hosts),
        hosts,
    })
}

fn needs(hosts: &[Host]) -> Vec<String> {
    let memory: u32 = hosts.iter().map(|host| host.memory).sum();
    let count = u32::try_from(hosts.len()).unwrap_or_default();
    let Needs { virtualbox, vagrant, gibibytes_per_machine, .. } = NEEDS;
    vec![
        format!("VirtualBox {virtualbox} or newer, Vagrant {vagrant} or newer"),
        format!("{memory} MiB of free memory, and {} GiB of free disk for a start", count * gibibytes_per_machine),
    ]
}

#[derive(Serialize)]
struct Script<'a> {
    needs: Needs,
    hosts: &'a [Host],
}

fn check_addresses(config: &Config) -> Result<(), Error> {
    let default = [Subnet::new(HOST_ONLY)?];
    let allowed = if config.allowed_networks.is_empty() { &default } else { config.allowed_networks };
    for host in &config.hosts {
        let (name, address) = (&host.name, host.address()?);
        if !allowed.iter().any(|subnet| subnet.contains(address)) {
            let networks: Vec<_> = allowed.iter().map(Subnet::to_string).collect();
            return Err(Error::new(
                format!(
                    "host `{}` is at {address}, and VirtualBox allows only {}",
                    name.escape_debug(),
                    networks.join(", ")
                ),
                format!(
                    "take a network within {}; or allow yours by a line such as `* 10.1.0.0/16` in /etc/vbox/networks.conf, and name it \
                     in `vagrant::Config::allowed_networks`",
                    networks.join(", ")
                ),
            ));
        }
    }
    Ok(())
}

/// Whether apt can read it in a list of archives, as `apt-mirror.sh` demands too.
fn is_plain_url(text: &str) -> bool {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")).unwrap_or_default();
    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:/-".contains(&byte))
}

#[derive(Serialize)]
struct Vagrantfile<'a> {
    image: &'a str,
    image_version: Option<&'a str>,
    apt_mirror: Option<&'a str>,
    machines: Vec<VirtualMachine<'a>>,
}

#[derive(Serialize)]
struct VirtualMachine<'a> {
    name: &'a str,
    cpus: u32,
    memory: u32,
    address: IpAddr,
    data_disk_size: Option<String>,
}

impl<'a> VirtualMachine<'a> {
    fn new(host: &'a Host) -> Result<Self, Error> {
        let Host { name, cpus, memory, .. } = host;
        let data_disk_size = data_disk_size(host);
        Ok(Self { name, cpus: *cpus, memory: *memory, address: host.address()?, data_disk_size })
    }
}

/// The size of a host's data disk, as Vagrant writes it: its GB are GiB.
fn data_disk_size(host: &Host) -> Option<String> {
    host.data_disk.as_ref().map(|disk| format!("{}GB", disk.gibibytes))
}
