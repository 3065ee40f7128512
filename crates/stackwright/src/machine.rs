use std::net::Ipv4Addr;

use serde::Serialize;

/// A virtual machine or host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// Its hostname, which is also its node's name.
    pub name: String,
    /// What it does in the cluster.
    pub role: Role,
    /// The number of its CPUs.
    pub cpus: u32,
    /// Its memory in MiB.
    pub memory: u32,
    /// Its address on the network that the nodes talk over.
    pub address: Ipv4Addr,
}

/// What a machine does in the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the API server, the controllers and etcd; workloads keep off it.
    ControlPlane,
    /// Runs workloads.
    Worker,
}

impl Machine {
    /// Whether workloads run on it.
    pub fn is_worker(&self) -> bool {
        self.role == Role::Worker
    }

    /// Whether the control plane runs on it.
    pub fn is_control_plane(&self) -> bool {
        self.role == Role::ControlPlane
    }
}
