use std::net::IpAddr;
use std::panic::Location;

use serde::Serialize;

use crate::{Error, Network};

/// A computer, virtual or not: one that Kubernetes runs on, an edge host, an NFS box, a laptop that virtual machines run on.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let pc = Host::new("pc", (8, 16 * 1024), Nic::without_address(&lan));
/// let server = Host { runs_on: Some(pc.name.clone()), ..Host::new("server", (2, 4096), Nic::on(&lan, 11)?) };
/// assert_eq!(server.address()?.to_string(), "192.168.1.11");
/// assert!(pc.address().is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// The number of its CPUs, as its operating system counts them.
    pub cpus: u32,
    /// Its memory in MiB. Of a computer that others run on: what it can give to them.
    pub memory: u32,
    /// The size of its disk in GiB, if it is known.
    pub disk: Option<u32>,
    /// A disk of its own for data, if it has one.
    pub data_disk: Option<DataDisk>,
    /// The networks that it is on. The first is the one by which others reach it.
    pub nics: Vec<Nic>,
    /// The name of the host that it is a virtual machine on, where it is one and that is known.
    pub runs_on: Option<String>,
    /// Packages on it that workloads rely on, such as `nfs-common`.
    pub packages: Vec<String>,
    /// What listens on it, beside Kubernetes and what artefacts bring.
    pub listeners: Vec<Listener>,
}

impl Host {
    /// A host with so many CPUs and so much memory in MiB, on this network.
    pub fn new(name: &str, (cpus, memory): (u32, u32), nic: Nic) -> Self {
        Self {
            name: name.to_owned(),
            cpus,
            memory,
            disk: None,
            data_disk: None,
            nics: vec![nic],
            runs_on: None,
            packages: Vec::new(),
            listeners: Vec::new(),
        }
    }

    /// The address by which others reach it.
    ///
    /// # Errors
    /// When its first NIC has none that is known.
    #[track_caller]
    pub fn address(&self) -> Result<IpAddr, Error> {
        let address = self.nics.first().and_then(|nic| nic.addresses.first());
        address.copied().ok_or_else(|| {
            Error::new(
                format!("host `{}` has no address that is known", self.name.escape_debug()),
                "give its first NIC one, by `Nic::on`",
            )
            .written_at(Location::caller())
        })
    }

    /// Every address that it is known to have.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.nics.iter().flat_map(|nic| nic.addresses.iter().copied())
    }
}

/// A network interface of a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Nic {
    /// The name of the [`Network`] that it is on.
    pub network: String,
    /// What the host's operating system calls it, such as `enp3s0`, if it is known.
    pub interface: Option<String>,
    /// Its addresses there, at most one of IPv4 and one of IPv6. None where it has what DHCP gave it.
    pub addresses: Vec<IpAddr>,
}

impl Nic {
    /// The NIC with the `number`th address of each of a network's subnets.
    ///
    /// # Errors
    /// When one of them has no such address.
    #[track_caller]
    pub fn on(network: &Network, number: u32) -> Result<Self, Error> {
        let mut nic = Self::without_address(network);
        for subnet in &network.subnets {
            nic.addresses.push(subnet.host(number)?);
        }
        Ok(nic)
    }

    /// A NIC whose addresses are not known, since DHCP gives them.
    pub fn without_address(network: &Network) -> Self {
        Self { network: network.name.clone(), interface: None, addresses: Vec::new() }
    }
}

/// A second disk of a host, with one file system on it.
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

/// Something that listens on a host, outside Kubernetes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listener {
    /// What it is, in a word or two.
    pub name: String,
    /// The port that it listens at.
    pub port: u16,
    /// `TCP` or `UDP`.
    pub protocol: String,
}

impl Listener {
    /// This listens at that port of TCP.
    pub fn tcp(name: &str, port: u16) -> Self {
        Self { name: name.to_owned(), port, protocol: "TCP".to_owned() }
    }

    /// This listens at that port of UDP.
    pub fn udp(name: &str, port: u16) -> Self {
        Self { name: name.to_owned(), port, protocol: "UDP".to_owned() }
    }
}
