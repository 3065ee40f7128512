use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::panic::Location;

use ipnet::IpNet;

use crate::Error;

/// A subnet of IPv4 or IPv6. Addresses and ranges are made from it, so none can lie outside it.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// let lan = stackwright::Subnet::new("192.168.56.0/24")?;
/// assert_eq!(lan.host(11)?.to_string(), "192.168.56.11");
/// assert_eq!(lan.range("192.168.56.200-192.168.56.209")?.len(), 10);
/// assert!(lan.address("192.168.57.11").is_err());
///
/// let lan = stackwright::Subnet::new("fd00:56::/64")?;
/// assert_eq!(lan.host(0x11)?.to_string(), "fd00:56::11");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subnet {
    subnet: IpNet,
}

impl Subnet {
    /// The subnet of a CIDR such as `192.168.56.0/24` or `fd00:56::/64`.
    ///
    /// # Errors
    /// When the text is no CIDR, or has bits of a host set.
    #[track_caller]
    pub fn new(cidr: &str) -> Result<Self, Error> {
        let place = Location::caller();
        let subnet: IpNet = cidr.parse().map_err(|_| {
            let help = "write it as address/prefix, such as 192.168.56.0/24 or fd00:56::/64";
            Error::new(format!("`{cidr}` is not a subnet"), help).written_at(place)
        })?;
        if subnet.trunc() != subnet {
            return Err(Error::new(
                format!("`{cidr}` is an address in a subnet, not a subnet"),
                format!("the subnet it lies in is {}", subnet.trunc()),
            )
            .written_at(place));
        }
        Ok(Self { subnet })
    }

    /// The subnet as a CIDR.
    pub fn cidr(&self) -> IpNet {
        self.subnet
    }

    /// Whether it is one of IPv6.
    pub fn is_ipv6(&self) -> bool {
        self.subnet.addr().is_ipv6()
    }

    /// Whether an address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.subnet.contains(&address)
    }

    /// The `number`th address of the subnet: 11 is 192.168.56.11 in 192.168.56.0/24.
    ///
    /// # Errors
    /// When that is the network's own or broadcast address, or outside.
    #[track_caller]
    pub fn host(&self, number: u32) -> Result<IpAddr, Error> {
        let address = after(self.subnet.network(), number);
        let place = Location::caller();
        address.filter(|address| self.is_usable(*address)).ok_or_else(|| {
            Error::new(format!("host {number} is outside {}", self.subnet), self.usable()).written_at(place)
        })
    }

    /// This address, which must be one of the subnet's hosts.
    ///
    /// # Errors
    /// When the text is no address, or not one of this subnet's.
    #[track_caller]
    pub fn address(&self, text: &str) -> Result<IpAddr, Error> {
        let place = Location::caller();
        let address: IpAddr = text.trim().parse().map_err(|_| {
            Error::new(format!("`{text}` is not an IP address"), format!("{}, such as {}", self.usable(), self.first()))
                .written_at(place)
        })?;
        if self.is_usable(address) {
            Ok(address)
        } else {
            Err(Error::new(format!("address {address} is outside {}", self.subnet), self.usable()).written_at(place))
        }
    }

    /// This range, `first-last` with both ends included, or this one address. It must lie in the subnet.
    ///
    /// # Errors
    /// When an end is no address of the subnet, or the first comes after the last.
    #[track_caller]
    pub fn range(&self, text: &str) -> Result<AddressRange, Error> {
        let place = Location::caller();
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (self.address(first)?, self.address(last)?);
        if first > last {
            return Err(Error::new(format!("range {text} ends before it begins"), format!("write {last}-{first}"))
                .written_at(place));
        }
        Ok(AddressRange { first, last })
    }

    fn is_usable(&self, address: IpAddr) -> bool {
        // IPv6 has no broadcast, but its first address is every router's (RFC 4291, 2.6.1).
        let short = self.subnet.max_prefix_len() - self.subnet.prefix_len() < 2;
        let is_broadcast = !self.is_ipv6() && address == self.subnet.broadcast();
        self.subnet.contains(&address) && (short || !(address == self.subnet.network() || is_broadcast))
    }

    /// Its first usable address.
    fn first(&self) -> IpAddr {
        let network = self.subnet.network();
        [0, 1].iter().filter_map(|number| after(network, *number)).find(|one| self.is_usable(*one)).unwrap_or(network)
    }

    fn usable(&self) -> String {
        let last = match self.subnet.broadcast() {
            IpAddr::V4(last) if !self.is_usable(last.into()) => Ipv4Addr::from(u32::from(last) - 1).into(),
            last => last,
        };
        format!("its hosts are {} to {last}", self.first())
    }
}

/// The address so many after another, if there is one.
fn after(address: IpAddr, number: u32) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => Ipv4Addr::from(u32::from(address).checked_add(number)?).into(),
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address).checked_add(number.into())?).into(),
    })
}

/// The subnet of one address.
impl From<IpAddr> for Subnet {
    fn from(address: IpAddr) -> Self {
        Self { subnet: address.into() }
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.subnet.fmt(formatter)
    }
}

/// Addresses from the first to the last, both included; written `192.168.56.200-192.168.56.209`, or as one address where it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange {
    first: IpAddr,
    last: IpAddr,
}

impl AddressRange {
    /// How many addresses it has: at least one.
    #[expect(clippy::len_without_is_empty, reason = "a range is never empty")]
    pub fn len(&self) -> u128 {
        let number = |address| match address {
            IpAddr::V4(address) => u128::from(u32::from(address)),
            IpAddr::V6(address) => u128::from(address),
        };
        (number(self.last) - number(self.first)).saturating_add(1)
    }

    /// The first address.
    pub fn first(&self) -> IpAddr {
        self.first
    }

    /// The last address.
    pub fn last(&self) -> IpAddr {
        self.last
    }

    /// Whether an address is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        // Every IPv4 address sorts before every IPv6 address.
        (self.first..=self.last).contains(&address)
    }

    /// The `index`th address from the first, which is 0.
    ///
    /// # Errors
    /// When the range has no such address.
    #[track_caller]
    pub fn nth(&self, index: u32) -> Result<IpAddr, Error> {
        let place = Location::caller();
        after(self.first, index).filter(|address| self.contains(*address)).ok_or_else(|| {
            Error::new(
                format!("range {self} has no address number {index}"),
                format!("it has {} addresses, counted from 0", self.len()),
            )
            .written_at(place)
        })
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.first)?;
        if self.last == self.first { Ok(()) } else { write!(formatter, "-{}", self.last) }
    }
}

/// A network that hosts are on, such as a LAN, a bridge or a host-only network, and who has which of its addresses.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let subnet = Subnet::new("192.168.1.0/24")?;
/// let lan = Network {
///     reserved: vec![
///         (Holder::Gateway, subnet.range("192.168.1.1")?),
///         (Holder::Dhcp, subnet.range("192.168.1.100-192.168.1.199")?),
///     ],
///     ..Network::new("lan", subnet)
/// };
/// let both = Network { subnets: vec![subnet, Subnet::new("fd00:1::/64")?], ..lan };
/// assert_eq!(Nic::on(&both, 11)?.addresses.len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Its name, by which a NIC says that it is on it.
    pub name: String,
    /// Its subnets: one, or one of IPv4 and one of IPv6. The first is the one that hosts are mostly reached by.
    pub subnets: Vec<Subnet>,
    /// Addresses that are neither a host's nor for Services, and who has them.
    pub reserved: Vec<(Holder, AddressRange)>,
}

impl Network {
    /// The network of this name and subnet.
    pub fn new(name: &str, subnet: Subnet) -> Self {
        Self { name: name.to_owned(), subnets: vec![subnet], reserved: Vec::new() }
    }

    /// Whether an address lies in one of its subnets.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.subnets.iter().any(|subnet| subnet.contains(address))
    }
}

/// Who has addresses of a network that are neither a host's nor for Services.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Holder {
    /// The router that leads out of the network.
    Gateway,
    /// A DHCP server gives them to whoever asks.
    Dhcp,
    /// The control plane: the address that moves between its nodes (kube-vip, keepalived).
    VirtualIp,
    /// Something else, such as `the NFS server of the house`.
    Other(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_about_the_line_in_which_the_value_stands() {
        let place = |result: Result<(), Error>| result.expect_err("a wrong value").place().expect("a place");
        let here = |line: u32| format!("{}:{line}", file!());
        let lan = Subnet::new("192.168.56.0/24").expect("a subnet");
        let range = lan.range("192.168.56.200-192.168.56.201").expect("a range");
        assert_eq!(place(Subnet::new("10.233.0.0/33").map(drop)), here(line!()));
        assert_eq!(place(Subnet::new("10.233.0.1/18").map(drop)), here(line!()));
        assert_eq!(place(lan.host(256).map(drop)), here(line!()));
        assert_eq!(place(lan.address("x").map(drop)), here(line!()));
        assert_eq!(place(lan.address("192.168.57.1").map(drop)), here(line!()));
        assert_eq!(place(lan.range("192.168.56.").map(drop)), here(line!()));
        assert_eq!(place(lan.range("192.168.57.1-192.168.57.2").map(drop)), here(line!()));
        assert_eq!(place(lan.range("192.168.56.2-192.168.56.1").map(drop)), here(line!()));
        assert_eq!(place(range.nth(2).map(drop)), here(line!()));
    }

    #[test]
    fn the_ends_of_subnets() {
        let usable =
            |cidr, number| Subnet::new(cidr).and_then(|subnet| subnet.host(number)).map(|one| one.to_string()).ok();
        assert_eq!(usable("10.0.0.0/30", 0), None);
        assert_eq!(usable("10.0.0.0/30", 2), Some("10.0.0.2".into()));
        assert_eq!(usable("10.0.0.0/30", 3), None);
        assert_eq!(usable("10.0.0.0/31", 1), Some("10.0.0.1".into()));
        assert_eq!(usable("10.0.0.9/32", 0), Some("10.0.0.9".into()));
        assert_eq!(usable("255.255.255.0/24", u32::MAX), None);
        assert_eq!(usable("fd00::/126", 0), None);
        assert_eq!(usable("fd00::/126", 3), Some("fd00::3".into()));
        assert_eq!(usable("fd00::/126", 4), None);
    }
}
