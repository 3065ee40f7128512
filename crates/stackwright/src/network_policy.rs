use std::net::Ipv4Addr;

use k8s_openapi::api::core::v1::{Service, ServicePort};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::app::labels_selector;
use crate::{App, Machine, Network};

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
/// Policies see a connection after the Service has led it to a pod, so both name the ports that the pods listen at.
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

/// A `NetworkPolicy` that lets an app's pods ask the API server, which the control planes of these machines run.
///
/// Pods connect to the Service `kubernetes`, but policies see where that leads: to port 6443 of a control plane.
pub fn allow_api_server(app: &App, machines: &[Machine]) -> NetworkPolicy {
    let control_planes = machines.iter().filter(|machine| machine.is_control_plane());
    let servers = control_planes.map(|machine| address_peer(machine.address)).collect();
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
pub fn address_peer(address: Ipv4Addr) -> NetworkPolicyPeer {
    block(format!("{address}/32"), None)
}

/// Every address of a network, as a peer.
pub fn network_peer(network: Network) -> NetworkPolicyPeer {
    block(network.to_string(), None)
}

/// Everyone, as a peer: pods, machines, and people anywhere.
pub fn anyone() -> NetworkPolicyPeer {
    block("0.0.0.0/0".to_owned(), None)
}

/// Every pod of the cluster, as a peer.
pub fn any_pod() -> NetworkPolicyPeer {
    NetworkPolicyPeer { namespace_selector: Some(LabelSelector::default()), ..NetworkPolicyPeer::default() }
}

/// Everyone but these networks and the link-local addresses, where clouds keep what a machine may know: as a peer.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let (nodes, pods) = (Network::new("192.168.56.0/24")?, Network::new("10.233.64.0/18")?);
/// let peer = internet_except(&[nodes, pods]);
/// let except = peer.ip_block.and_then(|block| block.except).unwrap_or_default();
/// assert_eq!(except, ["192.168.56.0/24", "10.233.64.0/18", "169.254.0.0/16"]);
/// # Ok(())
/// # }
/// ```
pub fn internet_except(networks: &[Network]) -> NetworkPolicyPeer {
    let except = networks.iter().map(Network::to_string).chain(["169.254.0.0/16".to_owned()]).collect();
    block("0.0.0.0/0".to_owned(), Some(except))
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
