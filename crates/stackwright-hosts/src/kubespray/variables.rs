//! The variables of kubespray v2.31 that someone decided; all others have kubespray's defaults.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use super::{Addon, Config, DOMAIN, NODE_DNS};
use crate::{Download, nodes};

/// `group_vars/all/all.yml`.
#[derive(Serialize)]
pub struct Everywhere<'a> {
    ansible_user: &'a str,
}

/// How Ansible logs in.
pub fn everywhere(user: &str) -> Result<Everywhere<'_>, Error> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if user.is_empty() || user.starts_with('-') || !user.bytes().all(is_plain) {
        return Err(Error::new(
            format!("`{}` is not a user who logs in", user.escape_debug()),
            "use letters, digits, dots, hyphens and underscores",
        ));
    }
    Ok(Everywhere { ansible_user: user })
}

/// `group_vars/k8s_cluster/k8s-cluster.yml`.
#[derive(Serialize)]
pub struct Cluster<'a> {
    kube_version: &'a str,
    kube_network_plugin: &'static str,
    kube_proxy_mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv4_stack: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv6_stack: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kube_service_addresses: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kube_service_addresses_ipv6: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kube_pods_subnet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kube_pods_subnet_ipv6: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kube_api_aggregator_routing: Option<bool>,
    dns_domain: &'static str,
    enable_nodelocaldns: bool,
    nodelocaldns_ip: IpAddr,
    kube_encrypt_secret_data: bool,
    kube_encryption_algorithm: &'static str,
    kube_encryption_resources: [&'static str; 1],
}

/// Kubernetes itself.
pub fn cluster<'a>(config: &Config<'a>) -> Result<Cluster<'a>, Error> {
    let of =
        |subnets: &[Subnet], is_ipv6| subnets.iter().find(|subnet| subnet.is_ipv6() == is_ipv6).map(Subnet::to_string);
    let has = |is_ipv6| of(config.pods, is_ipv6).is_some() || of(config.services, is_ipv6).is_some();
    for (what, subnets) in [("pods", config.pods), ("Services", config.services)] {
        let families = [false, true].map(|is_ipv6| subnets.iter().filter(|subnet| subnet.is_ipv6() == is_ipv6).count());
        if families.contains(&2)
            || families != [false, true].map(|is_ipv6| usize::from(has(is_ipv6)))
            || subnets.is_empty()
        {
            let subnets: Vec<_> = subnets.iter().map(Subnet::to_string).collect();
            return Err(Error::new(
                format!(
                    "the subnets of {what} are {}",
                    if subnets.is_empty() { "none".to_owned() } else { subnets.join(", ") }
                ),
                "give pods and Services one subnet each, or one of IPv4 and one of IPv6 each",
            ));
        }
    }
    Ok(Cluster {
        kube_version: version(config.kubernetes)?,
        kube_network_plugin: "calico",
        // ipvs, kubespray's default, is deprecated. nftables needs a kernel of 5.13 and, unlike ipvs, no strict ARP for MetalLB.
        kube_proxy_mode: "nftables",
        // Beside IPv4, which is kubespray's default.
        ipv4_stack: (!has(false)).then_some(false),
        ipv6_stack: has(true).then_some(true),
        kube_service_addresses: of(config.services, false),
        kube_service_addresses_ipv6: of(config.services, true),
        kube_pods_subnet: of(config.pods, false),
        kube_pods_subnet_ipv6: of(config.pods, true),
        kube_api_aggregator_routing: config.aggregator_routing.then_some(true),
        dns_domain: DOMAIN,
        enable_nodelocaldns: true,
        nodelocaldns_ip: NODE_DNS,
        kube_encrypt_secret_data: true,
        // aesgcm would need a new key every 200 000 writes.
        kube_encryption_algorithm: "secretbox",
        kube_encryption_resources: ["secrets"],
    })
}

/// `group_vars/k8s_cluster/k8s-net-calico.yml`.
#[derive(Serialize)]
pub struct Calico {
    calico_nftable_mode: &'static str,
}

/// Calico has to write its rules with what kube-proxy uses; kubespray leaves it at iptables.
pub fn calico() -> Calico {
    Calico { calico_nftable_mode: "Enabled" }
}

/// `group_vars/k8s_cluster/addons.yml`.
#[derive(Serialize)]
pub struct Addons<'a> {
    helm_enabled: bool,
    helm_version: &'a str,
    helm_archive_checksum: String,
    metrics_server_enabled: bool,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    local_path_provisioner: Option<LocalPathProvisioner>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway_api_enabled: Option<bool>,
    metallb_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    metallb_config: Option<MetalLb>,
}

/// The image that makes and removes folders is pinned: kubespray's is whatever is the latest.
#[derive(Serialize)]
struct LocalPathProvisioner {
    local_path_provisioner_enabled: bool,
    local_path_provisioner_helper_image_tag: &'static str,
}

#[derive(Serialize)]
struct MetalLb {
    address_pools: BTreeMap<&'static str, AddressPool>,
    layer2: [&'static str; 1],
}

#[derive(Serialize)]
struct AddressPool {
    ip_range: [String; 1],
    auto_assign: bool,
}

/// What is installed beside Kubernetes.
pub fn addons<'a>(config: &Config<'a>) -> Result<Addons<'a>, Error> {
    const POOL: &str = "primary";
    config.helm.check()?;
    let has = |addon| config.addons.contains(&addon);
    let Download { amd64, arm64, .. } = config.helm;
    Ok(Addons {
        helm_enabled: true,
        helm_version: version(config.helm.version)?,
        // An expression of Ansible's: the checksum for the machine's own architecture.
        helm_archive_checksum: format!("sha256:{{{{ {{'amd64': '{amd64}', 'arm64': '{arm64}'}}[image_arch] }}}}"),
        metrics_server_enabled: has(Addon::MetricsServer),
        local_path_provisioner: has(Addon::LocalVolumes).then_some(LocalPathProvisioner {
            local_path_provisioner_enabled: true,
            local_path_provisioner_helper_image_tag: "1.37.0",
        }),
        gateway_api_enabled: has(Addon::GatewayApi).then_some(true),
        metallb_enabled: config.load_balancers.is_some(),
        metallb_config: config.load_balancers.filter(|_| has(Addon::AddressPool)).map(|range| MetalLb {
            address_pools: BTreeMap::from([(
                POOL,
                // MetalLB wants both ends, even of one address.
                AddressPool { ip_range: [format!("{}-{}", range.first(), range.last())], auto_assign: true },
            )]),
            layer2: [POOL],
        }),
    })
}

/// `host_vars/NODE.yml`. kubespray sets both by kubectl, so that a node may have labels here which it could not give itself.
#[derive(Serialize)]
pub struct OfNode<'a> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    node_labels: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    node_taints: Vec<String>,
}

/// The labels and taints of a node, if it has any. That of a control plane kubespray knows itself.
pub fn of_node(node: &Node) -> Result<Option<OfNode<'_>>, Error> {
    node.labels.iter().try_for_each(|(key, value)| nodes::label(key, value).map(drop))?;
    let own = node.taints.iter().filter(|taint| !node.control_plane || taint.key != CONTROL_PLANE);
    let node_taints = own.map(nodes::taint).collect::<Result<Vec<_>, _>>()?;
    let has_any = !node.labels.is_empty() || !node_taints.is_empty();
    Ok(has_any.then_some(OfNode { node_labels: &node.labels, node_taints }))
}

/// The key of the taint of a control plane that runs no workloads, which is in no group but that of control planes.
const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane";

// Ansible evaluates what looks like an expression in any variable, so texts are held to what they are.

pub(super) fn version(text: &str) -> Result<&str, Error> {
    let numbers = text.split('.');
    if numbers.clone().count() == 3 && numbers.clone().all(|number| number.parse::<u16>().is_ok()) {
        Ok(text)
    } else {
        Err(Error::new(
            format!("`{}` is not a version", text.escape_debug()),
            "kubespray takes three numbers without a `v`, such as 1.35.4",
        ))
    }
}
