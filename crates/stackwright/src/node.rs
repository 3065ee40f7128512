use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::Taint;
use serde::Serialize;

use crate::{Error, Host};

/// The key of the label and of the taint of a control plane.
pub(crate) const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane";

/// A host that Kubernetes runs on.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let server = Node::control_plane(Host::new("server", (2, 4096), Nic::on(&lan, 11)?))?;
/// assert!(!server.runs_workloads());
/// // K3s lets workloads run there too.
/// let server = Node { taints: vec![], ..server };
/// assert!(server.runs_workloads());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// The host. Its name is also the node's.
    pub host: Host,
    /// The address at which the other nodes reach it: one of its host's.
    pub address: IpAddr,
    /// Whether it runs the API server, the controllers and etcd.
    pub control_plane: bool,
    /// Its labels, beside those that every node gets.
    pub labels: BTreeMap<String, String>,
    /// Its taints.
    pub taints: Vec<Taint>,
}

impl Node {
    /// A node that runs workloads, at its host's address.
    ///
    /// # Errors
    /// When the host has no address that is known.
    #[track_caller]
    pub fn worker(host: Host) -> Result<Self, Error> {
        let address = host.address()?;
        Ok(Self { host, address, control_plane: false, labels: BTreeMap::new(), taints: Vec::new() })
    }

    /// A node that runs the control plane, at its host's address. Its taint keeps workloads off; without it they run there too.
    ///
    /// # Errors
    /// When the host has no address that is known.
    #[track_caller]
    pub fn control_plane(host: Host) -> Result<Self, Error> {
        let taint = Taint { key: CONTROL_PLANE.to_owned(), effect: "NoSchedule".to_owned(), ..Taint::default() };
        Ok(Self { control_plane: true, taints: vec![taint], ..Self::worker(host)? })
    }

    /// Its name, which is its host's.
    pub fn name(&self) -> &str {
        &self.host.name
    }

    /// Its address and, where the same NIC has one, its address of the other family.
    pub fn addresses(&self) -> Vec<IpAddr> {
        let nic = self.host.nics.iter().find(|nic| nic.addresses.contains(&self.address));
        let others =
            nic.into_iter().flat_map(|nic| &nic.addresses).filter(|other| other.is_ipv4() != self.address.is_ipv4());
        [self.address].into_iter().chain(others.copied()).collect()
    }

    /// Whether workloads run on it: the taint of a control plane does not keep them off.
    pub fn runs_workloads(&self) -> bool {
        !self.taints.iter().any(|taint| taint.key == CONTROL_PLANE && taint.effect != "PreferNoSchedule")
    }
}
