//! What Multipass could not make, or not so that others reach it.

use stackwright::prelude::*;

use super::Config;
use crate::names::check_host_name;
use crate::netplan::is_interface;

pub fn check(config: &Config) -> Result<(), Error> {
    if config.image.is_empty() || config.image.starts_with('-') {
        return Err(Error::new(
            format!("`{}` is not an image", config.image.escape_debug()),
            "name one that `multipass find` lists, such as 24.04",
        ));
    }
    let network = network(config)?;
    for host in &config.hosts {
        check_instance(config.computer, network, host)?;
    }
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
    Ok(())
}

/// The network of the instances.
pub fn network<'a>(config: &Config<'a>) -> Result<&'a Network, Error> {
    let names: Vec<_> = config.hosts.iter().flat_map(|host| &host.nics).map(|nic| nic.network.as_str()).collect();
    let Some(first) = names.first().filter(|first| names.iter().all(|name| name == *first)) else {
        return Err(Error::new(
            "the instances are on no network, or not all on one",
            "give each one NIC, on the same network inside the computer or on the computer's own",
        ));
    };
    config.networks.iter().find(|network| network.name == *first).ok_or_else(|| {
        Error::new(
            format!("the instances are on network `{}`, which is none of those given", first.escape_debug()),
            "give `multipass::Config::networks` that one, too",
        )
    })
}

fn check_instance(computer: &Host, network: &Network, host: &Host) -> Result<(), Error> {
    check_host_name(&host.name)?;
    let name = &host.name;
    let refused = |fact: String, help: &str| Err(Error::new(format!("host `{name}` {fact}"), help));
    // `multipass help launch`: a name begins with a letter, and `primary` mounts the home of the person who launches it.
    if name.starts_with(|first: char| first.is_ascii_digit()) || name == "primary" {
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
    // `multipass help launch` has these as the least.
    if host.disk.is_none_or(|disk| disk < 1) || host.cpus < 1 || host.memory < 512 {
        let fact = format!(
            "has {} CPUs, {} MiB of memory and {} of disk",
            host.cpus,
            host.memory,
            host.disk.map_or("no size".to_owned(), |disk| format!("{disk} GiB"))
        );
        return refused(fact, "give it a CPU, 512 MiB and `disk: Some(1)` at least");
    }
    let address = host.address()?;
    if !address.is_ipv4() || !network.contains(address) {
        return refused(
            format!("is at {address}, which is no address of IPv4 on network `{}`", network.name.escape_debug()),
            "take its NIC from that network, by `Nic::on`, whose first subnet is one of IPv4",
        );
    }
    Ok(())
}
