//! The variables of kubespray v2.31 that someone decided; all others have kubespray's defaults.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::Serialize;
use stackwright::prelude::*;

use super::{Config, DOMAIN, NODE_DNS};

/// A release of Helm. kubespray v2.31 knows no later one than 3.18.4, whose line is out of support, so its checksums are given here.
#[derive(Debug, Clone, Copy)]
pub struct Helm<'a> {
    /// Its version, such as `4.2.4`.
    pub version: &'a str,
    /// The SHA-256 of its Linux archive for amd64.
    pub amd64: &'a str,
    /// The SHA-256 of its Linux archive for arm64.
    pub arm64: &'a str,
}

/// `group_vars/all/all.yml`.
#[derive(Serialize)]
pub struct Everywhere {
    ansible_user: &'static str,
}

/// How Ansible logs in: as the user of every Vagrant box.
pub fn everywhere() -> Everywhere {
    Everywhere { ansible_user: "vagrant" }
}

/// `group_vars/k8s_cluster/k8s-cluster.yml`.
#[derive(Serialize)]
pub struct Cluster<'a> {
    kube_version: &'a str,
    kube_network_plugin: &'static str,
    kube_proxy_mode: &'static str,
    kube_service_addresses: String,
    kube_pods_subnet: String,
    dns_domain: &'static str,
    enable_nodelocaldns: bool,
    nodelocaldns_ip: Ipv4Addr,
    kube_encrypt_secret_data: bool,
    kube_encryption_algorithm: &'static str,
    kube_encryption_resources: [&'static str; 1],
}

/// Kubernetes itself.
pub fn cluster<'a>(config: &Config<'a>) -> Result<Cluster<'a>, Error> {
    Ok(Cluster {
        kube_version: version(config.kubernetes)?,
        kube_network_plugin: "calico",
        // ipvs, kubespray's default, is deprecated. nftables needs a kernel of 5.13 and, unlike ipvs, no strict ARP for MetalLB.
        kube_proxy_mode: "nftables",
        kube_service_addresses: config.services.to_string(),
        kube_pods_subnet: config.pods.to_string(),
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
    metallb_enabled: bool,
    metallb_config: MetalLb,
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
    let (amd64, arm64) = (sha256(config.helm.amd64)?, sha256(config.helm.arm64)?);
    Ok(Addons {
        helm_enabled: true,
        helm_version: version(config.helm.version)?,
        // An expression of Ansible's: the checksum for the machine's own architecture.
        helm_archive_checksum: format!("sha256:{{{{ {{'amd64': '{amd64}', 'arm64': '{arm64}'}}[image_arch] }}}}"),
        metrics_server_enabled: true,
        metallb_enabled: true,
        metallb_config: MetalLb {
            address_pools: BTreeMap::from([(
                POOL,
                AddressPool { ip_range: [config.load_balancers.to_string()], auto_assign: true },
            )]),
            layer2: [POOL],
        },
    })
}

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

fn sha256(text: &str) -> Result<&str, Error> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(text)
    } else {
        Err(Error::new(
            format!("`{}` is not a SHA-256", text.escape_debug()),
            "it is 64 hexadecimal digits, published beside the archive",
        ))
    }
}
