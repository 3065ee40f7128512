//! What libvirt could not make, or not so that others reach it.

use stackwright::prelude::*;

use super::{Config, Image, Placed};
use crate::download::check_sum;
use crate::instances::{self, Instance};
use crate::netplan::is_interface;

/// The instances and where they are, if all that others need of them is said.
pub fn checked<'a>(config: &Config<'a>) -> Result<Vec<Placed<'a>>, Error> {
    check_image(&config.image)?;
    if !is_plain(config.pool) {
        return Err(Error::new(
            format!("`{}` is not a name for a pool", config.pool.escape_debug()),
            "use letters, digits, dots and hyphens, as the folder of its disks is called so, too",
        ));
    }
    for computer in config.computers {
        // Nothing else has bridges.
        let is_system =
            |text: &str| text.starts_with("qemu") && text.contains("/system") && !text.contains(char::is_whitespace);
        if !is_system(computer.connection) {
            return Err(Error::new(
                format!("`{}` is not a connection to the system's libvirt", computer.connection.escape_debug()),
                "write it as virsh takes it: qemu:///system, or qemu+ssh://USER@COMPUTER/system",
            ));
        }
    }
    if config.nameservers.is_empty() {
        return Err(Error::new("the instances have no nameserver", "give them one, such as the network's router"));
    }
    let network = instances::network(&config.hosts, config.networks)?;
    config.hosts.iter().map(|host| placed(config, network, host)).collect()
}

/// The bridge of a computer on the instances' network.
pub fn bridge<'a>(config: &Config, computer: &'a Host) -> Result<&'a str, Error> {
    let network = instances::network(&config.hosts, config.networks)?;
    let nic = computer.nics.iter().find(|nic| nic.network == network.name);
    let (computer, network) = (computer.name.escape_debug(), network.name.escape_debug());
    let Some(nic) = nic else {
        return Err(Error::new(
            format!("`{computer}` is not on network `{network}`, where its instances are"),
            "give it a NIC there, `Nic::on`, or put the instances on a network that it is on",
        ));
    };
    nic.interface.as_deref().filter(|name| is_interface(name)).ok_or_else(|| {
        Error::new(
            format!("the NIC of `{computer}` on network `{network}` has no name that Linux gives"),
            "say what the computer calls the bridge, such as br0: `Nic::interface`",
        )
    })
}

fn placed<'a>(config: &Config<'a>, network: &Network, host: &'a Host) -> Result<Placed<'a>, Error> {
    let instance = Instance::new(host, network)?;
    let name = instance.name;
    // virsh takes it for an identifier.
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::new(format!("host `{name}` is called by a number alone"), "begin its name with a letter"));
    }
    let computer = config.computers.iter().find(|computer| host.runs_on.as_ref() == Some(&computer.host.name));
    let Some(computer) = computer else {
        return Err(Error::new(
            format!("host `{name}` runs on none of the computers with libvirt"),
            "say on which, for what that one has to give is counted: `Host { runs_on: Some(..), .. }`",
        ));
    };
    let bridge = bridge(config, computer.host)?;
    let data_disk = host.data_disk.as_ref().map_or(0, |disk| disk.gibibytes);
    Ok(Placed { instance, connection: computer.connection, bridge, data_disk })
}

fn check_image(Image { url, sha256, user }: &Image) -> Result<(), Error> {
    let file = url.rsplit('/').next().unwrap_or_default();
    if !["https://", "file:///"].iter().any(|scheme| url.starts_with(scheme)) || !is_plain(file) {
        return Err(Error::new(
            format!("`{}` is not the URL of an image", url.escape_debug()),
            "take one by https:// or file:///, which ends with the name of a file",
        ));
    }
    if !is_plain(user) {
        return Err(Error::new(
            format!("`{}` is not a user of an image", user.escape_debug()),
            "name the one whom its maker has on it, such as ubuntu",
        ));
    }
    check_sum(sha256)
}

/// Whether a text is the same to a shell, as a file's name, and among what `virt-install` parts by commas.
fn is_plain(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.bytes().all(is_inner)
}
