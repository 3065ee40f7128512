use std::net::Ipv4Addr;

use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::App;
use crate::app::labels_selector;

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

/// A `NetworkPolicy` that lets these peers connect to an app's pods at a named port.
pub fn allow_ingress(app: &App, name: &str, from: Vec<NetworkPolicyPeer>, port: &str) -> NetworkPolicy {
    policy(
        app,
        name,
        NetworkPolicySpec {
            ingress: Some(vec![NetworkPolicyIngressRule { from: Some(from), ports: Some(vec![tcp(port)]) }]),
            policy_types: Some(vec!["Ingress".to_owned()]),
            ..NetworkPolicySpec::default()
        },
    )
}

/// A `NetworkPolicy` that lets an app's pods connect to these peers at a named port.
pub fn allow_egress(app: &App, name: &str, to: Vec<NetworkPolicyPeer>, port: &str) -> NetworkPolicy {
    policy(
        app,
        name,
        NetworkPolicySpec {
            egress: Some(vec![NetworkPolicyEgressRule { to: Some(to), ports: Some(vec![tcp(port)]) }]),
            policy_types: Some(vec!["Egress".to_owned()]),
            ..NetworkPolicySpec::default()
        },
    )
}

/// A `NetworkPolicy` that lets an app's pods ask these DNS servers, at port 53 by UDP and TCP.
///
/// Where a node-local cache answers (as kubespray sets up), its address is the one that pods ask: name it beside [`cluster_dns`].
pub fn allow_dns(app: &App, servers: Vec<NetworkPolicyPeer>) -> NetworkPolicy {
    let port = |protocol: &str| NetworkPolicyPort {
        port: Some(IntOrString::Int(53)),
        protocol: Some(protocol.to_owned()),
        end_port: None,
    };
    policy(
        app,
        &format!("{}-dns", app.name),
        NetworkPolicySpec {
            egress: Some(vec![NetworkPolicyEgressRule {
                to: Some(servers),
                ports: Some(vec![port("UDP"), port("TCP")]),
            }]),
            policy_types: Some(vec!["Egress".to_owned()]),
            ..NetworkPolicySpec::default()
        },
    )
}

/// The cluster's own DNS pods, as a peer.
pub fn cluster_dns() -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(labels_selector([("kubernetes.io/metadata.name", "kube-system")])),
        pod_selector: Some(labels_selector([("k8s-app", "kube-dns")])),
        ip_block: None,
    }
}

/// One address outside the pod network, as a peer.
pub fn address_peer(address: Ipv4Addr) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock { cidr: format!("{address}/32"), except: None }),
        ..NetworkPolicyPeer::default()
    }
}

/// The pods of an app, as a peer of policies in any namespace.
pub fn peer(app: &App) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(labels_selector([("kubernetes.io/metadata.name", &app.namespace)])),
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

fn tcp(port: &str) -> NetworkPolicyPort {
    NetworkPolicyPort { port: Some(IntOrString::String(port.to_owned())), ..NetworkPolicyPort::default() }
}
