use std::fmt;
use std::net::Ipv4Addr;
use std::panic::Location;

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
    #[track_caller]
    pub fn new(cidr: &str) -> Result<Self, Error> {
        let place = Location::caller();
        let subnet: Ipv4Net = cidr.parse().map_err(|_| {
            let help = "write it as address/prefix, such as 192.168.56.0/24";
            Error::new(format!("`{cidr}` is not an IPv4 subnet"), help).written_at(place)
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
    pub fn subnet(&self) -> Ipv4Net {
        self.subnet
    }

    /// The `number`th address of the subnet: 11 is 192.168.56.11 in 192.168.56.0/24.
    ///
    /// # Errors
    /// When that is the network's own or broadcast address, or outside.
    #[track_caller]
    pub fn host(&self, number: u32) -> Result<Ipv4Addr, Error> {
        let first = u32::from(self.subnet.network());
        let address = first.checked_add(number).map(Ipv4Addr::from);
        let place = Location::caller();
        address.filter(|address| self.is_usable(*address)).ok_or_else(|| {
            Error::new(format!("host {number} is outside {}", self.subnet), self.usable()).written_at(place)
        })
    }

    /// This address, which must be one of the subnet's hosts.
    ///
    /// # Errors
    /// When the text is no IPv4 address, or not one of this subnet's.
    #[track_caller]
    pub fn address(&self, text: &str) -> Result<Ipv4Addr, Error> {
        let place = Location::caller();
        let address: Ipv4Addr = text.trim().parse().map_err(|_| {
            Error::new(
                format!("`{text}` is not an IPv4 address"),
                format!("{}, such as {}", self.usable(), self.example()),
            )
            .written_at(place)
        })?;
        if self.is_usable(address) {
            Ok(address)
        } else {
            Err(Error::new(format!("address {address} is outside {}", self.subnet), self.usable()).written_at(place))
        }
    }

    /// This range, `first-last`, both ends included, which must lie in the subnet.
    ///
    /// # Errors
    /// When an end is no address of the subnet, or the first comes after the last.
    #[track_caller]
    pub fn range(&self, text: &str) -> Result<AddressRange, Error> {
        let place = Location::caller();
        let (first, last) = text.split_once('-').ok_or_else(|| {
            Error::new(
                format!("`{text}` is not a range of addresses"),
                "write its first and last address with a hyphen between them",
            )
            .written_at(place)
        })?;
        let (first, last) = (self.address(first)?, self.address(last)?);
        if first > last {
            return Err(Error::new(format!("range {text} ends before it begins"), format!("write {last}-{first}"))
                .written_at(place));
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
    #[track_caller]
    pub fn nth(&self, index: u32) -> Result<Ipv4Addr, Error> {
        if index >= self.len() {
            return Err(Error::new(
                format!("range {self} has no address number {index}"),
                format!("it has {} addresses, counted from 0", self.len()),
            )
            .written_at(Location::caller()));
        }
        Ok(Ipv4Addr::from(u32::from(self.first) + index))
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_about_the_line_in_which_the_value_stands() {
        let place = |result: Result<(), Error>| result.expect_err("a wrong value").place().expect("a place");
        let here = |line: u32| format!("{}:{line}", file!());
        let lan = Network::new("192.168.56.0/24").expect("a subnet");
        let range = lan.range("192.168.56.200-192.168.56.201").expect("a range");
        assert_eq!(place(Network::new("10.233.0.0/33").map(drop)), here(line!()));
        assert_eq!(place(Network::new("10.233.0.1/18").map(drop)), here(line!()));
        assert_eq!(place(lan.host(256).map(drop)), here(line!()));
        assert_eq!(place(lan.address("x").map(drop)), here(line!()));
        assert_eq!(place(lan.address("192.168.57.1").map(drop)), here(line!()));
        assert_eq!(place(lan.range("192.168.56.200").map(drop)), here(line!()));
        assert_eq!(place(lan.range("192.168.57.1-192.168.57.2").map(drop)), here(line!()));
        assert_eq!(place(lan.range("192.168.56.2-192.168.56.1").map(drop)), here(line!()));
        assert_eq!(place(range.nth(2).map(drop)), here(line!()));
    }
}
