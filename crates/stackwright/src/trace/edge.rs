//! From where a request comes in, by routers' forwards and hosts' proxies, to the address that it ends at.

use std::net::SocketAddr;

use super::address;
use super::name::Entry;
use super::request::Url;
use super::trail::{Trail, fault};
use super::{Hop, Stage};
use crate::check::network::ports::{host_at, label, leads_to};
use crate::check::network::{forward_blocked, forward_target_missing, proxy_name_unserved};
use crate::check::topology::{Exposed, Port};
use crate::check::{Pods, is_for};
use crate::{Cluster, Host, Source, WayIn};

/// What a request comes to, and whether it still speaks TLS.
pub(super) enum Arrived<'i, 'a> {
    /// A port of a Service that is seen from outside.
    Service { service: &'i Exposed<'a>, port: &'i Port<'a>, is_secure: bool },
    /// A port that pods take of their node.
    Pods { pods: &'i Pods<'a>, port: i32, is_secure: bool },
    /// Nobody knows what has the address.
    Somewhere,
}

/// More forwards than these are a circle.
const MOST: usize = 8;

/// Follows forwards and proxies.
pub(super) fn arrive<'i, 'a>(trail: &mut Trail<'i, 'a>, url: &Url, entry: Entry<'a>) -> Option<Arrived<'i, 'a>> {
    let index = trail.index;
    let (mut entry, mut port, mut is_secure) = (entry, url.port, url.is_secure);
    for _ in 0..MOST {
        if let Some((cluster, way_in)) = index.cluster().and_then(|cluster| next(cluster, url, entry, port)) {
            let to = forward(trail, cluster, way_in)?;
            if !way_in.names.is_empty() {
                is_secure = shows_own(trail, way_in, is_secure)?;
                let unserved = proxy_name_unserved::of_way_in(index, way_in);
                trail.unserved = unserved.into_iter().find(|(name, _)| *name == url.host).map(|(_, finding)| finding);
            }
            (entry, port) = (Entry::Address(to.ip()), to.port());
            continue;
        }
        let at = match entry {
            Entry::Somewhere => return Some(Arrived::Somewhere),
            Entry::Address(at) => at,
            Entry::Public(host) => {
                unforwarded(trail, host, port)?;
                let Ok(address) = host.address() else {
                    let hop = Hop::new(Stage::Address, format!("host {} answers", host.name));
                    return trail.end(hop.unknown("no address of that host is known"));
                };
                address
            }
        };
        if let Some(hop) = other_sites(trail, url, SocketAddr::new(at, port)) {
            trail.take(hop)?;
        }
        return address::at(trail, SocketAddr::new(at, port), is_secure);
    }
    trail.end(
        Hop::new(Stage::Forward, "forwards")
            .is(fault("the forwards lead in a circle", "let one of them lead to where the request is answered")),
    )
}

/// The forward or proxy that takes what comes in there.
fn next<'a>(cluster: &'a Cluster, url: &Url, entry: Entry<'a>, port: u16) -> Option<(&'a Cluster, &'a WayIn)> {
    let at_port = || cluster.ways_in.iter().filter(move |way_in| way_in.port == port && way_in.protocol == "TCP");
    let is_router = |way_in: &&WayIn| cluster.all_hosts().all(|host| host.name != way_in.at);
    let is_meant = |way_in: &&WayIn| way_in.names.is_empty() || way_in.names.iter().any(|name| is_for(name, &url.host));
    let found = match entry {
        Entry::Address(address) => {
            let host = cluster.all_hosts().find(|host| host.addresses().any(|own| own == address))?;
            at_port().filter(is_meant).find(|way_in| way_in.at == host.name)
        }
        Entry::Public(host) => at_port()
            .filter(is_router)
            .find(|way_in| way_in.to.iter().any(|to| leads_to(way_in, host, ("TCP", to.port())))),
        Entry::Somewhere => at_port()
            .find(is_router)
            .or_else(|| at_port().find(|way_in| way_in.names.iter().any(|name| is_for(name, &url.host)))),
    };
    found.map(|way_in| (cluster, way_in))
}

/// Takes a forward or proxy, and says where it leads.
fn forward(trail: &mut Trail<'_, '_>, cluster: &Cluster, way_in: &WayIn) -> Option<SocketAddr> {
    let (stage, verb) = if way_in.names.is_empty() { (Stage::Forward, "leads") } else { (Stage::Proxy, "sends it on") };
    let to: Vec<_> = way_in.to.iter().map(SocketAddr::to_string).collect();
    let (protocol, port, at) = (&way_in.protocol, way_in.port, &way_in.at);
    let mut hop = Hop::new(stage, format!("port {port}/{protocol} of {at} {verb} to {}", to.join(" or ")));
    if way_in.from != Source::Anyone {
        hop = hop.note(format!("it is for {}", way_in.from));
    }
    let missing = forward_target_missing::of_way_in(trail.index, way_in).into_iter().next();
    let hop = trail.judged(hop, missing);
    trail.take(hop)?;
    let first = *way_in.to.first()?;

    let shut = forward_blocked::of_way_in(trail.index, cluster, way_in).into_iter().next();
    let walled = way_in.to.iter().filter_map(|to| host_at(trail.index, to.ip())).map(|(host, _)| host);
    // Where another forward leads here, its rules were asked then.
    let is_first = !trail.hops.iter().rev().skip(1).any(|hop| matches!(hop.stage, Stage::Forward | Stage::Proxy));
    let listening = cluster.all_hosts().filter(|host| is_first && host.name == way_in.at);
    let mut walled: Vec<_> = walled.chain(listening).filter(|host| cluster.firewalls(host).next().is_some()).collect();
    walled.dedup_by(|one, other| one.name == other.name);
    if !walled.is_empty() || shut.is_some() {
        let names: Vec<_> = walled.iter().map(|host| host.name.as_str()).collect();
        let hop = Hop::new(Stage::Firewall, format!("the rules of host {}", names.join(" and ")));
        let hop = trail.judged(hop, shut);
        trail.take(hop)?;
    }
    Some(first)
}

/// What a proxy does about TLS: behind it there is none.
fn shows_own(trail: &mut Trail<'_, '_>, way_in: &WayIn, is_secure: bool) -> Option<bool> {
    if is_secure {
        let hop = Hop::new(Stage::Tls, format!("{} shows a certificate of its own", way_in.at));
        let why = "which names it is for, and who signed it, is decided on that host";
        trail.take(hop.unknown(why))?;
    }
    Some(false)
}

/// That a port of a router leads nowhere, where others lead to the host that the name is for.
fn unforwarded(trail: &mut Trail<'_, '_>, host: &Host, port: u16) -> Option<()> {
    let cluster = trail.index.cluster()?;
    let is_router = |way_in: &&WayIn| cluster.all_hosts().all(|host| host.name != way_in.at);
    let leads = |way_in: &&WayIn| way_in.to.iter().any(|to| leads_to(way_in, host, (&way_in.protocol, to.port())));
    let forwards: Vec<_> = cluster.ways_in.iter().filter(is_router).filter(leads).collect();
    let Some(first) = forwards.first() else { return Some(()) };
    let known: Vec<_> = forwards.iter().map(|way_in| label(way_in)).collect();
    let message = format!("no forward of {} leads port {port}/TCP to host {}", first.at, host.name);
    let hop = Hop::new(Stage::Forward, format!("port {port}/TCP of {}", first.at));
    trail.take(hop.is(fault(message, format!("add one, by `forward_to`, beside {}", known.join(", ")))))
}

/// That a proxy listens there for other names only.
fn other_sites(trail: &Trail<'_, '_>, url: &Url, at: SocketAddr) -> Option<Hop> {
    let (host, _) = host_at(trail.index, at.ip())?;
    let ways_in = &trail.index.cluster()?.ways_in;
    let there = ways_in.iter().filter(|way_in| way_in.at == host.name && way_in.port == at.port());
    let names: Vec<_> = there.flat_map(|way_in| &way_in.names).map(String::as_str).collect();
    if names.is_empty() {
        return None;
    }
    let message = format!("the proxy at port {}/TCP of {} has no site for {}", at.port(), host.name, url.host);
    let hop = Hop::new(Stage::Proxy, format!("port {}/TCP of {}", at.port(), host.name));
    Some(hop.is(fault(message, format!("give it one, or ask for one that it has: {}", names.join(", ")))))
}
