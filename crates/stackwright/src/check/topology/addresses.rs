use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::{AddressRange, Subnet};

/// Addresses of one family from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Addresses {
    first: IpAddr,
    last: IpAddr,
}

impl Addresses {
    /// The addresses that a text means: a subnet as `address/prefix`, a range as `first-last`, or one address.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((first, last)) = text.split_once('-') {
            let (first, last): (IpAddr, IpAddr) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            return (first.is_ipv4() == last.is_ipv4() && first <= last).then_some(Self { first, last });
        }
        if let Ok(subnet) = text.parse::<IpNet>() {
            return Some(Self { first: subnet.network(), last: subnet.broadcast() });
        }
        text.parse::<IpAddr>().ok().map(Self::from)
    }

    pub(crate) fn first(self) -> IpAddr {
        self.first
    }

    pub(crate) fn last(self) -> IpAddr {
        self.last
    }

    /// Whether it is one address.
    pub(crate) fn is_single(self) -> bool {
        self.first == self.last
    }

    /// How many they are.
    pub(crate) fn count(self) -> u128 {
        let number = |address| match address {
            IpAddr::V4(address) => u128::from(u32::from(address)),
            IpAddr::V6(address) => u128::from(address),
        };
        (number(self.last) - number(self.first)).saturating_add(1)
    }

    pub(crate) fn contains(self, address: IpAddr) -> bool {
        (self.first..=self.last).contains(&address)
    }

    /// The addresses that are in both. Every IPv4 address sorts before every IPv6 address, so families never mix.
    pub(crate) fn overlap(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }
}

impl From<IpAddr> for Addresses {
    fn from(address: IpAddr) -> Self {
        Self { first: address, last: address }
    }
}

impl From<AddressRange> for Addresses {
    fn from(range: AddressRange) -> Self {
        Self { first: range.first(), last: range.last() }
    }
}

impl From<Subnet> for Addresses {
    fn from(subnet: Subnet) -> Self {
        Self { first: subnet.cidr().network(), last: subnet.cidr().broadcast() }
    }
}

impl fmt::Display for Addresses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_single() { self.first.fmt(formatter) } else { write!(formatter, "{}-{}", self.first, self.last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_their_sums() {
        let shown = |text| Addresses::parse(text).map(|range| (range.to_string(), range.count()));
        assert_eq!(shown("192.168.1.240/28"), Some(("192.168.1.240-192.168.1.255".into(), 16)));
        assert_eq!(shown("10.0.0.1 - 10.0.1.0"), Some(("10.0.0.1-10.0.1.0".into(), 256)));
        assert_eq!(shown("10.0.0.1/32"), Some(("10.0.0.1".into(), 1)));
        assert_eq!(shown("fc00::/127"), Some(("fc00::-fc00::1".into(), 2)));
        assert_eq!(shown("::/0").map(|(_, count)| count), Some(u128::MAX));
        assert_eq!(shown("10.0.0.9-10.0.0.1"), None);
        assert_eq!(shown("10.0.0.9-fc00::1"), None);
    }

    #[test]
    fn what_is_in_both() {
        let both = |one, other| Addresses::parse(one)?.overlap(Addresses::parse(other)?).map(|range| range.to_string());
        assert_eq!(both("10.0.0.0-10.0.0.9", "10.0.0.9-10.0.0.20"), Some("10.0.0.9".into()));
        assert_eq!(both("10.0.0.0/8", "10.96.0.0/12"), Some("10.96.0.0-10.111.255.255".into()));
        assert_eq!(both("10.0.0.0-10.0.0.8", "10.0.0.9-10.0.0.20"), None);
        assert_eq!(both("0.0.0.0/0", "::/0"), None);
    }
}
