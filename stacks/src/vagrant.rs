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
    /// Second disks of machines.
    pub extra_disks: Vec<ExtraDisk<'a>>,
}

/// A second, empty disk of every machine with a role.
#[derive(Debug, Clone)]
pub struct ExtraDisk<'a> {
    /// The machines that get one.
    pub role: Role,
    /// Its size.
    pub gigabytes: u32,
    /// The box's storage controller that it is attached to, at port 1. `VBoxManage showvminfo NAME` lists a machine's: bento's boxes
    /// have [`BENTO_CONTROLLER`], those built before June 2026 `VirtIO Controller`.
    pub controller: &'a str,
}

/// The storage controller of bento's current Linux boxes.
pub const BENTO_CONTROLLER: &str = "VirtioSCSI";

/// The Vagrantfile, and the script of the mirror if there is one.
///
/// # Errors
/// When a value cannot be written in Ruby, or the mirror is not a plain URL.
pub fn stack(config: &Config) -> Result<Stack, Error> {
    let mut files = vec![template(
        "machines/Vagrantfile",
        include_str!("vagrant/Vagrantfile.j2"),
        Vagrantfile {
            image: config.image,
            image_version: config.image_version,
            apt_mirror: config.apt_mirror,
            machines: config.machines.iter().map(|machine| VirtualMachine::new(machine, &config.extra_disks)).collect(),
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
    extra_disk: Option<Disk<'a>>,
}

#[derive(Serialize)]
struct Disk<'a> {
    file: String,
    gigabytes: u32,
    controller: &'a str,
}

impl<'a> VirtualMachine<'a> {
    fn new(machine: &'a Machine, disks: &[ExtraDisk<'a>]) -> Self {
        let disk = disks.iter().find(|disk| disk.role == machine.role);
        let extra_disk = disk.map(|disk| Disk {
            file: format!("disks/{}.vmdk", machine.name),
            gigabytes: disk.gigabytes,
            controller: disk.controller,
        });
        Self { machine, extra_disk }
    }
}
