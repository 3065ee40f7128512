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
    /// Where it listens: the name of one of the cluster's hosts, or of a router that is none of them.
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
/// # Errors
/// When the Service has no port of this name, or no node port is chosen for it.
#[track_caller]
pub fn forward<'n>(
    at: (&str, u16),
    service: &Service,
    port: &str,
    nodes: impl IntoIterator<Item = &'n Node>,
) -> Result<WayIn, Error> {
    let (node_port, protocol) = node_port(service, port)?;
    let what = service.metadata.name.as_deref().unwrap_or_default();
    let addresses = nodes.into_iter().map(|node| node.address);
    Ok(way_in(at, &Listener { name: what.to_owned(), port: node_port, protocol }, addresses))
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
/// When the host has no address that is known.
#[track_caller]
pub fn forward_to(at: (&str, u16), listener: &Listener, host: &Host) -> Result<WayIn, Error> {
    Ok(way_in(at, listener, [host.address()?]))
}

fn way_in((at, port): (&str, u16), listener: &Listener, addresses: impl IntoIterator<Item = IpAddr>) -> WayIn {
    WayIn {
        what: listener.name.clone(),
        at: at.to_owned(),
        port,
        protocol: listener.protocol.clone(),
        to: addresses.into_iter().map(|address| SocketAddr::new(address, listener.port)).collect(),
        from: Source::Anyone,
        names: Vec::new(),
    }
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
