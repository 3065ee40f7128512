use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use k8s_openapi::api::core::v1::Taint;
use serde::Serialize;

/// A virtual machine or host.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Machine {
    /// Its hostname, which is also its node's name.
    pub name: String,
    /// What it does in the cluster.
    pub role: Role,
    /// The number of its CPUs.
    pub cpus: u32,
    /// Its memory in MiB.
    pub memory: u32,
    /// The size of its disk in GiB, if it is known.
    pub disk: Option<u32>,
    /// A disk of its own for data, if it has one.
    pub data_disk: Option<DataDisk>,
    /// Its address on the network that the nodes talk over.
    pub address: Ipv4Addr,
    /// Its node's labels, beside those that every node gets.
    pub labels: BTreeMap<String, String>,
    /// Its node's taints, beside the one that keeps workloads off a control plane.
    pub taints: Vec<Taint>,
    /// Packages on it that workloads rely on, such as `nfs-common`.
    pub packages: Vec<String>,
    /// What it serves beside Kubernetes.
    pub services: Vec<HostService>,
}

/// A second disk of a machine, with one file system on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataDisk {
    /// Its size in GiB.
    pub gibibytes: u32,
    /// The directory that it is mounted at, such as `/srv/data`.
    pub mounted_at: String,
}

impl DataDisk {
    /// Whether a directory lies on it.
    pub fn holds(&self, directory: &str) -> bool {
        let below = directory.strip_prefix(self.mounted_at.trim_end_matches('/'));
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Something that a machine serves itself, outside Kubernetes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostService {
    /// What it is, in a word or two.
    pub name: String,
    /// The port that it listens at.
    pub port: u16,
    /// `TCP` or `UDP`.
    pub protocol: String,
}

/// What a machine does in the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// Runs the API server, the controllers and etcd; workloads keep off it.
    ControlPlane,
    /// Runs workloads.
    Worker,
}

impl Machine {
    /// A machine with so many CPUs and so much memory, in MiB.
    pub fn new(name: &str, role: Role, (cpus, memory): (u32, u32), address: Ipv4Addr) -> Self {
        Self {
            name: name.to_owned(),
            role,
            cpus,
            memory,
            disk: None,
            data_disk: None,
            address,
            labels: BTreeMap::new(),
            taints: Vec::new(),
            packages: Vec::new(),
            services: Vec::new(),
        }
    }

    /// Whether workloads run on it.
    pub fn is_worker(&self) -> bool {
        self.role == Role::Worker
    }

    /// Whether the control plane runs on it.
    pub fn is_control_plane(&self) -> bool {
        self.role == Role::ControlPlane
    }
}
