//! A host's addresses on a network, as netplan reads them.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

/// A file of `/etc/netplan/`.
#[derive(Serialize)]
pub(crate) struct Netplan<'a> {
    network: Settings<'a>,
}

#[derive(Serialize)]
struct Settings<'a> {
    version: u8,
    ethernets: BTreeMap<&'a str, Ethernet<'a>>,
}

/// An interface.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Ethernet<'a> {
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    matches: Option<Match<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_name: Option<&'a str>,
    addresses: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    routes: Vec<Route>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nameservers: Option<Nameservers<'a>>,
}

#[derive(Serialize)]
struct Match<'a> {
    macaddress: &'a str,
}

#[derive(Serialize)]
struct Nameservers<'a> {
    addresses: &'a [IpAddr],
}

#[derive(Serialize)]
struct Route {
    to: &'static str,
    via: IpAddr,
    metric: u32,
}

/// Before the provider's NAT, whose way out netplan has at 100, as all that DHCP gives (its reference, `route-metric`). An answer to who came
/// in by the router would go out by the NAT, which drops it.
const METRIC: u32 = 50;

impl<'a> Netplan<'a> {
    /// The addresses of a host's only NIC. Where its network has a gateway, it goes out by it.
    ///
    /// # Errors
    /// When it has another number of NICs, or this one no name or no address of its network.
    pub fn of(host: &'a Host, networks: &[Network]) -> Result<Self, Error> {
        let (nic, interface) = nic(host)?;
        let network = || networks.iter().filter(|network| network.name == nic.network);
        let address = |address: &IpAddr| {
            let mut subnets = network().flat_map(|network| &network.subnets);
            let subnet = subnets.find(|subnet| subnet.contains(*address)).ok_or_else(|| {
                Error::new(
                    format!("host `{}` is at {address}, which is of no subnet of its network", host.name),
                    "give the provider's `networks` the one that its NIC is on",
                )
            })?;
            Ok(format!("{address}/{}", subnet.cidr().prefix_len()))
        };
        // Without one that is known, its router could not forward to it, nor ssh find it.
        host.address()?;
        let addresses = nic.addresses.iter().map(address).collect::<Result<_, Error>>()?;

        let reserved = network().flat_map(|network| &network.reserved);
        let gateways = reserved.filter(|(holder, _)| *holder == Holder::Gateway).map(|(_, range)| range.first());
        let is_of_family = |gateway: &IpAddr| nic.addresses.iter().any(|own| own.is_ipv6() == gateway.is_ipv6());
        let routes = gateways.filter(is_of_family).map(|via| Route { to: "default", via, metric: METRIC }).collect();
        let ethernet = Ethernet { matches: None, set_name: None, addresses, routes, nameservers: None };
        Ok(Self { network: Settings { version: 2, ethernets: BTreeMap::from([(interface, ethernet)]) } })
    }

    /// The same for the interface with this hardware address, which gets the NIC's name.
    pub fn named_by(mut self, macaddress: &'a str) -> Self {
        for (name, ethernet) in &mut self.network.ethernets {
            ethernet.matches = Some(Match { macaddress });
            ethernet.set_name = Some(name);
        }
        self
    }

    /// The same, with who tells it the addresses of names.
    pub fn resolved_by(mut self, addresses: &'a [IpAddr]) -> Self {
        for ethernet in self.network.ethernets.values_mut() {
            ethernet.nameservers = Some(Nameservers { addresses });
        }
        self
    }

    /// The text of the file that is to lie at this path.
    ///
    /// # Errors
    /// None but a fault of this type.
    pub fn text(&self, path: &str) -> Result<String, Error> {
        yaml::to_string(self)
            .map_err(|error| Error::yaml(format!("{path} cannot be written"), "netplan's keys are plain values", error))
    }
}

/// The only NIC of a host, and what its operating system calls it.
fn nic(host: &Host) -> Result<(&Nic, &str), Error> {
    let [nic] = &host.nics[..] else {
        return Err(Error::new(
            format!("host `{}` has {} NICs, and a virtual machine here has one", host.name, host.nics.len()),
            "leave it the one on the network that it is reached by",
        ));
    };
    let interface = nic.interface.as_deref().filter(|name| is_interface(name)).ok_or_else(|| {
        Error::new(
            format!("the NIC of host `{}` has no name that Linux gives", host.name),
            "name it: `Nic { interface: Some(..), .. }`, as the box does by Vagrant (`eth1` in bento's), or as you like by Multipass and libvirt (`lab0`)",
        )
    })?;
    Ok((nic, interface))
}

/// Whether Linux has interfaces of that name, and netplan takes it for no pattern.
pub(crate) fn is_interface(name: &str) -> bool {
    (1..16).contains(&name.len())
        && ![".", ".."].contains(&name)
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
