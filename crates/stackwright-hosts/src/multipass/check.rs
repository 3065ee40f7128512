//! What Multipass could not make, or not so that others reach it.

use stackwright::prelude::*;

use super::Config;
use crate::instances::{self, Instance};
use crate::netplan::is_interface;

/// The instances, if all that others need of them is said.
pub fn checked<'a>(config: &Config<'a>) -> Result<Vec<Instance<'a>>, Error> {
    if config.image.is_empty() || config.image.starts_with('-') {
        return Err(Error::new(
            format!("`{}` is not an image", config.image.escape_debug()),
            "name one that `multipass find` lists, such as 24.04",
        ));
    }
    let network = network(config)?;
    let instance = |host: &&'a Host| {
        check_instance(config.computer, host)?;
        Instance::new(host, network)
    };
    let instances = config.hosts.iter().map(instance).collect::<Result<_, _>>()?;
    let computer = config.computer.name.escape_debug();
    let Some(nic) = config.nic() else {
        return Err(Error::new(
            format!("`{computer}` is not on network `{}`, where its instances are", network.name.escape_debug()),
            "give it a second NIC there, `Nic::on`, for a network inside it; or put the instances on its own",
        ));
    };
    if !nic.interface.as_deref().is_some_and(is_interface) {
        return Err(Error::new(
            format!(
                "the NIC of `{computer}` on network `{}` has no name that Linux gives",
                network.name.escape_debug()
            ),
            "say what the computer calls it, such as enp3s0, or what the bridge that is made is to be called, such as lab0: `Nic::interface`",
        ));
    }
    if !config.is_bridged() && (nic.addresses.is_empty() || network.subnets.iter().any(Subnet::is_ipv6)) {
        return Err(Error::new(
            format!(
                "network `{}` inside `{computer}` is not of IPv4 with an address for the computer",
                network.name.escape_debug()
            ),
            "give it one subnet of IPv4, and the computer an address there: `Nic::on(&network, 1)`",
        ));
    }
    Ok(instances)
}

/// The network of the instances.
pub fn network<'a>(config: &Config<'a>) -> Result<&'a Network, Error> {
    instances::network(&config.hosts, config.networks)
}

fn check_instance(computer: &Host, host: &Host) -> Result<(), Error> {
    let name = host.name.escape_debug();
    let refused = |fact: String, help: &str| Err(Error::new(format!("host `{name}` {fact}"), help));
    // `multipass help launch`: a name begins with a letter, and `primary` mounts the home of the person who launches it.
    if host.name.starts_with(|first: char| first.is_ascii_digit()) || host.name == "primary" {
        return refused(
            "has a name that means something else to Multipass".into(),
            "begin it with a letter, and call none `primary`",
        );
    }
    if host.runs_on.as_ref() != Some(&computer.name) {
        return refused(
            format!("does not run on `{}`, where Multipass is", computer.name.escape_debug()),
            "say so, for what the computer has to give is counted: `Host { runs_on: Some(..), .. }`",
        );
    }
    if host.data_disk.is_some() {
        return refused("has a disk for data, and Multipass gives one disk".into(), "enlarge its `disk` by that");
    }
    Ok(())
}
