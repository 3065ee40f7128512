use std::net::{IpAddr, SocketAddr};
use std::panic::Location;

use k8s_openapi::api::core::v1::Service;

use crate::{Error, Host, Listener, Node, Source};

/// A forward: what arrives at a port of a router or another host is sent on to hosts of the cluster.
///
/// It is made from what it leads to, by [`forward`] or [`forward_to`], so that no two numbers have to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayIn {
    /// What people reach by it, in a word or two.
    pub what: String,
    /// Where it listens: the name of one of the cluster's hosts, or of a router that is none of them. It is a name, and no address: a host
    /// may have several, of both families.
    pub at: String,
    /// The port that it listens at.
    pub port: u16,
    /// `TCP` or `UDP`.
    pub protocol: String,
    /// Where it leads: an address and port of each host that may take what arrives.
    pub to: Vec<SocketAddr>,
    /// Who may use it: anyone, unless it is said.
    pub from: Source,
    /// The DNS names that visitors ask for there, where a proxy tells them apart. None where whatever arrives is sent on.
    pub names: Vec<String>,
}

/// From a port of a router, or of another host, to the node port of a Service's port on these nodes.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};
/// use stackwright::prelude::*;
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let server = Node::control_plane(Host::new("server", (2, 4096), Nic::on(&lan, 11)?))?;
/// let port = ServicePort { name: Some("http".into()), port: 80, node_port: Some(30080), ..default() };
/// let spec = ServiceSpec { type_: Some("NodePort".into()), ports: Some(vec![port]), ..default() };
/// let service = Service { metadata: App::new("shop", "web").metadata(), spec: Some(spec), ..default() };
///
/// let way_in = forward(("router", 80), &service, "http", [&server])?;
/// assert_eq!(way_in.to[0].to_string(), "192.168.1.11:30080");
/// assert!(forward(("router", 443), &service, "https", [&server]).is_err());
/// # Ok(())
/// # }
/// ```
///
/// It leads to an address of the family that the Service has. Where it has none, nobody said so, and it is the node's own.
///
/// # Errors
/// When the Service has no port of this name, or no node port is chosen for it, a node has no address of the Service's family, or where
/// it listens is an address.
#[track_caller]
pub fn forward<'n>(
    at: (&str, u16),
    service: &Service,
    port: &str,
    nodes: impl IntoIterator<Item = &'n Node>,
) -> Result<WayIn, Error> {
    let (node_port, protocol) = node_port(service, port)?;
    let what = service.metadata.name.as_deref().unwrap_or_default();
    let addresses = nodes.into_iter().map(|node| served(node, service)).collect::<Result<Vec<_>, _>>()?;
    way_in(at, &Listener { name: what.to_owned(), port: node_port, protocol }, addresses)
}

/// The address of a node at which it answers for a Service: a node port is there for the Service's families alone.
#[track_caller]
fn served(node: &Node, service: &Service) -> Result<IpAddr, Error> {
    let families: Vec<_> = service.spec.iter().flat_map(|spec| spec.ip_families.iter().flatten()).collect();
    let is_served = |address: &IpAddr| {
        families.is_empty() || families.iter().any(|family| *family == if address.is_ipv6() { "IPv6" } else { "IPv4" })
    };
    node.addresses().into_iter().find(is_served).ok_or_else(|| {
        let families: Vec<_> = families.iter().map(|family| family.escape_debug().to_string()).collect();
        let name = service.metadata.name.as_deref().unwrap_or_default().escape_debug();
        Error::new(
            format!("Service `{name}` is of {}, and node `{}` has no such address", families.join(", "), node.name()),
            "give the node's NIC an address of that family, or the Service another one in its `ip_families`",
        )
        .written_at(Location::caller())
    })
}

/// From a port of a router, or of another host, to what listens on this host.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let edge = Host::new("edge", (2, 2048), Nic::on(&lan, 10)?);
/// let way_in = forward_to(("router", 443), &Listener::tcp("nginx", 8443), &edge)?;
/// assert_eq!(way_in.to[0].to_string(), "192.168.1.10:8443");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the host has no address that is known, or where it listens is an address.
#[track_caller]
pub fn forward_to(at: (&str, u16), listener: &Listener, host: &Host) -> Result<WayIn, Error> {
    way_in(at, listener, [host.address()?])
}

#[track_caller]
fn way_in(
    (at, port): (&str, u16),
    listener: &Listener,
    addresses: impl IntoIterator<Item = IpAddr>,
) -> Result<WayIn, Error> {
    if at.parse::<IpAddr>().is_ok() {
        let help = "write the name of one of the cluster's hosts, or what you call the router";
        return Err(Error::new(format!("`{at}` is an address, and no name of where a forward listens"), help)
            .written_at(Location::caller()));
    }
    Ok(WayIn {
        what: listener.name.clone(),
        at: at.to_owned(),
        port,
        protocol: listener.protocol.clone(),
        to: addresses.into_iter().map(|address| SocketAddr::new(address, listener.port)).collect(),
        from: Source::Anyone,
        names: Vec::new(),
    })
}

/// The number and protocol of the node port that is chosen for a Service's port.
#[track_caller]
pub(crate) fn node_port(service: &Service, port: &str) -> Result<(u16, String), Error> {
    let place = Location::caller();
    let name = service.metadata.name.as_deref().unwrap_or_default().escape_debug();
    let ports = || service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
    let found = ports().find(|found| found.name.as_deref() == Some(port)).ok_or_else(|| {
        let names: Vec<_> = ports().filter_map(|port| port.name.as_deref()).collect();
        let help = if names.is_empty() { "give it one".to_owned() } else { format!("it has {}", names.join(", ")) };
        Error::new(format!("Service `{name}` has no port named `{}`", port.escape_debug()), help).written_at(place)
    })?;
    let number = found.node_port.and_then(|number| u16::try_from(number).ok()).filter(|number| *number != 0);
    let number = number.ok_or_else(|| {
        Error::new(
            format!("no node port is chosen for port `{}` of Service `{name}`", port.escape_debug()),
            "set its `node_port`, from 30000 to 32767, and the Service's `type_` to NodePort",
        )
        .written_at(place)
    })?;
    Ok((number, found.protocol.clone().unwrap_or_else(|| "TCP".to_owned())))
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};

    use super::*;
    use crate::prelude::default;
    use crate::{Network, Nic, Subnet};

    #[test]
    fn a_forward_leads_to_an_address_of_the_services_family() {
        let subnet = |cidr| Subnet::new(cidr).expect("a subnet");
        let both = Network {
            subnets: vec![subnet("10.0.0.0/24"), subnet("fd00:a::/64")],
            ..Network::new("both", subnet("10.0.0.0/24"))
        };
        let alone = Network::new("alone", subnet("10.0.0.0/24"));
        let node = |network| Node::worker(Host::new("node", (2, 4096), Nic::on(network, 11).expect("an address")));
        let led = |network, families: &[&str]| {
            let port = ServicePort { name: Some("http".into()), port: 80, node_port: Some(30080), ..default() };
            let families = (!families.is_empty()).then(|| families.iter().map(|&family| family.to_owned()).collect());
            let spec = ServiceSpec { ports: Some(vec![port]), ip_families: families, ..default() };
            let service = Service { spec: Some(spec), ..default() };
            forward(("router", 80), &service, "http", [&node(network).expect("an address")])
        };
        let to = |families: &[&str]| led(&both, families).expect("an address").to[0].to_string();
        assert_eq!(to(&[]), "10.0.0.11:30080");
        assert_eq!(to(&["IPv6"]), "[fd00:a::b]:30080");
        assert_eq!(to(&["IPv6", "IPv4"]), "10.0.0.11:30080", "both answer: the node's own comes first");
        for address in ["192.0.2.1", "2001:db8::1"] {
            let host = node(&alone).expect("an address").host;
            let error = forward_to((address, 443), &Listener::tcp("nginx", 8443), &host).expect_err("no name");
            assert!(error.to_string().contains("is an address, and no name"), "{error}");
        }
        let error = led(&alone, &["IPv6"]).expect_err("no address");
        assert_eq!(error.to_string(), "Service `` is of IPv6, and node `node` has no such address");
    }

    #[test]
    fn a_forward_needs_a_node_port_that_is_chosen() {
        let port = |name: &str, node_port| ServicePort {
            name: Some(name.into()),
            port: 80,
            node_port,
            ..ServicePort::default()
        };
        let ports = vec![port("http", Some(30080)), port("https", None)];
        let spec = ServiceSpec { ports: Some(ports), ..ServiceSpec::default() };
        let service = Service { spec: Some(spec), ..Service::default() };
        let failed = |name| {
            let (result, line) = (forward(("router", 80), &service, name, []), line!());
            let error = result.expect_err("no node port");
            assert_eq!(error.place(), Some(format!("{}:{line}", file!())));
            error.to_string()
        };
        assert!(forward(("router", 80), &service, "http", []).is_ok());
        assert!(failed("https").contains("no node port is chosen"));
        assert!(failed("grpc").contains("no port named"));
    }
}
