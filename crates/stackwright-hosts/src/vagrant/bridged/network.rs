//! A machine's addresses on the network that it is bridged to.
//!
//! Vagrant itself sets one address of a NIC, and no way out by it.

use stackwright::prelude::*;

use crate::names::check_host_name;
use crate::netplan::Netplan;

/// What gives a host its addresses.
pub fn artefact(host: &Host, networks: &[Network]) -> Result<Artefact, Error> {
    check_host_name(&host.name)?;
    let name = &host.name;
    let path = format!("machines/network/{name}.yaml");
    let text = Netplan::of(host, networks)?.text(&path)?;
    let interface = host.nics.iter().find_map(|nic| nic.interface.clone()).unwrap_or_default();
    Ok(Artefact {
        arguments: vec![interface, format!("network/{name}.yaml")],
        files: vec![File::new(path, text)],
        ..Artefact::new(host, "network", File::script("machines/remote/network.sh", include_str!("network.sh")))
    })
}
