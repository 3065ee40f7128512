use std::fmt;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::Error;

/// A subnet that machines are on. Addresses and ranges are made from it, so none can lie outside it.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// let lan = stackwright::Network::new("192.168.56.0/24")?;
/// assert_eq!(lan.host(11)?.to_string(), "192.168.56.11");
/// assert_eq!(lan.range("192.168.56.200-192.168.56.209")?.len(), 10);
/// assert!(lan.address("192.168.57.11").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    subnet: Ipv4Net,
}

impl Network {
    /// The network of a CIDR such as `192.168.56.0/24`.
    ///
    /// # Errors
    /// When the text is no CIDR, or has bits of a host set.
    pub fn new(cidr: &str) -> Result<Self, Error> {
        let subnet: Ipv4Net = cidr.parse().map_err(|_| {
            Error::new(format!("`{cidr}` is not an IPv4 subnet"), "write it as address/prefix, such as 192.168.56.0/24")
        })?;
        if subnet.trunc() != subnet {
            return Err(Error::new(
                format!("`{cidr}` is an address in a subnet, not a subnet"),
                format!("the subnet it lies in is {}", subnet.trunc()),
            ));
        }
        Ok(Self { subnet })
    }

    /// The subnet as a CIDR.
    pub fn subnet(&self) -> Ipv4Net {
        self.subnet
    }

    /// The `number`th address of the subnet: 11 is 192.168.56.11 in 192.168.56.0/24.
    ///
    /// # Errors
    /// When that is the network's own or broadcast address, or outside.
    pub fn host(&self, number: u32) -> Result<Ipv4Addr, Error> {
        let first = u32::from(self.subnet.network());
        let address = first.checked_add(number).map(Ipv4Addr::from);
        address
            .filter(|address| self.is_usable(*address))
            .ok_or_else(|| Error::new(format!("host {number} is outside {}", self.subnet), self.usable()))
    }

    /// This address, which must be one of the subnet's hosts.
    ///
    /// # Errors
    /// When the text is no IPv4 address, or not one of this subnet's.
    pub fn address(&self, text: &str) -> Result<Ipv4Addr, Error> {
        let address: Ipv4Addr = text.trim().parse().map_err(|_| {
            Error::new(
                format!("`{text}` is not an IPv4 address"),
                format!("{}, such as {}", self.usable(), self.example()),
            )
        })?;
        if self.is_usable(address) {
            Ok(address)
        } else {
            Err(Error::new(format!("address {address} is outside {}", self.subnet), self.usable()))
        }
    }

    /// This range, `first-last`, both ends included, which must lie in the subnet.
    ///
    /// # Errors
    /// When an end is no address of the subnet, or the first comes after the last.
    pub fn range(&self, text: &str) -> Result<AddressRange, Error> {
        let (first, last) = text.split_once('-').ok_or_else(|| {
            Error::new(
                format!("`{text}` is not a range of addresses"),
                "write its first and last address with a hyphen between them",
            )
        })?;
        let (first, last) = (self.address(first)?, self.address(last)?);
        if first > last {
            return Err(Error::new(format!("range {text} ends before it begins"), format!("write {last}-{first}")));
        }
        Ok(AddressRange { first, last })
    }

    fn is_usable(&self, address: Ipv4Addr) -> bool {
        let inside = self.subnet.contains(&address);
        let reserved =
            self.subnet.prefix_len() < 31 && (address == self.subnet.network() || address == self.subnet.broadcast());
        inside && !reserved
    }

    fn usable(&self) -> String {
        match (self.subnet.hosts().next(), self.subnet.hosts().next_back()) {
            (Some(first), Some(last)) => format!("its hosts are {first} to {last}"),
            _ => "it has no hosts".to_owned(),
        }
    }

    fn example(&self) -> Ipv4Addr {
        self.subnet.hosts().next().unwrap_or(self.subnet.network())
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.subnet.fmt(formatter)
    }
}

/// Addresses from the first to the last, both included; written `192.168.56.200-192.168.56.209`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange {
    first: Ipv4Addr,
    last: Ipv4Addr,
}

impl AddressRange {
    /// How many addresses it has: at least one.
    #[expect(clippy::len_without_is_empty, reason = "a range is never empty")]
    pub fn len(&self) -> u32 {
        u32::from(self.last) - u32::from(self.first) + 1
    }

    /// The first address.
    pub fn first(&self) -> Ipv4Addr {
        self.first
    }

    /// The last address.
    pub fn last(&self) -> Ipv4Addr {
        self.last
    }

    /// Whether an address is one of them.
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        (self.first..=self.last).contains(&address)
    }

    /// The `index`th address from the first, which is 0.
    ///
    /// # Errors
    /// When the range has no such address.
    pub fn nth(&self, index: u32) -> Result<Ipv4Addr, Error> {
        if index >= self.len() {
            return Err(Error::new(
                format!("range {self} has no address number {index}"),
                format!("it has {} addresses, counted from 0", self.len()),
            ));
        }
        Ok(Ipv4Addr::from(u32::from(self.first) + index))
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.first, self.last)
    }
}
