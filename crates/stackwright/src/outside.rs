use std::collections::BTreeMap;
use std::net::IpAddr;
use std::panic::Location;

use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
use k8s_openapi::api::discovery::v1::{Endpoint, EndpointPort, EndpointSlice};
use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::network_policy::{address_peer, allow_egress};
use crate::{App, Error, Host, Listener};

/// The label by which an `EndpointSlice` says whose it is.
const SERVICE_LABEL: &str = "kubernetes.io/service-name";
/// The label by which it says who looks after it: <https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#management>.
const MANAGER_LABEL: &str = "endpointslice.kubernetes.io/managed-by";

/// A Service for what listens on a host outside Kubernetes, and the `EndpointSlice` that leads it there: pods reach a database on a machine
/// of its own by a name, and its address and port stand in the topology alone.
///
/// The Service has no selector, so that Kubernetes leaves the slice as it is. Its ports are called as the listeners are, in small letters.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let mysql = Listener::tcp("MySQL", 3306);
/// let host = Host { listeners: vec![mysql], ..Host::new("storage", (2, 4096), Nic::on(&lan, 40)?) };
///
/// let (service, slice) = service_outside(&App::new("mysql", "shop"), &host, &host.listeners)?;
/// assert_eq!(dns_name(&service), "mysql.shop.svc");
/// assert_eq!(slice.endpoints.iter().flatten().next().map(|at| &at.addresses[0][..]), Some("192.168.1.40"));
/// let policy = connect_outside(&App::new("web", "shop"), &slice);
/// assert_eq!(policy.metadata.name.as_deref(), Some("web-to-mysql"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the host has no address that is known, nothing listens, or two listeners are called alike, or one so that no port can be.
#[track_caller]
pub fn service_outside(app: &App, host: &Host, listeners: &[Listener]) -> Result<(Service, EndpointSlice), Error> {
    let place = Location::caller();
    let address = host.address()?;
    let family = if address.is_ipv6() { "IPv6" } else { "IPv4" };
    let mut ports: BTreeMap<String, &Listener> = BTreeMap::new();
    for listener in listeners {
        let name = port_name(&listener.name).ok_or_else(|| refused(listener, "cannot be the name of a port", place))?;
        if ports.insert(name, listener).is_some() {
            return Err(refused(listener, "is the name of two ports", place));
        }
    }
    if ports.is_empty() {
        return Err(Error::new(
            format!("nothing is said to listen on host `{}` for Service `{}`", host.name.escape_debug(), app.name),
            "give it the listeners of the host, or those of the artefact that brings them",
        )
        .written_at(place));
    }

    let service = Service {
        metadata: app.metadata(),
        spec: Some(ServiceSpec {
            // In a cluster of both families a Service of the other one would pass the slice by.
            ip_families: Some(vec![family.to_owned()]),
            ports: Some(ports.iter().map(|(name, listener)| service_port(name, listener)).collect()),
            ..ServiceSpec::default()
        }),
        ..Service::default()
    };
    let mut metadata = app.metadata();
    let labels = metadata.labels.get_or_insert_default();
    labels.insert(SERVICE_LABEL.to_owned(), app.name.clone());
    labels.insert(MANAGER_LABEL.to_owned(), "stackwright".to_owned());
    let slice = EndpointSlice {
        metadata,
        address_type: family.to_owned(),
        endpoints: Some(vec![Endpoint { addresses: vec![address.to_string()], ..Endpoint::default() }]),
        ports: Some(ports.iter().map(|(name, listener)| endpoint_port(name, listener)).collect()),
    };
    Ok((service, slice))
}

/// The `NetworkPolicy` that lets an app's pods out to where an `EndpointSlice` leads. Policies see a connection after the Service has led it
/// there, so it names the address, and the ports that are listened at.
pub fn connect_outside(client: &App, slice: &EndpointSlice) -> NetworkPolicy {
    let labels = slice.metadata.labels.as_ref();
    let service = labels.and_then(|labels| labels.get(SERVICE_LABEL)).or(slice.metadata.name.as_ref());
    let addresses = slice.endpoints.iter().flatten().flat_map(|endpoint| &endpoint.addresses);
    let addresses = addresses.filter_map(|address| address.parse::<IpAddr>().ok());
    let ports = slice.ports.iter().flatten().map(|port| NetworkPolicyPort {
        port: port.port.map(IntOrString::Int),
        protocol: port.protocol.clone(),
        end_port: None,
    });
    let name = format!("{}-to-{}", client.name, service.map_or("outside", String::as_str));
    allow_egress(client, &name, addresses.map(address_peer).collect(), ports.collect())
}

fn service_port(name: &str, listener: &Listener) -> ServicePort {
    ServicePort {
        name: Some(name.to_owned()),
        port: listener.port.into(),
        protocol: Some(listener.protocol.clone()),
        ..ServicePort::default()
    }
}

fn endpoint_port(name: &str, listener: &Listener) -> EndpointPort {
    EndpointPort {
        name: Some(name.to_owned()),
        port: Some(listener.port.into()),
        protocol: Some(listener.protocol.clone()),
        ..EndpointPort::default()
    }
}

/// `nfs-server` of `NFS server`: the two objects find each other by it, so it has to be a label of the DNS.
fn port_name(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase().replace(' ', "-");
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = (1..=63).contains(&name.len()) && name.bytes().all(is_letter);
    (is_label && !name.starts_with('-') && !name.ends_with('-')).then_some(name)
}

fn refused(listener: &Listener, why: &str, place: &'static Location<'static>) -> Error {
    let help = "call each listener by letters, digits, hyphens and blanks, as no other is called";
    Error::new(format!("the listener's name `{}` {why}", listener.name.escape_debug()), help).written_at(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Network, Nic, Subnet};

    #[test]
    fn what_no_port_can_be_called_is_refused() {
        let lan = Network::new("lan", Subnet::new("192.168.1.0/24").expect("a subnet"));
        let host = Host::new("storage", (2, 4096), Nic::on(&lan, 40).expect("an address"));
        let app = App::new("mysql", "shop");
        let refused = |listeners: &[Listener]| {
            service_outside(&app, &host, listeners).expect_err("no name of a port").to_string()
        };
        assert_eq!(refused(&[]), "nothing is said to listen on host `storage` for Service `mysql`");
        for name in ["", " ", "-x", "x-", "a\nb", "ü", "$(x)", &"x".repeat(64)] {
            assert!(refused(&[Listener::tcp(name, 1)]).contains("cannot be the name of a port"), "{name}");
        }
        let twice = [Listener::tcp("NFS server", 1), Listener::udp("nfs-server", 2)];
        assert_eq!(refused(&twice), "the listener's name `nfs-server` is the name of two ports");
        let unknown = Host { nics: vec![Nic::without_address(&lan)], ..host.clone() };
        assert!(service_outside(&app, &unknown, &[Listener::tcp("x", 1)]).is_err());
    }

    #[test]
    fn the_family_is_that_of_the_host() {
        let lan = Network::new("lan", Subnet::new("fd00:1::/64").expect("a subnet"));
        let host = Host::new("storage", (2, 4096), Nic::on(&lan, 0x40).expect("an address"));
        let listeners = [Listener::udp("syslog", 514)];
        let (service, slice) = service_outside(&App::new("logs", "shop"), &host, &listeners).expect("a Service");
        assert_eq!(service.spec.and_then(|spec| spec.ip_families), Some(vec!["IPv6".to_owned()]));
        assert_eq!(slice.address_type, "IPv6");
        let policy = connect_outside(&App::new("web", "shop"), &slice);
        let egress = policy.spec.and_then(|spec| spec.egress).unwrap_or_default();
        let to = egress[0].to.iter().flatten().filter_map(|peer| Some(peer.ip_block.as_ref()?.cidr.as_str()));
        assert_eq!(to.collect::<Vec<_>>(), ["fd00:1::40/128"]);
        let port = egress[0].ports.iter().flatten().next().expect("a port");
        assert_eq!((port.port.clone(), port.protocol.as_deref()), (Some(IntOrString::Int(514)), Some("UDP")));
    }
}
