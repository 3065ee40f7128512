use std::net::IpAddr;

use k8s_openapi::api::core::v1::{Service, ServicePort};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::app::labels_selector;
use crate::{App, Node, Subnet};

/// A `NetworkPolicy` that refuses every connection to and from the pods of a namespace that no other policy allows.
pub fn default_deny(namespace: &str) -> NetworkPolicy {
    NetworkPolicy {
        metadata: ObjectMeta {
            name: Some("default-deny".to_owned()),
            namespace: Some(namespace.to_owned()),
            ..ObjectMeta::default()
        },
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
            ..NetworkPolicySpec::default()
        }),
    }
}

/// The two ends of a connection: the policy that lets an app's pods out to the pods of a Service, and the one that lets them in there.
///
/// Policies see a connection after the Service has led it to a pod, so both name the ports that the pods listen at. Where a
/// Service has no selector, it is [`connect_outside`](crate::prelude::connect_outside).
///
/// ```
/// use stackwright::prelude::*;
///
/// let database = App::new("mysql", "data");
/// let service = headless_service(&database, &[container_port("mysql", 3306)]);
/// let [from_web, to_mysql] = connect(&App::new("web", "shop"), &service);
/// assert_eq!(from_web.metadata.namespace.as_deref(), Some("shop"));
/// assert_eq!(to_mysql.metadata.name.as_deref(), Some("mysql-from-web"));
/// ```
pub fn connect(client: &App, service: &Service) -> [NetworkPolicy; 2] {
    let spec = service.spec.clone().unwrap_or_default();
    let name = service.metadata.name.as_deref().unwrap_or_default();
    let pods = LabelSelector { match_labels: spec.selector, ..LabelSelector::default() };
    let ports: Vec<_> = spec.ports.into_iter().flatten().map(target_port).collect();
    let server = NetworkPolicyPeer {
        namespace_selector: service.metadata.namespace.as_deref().map(namespace_named),
        pod_selector: Some(pods.clone()),
        ip_block: None,
    };
    let egress = allow_egress(client, &format!("{}-to-{name}", client.name), vec![server], ports.clone());
    let ingress = NetworkPolicy {
        metadata: ObjectMeta {
            name: Some(format!("{name}-from-{}", client.name)),
            annotations: None,
            ..service.metadata.clone()
        },
        spec: Some(NetworkPolicySpec { pod_selector: Some(pods), ..ingress(vec![app_peer(client)], ports) }),
    };
    [egress, ingress]
}

fn target_port(port: ServicePort) -> NetworkPolicyPort {
    let port_number = IntOrString::Int(port.port);
    NetworkPolicyPort { port: Some(port.target_port.unwrap_or(port_number)), protocol: port.protocol, end_port: None }
}

/// A `NetworkPolicy` that lets these peers connect to an app's pods at these ports. Without any it lets nobody.
pub fn allow_ingress(
    app: &App,
    name: &str,
    from: Vec<NetworkPolicyPeer>,
    ports: Vec<NetworkPolicyPort>,
) -> NetworkPolicy {
    policy(app, name, ingress(from, ports))
}

/// A `NetworkPolicy` that lets an app's pods connect to these peers at these ports. Without any it lets them to nobody.
pub fn allow_egress(app: &App, name: &str, to: Vec<NetworkPolicyPeer>, ports: Vec<NetworkPolicyPort>) -> NetworkPolicy {
    policy(app, name, egress(to, ports))
}

/// A `NetworkPolicy` that lets an app's pods ask these DNS servers, at port 53 by UDP and TCP.
///
/// Where a node-local cache answers (as kubespray sets up), its address is the one that pods ask: name it beside [`cluster_dns`].
pub fn allow_dns(app: &App, servers: Vec<NetworkPolicyPeer>) -> NetworkPolicy {
    let udp = NetworkPolicyPort { protocol: Some("UDP".to_owned()), ..tcp(53) };
    let tcp = NetworkPolicyPort { protocol: Some("TCP".to_owned()), ..tcp(53) };
    allow_egress(app, &format!("{}-dns", app.name), servers, vec![udp, tcp])
}

/// A `NetworkPolicy` that lets an app's pods ask the API server, which the control planes among these nodes run.
///
/// Pods connect to the Service `kubernetes`, but policies see where that leads: to port 6443 of a control plane.
pub fn allow_api_server(app: &App, nodes: &[Node]) -> NetworkPolicy {
    let control_planes = nodes.iter().filter(|node| node.control_plane);
    let servers = control_planes.flat_map(Node::addresses).map(address_peer).collect();
    allow_egress(app, &format!("{}-to-api-server", app.name), servers, vec![tcp(6443)])
}

/// A port by its number.
pub fn tcp(number: u16) -> NetworkPolicyPort {
    NetworkPolicyPort { port: Some(IntOrString::Int(number.into())), ..NetworkPolicyPort::default() }
}

/// A port by the name that the pods which listen at it gave it.
pub fn tcp_named(name: &str) -> NetworkPolicyPort {
    NetworkPolicyPort { port: Some(IntOrString::String(name.to_owned())), ..NetworkPolicyPort::default() }
}

/// The cluster's own DNS pods, as a peer.
pub fn cluster_dns() -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(namespace_named("kube-system")),
        pod_selector: Some(labels_selector([("k8s-app", "kube-dns")])),
        ip_block: None,
    }
}

/// One address outside the pod network, as a peer.
pub fn address_peer(address: IpAddr) -> NetworkPolicyPeer {
    let length = if address.is_ipv4() { 32 } else { 128 };
    block(format!("{address}/{length}"), None)
}

/// Every address of a subnet, as a peer.
pub fn subnet_peer(subnet: Subnet) -> NetworkPolicyPeer {
    block(subnet.to_string(), None)
}

/// Everyone, as a peer: pods, hosts, and people anywhere. By IPv6 it is `::/0`, a peer of its own: [`subnet_peer`].
pub fn anyone() -> NetworkPolicyPeer {
    block("0.0.0.0/0".to_owned(), None)
}

/// Every pod of the cluster, as a peer.
pub fn any_pod() -> NetworkPolicyPeer {
    NetworkPolicyPeer { namespace_selector: Some(LabelSelector::default()), ..NetworkPolicyPeer::default() }
}

/// Everyone but these subnets and the link-local addresses, where clouds keep what a machine may know: as a peer for each family of
/// addresses that they are of.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let (nodes, pods) = (Subnet::new("192.168.56.0/24")?, Subnet::new("10.233.64.0/18")?);
/// let peers = internet_except(&[nodes, pods]);
/// let except = peers[0].ip_block.as_ref().and_then(|block| block.except.clone()).unwrap_or_default();
/// assert_eq!(except, ["192.168.56.0/24", "10.233.64.0/18", "169.254.0.0/16"]);
/// # Ok(())
/// # }
/// ```
pub fn internet_except(subnets: &[Subnet]) -> Vec<NetworkPolicyPeer> {
    let families = [(false, "0.0.0.0/0", "169.254.0.0/16"), (true, "::/0", "fe80::/10")];
    let peer = |(is_ipv6, everyone, link_local): (bool, &str, &str)| {
        let own: Vec<_> = subnets.iter().filter(|subnet| subnet.is_ipv6() == is_ipv6).map(Subnet::to_string).collect();
        let except = || own.iter().cloned().chain([link_local.to_owned()]).collect();
        (!own.is_empty()).then(|| block(everyone.to_owned(), Some(except())))
    };
    families.into_iter().filter_map(peer).collect()
}

/// The pods of an app, as a peer of policies in any namespace.
pub fn app_peer(app: &App) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(namespace_named(&app.namespace)),
        pod_selector: Some(app.selector()),
        ip_block: None,
    }
}

fn policy(app: &App, name: &str, spec: NetworkPolicySpec) -> NetworkPolicy {
    NetworkPolicy {
        metadata: app.named(name),
        spec: Some(NetworkPolicySpec { pod_selector: Some(app.selector()), ..spec }),
    }
}

// In a rule, no peers would mean everyone, and no ports all ports.

fn ingress(from: Vec<NetworkPolicyPeer>, ports: Vec<NetworkPolicyPort>) -> NetworkPolicySpec {
    let somebody = !from.is_empty() && !ports.is_empty();
    NetworkPolicySpec {
        ingress: somebody.then(|| vec![NetworkPolicyIngressRule { from: Some(from), ports: Some(ports) }]),
        policy_types: Some(vec!["Ingress".to_owned()]),
        ..NetworkPolicySpec::default()
    }
}

fn egress(to: Vec<NetworkPolicyPeer>, ports: Vec<NetworkPolicyPort>) -> NetworkPolicySpec {
    let somebody = !to.is_empty() && !ports.is_empty();
    NetworkPolicySpec {
        egress: somebody.then(|| vec![NetworkPolicyEgressRule { to: Some(to), ports: Some(ports) }]),
        policy_types: Some(vec!["Egress".to_owned()]),
        ..NetworkPolicySpec::default()
    }
}

fn block(cidr: String, except: Option<Vec<String>>) -> NetworkPolicyPeer {
    NetworkPolicyPeer { ip_block: Some(IPBlock { cidr, except }), ..NetworkPolicyPeer::default() }
}

fn namespace_named(name: &str) -> LabelSelector {
    labels_selector([("kubernetes.io/metadata.name", name)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_not_everyone() {
        let app = App::new("web", "shop");
        for policy in [
            allow_ingress(&app, "in", vec![], vec![tcp(80)]),
            allow_ingress(&app, "in", vec![anyone()], vec![]),
            allow_egress(&app, "out", vec![], vec![tcp(80)]),
            allow_egress(&app, "out", vec![anyone()], vec![]),
        ] {
            let spec = policy.spec.unwrap_or_default();
            assert_eq!((spec.ingress, spec.egress), (None, None));
        }
    }
}
