//! The addresses behind Services, and those that Services have.

use std::net::IpAddr;

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::HashSet;
use crate::check::api::tree::Value;

const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];

pub(super) const RULES: &[TypeRules] = &[
    (
        "EndpointSlice",
        &[
            ("addressType", Required),
            ("addressType", OneOf(&["IPv4", "IPv6", "FQDN"])),
            ("endpoints", AtMost(1000)),
            ("ports", AtMost(20_000)),
            ("ports", By(slice_ports)),
        ],
    ),
    (
        "Endpoint",
        &[
            ("addresses", Required),
            ("addresses", AtMost(100)),
            ("addresses", By(addresses)),
            ("hostname", IsIfSet(syntax::dns_label)),
            ("nodeName", IsIfSet(syntax::dns_name)),
        ],
    ),
    (
        "EndpointHints",
        &[("forZones", AtMost(8)), ("forZones", Unique("name")), ("forNodes", AtMost(8)), ("forNodes", Unique("name"))],
    ),
    ("ForZone", &[("name", Is(syntax::label_value))]),
    ("ForNode", &[("name", Must(syntax::dns_name))]),
    (
        "EndpointPort",
        &[
            ("protocol", By(protocol)),
            ("name", Is(syntax::dns_label)),
            ("appProtocol", IsIfSet(syntax::qualified_name)),
            ("", By(old_port)),
        ],
    ),
    ("EndpointSubset", &[("", By(subset))]),
    (
        "EndpointAddress",
        &[
            ("ip", Must(syntax::ip_address)),
            ("hostname", Is(syntax::dns_label)),
            ("nodeName", IsIfSet(syntax::dns_name)),
            ("ip", By(reachable)),
        ],
    ),
    ("IPAddress", &[("", By(address_name)), ("spec", Required)]),
    ("IPAddressSpec", &[("parentRef", Required)]),
    (
        "ParentReference",
        &[
            ("group", Is(syntax::dns_name)),
            ("resource", Must(syntax::path_segment)),
            ("name", Must(syntax::path_segment)),
            ("namespace", Is(syntax::path_segment)),
        ],
    ),
    ("ServiceCIDR", &[("spec", Required)]),
    (
        "ServiceCIDRSpec",
        &[("cidrs", Required), ("cidrs", AtMost(2)), ("cidrs", EachMust(syntax::cidr)), ("cidrs", By(families))],
    ),
];

fn slice_ports(ports: Value<'_>, faults: &mut Faults) {
    let mut names = HashSet::default();
    for port in ports.items() {
        if !names.insert(port.get("name").text()) {
            faults.add(
                "port-name",
                port,
                "has an earlier port's name, or none as an earlier one",
                "port names are unique",
            );
        }
    }
}

/// A slice's may be empty, and then it is none of these; those of the older Endpoints have a default for that.
fn protocol(protocol: Value<'_>, faults: &mut Faults) {
    let is_old = protocol.root().type_name() == "Endpoints";
    if is_old { OneOf(PROTOCOLS) } else { OneOfIfSet(PROTOCOLS) }.check(
        protocol,
        protocol.parent(),
        "protocol",
        faults,
    );
}

/// The ports of Endpoints, whose name is the same as that of a slice's.
fn old_port(port: Value<'_>, faults: &mut Faults) {
    if port.root().type_name() != "Endpoints" {
        return;
    }
    match port.get("port") {
        number if number.is_blank() => faults.missing(port, "port", ""),
        number => Port.check(number, port, "port", faults),
    }
    if port.get("name").is_blank() && port.parent().len() > 1 {
        faults.add("port-name", port, "has no name beside other ports", "give it a name");
    }
}

fn subset(subset: Value<'_>, faults: &mut Faults) {
    if subset.get("addresses").len() + subset.get("notReadyAddresses").len() == 0 {
        faults.missing(subset, "addresses or notReadyAddresses", "");
    }
}

/// An address that other machines can send to.
fn reachable(address: Value<'_>, faults: &mut Faults) {
    let Ok(ip) = address.text().parse::<IpAddr>() else { return };
    let is_local = match ip {
        IpAddr::V4(ip) => ip.is_link_local() || ip.octets()[..3] == [224, 0, 0],
        IpAddr::V6(ip) => matches!(ip.segments()[0] & 0xffc0, 0xfe80) || ip.segments()[0] == 0xff02,
    };
    if ip.is_unspecified() || ip.is_loopback() || is_local {
        faults.add(
            VALUE,
            address,
            format!("is {address}, which is no other machine's"),
            "write an address that machines of the network reach",
        );
    }
}

/// Its name is the address, in the one form that there is for it.
fn address_name(object: Value<'_>, faults: &mut Faults) {
    let name = object.at("metadata.name");
    if name.text().parse::<IpAddr>().is_ok_and(|ip| ip.to_string() == name.text()) || name.is_blank() {
        return;
    }
    faults.add("name-syntax", name, format!("is {name}"), "its name is the address: 10.96.0.10 or 2001:db8::10");
}

fn families(ranges: Value<'_>, faults: &mut Faults) {
    let families: HashSet<_> = ranges.items().map(|range| range.text().contains(':')).collect();
    if ranges.len() == 2 && families.len() == 1 {
        faults.add(VALUE, ranges, "has two ranges of a family", "an IPv4 and an IPv6 range are the most");
    }
}

fn addresses(addresses: Value<'_>, faults: &mut Faults) {
    let kind = addresses.parent().parent().parent().get("addressType").text();
    for address in addresses.items() {
        let is_v6 = address.text().contains(':');
        match kind {
            "FQDN" if !address.text().contains('.') => {
                faults.add(
                    "name-syntax",
                    address,
                    format!("is {address}, without a domain"),
                    "write it as db.example.org",
                );
            }
            "FQDN" => faults.malformed(address, syntax::dns_name),
            "IPv4" | "IPv6" if super::service::address(address.text()).is_some() || is_v6 != (kind == "IPv6") => {
                faults.add(VALUE, address, format!("is {address}"), format!("write an {kind} address"));
            }
            "IPv4" | "IPv6" => reachable(address, faults),
            _ => {}
        }
    }
}
