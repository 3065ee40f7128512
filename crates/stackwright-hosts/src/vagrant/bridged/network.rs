//! A machine's addresses on the network that it is bridged to, as netplan reads them.
//!
//! Vagrant itself sets one address of a NIC, and no way out by it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

use crate::names::check_host_name;

#[derive(Serialize)]
struct Netplan<'a> {
    network: Settings<'a>,
}

#[derive(Serialize)]
struct Settings<'a> {
    version: u8,
    ethernets: BTreeMap<&'a str, Ethernet>,
}

#[derive(Serialize)]
struct Ethernet {
    addresses: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    routes: Vec<Route>,
}

#[derive(Serialize)]
struct Route {
    to: &'static str,
    via: IpAddr,
    metric: u32,
}

/// Before VirtualBox's NAT, whose way out netplan has at 100, as all that DHCP gives (its reference, `route-metric`). An answer to who came
/// in by the router would go out by the NAT, which drops it.
const METRIC: u32 = 50;

/// What gives a host its addresses.
pub fn artefact(host: &Host, networks: &[Network]) -> Result<Artefact, Error> {
    check_host_name(&host.name)?;
    let name = &host.name;
    let [nic] = &host.nics[..] else {
        return Err(Error::new(
            format!("host `{name}` has {} NICs, and a computer bridges one", host.nics.len()),
            "leave it the one on the network that the computer is on",
        ));
    };
    let interface = nic.interface.as_deref().filter(|name| is_interface(name)).ok_or_else(|| {
        Error::new(
            format!("the NIC of host `{name}` has no name that Linux gives, and VirtualBox's NAT is there before it"),
            "say what the box calls its second NIC: `Nic { interface: Some(\"eth1\".into()), .. }` for bento's",
        )
    })?;
    let subnets = || networks.iter().filter(|network| network.name == nic.network).flat_map(|network| &network.subnets);
    let address = |address: &IpAddr| {
        let subnet = subnets().find(|subnet| subnet.contains(*address)).ok_or_else(|| {
            Error::new(
                format!("host `{name}` is at {address}, which is of no subnet of its network"),
                "give `vagrant::Bridged::networks` the network that its NIC is on",
            )
        })?;
        Ok(format!("{address}/{}", subnet.cidr().prefix_len()))
    };
    // Without one that is known, its router could not forward to it, nor ssh find it.
    host.address()?;
    let addresses = nic.addresses.iter().map(address).collect::<Result<_, Error>>()?;

    let reserved = networks.iter().filter(|network| network.name == nic.network).flat_map(|network| &network.reserved);
    let gateways = reserved.filter(|(holder, _)| *holder == Holder::Gateway).map(|(_, range)| range.first());
    let is_of_family = |gateway: &IpAddr| nic.addresses.iter().any(|own| own.is_ipv6() == gateway.is_ipv6());
    let routes = gateways.filter(is_of_family).map(|via| Route { to: "default", via, metric: METRIC }).collect();

    let ethernets = BTreeMap::from([(interface, Ethernet { addresses, routes })]);
    let path = format!("machines/network/{name}.yaml");
    let mut text = String::new();
    yaml::write(&mut text, &Netplan { network: Settings { version: 2, ethernets } })
        .map_err(|error| Error::yaml(format!("{path} cannot be written"), "netplan's keys are plain values", error))?;
    let file = File::new(path, text);
    Ok(Artefact {
        arguments: vec![interface.to_owned(), format!("network/{name}.yaml")],
        files: vec![file],
        ..Artefact::new(host, "network", File::script("machines/remote/network.sh", include_str!("network.sh")))
    })
}

/// Whether Linux has interfaces of that name, and netplan takes it for no pattern.
fn is_interface(name: &str) -> bool {
    (1..16).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
