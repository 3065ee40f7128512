//! Virtual machines: a Vagrantfile for VirtualBox, and the script that switches their apt to a mirror.

use serde::Serialize;
use stackwright::prelude::*;

/// What the virtual machines are made of.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster's machines, in the order in which they are started.
    pub machines: &'a [Machine],
    /// The Vagrant box, such as `bento/ubuntu-24.04`.
    pub image: &'a str,
    /// The box's version; the newest if none is given.
    pub image_version: Option<&'a str>,
    /// A mirror of Ubuntu's archives, without their `/ubuntu`: `http://ftp.kaist.ac.kr`.
    pub apt_mirror: Option<&'a str>,
    /// Networks that the computer's `/etc/vbox/networks.conf` allows, where it has one; VirtualBox's own range otherwise.
    pub allowed_networks: &'a [Network],
}

/// Where host-only networks may be when no `/etc/vbox/networks.conf` says otherwise: VirtualBox's manual, 6.7. Vagrant refuses
/// others as well, when the machines are started (plugins/providers/virtualbox/action/network.rb).
const HOST_ONLY: &str = "192.168.56.0/21";

/// The Vagrantfile, and the script of the mirror if there is one.
///
/// # Errors
/// When a value cannot be written in Ruby, VirtualBox refuses an address, or the mirror is not a plain URL.
pub fn stack(config: &Config) -> Result<Stack, Error> {
    check_addresses(config)?;
    let mut files = vec![template(
        "machines/Vagrantfile",
        include_str!("vagrant/Vagrantfile.j2"),
        Vagrantfile {
            image: config.image,
            image_version: config.image_version,
            apt_mirror: config.apt_mirror,
            machines: config.machines.iter().map(VirtualMachine::new).collect(),
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
    Ok(Stack { name: "vagrant".into(), files, ..default() })
}

fn check_addresses(config: &Config) -> Result<(), Error> {
    let default = [Network::new(HOST_ONLY)?];
    let allowed = if config.allowed_networks.is_empty() { &default } else { config.allowed_networks };
    for Machine { name, address, .. } in config.machines {
        if !allowed.iter().any(|network| network.subnet().contains(address)) {
            let networks: Vec<_> = allowed.iter().map(Network::to_string).collect();
            return Err(Error::new(
                format!(
                    "machine `{}` is at {address}, and VirtualBox allows only {}",
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
    #[serde(flatten)]
    machine: &'a Machine,
    /// The size of its data disk, as Vagrant writes it: its GB are GiB.
    data_disk_size: Option<String>,
}

impl<'a> VirtualMachine<'a> {
    fn new(machine: &'a Machine) -> Self {
        let data_disk_size = machine.data_disk.as_ref().map(|disk| format!("{}GB", disk.gibibytes));
        Self { machine, data_disk_size }
    }
}
