//! The forwards of a computer to machines on a network inside it, by nftables.
//!
//! They have a table of their own, in which every other table stays: those of who runs the machines, and of containers. The computer asks under its own
//! address there, as a proxy does, so that answers find back past whatever other way out a machine has.

use std::net::{IpAddr, SocketAddr};

use serde::Serialize;
use stackwright::prelude::*;

use crate::firewall;
use crate::names::check_host_name;

/// What loads these forwards on a computer, now and at each start.
///
/// Of the ways in, those are meant that listen on it. Nothing else from outside gets to the network behind this interface.
///
/// # Errors
/// When one of them leads elsewhere, is for nobody, or is of a protocol other than TCP and UDP, or the computer has no address of IPv4.
pub(crate) fn artefact(computer: &Host, bridge: &str, inside: &Network, ways_in: &[WayIn]) -> Result<Artefact, Error> {
    check_host_name(&computer.name)?;
    let own: Vec<_> = ways_in.iter().filter(|way_in| way_in.at == computer.name).collect();
    let rules = own.iter().map(|way_in| Rule::new(computer, inside, way_in)).collect::<Result<Vec<_>, Error>>()?;
    let mut led_to: Vec<_> = own.iter().flat_map(|way_in| &way_in.to).map(SocketAddr::ip).collect();
    led_to.sort_unstable();
    led_to.dedup();
    let name = format!("forwards-{}.nft", computer.name);
    let source = include_str!("forwards/forwards.nft.j2");
    let file = template(&format!("machines/{name}"), source, Values { bridge, rules, led_to })?;
    Ok(Artefact {
        arguments: vec!["forwards".to_owned(), name],
        files: vec![file],
        ways_in: own.into_iter().cloned().collect(),
        ..Artefact::new(computer, "forwards", firewall::script())
    })
}

#[derive(Serialize)]
struct Values<'a> {
    bridge: &'a str,
    rules: Vec<Rule>,
    led_to: Vec<IpAddr>,
}

#[derive(Serialize)]
struct Rule {
    what: String,
    /// The computer's address.
    at: IpAddr,
    /// Empty for anyone.
    from: Vec<String>,
    protocol: String,
    port: u16,
    to: Vec<Target>,
}

#[derive(Serialize)]
struct Target {
    address: IpAddr,
    port: u16,
}

impl Rule {
    fn new(computer: &Host, inside: &Network, way_in: &WayIn) -> Result<Self, Error> {
        let label = format!("the forward of `{}` at port {}", way_in.what.escape_debug(), way_in.port);
        let refused = |fact: String, help: &str| Err(Error::new(format!("{label} {fact}"), help));
        if !["TCP", "UDP"].contains(&way_in.protocol.as_str()) {
            return refused(format!("is of `{}`", way_in.protocol.escape_debug()), "write TCP or UDP");
        }
        if !way_in.names.is_empty() {
            return refused(
                "is told apart by names".into(),
                "leave them out: only a proxy reads what visitors ask for",
            );
        }
        if way_in.to.is_empty() {
            return refused("leads nowhere".into(), "give it the hosts that it leads to");
        }
        if let Some(to) = way_in.to.iter().find(|to| !inside.contains(to.ip()) || to.is_ipv6()) {
            let help = "let it lead to an address of IPv4 there";
            return refused(format!("leads to {to}, which is not on network `{}`", inside.name.escape_debug()), help);
        }
        let at = computer.nics.first().and_then(|nic| nic.addresses.iter().find(|address| address.is_ipv4()));
        let Some(&at) = at else {
            let fact = format!("listens on `{}`, which has no address of IPv4 that is known", computer.name);
            return refused(fact, "give its first NIC one, by `Nic::on`");
        };
        let from = match &way_in.from {
            Source::Anyone => Vec::new(),
            Source::Subnets(subnets) => {
                let from = firewall::set(subnets, false);
                if from.is_empty() {
                    return refused("is for nobody of IPv4".into(), "say from which subnets, or leave it out");
                }
                from
            }
        };
        Ok(Self {
            what: firewall::comment(&way_in.what),
            at,
            from,
            protocol: way_in.protocol.to_lowercase(),
            port: way_in.port,
            to: way_in.to.iter().map(|to| Target { address: to.ip(), port: to.port() }).collect(),
        })
    }
}
