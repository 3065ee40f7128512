//! What a name leads to, for somebody outside.

use std::net::IpAddr;

use super::request::Url;
use super::route;
use super::trail::{Trail, fault};
use super::{Hop, Stage};
use crate::Host;
use crate::check::Index;
use crate::check::network::proxy_name_unresolved::{is_for, of_name, recorded};

/// Where a request comes in.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Address(IpAddr),
    /// The address that a host has on the internet, which nobody wrote down.
    Public(&'a Host),
    /// Nobody knows.
    Somewhere,
}

/// Where the name of a URL leads.
pub(super) fn entry<'a>(trail: &mut Trail<'_, 'a>, url: &Url) -> Option<Entry<'a>> {
    let name = url.host.as_str();
    if let Some(address) = url.address() {
        trail.take(Hop::new(Stage::Name, format!("{address} is an address: no name is looked up")))?;
        return Some(Entry::Address(address));
    }
    if is_inside(name) {
        let message = format!("{name} is a name of the cluster's own DNS, which nobody outside asks");
        let help = "ask from a pod: kind/namespace/name and host:port; or give it a name of its own outside";
        return trail.end(Hop::new(Stage::Name, name).is(fault(message, help)));
    }
    let Some(cluster) = trail.index.cluster() else { return unknown(trail, name) };
    if let Some((_, address)) = cluster.names.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        let what = format!("{name} is {address}, by the cluster's lines for hosts files");
        trail.take(Hop::new(Stage::Name, what))?;
        return Some(Entry::Address(*address));
    }
    if let Some((artefact, record)) = recorded(cluster).find(|(_, record)| is_for(record, name)) {
        let host = cluster.all_hosts().find(|host| host.name == artefact.host);
        let what =
            format!("{name} is led to host {} by the record {record}: {} keeps it", artefact.host, artefact.name);
        trail.take(Hop::new(Stage::Name, what))?;
        return Some(host.map_or(Entry::Somewhere, Entry::Public));
    }
    if let Some(host) = cluster.all_hosts().find(|host| host.name == name)
        && let Ok(address) = host.address()
    {
        let hop = Hop::new(Stage::Name, format!("{name} is what the cluster calls the host at {address}"));
        trail.take(hop.unknown("whether anybody else does, nothing here says"))?;
        return Some(Entry::Address(address));
    }
    let waits = cluster.ways_in.iter().find(|way_in| way_in.names.iter().any(|waited| waited == name));
    if let Some(finding) = waits.and_then(|way_in| of_name(cluster, way_in, name)) {
        let hop = trail.judged(Hop::new(Stage::Name, name), Some(finding));
        trail.take(hop)?;
        return Some(Entry::Somewhere);
    }
    unknown(trail, name)
}

fn unknown<'a>(trail: &mut Trail<'_, 'a>, name: &str) -> Option<Entry<'a>> {
    trail.take(Hop::new(Stage::Name, name).unknown("no record or hosts file among these says which address it has"))?;
    Some(Entry::Somewhere)
}

/// Whether it is a name that only the cluster's own DNS has.
fn is_inside(name: &str) -> bool {
    let labels: Vec<_> = name.split('.').rev().collect();
    matches!(labels[..], ["svc", ..] | ["local", "cluster", ..] | [_, _, "svc", ..])
}

/// Whether anything here knows the name or the address of a URL.
pub(super) fn is_known(index: &Index<'_>, url: &Url) -> bool {
    let by_cluster = index.cluster().is_some_and(|cluster| {
        let is_listed = cluster.names.iter().any(|(name, _)| name.eq_ignore_ascii_case(&url.host));
        let is_recorded = recorded(cluster).any(|(_, record)| is_for(record, &url.host));
        let is_waited = cluster.ways_in.iter().any(|way_in| way_in.names.contains(&url.host));
        let is_near = url.address().is_some_and(|at| cluster.networks.iter().any(|network| network.contains(at)));
        is_listed || is_recorded || is_waited || is_near || cluster.all_hosts().any(|host| host.name == url.host)
    });
    by_cluster || url.address().is_none() && route::has_host(index, &url.host)
}
